import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBrat } from './brat-read.ts';
import { readConll } from './conll-read.ts';
import { readJsonl } from './jsonl-read.ts';

const sample = (path: string) => readFileSync(new URL(`baselines/sample/${path}`, import.meta.url), 'utf8');
const given = (files: Record<string, string>) => Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));

const [documents, rich, txt, ann, rest] = [
  sample('jsonl/documents.jsonl'),
  sample('conll/rich/anna/sample-55f67f1b.tsv'),
  ...['txt', 'ann', 'json'].map((ending) => sample(`brat/anna/sample-55f67f1b.${ending}`)),
] as [string, string, string, string, string];
const jsonl = (from: string | RegExp, to: string) => readJsonl(given({ 'documents.jsonl': documents.replace(from, to) }));
const conll = (from: string | RegExp, to: string) => readConll(given({ 'a.tsv': rich.replace(from, to) }));
const brat = (from: string | RegExp, to: string) => readBrat(given({ 'a.txt': txt, 'a.ann': ann, 'a.json': rest.replace(from, to) }));

test.each([
  [() => jsonl(/"start":\d+/, '"start":-1'), 'annotation “q1”, span 1: start must be 0 or more; it is -1.'],
  [() => jsonl('"status":', '"status":7,"x":'), 'annotation “q1”: status must be draft, final, adjudicated or rejected; it is 7.'],
  [() => jsonl('"layer":"QUOTE"', '"layer":""'), 'annotation “q1”: layer must not be empty.'],
  [
    () => jsonl('"args":[{"role":"', '"args":[{"annotation":"x","role":7,"y":"'),
    'annotation “q1”, args, number 1: role must be a text; it is 7.',
  ],
  [
    () => jsonl('"attributes":{', '"attributes":{"sure":null,'),
    'annotation “q1”, attributes: sure must be a text, a number, true or false or a list; it is null.',
  ],
  [
    () => conll('"layer":"QUOTE"', '"layer":"QUOTE","x":1'),
    'The comment “annotation” does not hold what it should: nothing called “x” belongs there.',
  ],
  [() => conll('"layer":"QUOTE"', '"layer":'), 'The comment “annotation” does not hold what it should: it is not JSON.'],
  [() => conll('"layer":"QUOTE"', '"layer":"QUOTE","spans":[[1]]'), 'span 1: it must hold 2 or more.'],
  [() => brat('"records":{', '"completed":1,"records":{'), 'It does not hold what it should: completed must be a text; it is 1.'],
  [
    () => brat('"T1":{"id":"q1"', '"T1":{"id":7'),
    'What the .json file beside it says of T1 is not what it should be: id must be a text; it is 7.',
  ],
])('X254 what does not fit in a dataset of ours is told by its names, with what has to stand there and what does: %#', (read, words) => {
  const { problems } = read();
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
  expect(problems[0]?.next).toMatch(/\.$/);
});
