import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySet, setProblems, setToRecord } from '../model/annotation.ts';
import { codebookProblems } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity, resolveRegistry } from '../model/entity.ts';
import { applyEdits, Gesture, inverse, type Work } from '../steps/edit.ts';
import type { Foreign } from './foreign.ts';
import { inArticle } from './testing/foreign-values.ts';
import { emptyMemory, importInto, type Memory, sha256 } from './testing/into-memory.ts';
import { time } from './testing/project.ts';
import { foreignOf, sourceOfWhole, wholeDataset } from './testing/round-trip.ts';
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

const expectSound = ({ articles, works }: Memory) => {
  const registry = resolveRegistry([...works.values()].flatMap(({ entities }) => [...entities.values()]));
  for (const { sets } of works.values()) {
    for (const [id, set] of sets) {
      expect(setProblems(set, articles.get(id)?.text as string, (entity) => registry.has(entity))).toEqual([]);
      for (const annotation of set.annotations.values()) expect(codebookProblems(annotation, wideCodebook)).toEqual([]);
    }
  }
};

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

const text = 'Ana Ruiz said “no 💪” to the council. Bo agreed.';
const span = (words: string) => {
  const start = [...text.slice(0, text.indexOf(words))].length;
  return { start, end: start + [...words].length, text: words };
};
const quote = { id: 'T1', layer: 'Quote', spans: [span('“no 💪”')], attributes: {}, args: [], annotator: 'kim', status: null };
const file = (more: Parameters<typeof inArticle>[1] = {}) => inArticle(text, { annotations: [quote], ...more });
const setOf = (memory: Memory) => [...(memory.works.get('me')?.sets.values() ?? [])][0];

it('X142 documents are of the articles that have their text, or by hash or id where the text is left out; others are new', () => {
  const { memory, plan } = importInto(emptyMemory, file());
  expect(plan.documents).toEqual({ fresh: 1, known: 0 });
  const [article] = [...memory.articles.keys()] as [string];
  const bare = {
    text: null,
    annotations: [{ ...quote, id: 'T2', layer: 'FACT', spans: [{ ...span('agreed'), text: '' }] }],
    unit: 'unicode_code_point' as const,
  };
  for (const by of [{ text_sha256: sha256(text) }, { doc_id: article }]) {
    const again = importInto(memory, file({ ...bare, ...by }));
    expect([again.plan.problems, again.plan.documents]).toEqual([[], { fresh: 0, known: 1 }]);
    expect([...(setOf(again.memory)?.annotations.values() ?? [])].map(({ spans }) => spans[0]?.text).sort()).toEqual(['agreed', '“no 💪”']);
  }
  const lost = importInto(memory, file({ ...bare, text_sha256: '0'.repeat(64), doc_id: article }));
  expect(lost.plan.problems).toMatchObject([
    { code: 'empty', message: expect.stringContaining('no article of the project has the same text') },
  ]);
  expect(lost.plan.edits).toEqual([]);
});

it('X142 annotations of an article that was replaced by a corrected version are refused by its title', () => {
  const { memory } = importInto(emptyMemory, file());
  const [article] = [...memory.articles.keys()] as [string];
  const work = memory.works.get('me') as Work;
  const replaced = { id: article, annotator: 'me', fields: { supersededBy: { value: 'corrected-00000000', time } } };
  const works = new Map([['me', { ...work, articles: new Map([[article, replaced]]) }]]);
  const { plan } = importInto({ ...memory, works }, file());
  expect(plan.problems).toMatchObject([{ file: 'a.ann', message: expect.stringContaining('was replaced by a corrected version') }]);
  expect(plan.edits).toEqual([]);
});

it('X145 mentions of several annotators at one place become one, and are here already when they come again', () => {
  const annotations = ['kim', 'lee'].flatMap((annotator) => [
    { ...quote, id: `q-${annotator}`, annotator, args: [{ role: 'speaker', annotation: `m-${annotator}` }] },
    { ...quote, id: `m-${annotator}`, annotator, layer: 'mention', spans: [span('Ana Ruiz')] },
  ]);
  const first = importInto(emptyMemory, file({ doc_id: 'x', annotations }));
  expect(first.plan.layers).toEqual({ QUOTE: { fresh: 2, known: 0 }, mention: { fresh: 1, known: 0 } });
  const second = importInto(first.memory, file({ doc_id: 'x', annotations }));
  expect([second.plan.edits, second.plan.losses]).toEqual([[], []]);
});

