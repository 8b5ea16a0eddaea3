import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelStudio, writeLabelStudio } from './label-studio.ts';
import { readLabelStudio } from './label-studio-read.ts';
import { namedEntities } from './named-entities.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom, time } from './testing/project.ts';
import { roundTrip } from './testing/round-trip.ts';
import { spoiledJson } from './testing/spoiled-json.ts';

type Result = Record<string, unknown> & { value: Record<string, unknown> };
type Task = { data: Record<string, unknown>; annotations: { result: Result[]; ground_truth: boolean }[] };

const source = (...given: Parameters<typeof project>) => sourceFrom(project(...given), () => hashOf(createHash('sha256')));
const file = (value: unknown, path = 'tasks.json') => ({
  path,
  bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});
const read = (value: unknown) => readLabelStudio([file(value)]);

roundTrip(labelStudio, {
  rule: 'X92',
  carried: (all, lose) => {
    lose('relations across articles', all.links.length);
    const entities = namedEntities(
      all.entities,
      all.documents.flatMap(({ annotations }) => annotations),
    );
    lose('entities that nothing in an article is linked to', all.entities.length - entities.length);
    const documents = all.documents.map((document) => {
      const annotations = document.annotations.filter(({ status }) => status !== 'rejected');
      lose('rejected suggestions', document.annotations.length - annotations.length);
      return { ...document, annotations };
    });
    const annotators = all.annotators.filter(({ id }) =>
      documents.some(({ annotations, completions }) => [...annotations, ...completions].some(({ annotator }) => annotator === id)),
    );
    lose('annotators who have no work in the articles', all.annotators.length - annotators.length);
    return { ...all, documents, annotators, entities, links: [] };
  },
});

const text = 'Ana 💪 said “no” and “never”.';
const relation = {
  ...{ type: 'nested_in', annotator: 'anna', attributes: {}, note: '', origin: { kind: 'person' as const }, codebook: 1 },
  ...{ from: { article: 'doc', annotation: 'q' }, to: { article: 'doc', annotation: 'p' }, created: time, modified: time },
};
const sample = () =>
  source(text, {
    annotations: [
      annotation(
        'q',
        text,
        [
          { start: 12, end: 16 },
          { start: 21, end: 28 },
        ],
        {
          note: 'twice',
          roles: [
            { role: 'speaker', target: { kind: 'mention', id: 'm' } },
            { role: 'cue', target: { kind: 'mention', id: 'm' } },
            { role: 'addressee', target: { kind: 'entity', id: 'e' } },
          ],
        },
      ),
      annotation('p', text, [{ start: 21, end: 28 }]),
    ],
    mentions: [{ id: 'm', article: 'doc', annotator: 'anna', span: { start: 0, end: 3, text: 'Ana' }, entity: null }],
    relations: [
      { ...relation, id: 'r' },
      { ...relation, id: 's', type: 'continues' },
    ],
  });

async function tasksOf(given = sample()): Promise<{ tasks: Task[]; config: string; json: string; losses: readonly { kind: string }[] }> {
  const { files, outcome } = await exported(labelStudio, given);
  const json = files.get('tasks.json') ?? '';
  return { json, tasks: JSON.parse(json), config: files.get('config.xml') ?? '', losses: outcome.losses };
}

it('X90 a fragment is a region in code points, an attribute a control under the first, and the interface declares all of them', async () => {
  const { tasks, config } = await tasksOf();
  const result = tasks[0]?.annotations[0]?.result ?? [];
  const regions = result.filter(({ type }) => type === 'labels');
  expect(regions.map(({ id, value }) => [id, value])).toEqual([
    ['m', { start: 0, end: 3, text: 'Ana', labels: ['mention'] }],
    ['q', { start: 11, end: 15, text: '“no”', labels: ['QUOTE'] }],
    ['q.2', { start: 20, end: 27, text: '“never”', labels: ['QUOTE'] }],
    ['p', { start: 20, end: 27, text: '“never”', labels: ['QUOTE'] }],
  ]);
  expect(result.find((one) => one['from_name'] === 'QUOTE-type')).toMatchObject({
    id: 'q',
    type: 'choices',
    value: { choices: ['direct'] },
  });
  expect(regions[1]?.['meta']).toMatchObject({ text: ['twice'] });
  // Under a long article nobody would find the controls.
  expect(config.indexOf('position: sticky')).toBeLessThan(config.indexOf('name="QUOTE-type"'));
  expect(config.indexOf('position: sticky')).toBeGreaterThan(config.indexOf('<Text '));
  for (const { from_name, type, labels, value } of result) {
    if (type === 'relation') for (const label of labels as string[]) expect(config).toContain(`<Relation value="${label}"/>`);
    else expect(config).toContain(` name="${from_name}"`);
    for (const label of (value?.['labels'] ?? value?.['choices'] ?? []) as string[])
      expect(config).toMatch(new RegExp(`(Label|Choice) value="${label}"`));
  }
});

