import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationSetRecord, AttributeValue } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { spanAt } from '../text/span.ts';
import { csv } from './csv.ts';
import { jsonl } from './jsonl.ts';
import { type CaseInput, exported, hashOf } from './testing/case.ts';
import { annotation, annotationsOf, character, project, someWork, sourceFrom as sourceWith, time } from './testing/project.ts';
import { table } from './testing/readers.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const sourceFrom = (input: CaseInput & { text: string }) => sourceWith(input, () => hashOf(createHash('sha256')));

describe('CSV tables', () => {
  const hostile = [
    'plain',
    '=HYPERLINK("http://evil")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\ttab',
    '\rcr',
    '\nlf',
    '\0nul',
    '＝1',
    "'=1",
    "''+",
    'a,b;c',
    'say "so"',
    'two\r\nlines',
    ' outer ',
    '\ufeffmark',
    '👩‍👩‍👧 שלום',
    '<b onload=x>',
    '__proto__',
    '-0.5',
  ];
  const cell = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: character }));

  it('X10 every cell reads back exactly as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(someWork, cell, cell, cell, async (work, note, title, name) => {
        const given = project(work.text, {
          annotations: annotationsOf(work).map((one) => ({ ...one, note })),
        });
        const [article] = given.articles as [CaseInput['articles'][number]];
        const { files, outcome } = await exported(
          csv,
          sourceFrom({
            ...given,
            articles: [{ ...article, meta: { ...article.meta, title } }],
            annotators: [{ id: 'anna', name: `A${name}`, role: 'annotator' }],
          }),
        );
        expect(outcome.losses).toEqual([]);
        const points = [...work.text];
        const rows = table(files, 'annotations.csv');
        expect(rows.length).toBe(annotationsOf(work).flatMap(({ spans }) => spans).length);
        for (const row of rows) {
          expect(row['note']).toBe(note);
          expect(row['text']).toBe(points.slice(Number(row['start']), Number(row['end'])).join(''));
        }
        expect(table(files, 'documents.csv')).toMatchObject([{ title, text: work.text, length: String(points.length) }]);
        expect(table(files, 'annotators.csv')).toMatchObject([{ name: `A${name}` }]);
      }),
      { numRuns: 200 },
    );
  });

  it('X10 a cell with a comma, quote, CR or LF is quoted and nothing else is (RFC 4180, section 2)', async () => {
    for (const [note, written] of [
      ['a,b', '"a,b"'],
      ['a"b', '"a""b"'],
      ['a\rb', '"a\rb"'],
      ['a\nb', '"a\nb"'],
      ['a;b c', 'a;b c'],
    ]) {
      const annotations = [annotation('a', 'Words.', [{ start: 0, end: 5 }], { note: note ?? '' })];
      const { files } = await exported(csv, sourceFrom(project('Words.', { annotations })));
      expect(files.get('annotations.csv')).toMatch(new RegExp(`,${written},${time},${time}\r\n$`));
    }
  });

  it('X11 in the spreadsheet variant no text begins like a formula, and taking one apostrophe away gives it back', async () => {
    const text = 'Words.';
    for (const note of hostile) {
      const annotations = [annotation('a', text, [{ start: 0, end: 5 }], { note })];
      const { files } = await exported(csv, sourceFrom(project(text, { annotations })));
      const content = files.get('annotations.excel.csv') ?? '';
      expect(content.startsWith('\ufeffannotation_id,')).toBe(true);
      const [row] = table(new Map([['e', content.slice(1)]]), 'e');
      const written = row?.['note'] ?? '';
      expect(written).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/u);
      expect(/^'+[=+\-@\t\r\n\0＝＋－＠]/u.test(written) ? written.slice(1) : written, note).toBe(note);
      expect(table(files, 'annotations.csv')[0]?.['note']).toBe(note);
    }
  });

  it('X12 the spreadsheet variant leaves numbers alone', async () => {
    const codebook: Codebook = structuredClone(defaultCodebook);
    codebook.layers[0]?.attributes.push({ name: 'score', title: 'Score', type: 'number', required: false, default: null, help: '' });
    const annotations = [annotation('a', 'Words.', [{ start: 0, end: 5 }], { attributes: { score: -0.5 } })];
    const { files } = await exported(csv, sourceFrom(project('Words.', { annotations }, { codebook })));
    expect(table(new Map([['e', (files.get('annotations.excel.csv') ?? '').slice(1)]]), 'e')[0]?.['score']).toBe('-0.5');
  });

  it('X13 an attribute whose name a column has already gets a column of its own', async () => {
    const codebook: Codebook = structuredClone(defaultCodebook);
    const more = ['text', 'Note', 'attribute_text', 'constructor'];
    for (const name of more)
      codebook.layers[0]?.attributes.push({ name, title: name, type: 'text', required: false, default: null, help: '' });
    const values: Record<string, AttributeValue> = Object.fromEntries(more.map((name) => [name, `value of ${name}`]));
    const annotations = [
      annotation('a', 'Words.', [{ start: 0, end: 5 }], { attributes: values }),
      annotation('b', 'Words.', [{ start: 0, end: 5 }]),
    ];
    const { files } = await exported(csv, sourceFrom(project('Words.', { annotations }, { codebook })));
    const [row, other] = table(files, 'annotations.csv');
    expect(row).toMatchObject({
      text: 'Words',
      note: '',
      attribute_text: 'value of text',
      attribute_Note: 'value of Note',
      attribute_attribute_text: 'value of attribute_text',
      constructor: 'value of constructor',
    });
    expect(other?.['constructor']).toBe('');
    const names = Object.keys(row ?? {}).map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('X14 datapackage.json describes every column and file, and its keys hold', async () => {
    const text = 'One two.';
    const set = {
      annotations: [
        annotation(
          'a',
          text,
          [
            { start: 0, end: 3 },
            { start: 4, end: 7 },
          ],
          { roles: [{ role: 'speaker', target: { kind: 'mention', id: 'm' } }] },
        ),
        annotation('b', text, [{ start: 0, end: 3 }]),
      ],
      mentions: [{ id: 'm', article: 'doc', annotator: 'anna', span: spanAt(text, { start: 4, end: 7 }), entity: 'e' }],
    } satisfies Partial<AnnotationSetRecord>;
    const { files } = await exported(csv, sourceFrom(project(text, set, { entities: [newEntity('e', 'anna', 'PERSON', 'E', time)] })));
    const description = JSON.parse(files.get('datapackage.json') ?? '') as {
      resources: {
        name: string;
        path: string;
        hash: string;
        bytes: number;
        schema: {
          fields: { name: string; description: string }[];
          primaryKey: string[];
          foreignKeys?: { fields: [string]; reference: { resource: string; fields: [string] } }[];
        };
      }[];
    };
    expect(description.resources.map(({ path }) => path).sort()).toEqual([...files.keys()].filter((path) => path.endsWith('.csv')).sort());
    const rowsOf = (path: string) => table(new Map([[path, (files.get(path) ?? '').replace(/^\ufeff/, '')]]), path);
    for (const { name, path, hash, bytes, schema } of description.resources) {
      const content = files.get(path) ?? '';
      expect(hash).toBe(`sha256:${sha256(content)}`);
      expect(bytes).toBe(Buffer.byteLength(content));
      const header = content.replace(/^\ufeff/, '').split('\r\n')[0];
      expect(header).toBe(schema.fields.map((field) => field.name).join(','));
      for (const field of schema.fields) expect(field.description, `${path} ${field.name}`).not.toBe('');
      const rows = rowsOf(path);
      const keys = rows.map((row) => JSON.stringify(schema.primaryKey.map((field) => row[field])));
      expect(new Set(keys).size, path).toBe(rows.length);
      for (const { fields, reference } of schema.foreignKeys ?? []) {
        const target = description.resources.find((one) => one.name === (reference.resource || name));
        const known = new Set(rowsOf(target?.path ?? '').map((row) => row[reference.fields[0]]));
        for (const row of rows) if (row[fields[0]] !== '') expect(known, `${path} ${fields[0]}`).toContain(row[fields[0]]);
      }
    }
  });

  it('X56 each document stands with its group and split, both empty where the dataset is not split', async () => {
    const source = sourceFrom(project('Paris agreed.'));
    const method = { method: 'by hand' };
    const splits = { method, assignments: new Map([['doc', { group: 'other', split: 'test' as const }]]) };
    const row = async (given: typeof source) => table((await exported(csv, given)).files, 'documents.csv')[0];
    expect(await row({ ...source, splits })).toMatchObject({ doc_id: 'doc', group_id: 'other', split: 'test' });
    expect(await row(source)).toMatchObject({ doc_id: 'doc', group_id: '', split: '' });
  });

  it('X15 cells that a spreadsheet would cut and empty texts are named as losses', async () => {
    const text = 'Words.';
    const annotations = [
      annotation('a', text, [{ start: 0, end: 5 }], { note: 'x'.repeat(32_768) }),
      annotation('b', text, [{ start: 0, end: 5 }], { layer: 'FACT', attributes: { justification: '' } }),
    ];
    const { outcome } = await exported(csv, sourceFrom(project(text, { annotations })));
    expect(outcome.losses).toEqual([
      { kind: 'cells of annotations.excel.csv over 32,767 characters, which Excel cuts', count: 1 },
      { kind: 'empty texts of attributes, which CSV cannot tell from missing ones', count: 1 },
    ]);
    expect((await exported(jsonl, sourceFrom(project(text, { annotations })))).outcome.losses).toEqual([]);
  });
});
