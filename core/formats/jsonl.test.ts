import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Annotation, RoleTarget } from '../model/annotation.ts';
import { type Codebook, defaultsOf, type Layer, layerOf } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { spanAt } from '../text/span.ts';
import { csv } from './csv.ts';
import type { DatasetAnnotation, DatasetDocument } from './document.ts';
import { jsonl } from './jsonl.ts';
import { type CaseInput, exported, hashOf } from './testing/case.ts';
import { annotation, annotationsOf, project, someWork, sourceFrom as sourceWith, time } from './testing/project.ts';
import { documentsOf, schemaProblems, table } from './testing/readers.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const sourceFrom = (input: CaseInput & { text: string }) => sourceWith(input, () => hashOf(createHash('sha256')));

describe('canonical JSONL', () => {
  it('X5 offsets are code points: slicing a text by code points gives every covered text, whatever the script', async () => {
    await fc.assert(
      fc.asyncProperty(someWork, async (work) => {
        const { files, outcome } = await exported(jsonl, sourceFrom(project(work.text, { annotations: annotationsOf(work) })));
        expect(outcome.losses).toEqual([]);
        const lines = (files.get('documents.jsonl') ?? '').split(/[\n\u0085\u2028\u2029]/);
        expect(lines).toHaveLength(2);
        const [document] = documentsOf(files) as [DatasetDocument];
        expect(document.text).toBe(work.text);
        const points = [...document.text];
        expect(document.length).toBe(points.length);
        const covered = document.annotations.flatMap(({ spans }) => spans);
        expect(covered.length).toBeGreaterThanOrEqual(work.fragments.length);
        for (const span of covered) expect(points.slice(span.start, span.end).join('')).toBe(span.text);
        expect(new Set(document.annotations.map(({ id }) => id)).size).toBe(work.fragments.length);
      }),
      { numRuns: 300 },
    );
  });

  it('X6 every line follows the schema made from the codebook', async () => {
    await fc.assert(
      fc.asyncProperty(someWork, fc.string(), async (work, note) => {
        const annotations = annotationsOf(work).map((one) => ({ ...one, note: note.toWellFormed() }));
        const { files } = await exported(jsonl, sourceFrom(project(work.text, { annotations })));
        expect(schemaProblems(files)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('X16 annotations stand in reading order, relations in an article and across articles by their ids', async () => {
    const text = 'One two three.';
    const on = (id: string, ...ranges: [number, number][]) =>
      annotation(
        id,
        text,
        ranges.map(([start, end]) => ({ start, end })),
      );
    const end = (id: string) => ({ article: 'doc', annotation: id });
    const relation = (id: string) => ({
      ...{ id, type: 'not_same', annotator: 'anna', from: end('b'), to: end('d'), attributes: {}, note: '' },
      ...{ origin: { kind: 'person' as const }, codebook: 1, created: time, modified: time },
    });
    const given = project(
      text,
      {
        annotations: [on('d', [4, 7]), on('b', [0, 3]), on('a', [0, 3]), on('c', [0, 3], [8, 13])],
        relations: [relation('r2'), relation('r1'), relation('r3')],
      },
      { links: [relation('l2'), relation('l1'), relation('l3')] },
    );
    const { files, outcome } = await exported(jsonl, sourceFrom(given));
    const [document] = documentsOf(files) as [DatasetDocument];
    expect(document.annotations.map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
    expect(document.relations.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['r1', 'b', 'd'],
      ['r2', 'b', 'd'],
      ['r3', 'b', 'd'],
    ]);
    const links = (files.get('relations.jsonl') ?? '').trim().split('\n');
    const ends = { from: { doc_id: 'doc', annotation: 'b' }, to: { doc_id: 'doc', annotation: 'd' } };
    expect(links.map((line) => JSON.parse(line))).toMatchObject(['l1', 'l2', 'l3'].map((id) => ({ id, ...ends })));
    expect(outcome.counts).toMatchObject({ documents: 1, relations: 3, cross_document_relations: 3 });
  });

  it('X8 what is still to be filled makes a draft, and where it came from is told', async () => {
    const text = 'One two three.';
    const complete = { ...defaultsOf(layerOf(defaultCodebook, 'STANCE') as Layer), polarity: 'favor' };
    const author = { kind: 'author' as const };
    const [holder, target] = [
      { role: 'holder', target: author },
      { role: 'target', target: { kind: 'entity' as const, id: 'e' } },
    ];
    const on = (id: string, more: Partial<Annotation>) =>
      annotation(id, text, [{ start: 0, end: 3 }], { layer: 'STANCE', attributes: complete, roles: [holder, target], ...more });
    const guessed = (confidence: number) => ({ kind: 'suggestion' as const, rule: 'stance.verb', version: '3', confidence });
    const given = project(
      text,
      {
        annotations: [
          on('a', {}),
          on('b', { roles: [holder] }),
          on('c', { attributes: { ...complete, polarity: 'maybe' } }),
          on('d', { origin: { kind: 'import', format: 'brat', file: 'x.ann' } as Annotation['origin'] }),
          on('e', { origin: guessed(1) as Annotation['origin'] }),
          on('f', { origin: guessed(-0.1) as Annotation['origin'] }),
        ],
      },
      { entities: [newEntity('e', 'anna', 'ISSUE', 'Guarantees', time)] },
    );
    const { files } = await exported(jsonl, sourceFrom(given));
    const [document] = documentsOf(files) as [DatasetDocument];
    const byId = new Map(document.annotations.map((one) => [one.id, one]));
    expect(['a', 'b', 'c'].map((id) => byId.get(id)?.status)).toEqual(['final', 'draft', 'draft']);
    expect(byId.get('d')).toMatchObject({ origin: 'imported', confidence: null, imported_from: { format: 'brat', file: 'x.ann' } });
    expect(byId.get('e')).toMatchObject({ origin: 'model', confidence: 1, rule: { id: 'stance.verb', version: '3' } });
    expect(byId.get('f')?.confidence).toBeNull();
  });

  it('X7 the schema refuses what the codebook does not allow', async () => {
    const text = 'He said so.';
    const given = project(text, { annotations: [annotation('a', text, [{ start: 0, end: 2 }])] });
    const { files } = await exported(jsonl, sourceFrom(given));
    const spoilt = (change: (one: Record<string, unknown>) => void) => {
      const [document] = documentsOf(files) as [DatasetDocument];
      change(document.annotations[0] as DatasetAnnotation & Record<string, unknown>);
      return schemaProblems(new Map([...files, ['documents.jsonl', `${JSON.stringify(document)}\n`]]));
    };
    expect(spoilt(() => {})).toEqual([]);
    for (const change of [
      { layer: 'quote' },
      { attributes: { type: 'Direct', speaker_form: 'named' } },
      { attributes: { type: 'direct' } },
      { attributes: { type: 'direct', speaker_form: 'named', polarity: 'favor' } },
      { layer: 'STANCE', attributes: { polarity: 'favor', explicitness: 'explicit' } },
      { args: [{ role: 'holder', author: true }] },
      { args: [{ role: 'cue', annotation: 'm', entity: 'e' }] },
      { args: [{ role: 'cue' }] },
      { spans: [] },
      { status: 'done' },
      { origin: 'person' },
      { confidence: 2 },
      { extra: 1 },
      { note: undefined },
      { layer: 'mention', attributes: {} },
    ]) {
      expect(
        spoilt((one) => Object.assign(one, change)),
        JSON.stringify(change),
      ).not.toEqual([]);
    }
  });

  it('X8 structured values, every kind of role and rejected suggestions are carried whole', async () => {
    const text = 'About 30 leaders met, he said. «So be it»';
    const quantity = [{ value: 30, value_max: 40, modifier: 'approx' as const, unit: 'leaders', counts: 'at the summit', mention: 'm1' }];
    const evidence = [{ url: 'https://example.org', accessed: '2026', says: 'refutes' as const, note: 'no' }];
    const filler = (role: string, target: RoleTarget) => ({ role, target });
    const codebook: Codebook = structuredClone(defaultCodebook);
    codebook.layers[0]?.roles[0]?.targets.push('annotation');
    const given = project(
      text,
      {
        mentions: [{ id: 'm1', article: 'doc', annotator: 'anna', span: spanAt(text, { start: 6, end: 8 }), entity: 'merged' }],
        annotations: [
          annotation('f', text, [{ start: 0, end: 20 }], {
            layer: 'FACT',
            attributes: {
              claim_type: 'numerical',
              attribution: 'asserted',
              certainty: 'certain',
              fact_polarity: 'positive',
              quantity,
              evidence,
            },
            roles: [filler('source', { kind: 'mention', id: 'm1' })],
            origin: { kind: 'suggestion', rule: 'numbers', version: '2', confidence: 0.5 },
          }),
          annotation('s', text, [{ start: 22, end: 29 }], {
            layer: 'STANCE',
            attributes: { polarity: 'favor' },
            roles: [filler('holder', { kind: 'author' }), filler('holder', { kind: 'entity', id: 'merged' })],
          }),
          annotation('q', text, [{ start: 31, end: 41 }], { roles: [filler('speaker', { kind: 'annotation', id: 'f' })] }),
        ],
        decisions: [
          {
            id: 'd',
            article: 'doc',
            annotator: 'anna',
            verdict: 'rejected',
            layer: 'QUOTE',
            spans: [spanAt(text, { start: 31, end: 41 })],
            rule: 'marks',
            version: '1',
            decided: time,
          },
        ],
        completion: { article: 'doc', annotator: 'anna', done: true, marked: time },
      },
      {
        codebook,
        entities: [
          newEntity('standing', 'anna', 'PERSON', 'Ana', time),
          {
            ...newEntity('merged', 'anna', 'PERSON', 'A.', time),
            fields: { ...newEntity('merged', 'anna', 'PERSON', 'A.', time).fields, mergedInto: { value: 'standing', time } },
          },
        ],
      },
    );
    const { files, outcome } = await exported(jsonl, sourceFrom(given));
    expect(outcome.losses).toEqual([]);
    expect(schemaProblems(files)).toEqual([]);
    const [document] = documentsOf(files) as [DatasetDocument];
    const byId = new Map(document.annotations.map((one) => [one.id, one]));
    expect(byId.get('f')).toMatchObject({
      attributes: { quantity, evidence },
      args: [{ role: 'source', annotation: 'm1' }],
      status: 'final',
      origin: 'model',
      confidence: 0.5,
      rule: { id: 'numbers', version: '2' },
    });
    expect(byId.get('m1')).toMatchObject({ layer: 'mention', attributes: { entity_id: 'standing' } });
    expect(byId.get('s')).toMatchObject({
      status: 'draft',
      args: [
        { role: 'holder', author: true },
        { role: 'holder', entity: 'standing' },
      ],
    });
    expect(byId.get('q')).toMatchObject({ args: [{ role: 'speaker', annotation: 'f' }] });
    expect(byId.get('d')).toMatchObject({ status: 'rejected', origin: 'model', rule: { id: 'marks', version: '1' }, created: time });
    expect(document.completions).toEqual([{ annotator: 'anna', marked: time }]);

    const tables = (await exported(csv, sourceFrom(given))).files;
    expect(
      table(tables, 'roles.csv').map((row) => [
        row['annotation_id'],
        row['role'],
        row['position'],
        row['target_kind'],
        row['mention_id'],
        row['entity_id'],
        row['target_annotation_id'],
        row['text'],
        row['entity'],
      ]),
    ).toEqual([
      ['f', 'source', '0', 'mention', 'm1', 'standing', '', '30', 'Ana'],
      ['s', 'holder', '0', 'author', '', '', '', '', ''],
      ['s', 'holder', '1', 'entity', '', 'standing', '', '', 'Ana'],
      ['q', 'speaker', '0', 'annotation', '', '', 'f', '', ''],
    ]);
    const fact = table(tables, 'annotations.csv').find((row) => row['annotation_id'] === 'f');
    expect(JSON.parse(fact?.['quantity'] ?? '')).toEqual(quantity);
    expect(JSON.parse(fact?.['evidence'] ?? '')).toEqual(evidence);
  });

  it('X9 the manifest has the digest, size and rows of every other file', async () => {
    const text = 'One 💪 two.';
    const { files } = await exported(jsonl, sourceFrom(project(text, { annotations: [annotation('a', text, [{ start: 0, end: 3 }])] })));
    const manifest = JSON.parse(files.get('manifest.json') ?? '') as {
      files: { path: string; sha256: string; bytes: number; rows: number }[];
      offset_unit: string;
      codebook: unknown;
      changed: string;
    };
    expect(manifest).toMatchObject({ offset_unit: 'unicode_code_point', codebook: { version: 1 }, changed: time });
    expect(manifest.files.map(({ path }) => path).sort()).toEqual([...files.keys()].filter((path) => path !== 'manifest.json').sort());
    for (const { path, bytes, rows, ...entry } of manifest.files) {
      const content = files.get(path) ?? '';
      expect(entry.sha256, path).toBe(sha256(content));
      expect(bytes, path).toBe(Buffer.byteLength(content));
      if (path.endsWith('.jsonl')) expect(rows, path).toBe(content.split('\n').length - 1);
    }
  });
});
