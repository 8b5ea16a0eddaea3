import { expect, test } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { codebookText, readCodebook } from './codebook-text.ts';

const text = codebookText(defaultCodebook);
const lineOf = (words: string, of: string) => of.slice(0, of.indexOf(words)).split('\n').length;

test('P19 a codebook that is written to a file is the same when it is read', () => {
  expect(readCodebook(text)).toEqual(defaultCodebook);
});

test.each([
  ['"look": "underline"', '"look": "wavy"', (line: number) => `Line ${line}: layer “STANCE”: look must `],
  ['"key": "g"', '"key": "G"', (line: number) => `Line ${line}: layer “STANCE”, role “target”: key must `],
  ['"max": 1', '"max": 0', (line: number) => `Line ${line}: `],
  ['"symmetric": true', '"symetric": true', (line: number) => `Line ${line - 8}: `],
  ['"entityTypes": [', '"entityTypes": [[', (line: number) => `Line ${line}`],
])('P19 what is wrong with a codebook file is told with its line: %s', (from, to, words) => {
  const wrong = text.replace(from, to);
  const problems = readCodebook(wrong);
  if (!Array.isArray(problems)) throw new TypeError('it was read');
  if (to === '"entityTypes": [[') expect(problems[0]).toMatch(/^Line \d+: this is not JSON/);
  else if (to === '"symetric": true') expect(problems[0]).toMatch(/^Line \d+: relation “same_quote”: symmetric is missing$/);
  else expect(problems[0]).toContain(words(lineOf(to, wrong)));
});

test('P19 a codebook that is not sound is told so', () => {
  expect(readCodebook(text.replace('"key": "f"', '"key": "q"'))).toEqual(['The key q of FACT is that of QUOTE already']);
});