it('X91 two regions are tied once, with everything that ties them: Label Studio’s editor stops at a second tie', async () => {
  const { tasks } = await tasksOf();
  const ties = (tasks[0]?.annotations[0]?.result ?? []).filter(({ type }) => type === 'relation');
  expect(ties.map(({ from_id, to_id, labels }) => [from_id, to_id, labels])).toEqual([
    ['q', 'q.2', ['next-fragment']],
    ['q', 'm', ['speaker', 'cue']],
    ['q', 'p', ['nested_in', 'continues']],
  ]);
});

it('X91 a relation to another annotator’s annotation is named as lost', async () => {
  const given = project(text, { annotations: [annotation('q', text, [{ start: 0, end: 3 }])], relations: [{ ...relation, id: 'r' }] });
  const bo = { article: 'doc', mentions: [], relations: [], decisions: [], completion: null };
  const annotations = [annotation('p', text, [{ start: 0, end: 3 }], { annotator: 'bo' })];
  const { losses } = await tasksOf(
    sourceFrom(
      {
        ...given,
        annotators: [...given.annotators, { id: 'bo', name: 'Bo', role: 'adjudicator' }],
        sets: [...given.sets, { annotator: 'bo', set: { ...bo, annotations } }],
      },
      () => hashOf(createHash('sha256')),
    ),
  );
  expect(losses).toEqual([{ kind: 'relations between annotations of two annotators', count: 1 }]);
});

it('X92 what a person changes in Label Studio is what is read, and the rest stays as it was', async () => {
  const { tasks } = await tasksOf();
  const [work] = tasks[0]?.annotations ?? [];
  if (!work) throw new RangeError();
  const common = { from_name: 'label', to_name: 'text', type: 'labels', origin: 'manual' };
  // As its editor does: a further fragment, a new mention in a role, another value, a relation taken away.
  work.result = work.result.filter(({ labels }) => !(labels as string[] | undefined)?.includes('nested_in'));
  const type = work.result.find(({ id, from_name }) => id === 'q' && from_name === 'QUOTE-type');
  if (type) type.value = { ...type.value, choices: ['mixed'] };
  work.result.push({ ...common, id: 'Xy-9', value: { start: 4, end: 5, text: '💪', labels: ['mention'] } });
  work.result.push({ type: 'relation', from_id: 'q', to_id: 'Xy-9', direction: 'right', labels: ['addressee'], value: {} });
  const { documents, problems } = read(tasks);
  expect(problems).toEqual([]);
  const quote = documents[0]?.annotations.find(({ id }) => id === 'q');
  expect(quote).toMatchObject({ note: 'twice', attributes: { type: 'mixed', speaker_form: 'named' }, annotator: 'anna', created: time });
  expect(quote?.spans.length).toBe(2);
  expect(quote?.args).toEqual([
    { role: 'speaker', annotation: 'm' },
    { role: 'cue', annotation: 'm' },
    { role: 'addressee', annotation: 'Xy-9' },
  ]);
  expect(documents[0]?.relations).toEqual([]);
});