it('X147 a symmetric relation has its smaller id first, whichever way round the file has it', () => {
  const annotations = ['q1', 'q2'].map((id) => ({ ...quote, id }));
  for (const [from, to] of [
    ['q1', 'q2'],
    ['q2', 'q1'],
  ] as const) {
    const relations = [{ id: 'r', type: 'same_quote', from, to, attributes: {}, annotator: null }];
    const { memory } = importInto(emptyMemory, file({ doc_id: 'x', annotations, relations }));
    const [relation] = setOf(memory)?.relations.values() ?? [];
    expect([relation?.from.annotation, relation?.to.annotation]).toEqual(['q1', 'q2']);
  }
});

it('X142 a text with CRLF and byte order mark is kept as texts are, and its annotations go with it', () => {
  const raw = '\ufeffOne 💪\r\n“two” three';
  const start = [...raw.slice(0, raw.indexOf('“'))].length;
  const { memory } = importInto(
    emptyMemory,
    inArticle(raw, { annotations: [{ ...quote, spans: [{ start, end: start + 5, text: '“two”' }] }] }),
  );
  expect([...memory.articles.values()][0]?.text).toBe('One 💪\n“two” three');
  expect(setOf(memory)?.annotations.values().next().value?.spans).toEqual([{ start: 7, end: 12, text: '“two”' }]);
});

