import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySet, setToRecord } from '../model/annotation.ts';
import { applyEdits, Gesture, inverse, type Work } from '../steps/edit.ts';
import type { Foreign } from './foreign.ts';
import { inArticle } from './testing/foreign-values.ts';
import { emptyMemory, importInto, type Memory } from './testing/into-memory.ts';
import { time } from './testing/project.ts';
import { foreignOf, sourceOfWhole, wholeDataset } from './testing/round-trip.ts';
import { file, setOf } from './testing/short-article.ts';
import { expectSound } from './testing/sound.ts';
import { someProject, type WholeProject, wideCodebook } from './testing/whole-project.ts';

const sourceOfMemory = ({ articles, works }: Memory): WholeProject => ({
  input: {
    ...{ project: { id: 'p', name: 'Project' }, changed: time, codebook: wideCodebook, codebookVersion: 1 },
    annotators: [...works.keys()].map((id) => ({ id, name: 'Anna', role: 'annotator' })),
    articles: [...articles.values()].map(({ meta: { importedBy: _, ...meta } }) => ({ meta, textFile: meta.id })),
    sets: [...works].flatMap(([annotator, { sets }]) => [...sets.values()].map((set) => ({ annotator, set: setToRecord(set) }))),
    entities: [...works.values()].flatMap(({ entities }) => [...entities.values()]),
    links: [...works.values()].flatMap(({ links }) => [...links.values()]),
  },
  texts: new Map([...articles].map(([id, { text }]) => [id, text])),
});

describe('a dataset that comes into a project', () => {
  it('X140 into an empty project gives the same dataset again, but for origins', async () => {
    await fc.assert(
      fc.asyncProperty(someProject, async (project) => {
        const alone = { ...project, input: { ...project.input, annotators: project.input.annotators.slice(0, 1) } };
        const own = <T extends { annotator: string }>(records: readonly T[]) => records.filter(({ annotator }) => annotator === 'anna');
        const { sets, links } = project.input;
        const input = { ...alone.input, sets: own(sets), links: own(links) };
        const all = foreignOf(await wholeDataset(sourceOfWhole({ ...alone, input })));
        const { plan, memory } = importInto(emptyMemory, all, { annotator: 'anna' });
        expect(plan.problems).toEqual([]);
        expectSound(memory);
        const again = foreignOf(await wholeDataset(sourceOfWhole(sourceOfMemory(memory))));
        const plain = (foreign: typeof all) => ({
          ...foreign,
          annotators: [],
          links: foreign.links.map(({ origin: _, rule: __, imported_from: ___, confidence: ____, ...link }) => link),
          documents: foreign.documents.map((document) => ({
            ...document,
            annotations: document.annotations.map(({ origin: _, rule: __, imported_from: ___, confidence: ____, ...rest }) => rest),
            relations: document.relations.map(({ origin: _, rule: __, imported_from: ___, confidence: ____, ...rest }) => rest),
          })),
        });
        expect(plain(again)).toEqual(plain(all));
        for (const { kind } of plan.losses) expect(kind).toMatch(/^rules and confidences/);
      }),
      { numRuns: 30 },
    );
  });

  it('X141 of several annotators is sound as the work of one; again it changes nothing, and undone nothing is left', async () => {
    await fc.assert(
      fc.asyncProperty(someProject, async (project) => {
        const all = foreignOf(await wholeDataset(sourceOfWhole(project)));
        const { plan, memory } = importInto(emptyMemory, all);
        expectSound(memory);
        const second = importInto(memory, all);
        expect(second.plan.edits).toEqual([]);
        expect(second.plan.articles).toEqual([]);
        // What was held is not told as lost now.
        const lost = ({ kind }: { readonly kind: string }) => kind.startsWith('mentions');
        expect(second.plan.losses.filter(lost)).toEqual(plan.losses.filter(lost));
        // Nor does it where the file keeps no ids.
        const nameless = { ...all, documents: all.documents.map((document) => ({ ...document, doc_id: null })), links: [] };
        const third = importInto(emptyMemory, nameless);
        expectSound(third.memory);
        expect(importInto(third.memory, nameless).plan.edits).toEqual([]);
        const { sets, links, entities, articles } = applyEdits(memory.works.get('me') as Work, inverse(plan.edits));
        expect([links.size, entities.size, articles.size]).toEqual([0, 0, 0]);
        for (const set of sets.values()) expect(set).toEqual(emptySet(set.article));
      }),
      { numRuns: 30 },
    );
  });
});

it('X144 annotations are the work of who imports; their origin says format, file and who made them', () => {
  const { memory } = importInto(emptyMemory, { ...file(), annotators: [{ id: 'kim', name: 'Kim Lee', role: 'annotator' }] });
  const [annotation] = [...(setOf(memory)?.annotations.values() ?? [])];
  expect(annotation).toMatchObject({
    annotator: 'me',
    origin: { kind: 'import', format: 'jsonl', file: 'a.ann, by Kim Lee' },
    codebook: 1,
  });
});

