import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DatasetDocument } from './document.ts';
import { stam } from './stam.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom, time } from './testing/project.ts';
import { sourceOfWhole, wholeDataset } from './testing/round-trip.ts';
import { someProject } from './testing/whole-project.ts';

interface Value {
  '@type': string;
  value: unknown;
}
interface Node {
  '@id': string;
  target: Record<string, unknown> & { selectors?: Record<string, unknown>[] };
  data: { set: string; key: string; value: Value }[];
}
type Given = Record<string, unknown>;

const nodesOf = (files: ReadonlyMap<string, string>, path: string) =>
  (JSON.parse(files.get(path) ?? '') as { annotations: Node[] }).annotations;
const plain = ({ '@type': type, value }: Value): unknown => (type === 'List' ? (value as Value[]).map(plain) : value);
const of = (node: Node, set: string) =>
  Object.fromEntries(node.data.filter((one) => one.set === set).map(({ key, value }) => [key, plain(value)]));
const offset = (node: Given, side: 'begin' | 'end') => (node['offset'] as Record<string, { value: number }>)[side]?.value;
// What has no type of its own in STAM stands as JSON.
const asText = (value: unknown) =>
  Array.isArray(value) ? value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : one)) : value;

/** The records of a document again, as its store says them. */
function restored(id: string, nodes: readonly Node[]) {
  const facts = nodes.find((node) => node['@id'] === `${id}.document`);
  const roles = nodes.filter((node) => of(node, 'pressmark')['role'] !== undefined);
  const shared = (node: Node) => {
    const {
      entity_name: _,
      layer,
      rejected,
      entity,
      relation,
      imported_from_format,
      imported_from_file,
      rule,
      rule_version,
      ...rest
    } = of(node, 'pressmark');
    const attributes = Object.fromEntries(Object.entries(of(node, 'codebook')).map(([key, value]) => [key.split('.')[1], value]));
    return {
      ...{ id: node['@id'], ...rest, attributes: entity === undefined ? attributes : { entity_id: entity } },
      ...(relation === undefined ? { layer: layer ?? rejected } : { type: relation }),
      ...(rule === undefined ? {} : { rule: { id: rule, version: rule_version } }),
      ...(imported_from_format === undefined ? {} : { imported_from: { format: imported_from_format, file: imported_from_file } }),
    };
  };
  const args = (of_: string) =>
    roles
      .filter((node) => node['@id'].startsWith(`${of_}.role.`))
      .map((node) => {
        const { role, entity, author } = of(node, 'pressmark');
        if (entity !== undefined) return { role, entity };
        return author === undefined ? { role, annotation: node.target.selectors?.[1]?.['annotation'] } : { role, author };
      });
  return {
    facts: facts && of(facts, 'document'),
    completions: nodes
      .filter((node) => node['@id'].startsWith(`${id}.completed.`))
      .map((node) => ({ annotator: of(node, 'pressmark')['annotator'], marked: of(node, 'pressmark')['completed'] })),
    annotations: nodes
      .filter(({ target }) => ['TextSelector', 'CompositeSelector'].includes(target['@type'] as string))
      .map((node) => ({
        ...shared(node),
        spans: (node.target.selectors ?? [node.target]).map((one) => [one['resource'], offset(one, 'begin'), offset(one, 'end')]),
        args: args(node['@id']),
      })),
    relations: nodes
      .filter((node) => of(node, 'pressmark')['relation'] !== undefined)
      .map((node) => {
        const [from, to] = (node.target.selectors ?? []).map((one) => one['annotation']);
        return { ...shared(node), from, to };
      }),
  };
}

const said = (record: object) =>
  Object.fromEntries(Object.entries(record).filter(([key, value]) => value !== null && !(key === 'note' && value === '')));
const written = (attributes: object) => Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, asText(value)]));

function expected({ doc_id, metadata, text: _, schema: __, annotations, relations, completions, ...facts }: DatasetDocument) {
  return {
    facts: said({ ...facts, ...metadata }),
    completions,
    annotations: annotations.map((one) => ({
      ...said(one),
      attributes: written(one.attributes),
      spans: one.spans.map(({ start, end }) => [doc_id, start, end]),
      args: one.args,
    })),
    relations: relations.map((one) => ({ ...said(one), attributes: written(one.attributes) })),
  };
}

