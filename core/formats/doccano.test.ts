import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { doccano } from './doccano.ts';
import { labelKey } from './doccano-labels.ts';
import { readDoccano } from './doccano-read.ts';
import { mentionLayer } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignRelation } from './foreign.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom, time } from './testing/project.ts';
import { type Lose, roundTrip } from './testing/round-trip.ts';
import { spoiledJson } from './testing/spoiled-json.ts';
import { wideCodebook } from './testing/whole-project.ts';

const key = labelKey(wideCodebook);

function bareAnnotation(one: ForeignAnnotation, lose: Lose): ForeignAnnotation {
  const spans = one.spans.map(({ start, end }) => ({ start, end, text: null }));
  const { id, layer, annotator } = one;
  if (layer === mentionLayer) {
    lose('links of mentions to entities', 'entity_id' in one.attributes ? 1 : 0);
    return { ...one, spans, attributes: {} };
  }
  const shown = key.attributes[layer] ?? '';
  const attributes = Object.fromEntries(Object.entries(one.attributes).filter(([name]) => name === shown));
  lose('values of attributes (but for those in labels)', Object.keys(one.attributes).length - Object.keys(attributes).length);
  const args = one.args.filter((arg) => 'annotation' in arg);
  lose('roles that no words of the text fill', one.args.length - args.length);
  lose('notes', one.note ? 1 : 0);
  lose('origins, times and states of annotations');
  return { id, layer, annotator, spans, attributes, args, status: null };
}

function bareRelation({ id, type, from, to, annotator, attributes, note }: ForeignRelation, lose: Lose): ForeignRelation {
  lose('values of attributes (but for those in labels)', Object.keys(attributes).length);
  lose('notes', note ? 1 : 0);
  lose('origins, times and reasons of relations');
  return { id, type, from, to, annotator, attributes: {} };
}

roundTrip(doccano, {
  rule: 'X101',
  keepsIds: false,
  carried: (all: Foreign, lose) => {
    lose('relations across articles', all.links.length);
    lose('entities of the registry', all.entities.length);
    const documents = all.documents.map((document) => {
      const kept = document.annotations.filter(({ status }) => status !== 'rejected');
      lose('rejected suggestions', document.annotations.length - kept.length);
      return {
        ...document,
        annotations: kept.map((one) => bareAnnotation(one, lose)),
        relations: document.relations.map((one) => bareRelation(one, lose)),
      };
    });
    const annotators = all.annotators.filter(({ id }) =>
      documents.some(({ annotations, completions }) => [...annotations, ...completions].some(({ annotator }) => annotator === id)),
    );
    lose('annotators who have no work in the articles', all.annotators.length - annotators.length);
    return { ...all, documents, annotators, entities: [], links: [] };
  },
});

const text = 'Ana 💪 said “no” and “never”.';
const end = (id: string) => ({ article: 'doc', annotation: id });
const sample = () =>
  sourceFrom(
    project(text, {
      annotations: [
        annotation(
          'q',
          text,
          [
            { start: 12, end: 16 },
            { start: 21, end: 28 },
          ],
          { roles: [{ role: 'speaker', target: { kind: 'mention', id: 'm' } }] },
        ),
        annotation('p', text, [{ start: 21, end: 28 }], { attributes: {} }),
      ],
      mentions: [{ id: 'm', article: 'doc', annotator: 'anna', span: { start: 0, end: 3, text: 'Ana' }, entity: null }],
      relations: [
        {
          ...{ id: 'r', type: 'continues', annotator: 'anna', from: end('q'), to: end('p'), attributes: {}, note: '' },
          ...{ origin: { kind: 'person' }, codebook: 1, created: time, modified: time },
        },
      ],
    }),
    () => hashOf(createHash('sha256')),
  );
const file = (value: unknown, path = 'a.jsonl') => ({
  path,
  bytes: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});