it('X143 what does not fit is a problem with file, line, what the file says and what the text has, and nothing of the file is taken', () => {
  const wrong = { ...quote, id: 'T9', line: 7, spans: [{ ...span('agreed'), text: 'Agreed' }] };
  const shifted = file({ annotations: [quote, wrong] });
  const other = inArticle('Another text.', { file: 'b.ann', annotations: [] });
  const both = { ...shifted, documents: [...shifted.documents, ...other.documents, ...file({ title: 'same file' }).documents] };
  const { plan } = importInto(emptyMemory, both);
  expect(plan.problems).toEqual([
    {
      ...{ file: 'a.ann', line: 7, column: null, code: 'offsets' },
      message:
        'a.ann was not imported: in “a” its offsets do not fit its covered texts in any unit: from 40 to 46 the file says “Agreed”, the text has “agreed”.',
      next: 'Export it again with the text that it was annotated on, unchanged.',
    },
  ]);
  expect(plan.articles.map((article) => article.text)).toEqual(['Another text.']);
  expect(plan.layers).toEqual({});
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

it('X145 an id that is taken by something else gives way to a new one, the same every time', () => {
  const named = (layer: string) => file({ doc_id: 'x', annotations: [{ ...quote, id: 'q1', layer }] });
  const first = importInto(emptyMemory, named('Quote'));
  const second = importInto(first.memory, named('FACT'));
  const third = importInto(second.memory, named('FACT'));
  expect(third.plan.edits).toEqual([]);
  const layers = [...(setOf(third.memory)?.annotations.values() ?? [])].map(({ id, layer }) => [id === 'q1', layer]);
  expect(layers).toEqual([
    [true, 'QUOTE'],
    [false, 'FACT'],
  ]);
});

it('X145 what a person has changed since it was imported is left as it is', () => {
  const { memory } = importInto(emptyMemory, file());
  const work = memory.works.get('me');
  const [[article, set]] = [...(work?.sets ?? [])] as [[string, NonNullable<ReturnType<typeof setOf>>]];
  const [[id, annotation]] = [...set.annotations] as [[string, object]];
  const changed = new Map(set.annotations).set(id, { ...annotation, note: 'mine' } as never);
  const works = new Map([['me', { ...work, sets: new Map([[article, { ...set, annotations: changed }]]) } as never]]);
  expect(importInto({ ...memory, works }, file()).plan.edits).toEqual([]);
});

it('X146 entities are those of the registry with their id, Wikidata id, or name and type; else new', () => {
  const known = (id: string, type: string, name: string, wikidata: string | null = null) => ({
    ...newEntity(id, 'bo', type, name, time),
    fields: { ...newEntity(id, 'bo', type, name, time).fields, wikidata: { value: wikidata, time } },
  });
  const records = [
    known('e1', 'PERSON', 'Ana Ruiz'),
    known('e2', 'PLACE', 'Paris', 'Q90'),
    known('e3', 'PERSON', 'Bo'),
    known('x', 'EVENT', 'Summit'),
  ];
  const works = new Map([
    ['bo', { sets: new Map(), links: new Map(), articles: new Map(), entities: new Map(records.map((one) => [one.id, one])) }],
  ]);
  const entity = (id: string, type: string, canonical: string, wikidata: string | null = null) => ({
    ...{
      id,
      type,
      canonical,
      wikidata,
      aliases: ['Alias'],
      members: [],
      date: null,
      roles: [],
      notes: '',
      merged_into: null,
      removed: false,
    },
  });
  const entities = [
    entity('e1', 'Person', 'ana ruiz'),
    entity('f2', 'GPE', 'Ville de Paris', 'Q90'),
    entity('f3', 'PER', 'BO'),
    entity('x', 'Person', 'Cy', 'Q5'),
  ];
  const mention = (id: string, words: string, entity_id: string) => ({
    ...quote,
    id,
    layer: 'mention',
    spans: [span(words)],
    attributes: { entity_id },
  });
  const annotations = [
    mention('m1', 'Ana Ruiz', 'e1'),
    mention('m2', 'council', 'f2'),
    mention('m3', 'Bo', 'f3'),
    mention('m4', 'said', 'x'),
  ];
  const { memory, plan } = importInto({ articles: new Map(), works }, { ...file({ annotations }), entities });
  const links = [...(setOf(memory)?.mentions.values() ?? [])].map((one) => [one.span.text, one.entity]);
  const cy = plan.edits.flatMap((edit) => (edit.record === 'entity' && edit.after?.fields.canonical?.value === 'Cy' ? [edit.id] : []))[0];
  expect(Object.fromEntries(links)).toEqual({ 'Ana Ruiz': 'e1', council: 'e2', Bo: 'e3', said: cy });
  expect(cy).not.toBe('x');
  expect(plan.others.entities).toEqual({ fresh: 1, known: 3 });
  // What is only others' is held, so that the links lead somewhere whatever they do.
  expect([...(memory.works.get('me')?.entities.keys() ?? [])].sort()).toEqual(['e1', 'e2', 'e3', cy].sort());
});

it('X146 mentions of a layer that is mapped to a type of entity are linked to the one that is called so, made once', () => {
  const annotations = ['Ana Ruiz', 'Bo', 'council'].map((words, index) => ({
    ...quote,
    id: `T${index}`,
    layer: 'PER',
    spans: [span(words)],
  }));
  const twice = [...annotations, { ...annotations[1], id: 'T8' } as typeof quote];
  const { memory, plan } = importInto(emptyMemory, file({ annotations: twice }));
  const mentions = [...(setOf(memory)?.mentions.values() ?? [])];
  expect(mentions.length).toBe(3);
  expect(new Set(mentions.map(({ entity }) => entity)).size).toBe(3);
  expect(plan.losses).toEqual([]);
});

it('X147 what roles, relations and mentions cannot take is left out and counted', () => {
  const annotations = [
    {
      ...quote,
      id: '1',
      args: [
        { role: 'speaker', annotation: '3' },
        { role: 'cue', annotation: '9' },
      ],
    },
    { ...quote, id: '2', layer: 'FACT', spans: [span('agreed')], args: [{ role: 'event', annotation: '3' }] },
    { ...quote, id: '3', layer: 'mention', spans: [span('Ana Ruiz')] },
    { ...quote, id: '4', layer: 'mention', spans: [span('Bo')] },
    { ...quote, id: '5', spans: [] },
    { ...quote, id: '6', layer: 'QUOTED_TERM', args: ['3', '4'].map((id) => ({ role: 'speaker', annotation: id })) },
  ];
  const relation = (id: string, type: string, from: string, to: string) => ({ id, type, from, to, attributes: {}, annotator: null });
  const relations = [
    relation('a', 'continues', '1', '2'),
    relation('b', 'evidence_for', '1', '2'),
    relation('c', 'continues', '1', '1'),
    relation('d', 'continues', '1', '7'),
  ];
  const { plan, memory } = importInto(emptyMemory, file({ annotations, relations }), { codebook: defaultCodebook });
  expectSound(memory);
  expect(plan.losses).toEqual([
    { kind: 'annotations without a place in the text', count: 1 },
    { kind: 'mentions that no role and no entity holds', count: 1 },
    { kind: 'relations continues between layers that it does not join', count: 1 },
    { kind: 'relations of an annotation to itself', count: 1 },
    { kind: 'relations with an end that is not imported', count: 1 },
    { kind: 'roles FACT.event that do not take what fills them', count: 1 },
    { kind: 'roles QUOTE.cue whose filler is not imported', count: 1 },
    { kind: 'roles QUOTED_TERM.speaker beyond the 1 that it takes', count: 1 },
  ]);
  expect([...(setOf(memory)?.relations.values() ?? [])].map(({ type }) => type)).toEqual(['evidence_for']);
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