it('X103 a STAM store holds everything of its article, and the project’s store the rest: nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(someProject, async (whole) => {
      const { files, outcome } = await exported(stam, sourceOfWhole(whole));
      const { documents, entities, links, annotators } = await wholeDataset(sourceOfWhole(whole));
      expect(outcome.losses).toEqual([]);
      for (const document of documents) {
        expect(files.get(`texts/${document.doc_id}.txt`)).toBe(document.text);
        expect(restored(document.doc_id, nodesOf(files, `stores/${document.doc_id}.store.stam.json`))).toEqual(expected(document));
      }
      const shared = nodesOf(files, 'project.store.stam.json');
      expect(shared.length).toBe(entities.length + links.length + annotators.length);
      for (const entity of entities) {
        const node = shared.find((one) => one['@id'] === `entity.${entity.id}`) as Node;
        expect(of(node, 'entity')).toEqual(said({ ...entity, roles: asText(entity.roles) }));
      }
      for (const { id, from, to } of links) {
        const ends = shared.find((one) => one['@id'] === id)?.target.selectors?.map((one) => one['annotation']);
        expect(ends).toEqual([from.annotation, to.annotation]);
      }
    }),
    { numRuns: 30 },
  );
});

const text = 'Ana 💪 said “no” and “never”.';

it('X104 the project’s store includes a store for each article, and those one store with all sets and their keys', async () => {
  const given = project(text, {
    annotations: [
      annotation(
        'q',
        text,
        [
          { start: 12, end: 16 },
          { start: 21, end: 28 },
        ],
        { origin: { kind: 'suggestion', rule: 'r', version: '1', confidence: 0.5 } },
      ),
    ],
    decisions: [
      {
        ...{ id: 'd', article: 'doc', annotator: 'anna', verdict: 'rejected', layer: 'QUOTE', rule: 'r', version: '1', decided: time },
        spans: [{ start: 0, end: 3, text: 'Ana' }],
      },
    ],
  });
  const { files } = await exported(
    stam,
    sourceFrom(given, () => hashOf(createHash('sha256'))),
  );
  const [root, store, sets] = ['project', 'stores/doc', 'sets'].map((name) => JSON.parse(files.get(`${name}.store.stam.json`) ?? ''));
  expect(root['@include']).toEqual(['stores/doc.store.stam.json']);
  expect([store['@include'], store.resources]).toEqual([
    '../sets.store.stam.json',
    [{ '@type': 'TextResource', '@id': 'doc', '@include': '../texts/doc.txt' }],
  ]);
  // The specification wants the inclusion before what uses it.
  expect(Object.keys(root).indexOf('@include')).toBeLessThan(Object.keys(root).indexOf('annotations'));
  const keys = new Map(sets.annotationsets.map((set: Given) => [set['@id'], (set['keys'] as Given[]).map((key) => key['@id'])]));
  for (const { set, key } of (store.annotations as Node[]).flatMap(({ data }) => data)) expect(keys.get(set)).toContain(key);
  const quote = store.annotations.find((one: Node) => one['@id'] === 'q');
  expect(quote.target['@type']).toBe('CompositeSelector');
  expect(quote.data).toContainEqual({
    ...{ '@type': 'AnnotationData', set: 'pressmark', key: 'confidence', value: { '@type': 'Float', value: 0.5 } },
  });
  const rejected = of(store.annotations.find((one: Node) => one['@id'] === 'd') as Node, 'pressmark');
  expect([rejected['rejected'], rejected['layer']]).toEqual(['QUOTE', undefined]);
});

it('X104 a project without an article still has its sets', async () => {
  const { files } = await exported(
    stam,
    sourceFrom({ ...project('x'), articles: [] }, () => hashOf(createHash('sha256'))),
  );
  expect(JSON.parse(files.get('project.store.stam.json') ?? '')['@include']).toEqual(['sets.store.stam.json']);
});
