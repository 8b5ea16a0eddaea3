import { strToU8 } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { recognise } from './datasets.ts';
import { importLimit } from './decode.ts';
import { createReader } from './reader.ts';

const readers = [createReader(), createReader({ timeMs: 1, memoryMb: 512 })] as const;
afterAll(() => Promise.all(readers.map((reader) => reader.close())));
const [reader, hasty] = readers;

const line = (id: number) =>
  JSON.stringify({ schema: 'qds/1.0', doc_id: `d${id}`, offset_unit: 'unicode_code_point', text: 'One.', annotations: [] });
const files = (content: string) => [{ path: 'documents.jsonl', bytes: strToU8(content) }];

test('I43 a dataset is read in the thread of imports, and what goes wrong there is a problem of its file', async () => {
  expect((await reader.readDataset({ format: 'jsonl', files: files(line(1)) })).documents).toMatchObject([{ doc_id: 'd1', text: 'One.' }]);
  const slow = await hasty.readDataset({ format: 'jsonl', files: files(line(1)) });
  expect(slow).toMatchObject({ documents: [], problems: [{ file: 'documents.jsonl', code: 'too-slow' }] });
  const large = await reader.readDataset({
    format: 'jsonl',
    files: [{ path: 'documents.jsonl', bytes: new Uint8Array(2 * importLimit + 1) }],
  });
  expect(large).toMatchObject({ documents: [], problems: [{ code: 'too-large', message: expect.stringContaining('at most 50 MB') }] });
  const unread = await reader.readDataset({ format: 'spacy', files: files('') });
  expect(unread.problems).toMatchObject([{ code: 'unsupported', message: expect.stringContaining('can only be exported') }]);
});

test('I43 the thread goes on after a dataset that was stopped', async () => {
  const [stopped, next] = await Promise.all([
    hasty.readDataset({ format: 'jsonl', files: files(line(2)) }),
    reader.read({ name: 'a.txt', format: 'text', bytes: strToU8('Words.'), options: {} }),
  ]);
  expect([stopped.problems.length, next.problem]).toEqual([1, null]);
});

test('X230 a dataset in lines of JSON is known by what stands behind its long texts', () => {
  const text = 'The mayor said \\"no\\". '.repeat(400);
  const lines = (rest: string) => recognise([{ path: 'a.jsonl', bytes: strToU8(`{"id":1,"text":"${text}",${rest}}\n`) }]);
  expect(lines('"headline":"H","date":"2026-01-01"')).toBeNull();
  expect(lines('"label":[[0,3,"Who"]]')).toBe('doccano');
  expect(lines('"entities":[{"id":1,"start_offset":0,"end_offset":3,"label":"Who"}]')).toBe('doccano');
});
