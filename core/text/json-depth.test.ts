import { expect, test } from 'vitest';
import { readCodebook } from '../codebook/codebook-text.ts';
import { givenJson } from '../formats/given-json.ts';
import { jsonDepth, tooDeepAt } from './json-depth.ts';

const nested = (depth: number) => `{"a":\n${'['.repeat(depth)}${']'.repeat(depth)}}`;

test('I63 JSON from elsewhere may lie 64 deep, brackets in its strings aside', () => {
  expect(tooDeepAt(nested(jsonDepth - 1))).toBeNull();
  expect(tooDeepAt(nested(jsonDepth))).toBe(6 + jsonDepth - 1);
  expect(tooDeepAt(JSON.stringify({ a: '['.repeat(100), b: '\\"['.repeat(200) }))).toBeNull();
  expect(tooDeepAt('[],'.repeat(100))).toBeNull();
  expect(tooDeepAt('"'.repeat(101))).toBeNull();
});

test('I63 deeper JSON is refused with its line, before it is read', () => {
  const start = performance.now();
  const deep = nested(1_000_000);
  expect(readCodebook(deep)).toEqual(['Line 2: the JSON is nested more than 64 levels deep']);
  const { problem } = givenJson({ path: 'a.json', bytes: new TextEncoder().encode(deep) });
  expect(problem).toMatchObject({ file: 'a.json', line: 2, code: 'unsafe', message: expect.stringContaining('64 levels deep') });
  expect(performance.now() - start).toBeLessThan(2000);
});
