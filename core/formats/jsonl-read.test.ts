import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GivenFile } from './foreign.ts';
import { jsonl } from './jsonl.ts';
import { isJsonl, readJsonl } from './jsonl-read.ts';
import { roundTrip } from './testing/round-trip.ts';

const golden = join(dirname(fileURLToPath(import.meta.url)), 'baselines/sample/jsonl');
const file = (path: string, content: string): GivenFile => ({ path, bytes: new TextEncoder().encode(content) });
const sample = readFileSync(join(golden, 'documents.jsonl'), 'utf8');
/** The sample's document, changed. */
const changed = (change: (document: { annotations: object[] }) => void) => {
  const document = JSON.parse(sample);
  change(document);
  return file('documents.jsonl', `${JSON.stringify(document)}\n`);
};

roundTrip(jsonl, { rule: 'X180' });

describe('reading canonical JSONL', () => {
  it('X180 a file is read by its name or by what its lines say, with or without the others', () => {
    expect(readJsonl([file('elsewhere/round-2.jsonl', sample)]).documents).toHaveLength(1);
    const found = readJsonl(
      readdirSync(golden)
        .filter((name) => name.includes('.'))
        .map((name) => ({ path: `x/${name}`, bytes: readFileSync(join(golden, name)) })),
    );
    expect(found).toMatchObject({ problems: [], documents: [{ file: 'x/documents.jsonl', line: 1, text_sha256: expect.any(String) }] });
    expect(found.entities.length).toBeGreaterThan(0);
    expect(isJsonl(['a.jsonl'], sample.slice(0, 4096))).toBe(true);
    expect(isJsonl(['README.md', 'documents.jsonl', 'schema/document-1.0.schema.json'], '# Title')).toBe(true);
    expect(isJsonl(['articles.jsonl'], '{"text": "Words.", "title": "T"}')).toBe(false);
  });

  it('X180 fields of a later minor version are passed over, and what a lean file leaves out is taken as not said', () => {
    const lean = {
      ...{ schema: 'qds/1.7', doc_id: 'd', offset_unit: 'unicode_code_point', text: 'Words.', mood: 'good' },
      annotations: [{ id: 'a', layer: 'QUOTE', spans: [{ start: 0, end: 5 }], attributes: {}, colour: 'red' }],
    };
    const { documents, problems } = readJsonl([file('documents.jsonl', JSON.stringify(lean))]);
    expect(problems).toEqual([]);
    expect(documents).toMatchObject([
      { name: 'd.txt', title: null, completions: [], annotations: [{ annotator: null, status: null, args: [] }] },
    ]);
  });

  const faults: readonly (readonly [string, GivenFile, object])[] = [
    ['another major version', changed((d) => Object.assign(d, { schema: 'qds/2.0' })), { code: 'unsupported', line: 1 }],
    ['no schema', file('documents.jsonl', '{"text": "x"}'), { code: 'damaged', line: 1, message: expect.stringContaining('qds/1.0') }],
    [
      'another unit',
      changed((d) => Object.assign(d, { offset_unit: 'byte' })),
      { message: expect.stringContaining('offset_unit: it is byte') },
    ],
    ['no JSON', file('documents.jsonl', `${sample}{"schema": \n`), { code: 'damaged', line: 2 }],
    [
      'a wrong type',
      changed((d) => Object.assign(d, { annotations: [{}] })),
      { message: 'The line does not hold what it should: annotation 1: id is missing.' },
    ],
    [
      'a huge offset',
      file('documents.jsonl', sample.replace(/"start":\d+/, '"start":1e300')),
      { message: expect.stringMatching(/: annotation “.+”, span 1: start must be 9007199254740991 or less; it is 1e\+300\.$/) },
    ],
    [
      'a turned span',
      changed((d) => Object.assign(d.annotations[0] as object, { spans: [{ start: 5, end: 5, text: '' }] })),
      { message: expect.stringContaining('ends before it begins') },
    ],
    [
      'a double id',
      changed((d) => d.annotations.push(d.annotations[0] as object)),
      { message: expect.stringContaining('Two annotations') },
    ],
    [
      'a missing end',
      changed((d) => Object.assign(d.annotations[0] as object, { args: [{ role: 'cue', annotation: 'gone' }] })),
      { message: expect.stringContaining('gone, which is not in the document') },
    ],
    ['two alike documents', file('documents.jsonl', sample + sample), { line: 2, message: expect.stringContaining('second document') }],
    [
      'an odd entity',
      file('entities.jsonl', '{"id": "e", "type": "PERSON", "canonical": 7}'),
      { file: 'entities.jsonl', message: 'The line does not hold what it should: canonical must be a text; it is 7.' },
    ],
    ['not UTF-8', { path: 'documents.jsonl', bytes: Uint8Array.of(0x7b, 0xff) }, { code: 'encoding' }],
  ];
  it.each(faults)('X181 %s is told with its line and place, and nothing of the file is taken', (_, given, problem) => {
    const found = readJsonl([given]);
    expect(found.problems[0]).toMatchObject({ next: expect.stringMatching(/\.$/), ...problem });
    expect(found.entities).toEqual([]);
    expect(found.documents).toEqual([]);
  });

  it('X181 whatever the lines hold, reading answers and never throws', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    const keys = ['schema', 'doc_id', 'offset_unit', 'annotations', 'relations', 'metadata', '__proto__', 'constructor', 'text'];
    const line = fc.oneof(
      value,
      fc
        .dictionary(fc.constantFrom(...keys), value)
        .map((record) => ({ schema: 'qds/1.0', offset_unit: 'unicode_code_point', doc_id: 'd', ...record })),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 3 }), fc.constantFrom('documents', 'entities', 'relations', 'annotators'), (lines, name) => {
        const found = readJsonl([file(`${name}.jsonl`, lines.map((one) => JSON.stringify(one)).join('\n'))]);
        for (const { message, next } of found.problems) expect(message && next).toBeTruthy();
      }),
      { numRuns: 100 },
    );
    const deep = `{"schema":"qds/1.0","offset_unit":"unicode_code_point","doc_id":"d","annotations":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(readJsonl([file('documents.jsonl', deep)]).problems).toHaveLength(1);
  });
});