it('X93 tasks from elsewhere are read: their controls, directions and authors; skipped annotations are none', () => {
  const value = { start: 0, end: 3, text: 'Ana' };
  const path = { start: '/text()[1]', end: '/text()[1]', startOffset: 6, endOffset: 10, globalOffsets: { start: 6, end: 10 } };
  const region = { id: 'A1', from_name: 'who', to_name: 't', type: 'labels', value: { ...value, labels: ['Person', 'Speaker'] } };
  const other = { id: 'B2', from_name: 'what', to_name: 't', type: 'hypertextlabels', value: { ...path, htmllabels: ['Cue'] } };
  const controls = [
    { id: 'A1', from_name: 'mood', to_name: 't', type: 'choices', value: { ...value, choices: ['good'] } },
    { id: 'A1', from_name: 'tags', to_name: 't', type: 'taxonomy', value: { ...value, taxonomy: [['a', 'b'], ['c']] } },
    { id: 'A1', from_name: 'why', to_name: 't', type: 'textarea', value: { ...value, text: ['since'] }, meta: { text: ['a note'] } },
    { id: 'A1', from_name: 'how', to_name: 't', type: 'rating', value: { ...value, rating: 4 } },
  ];
  const tie = { from_id: 'A1', to_id: 'B2', type: 'relation', direction: 'left', labels: ['says'] };
  const made = { result: [region, ...controls, other, tie], completed_by: { id: 7, email: 'bo@example.org' }, was_cancelled: false };
  const task = {
    ...{ id: 12, data: { body: 'Ana 💪 said no.' } },
    annotations: [made, { ...made, completed_by: 8 }, { ...made, was_cancelled: true }],
    predictions: [{ result: [region], model_version: 'm1', score: 0.5 }],
  };
  const { documents, problems } = read([task]);
  expect(problems).toEqual([]);
  const [document] = documents;
  expect(document).toMatchObject({ unit: null, doc_id: null, text: 'Ana 💪 said no.' });
  expect(document?.annotations.map(({ id, layer, annotator }) => [id, layer, annotator])).toEqual([
    ['A1', 'Person', 'bo@example.org'],
    ['A1.Speaker', 'Speaker', 'bo@example.org'],
    ['B2', 'Cue', 'bo@example.org'],
    ['A1.of.2', 'Person', '8'],
    ['A1.Speaker.of.2', 'Speaker', '8'],
    ['B2.of.2', 'Cue', '8'],
  ]);
  expect(document?.annotations[0]).toMatchObject({
    attributes: { mood: 'good', tags: ['a / b', 'c'], why: 'since', how: 4 },
    note: 'a note',
    status: null,
    spans: [{ start: 0, end: 3, text: 'Ana' }],
  });
  expect(document?.annotations[2]?.spans).toEqual([{ start: 6, end: 10, text: null }]);
  expect(document?.relations[0]).toMatchObject({ type: 'says', from: 'B2', to: 'A1' });
  const { documents: predicted } = read([{ ...task, annotations: [] }]);
  expect(predicted[0]?.annotations[0]).toMatchObject({ annotator: 'm1', origin: 'model' });
});

it('X93 JSON-MIN is read too', () => {
  const labels = [{ start: 0, end: 3, text: 'Ana', labels: ['Person'] }];
  const { documents } = read([{ text: 'Ana said no.', id: 1, label: labels, annotator: 3, annotation_id: 4, created_at: '2026' }]);
  expect(documents[0]?.annotations).toMatchObject([{ layer: 'Person', annotator: '3', spans: [{ start: 0, end: 3, text: 'Ana' }] }]);
});

it('X94 a file that is no tasks of Label Studio is a problem with its place, and gives nothing else', () => {
  const good = { data: { text: 'Ana.' }, annotations: [] };
  const region = { id: 'a', from_name: 'l', to_name: 't', type: 'labels' };
  const spoiled: [unknown, string][] = [
    ['[{"data": {"text": "a"},\n oops}]', 'breaks the rules of JSON'],
    [[good, 7], 'Task 2: it is not a JSON object'],
    [[{ data: { image: 'a.png' } }], 'holds no text'],
    [[{ ...good, annotations: [{}] }], 'no list of results'],
    [
      [{ ...good, annotations: [{ result: [{ ...region, value: { start: 3, end: 1, labels: ['A'] } }] }] }],
      'Task 1: the region a has the offsets 3 to 1.',
    ],
    [[{ ...good, annotations: [{ result: [{ ...region, value: { start: '/p[1]', end: '/p[2]' } }] }] }], 'HyperText'],
    [[{ ...good, annotations: [{ result: [{ type: 'relation', from_id: 'a', to_id: 'b' }] }] }], 'is missing'],
  ];
  for (const [value, message] of spoiled) {
    const { documents, problems } = read(value);
    expect([documents, problems.length]).toEqual([[], 1]);
    expect(problems[0]?.message).toContain(message);
  }
  expect(read(spoiled[0]?.[0]).problems[0]).toMatchObject({ line: 2, column: 2, code: 'damaged' });
});