// Whatever a reader lets through: ids that repeat or are none, spans that cross and touch, links in circles, values of any form.
const anyName = fc.oneof(
  fc.constantFrom('a', 'b', 'm', '__proto__', 'constructor', '', ' ', 'QUOTE', 'mention', 'PERSON', 'x'.repeat(200)),
  fc.string({ maxLength: 4 }),
);
const anyValue = fc.oneof(
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  anyName,
  fc.array(anyName, { maxLength: 2 }),
  fc.constant([{ value: 1, value_max: null, modifier: 'exact', unit: '', counts: '', mention: 'm' }]),
  fc.constant([{ modifier: 'nonsense' }]),
);
const anySpan = fc.tuple(fc.nat(11), fc.nat(11)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1, text: null }));
const anyAttributes = fc.dictionary(
  fc.oneof(fc.constantFrom('type', 'entity_id', 'quantity', 'evidence', 'unsure', 'entity_type'), anyName),
  anyValue,
  { maxKeys: 4 },
);
const anyArg = fc.oneof(
  fc.record({ role: fc.constantFrom('speaker', 'cue', 'holder', 'event', 'part'), annotation: anyName }),
  fc.record({ role: fc.constantFrom('speaker', 'target', 'event', 'part'), entity: anyName }),
  fc.record({ role: fc.constantFrom('holder', 'part'), author: fc.constant(true as const) }),
);
const anyAnnotation = fc.record({
  id: anyName,
  layer: fc.constantFrom('QUOTE', 'FACT', 'THING', 'mention', 'Quote', 'PER', '__proto__'),
  spans: fc.array(anySpan, { maxLength: 3 }),
  attributes: anyAttributes,
  args: fc.array(anyArg, { maxLength: 3 }),
  annotator: fc.option(anyName),
  status: fc.constantFrom('draft' as const, 'rejected' as const, null),
  note: anyName,
  created: fc.constantFrom('yesterday', '2026-11-20T10:00:00Z', ''),
});
const anyRelation = fc.record({
  id: anyName,
  type: fc.constantFrom('tie', 'continues', 'same_quote', 'x'),
  from: anyName,
  to: anyName,
  attributes: anyAttributes,
  annotator: fc.option(anyName),
});
const anyEntity = fc.record({
  ...{
    id: anyName,
    type: fc.constantFrom('PERSON', 'EVENT', 'x'),
    canonical: anyName,
    aliases: fc.array(anyName, { maxLength: 2 }),
    members: fc.array(anyName, { maxLength: 2 }),
  },
  ...{ wikidata: fc.option(fc.constantFrom('Q1', 'nonsense')), date: fc.option(anyName), roles: fc.constant([]), notes: anyName },
  ...{ merged_into: fc.option(anyName), removed: fc.boolean() },
});

it('X148 whatever a file says, what comes of it is a step that a project takes, and the same again is nothing new', () => {
  const documents = fc.array(
    fc.record({
      doc_id: fc.option(anyName),
      annotations: fc.array(anyAnnotation, { maxLength: 6 }),
      relations: fc.array(anyRelation, { maxLength: 3 }),
    }),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(documents, fc.array(anyEntity, { maxLength: 4 }), (given, entities) => {
      const all = given.map(
        (one, index) =>
          inArticle(`Text of ${index}: 💪 and words.`, { ...one, unit: 'unicode_code_point' } as Parameters<typeof inArticle>[1])
            .documents[0],
      );
      const foreign = { ...inArticle('x'), documents: all, entities } as unknown as Foreign;
      const { memory, plan } = importInto(emptyMemory, foreign);
      expectSound(memory);
      if (plan.edits.length > 0) {
        const gesture = {
          id: 'g',
          annotator: 'me',
          time,
          command: 'article.import',
          title: 'Import',
          edits: plan.edits,
          undoes: null,
          redoes: null,
        };
        expect(Gesture.safeParse(gesture).error?.issues).toBeUndefined();
      }
      expect(importInto(memory, foreign).plan.edits).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('X232 where no document of a dataset could be read, its entities stay out too', () => {
  const problem = { file: 'documents.jsonl', line: 1, column: null, code: 'damaged', message: 'This is no JSON.', next: '' } as const;
  const entities = [
    {
      ...{ id: 'e1', type: 'PERSON', canonical: 'Ana Ruiz', aliases: [], members: [], wikidata: null, date: null, roles: [], notes: '' },
      ...{ merged_into: null, removed: false },
    },
  ] as unknown as Foreign['entities'];
  const all: Foreign = { documents: [], entities, links: [], annotators: [], problems: [problem] };
  const { plan } = importInto(emptyMemory, all, { annotator: 'anna' });
  expect({ edits: plan.edits, entities: plan.others.entities }).toEqual({ edits: [], entities: { fresh: 0, known: 0 } });
  expect(importInto(emptyMemory, { ...all, problems: [] }, { annotator: 'anna' }).plan.others.entities.fresh).toBe(1);
});
