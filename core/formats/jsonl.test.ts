import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoleTarget } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
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