it('X94 nothing that stands in a file stops the reader', async () => {
  const { json } = await tasksOf();
  fc.assert(
    fc.property(spoiledJson(json), (spoiled) => {
      const { documents, problems } = read(spoiled);
      if (problems.length > 0) expect(documents).toEqual([]);
    }),
    { numRuns: 200 },
  );
  expect(() => read(`${'['.repeat(100_000)}`)).not.toThrow();
});

it('X94 fragments that follow each other in a ring are each an annotation', () => {
  const region = (id: string, start: number) => ({
    ...{ id, from_name: 'label', to_name: 'text', type: 'labels', value: { start, end: start + 1, labels: ['A'] } },
  });
  const tie = (from_id: string, to_id: string) => ({ type: 'relation', from_id, to_id, direction: 'right', labels: ['next-fragment'] });
  const result = [region('a', 0), region('b', 2), tie('a', 'b'), tie('b', 'a')];
  expect(read([{ data: { text: 'a b' }, annotations: [{ result }] }]).documents[0]?.annotations.map(({ id }) => id)).toEqual(['a', 'b']);
});

it('X95 tasks go on in a further file before one is larger than the server takes', async () => {
  const given = source('x');
  const many = {
    ...given,
    async *articles() {
      for await (const { article } of given.articles())
        for (const id of ['a', 'b', 'c']) yield { article: { meta: { ...article.meta, id }, text: 'x '.repeat(500) }, sets: [] };
    },
  };
  const { files } = await exported({ ...labelStudio, write: (run) => writeLabelStudio(run, 2000) }, many);
  const counts = ['tasks.json', 'tasks-2.json'].map((path) => (JSON.parse(files.get(path) ?? '[]') as unknown[]).length);
  expect(counts).toEqual([2, 1]);
});

it('X90 files of Label Studio are recognised, others are not', async () => {
  const { json } = await tasksOf();
  const is = (beginning: string) => labelStudio.recognises?.(['a.json'], beginning.slice(0, 4096));
  expect(is(json)).toBe(true);
  expect(is('[\n  {\n    "id": 1,\n    "annotations": [], "data": {"text": "a"}}]')).toBe(true);
  expect(is('{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "x"}')).toBe(false);
  expect(is('{"%TYPES": {}, "%FEATURE_STRUCTURES": []}')).toBe(false);
});

it('X231 what is about a whole task, was cancelled, or is a prediction beside annotations is counted', () => {
  const text = 'Ann said yes.';
  const choices = { id: 'c', from_name: 'topic', to_name: 'text', type: 'choices', value: { choices: ['news'] } };
  const region = {
    id: 'a',
    from_name: 'label',
    to_name: 'text',
    type: 'labels',
    value: { start: 0, end: 3, text: 'Ann', labels: ['Who'] },
  };
  const task = {
    data: { text },
    annotations: [{ result: [region, choices, { ...choices, from_name: 'tone' }] }, { was_cancelled: true, result: [] }],
    predictions: [{ result: [] }, { result: [] }],
  };
  const { documents, losses } = read([task, { data: { text }, predictions: [{ result: [region] }] }]);
  expect(documents.map(({ annotations }) => annotations.length)).toEqual([1, 1]);
  expect(losses).toEqual([
    { kind: 'results about a whole task', count: 2 },
    { kind: 'annotations that were cancelled', count: 1 },
    { kind: 'predictions beside annotations', count: 2 },
  ]);
});