const read = (...rows: unknown[]) =>
  readDoccano([file(rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'))]);

it('X99 a fragment is a span in code points under its layer and the first value that is required; roles and relations are relations', async () => {
  const { files } = await exported(doccano, sample());
  const content = files.get('annotators/anna.jsonl') ?? '';
  expect(content).toMatch(/^[\n\x20-\x7e]*$/);
  const row = JSON.parse(content);
  expect(row.text).toBe(text);
  expect(row.entities).toEqual([
    { id: 0, start_offset: 0, end_offset: 3, label: 'mention' },
    { id: 1, start_offset: 11, end_offset: 15, label: 'QUOTE:direct' },
    { id: 2, start_offset: 20, end_offset: 27, label: 'QUOTE:direct' },
    { id: 3, start_offset: 20, end_offset: 27, label: 'QUOTE' },
  ]);
  expect(row.relations).toEqual([
    { id: 0, from_id: 1, to_id: 2, type: 'next-fragment' },
    { id: 1, from_id: 1, to_id: 0, type: 'speaker' },
    { id: 2, from_id: 1, to_id: 3, type: 'continues' },
  ]);
  const labels = ['span_labels.json', 'relation_labels.json'].map((path) =>
    (JSON.parse(files.get(path) ?? '') as { text: string }[]).map((label) => label.text),
  );
  for (const { label } of row.entities) expect(labels[0]).toContain(label);
  for (const { type } of row.relations) expect(labels[1]).toContain(type);
});

it('X99 an article that nobody has worked on is in the file of those', async () => {
  const { files, outcome } = await exported(
    doccano,
    sourceFrom(project(text), () => hashOf(createHash('sha256'))),
  );
  expect(JSON.parse(files.get('unannotated.jsonl') ?? '')).toMatchObject({ text, entities: [], annotator: null });
  expect(outcome.losses).toEqual([{ kind: 'annotators who have no work in the articles', count: 1 }]);
});

it('X101 a role of the name of a relation type has another label, and is read as the role', () => {
  const [quote, ...others] = wideCodebook.layers;
  if (!quote) throw new RangeError();
  const speaker = { ...quote.roles[0], name: 'continues' } as (typeof quote.roles)[number];
  const { roles } = labelKey({ ...wideCodebook, layers: [{ ...quote, roles: [speaker] }, ...others] });
  expect(roles['role-continues']).toBe('continues');
  const entities = [
    { id: 5, start_offset: 0, end_offset: 3, label: 'QUOTE' },
    { id: 7, start_offset: 4, end_offset: 5, label: 'mention' },
  ];
  const relations = ['role-continues', 'continues'].map((type) => ({ from_id: 5, to_id: 7, type }));
  const { documents } = read({ text, entities, relations, label_key: { attributes: {}, roles } });
  expect(documents[0]?.annotations[0]?.args).toEqual([{ role: 'continues', annotation: '0.1.e7' }]);
  expect(documents[0]?.relations.map(({ type }) => type)).toEqual(['continues']);
});

it('X102 exports of doccano are read: triples or entities, lines or one list', () => {
  const triples = { id: 3, text, label: [[0, 3, 'PER:x']], Comments: [] };
  const entities = [{ id: 12, label: 'PER', start_offset: 0, end_offset: 3 }];
  const tied = {
    id: 4,
    text: 'Ana.',
    entities: [...entities, { ...entities[0], id: 13 }],
    relations: [{ id: 1, from_id: 12, to_id: 13, type: 'is' }],
  };
  for (const given of [read(triples, tied), readDoccano([file([triples, tied], 'all.json')])]) {
    expect(given.problems).toEqual([]);
    const [one, other] = given.documents;
    expect(one?.annotations).toMatchObject([{ layer: 'PER:x', spans: [{ start: 0, end: 3, text: null }], annotator: null, status: null }]);
    expect(other?.relations).toMatchObject([{ type: 'is', from: other?.annotations[0]?.id, to: other?.annotations[1]?.id }]);
    expect(one?.unit).toBe('unicode_code_point');
  }
});

it('X102 what cannot be taken is a problem with its line, and the file gives nothing else', () => {
  const span = (more: object) => ({ text, entities: [{ id: 1, start_offset: 0, end_offset: 3, label: 'A', ...more }] });
  const spoiled: [unknown, string][] = [
    [{ text: 7 }, 'no text'],
    [{ text, label: ['positive'] }, 'for the whole text'],
    [{ text, label: [[3, 3, 'A']] }, 'start before it ends'],
    [span({ label: '' }), 'no label'],
    [span({ id: null }), 'no id'],
    [{ ...span({}), relations: [{ from_id: 1, to_id: 2, type: 'a' }] }, 'is missing'],
    [{ ...span({}), relations: [{ from_id: 1, to_id: 1, type: 0 }] }, 'no type'],
    ['{"text": }', 'rules of JSON'],
  ];
  for (const [row, message] of spoiled) {
    const { documents, problems } = read(span({}), '', row);
    expect([documents, problems.length], message).toEqual([[], 1]);
    expect(problems[0]).toMatchObject({ line: 3, message: expect.stringContaining(message) });
  }
});

it('X102 nothing that stands in a file stops the reader; fragments in a ring begin somewhere', async () => {
  const { files } = await exported(doccano, sample());
  fc.assert(
    fc.property(spoiledJson(files.get('annotators/anna.jsonl') ?? ''), (spoiled) => {
      const { documents, problems } = readDoccano([file(spoiled)]);
      if (problems.length > 0) expect(documents).toEqual([]);
    }),
    { numRuns: 200 },
  );
  const entities = [0, 2].map((start, id) => ({ id, start_offset: start, end_offset: start + 1, label: 'A' }));
  const ring = [
    { from_id: 0, to_id: 1, type: 'next-fragment' },
    { from_id: 1, to_id: 0, type: 'next-fragment' },
  ];
  expect(read({ text: 'a b', entities, relations: ring }).documents[0]?.annotations.map(({ spans }) => spans.length)).toEqual([2]);
});

it('X99 its files are recognised, others are not', async () => {
  const { files } = await exported(doccano, sample());
  const is = (beginning: string) => doccano.recognises?.(['a.jsonl'], beginning.slice(0, 4096));
  expect([is(files.get('annotators/anna.jsonl') ?? ''), is('{"id":1,"text":"a","label":[[0,1,"A"]]}'), is('{"text":"a"}')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(is('[{"data":{"text":"a"},"annotations":[]}]')).toBe(false);
});

it('X231 comments are counted', () => {
  const row = { text: 'Ann said yes.', label: [[0, 3, 'Who']], Comments: ['sure?', 'yes'] };
  expect(readDoccano([{ path: 'a.jsonl', bytes: Buffer.from(JSON.stringify(row)) }]).losses).toEqual([
    { kind: 'comments on a text', count: 2 },
  ]);
});
