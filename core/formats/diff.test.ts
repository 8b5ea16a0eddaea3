import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DatasetDiff, diffDatasets, isSame } from './diff.ts';
import type { Foreign } from './foreign.ts';
import { inArticle } from './testing/foreign-values.ts';
import { foreignOf, sourceOfWhole, wholeDataset } from './testing/round-trip.ts';
import { someProject } from './testing/whole-project.ts';

const annotation = (id: string, more: Partial<Foreign['documents'][number]['annotations'][number]> = {}) => ({
  ...{ id, layer: 'QUOTE', spans: [{ start: 0, end: 3, text: 'One' }], attributes: { type: 'direct' }, args: [], annotator: 'anna' },
  ...{ status: 'final' as const, created: '2026-11-20T10:00:00Z' },
  ...more,
});
const relation = (id: string, to: string) => ({ id, type: 'continues', from: 'a', to, attributes: {}, annotator: 'anna' });
const dataset = (
  annotations: readonly ReturnType<typeof annotation>[],
  more: Partial<Foreign> = {},
  relations = [relation('r', 'b')],
): Foreign => ({
  ...inArticle('One two.', { doc_id: 'd', title: 'Title', annotations, relations }),
  ...more,
});
const counts = ({ layers, ...sorts }: DatasetDiff) =>
  Object.fromEntries(
    Object.entries({ ...sorts, ...layers }).flatMap(([name, { added, removed, changed }]) =>
      added.length + removed.length + changed.length > 0 ? [[name, [added.length, removed.length, changed.length]]] : [],
    ),
  );

it('X155 of two datasets it is told what was added, removed and changed, by layer, and in which fields', () => {
  const before = dataset([annotation('a'), annotation('b'), annotation('c'), annotation('d', { layer: 'FACT' })]);
  const after = dataset(
    [
      annotation('a', { attributes: { type: 'mixed', unsure: true }, created: '2027-01-01T10:00:00Z' }),
      annotation('b', { layer: 'STANCE', spans: [{ start: 4, end: 7, text: 'two' }], status: 'draft', note: 'Why?' }),
      annotation('c', { args: [{ role: 'speaker', annotation: 'm' }] }),
      annotation('e', { layer: 'FACT' }),
    ],
    {},
    [relation('r', 'c')],
  );
  const diff = diffDatasets(before, after);
  expect(counts(diff)).toEqual({ QUOTE: [0, 0, 2], STANCE: [0, 0, 1], FACT: [1, 1, 0], relations: [0, 0, 1] });
  expect(diff.layers['QUOTE']?.changed).toEqual([
    {
      ...{ id: 'a', doc_id: 'd', words: 'One' },
      changes: [
        { field: 'attributes.type', before: 'direct', after: 'mixed' },
        { field: 'attributes.unsure', before: null, after: true },
      ],
    },
    { ...{ id: 'c', doc_id: 'd', words: 'One' }, changes: [{ field: 'roles.speaker', before: null, after: ['m'] }] },
  ]);
  expect(diff.layers['STANCE']?.changed[0]?.changes.map(({ field }) => field)).toEqual(['layer', 'spans', 'status', 'note']);
  expect(diff.relations.changed[0]?.changes).toEqual([{ field: 'to', before: 'b', after: 'c' }]);
});

it('X155 suggestions that were turned down are told apart from annotations', () => {
  const rejected = annotation('r', { status: 'rejected' });
  const diff = diffDatasets(dataset([annotation('a')]), dataset([annotation('a'), rejected]));
  expect(diff.layers['QUOTE']?.added).toEqual([]);
  expect(diff.layers['QUOTE, rejected']?.added.map(({ id }) => id)).toEqual(['r']);
});

it('X155 documents, entities, links and annotators are compared too, splits of documents among them', () => {
  const entity = (id: string, canonical: string) => ({
    ...{
      id,
      canonical,
      type: 'PERSON',
      aliases: [],
      members: [],
      wikidata: null,
      date: null,
      roles: [],
      notes: '',
      merged_into: null,
      removed: false,
    },
  });
  const before = dataset([annotation('a')], {
    entities: [entity('e', 'Ana'), entity('f', 'Bo')],
    annotators: [{ id: 'anna', name: 'Anna', role: 'annotator' }],
  });
  const [document] = dataset([annotation('a')]).documents as [Foreign['documents'][number]];
  const after = {
    ...before,
    documents: [
      { ...document, title: 'Another', text: 'One, two.', split: 'test' },
      { ...document, doc_id: 'n', annotations: [], relations: [] },
    ],
    entities: [entity('e', 'Ana Ruiz')],
    annotators: [{ id: 'anna', name: 'Anna Lee', role: 'annotator' as const }],
  };
  const diff = diffDatasets(before, after);
  expect(counts(diff)).toEqual({ documents: [1, 0, 1], entities: [0, 1, 1], annotators: [0, 0, 1] });
  expect(diff.documents.changed[0]?.changes.map(({ field }) => field)).toEqual(['text', 'title', 'split']);
});

it('X156 a dataset differs from itself in nothing, and from another as that from it, the other way round', async () => {
  await fc.assert(
    fc.asyncProperty(someProject, someProject, async (one, other) => {
      const [a, b] = [foreignOf(await wholeDataset(sourceOfWhole(one))), foreignOf(await wholeDataset(sourceOfWhole(other)))];
      expect(isSame(diffDatasets(a, a))).toBe(true);
      const [there, back] = [diffDatasets(a, b), diffDatasets(b, a)];
      const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
      for (const sort of ['documents', 'relations', 'links', 'entities', 'annotators'] as const) {
        expect(ids(there[sort].added)).toEqual(ids(back[sort].removed));
        expect(ids(there[sort].changed)).toEqual(ids(back[sort].changed));
      }
    }),
    { numRuns: 20 },
  );
});
