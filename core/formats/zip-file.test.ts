import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { Lines } from './refi-lines.ts';
import { ZipFile } from './zip-file.ts';

test('X221 a zip gives back what it was given, packed in one piece or several, or as it is', () => {
  const lines = new Lines();
  const line = (turn: number) => `<line n="${turn}">“said” ${turn * turn}</line>`;
  for (let turn = 0; turn < 60_000; turn++) lines.add(line(turn));
  const given: Record<string, (string | Uint8Array)[]> = {
    empty: [],
    'texts/short.txt': ['“a” ', 'b'],
    'texts/middle.txt': ['words and more words '.repeat(10_000)],
    long: ['<all>', ...lines.parts(), '</all>'],
  };
  const zip = new ZipFile();
  const parts: Uint8Array[] = [];
  for (const [path, pieces] of Object.entries(given)) {
    zip.add(path, pieces);
    parts.push(zip.take());
  }
  zip.store('stored', '“so it is”');
  zip.store('nothing', '');
  zip.end();
  parts.push(zip.take());
  const read = unzipSync(Buffer.concat(parts));
  expect(Object.keys(read)).toEqual([...Object.keys(given), 'stored', 'nothing']);
  expect([Buffer.from(read['stored'] ?? []).toString(), read['nothing']?.length]).toEqual(['“so it is”', 0]);
  const long = `<all>${Array.from({ length: 60_000 }, (_, turn) => `\n  ${line(turn)}`).join('')}</all>`;
  expect(Buffer.from(read['long'] ?? []).toString() === long).toBe(true);
  for (const path of ['empty', 'texts/short.txt', 'texts/middle.txt']) {
    expect(Buffer.from(read[path] ?? []).toString() === given[path]?.join('')).toBe(true);
  }
});
