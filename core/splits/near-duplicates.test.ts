import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandKeysOf, signatureOf } from './minhash.ts';
import { type AlikePair, alikePairs, similarityOf } from './near-duplicates.ts';
import { sharing } from './sharing.ts';
import { shinglesOf } from './shingles.ts';
import { comparedWords } from './words.ts';

const wire =
  'The council voted on Monday to raise the local sales tax by two percent after a long debate that split both parties and drew a crowd';
const cutShort = 'The council voted on Monday to raise the local sales tax by two percent';

const alike = (texts: readonly string[], limit?: number) =>
  [...alikePairs(texts.map(shinglesOf), limit)].filter((pair): pair is AlikePair => pair !== null);

/** Numbers that look random and are always the same. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('X48 texts are compared by their words', () => {
  test.each([
    ['“Don’t”, she said – twice.', '"DON\'T" she said -- twice'],
    ['a cease‑fire of 2\u00ad024', 'A cease-fire of 2024'],
    ['ﬁve ＡＢＣ ½', 'five abc 1⁄2'],
    ['Caf\u00e9', 'Cafe\u0301'],
    ['one\n\ntwo\tthree\u200b', 'one two three'],
  ])('X48 %j as %j', (one, other) => {
    expect(comparedWords(one)).toEqual(comparedWords(other));
    expect(shinglesOf(one)).toEqual(shinglesOf(other));
  });

  test('X48 digits and hyphens count, a letter of a script without spaces is a word', () => {
    expect(comparedWords('35 countries, 1,000 re-elected - "x-"')).toEqual(['35', 'countries', '1', '000', 're-elected', 'x']);
    expect(comparedWords('日本 says ไทย')).toEqual(['日', '本', 'says', 'ไ', 'ท', 'ย']);
    expect(shinglesOf('27 leaders met here today')).not.toEqual(shinglesOf('28 leaders met here today'));
  });

  test('X48 shingles are five words in their order, each once; a shorter text is one, one without words none', () => {
    expect(shinglesOf('a b c d e f').length).toBe(2);
    expect(shinglesOf('a b c d e').length).toBe(1);
    expect(shinglesOf('b a c d e')).not.toEqual(shinglesOf('a b c d e'));
    expect(shinglesOf('a b').length).toBe(1);
    expect(shinglesOf(' … ').length).toBe(0);
    expect(shinglesOf('a a a a a a a a a').length).toBe(1);
  });
});

test('X49 a truncated wire copy has a Jaccard index of 10 in 22 and is contained', () => {
  const [one, other] = [shinglesOf(wire), shinglesOf(cutShort)];
  expect([one.length, other.length]).toEqual([22, 10]);
  const { jaccard, containment } = similarityOf(one, other);
  expect(jaccard).toBeCloseTo(0.454545454545, 9);
  expect(containment).toBe(1);
  expect(alike([wire, cutShort])).toMatchObject([{ a: 0, b: 1, same: true }]);
});

test('X49 four in five of all shingles make one text of two, half make them alike, and less nothing', () => {
  const words = Array.from({ length: 104 }, (_, index) => `w${index}`);
  // With n of 100 shingles changed at the end the index is (100 − n) / (100 + n); containment counts too, so the other text goes on.
  const changed = (count: number, more: number) =>
    [...words.slice(0, 104 - count), ...Array.from({ length: count + more }, (_, index) => `x${index}`)].join(' ');
  const verdict = (count: number, more = 0) => alike([words.join(' '), changed(count, more)])[0]?.same ?? null;
  expect(verdict(11)).toBe(true);
  expect(verdict(21)).toBe(false);
  expect(verdict(33)).toBe(false);
  expect(verdict(34)).toBe(null);
});

test('X49 a text of a few words that stands in another is alike only, as is nothing to a text without words', () => {
  expect(alike([wire, 'The council voted on Monday to raise'])).toMatchObject([{ a: 0, b: 1, same: false }]);
  expect(alike(['Read more', 'Read more'])).toMatchObject([{ same: true }]);
  expect(alike(['', '', wire])).toEqual([]);
});

test('X49 every pair with half of the smaller set in common is a candidate, once', () => {
  const sets = fc.array(fc.uniqueArray(fc.nat(12), { maxLength: 10 }), { maxLength: 8 });
  fc.assert(
    fc.property(sets, (lists) => {
      const given = lists.map((list) => Uint32Array.from(list).sort());
      const found = [...sharing(given, 0.5)].flatMap(({ set, others }) => others.map((other) => [set, other].sort().join()));
      expect(new Set(found).size).toBe(found.length);
      for (const [a, one] of given.entries()) {
        for (const [b, other] of given.entries()) {
          if (a < b && similarityOf(one, other).containment >= 0.5) expect(found).toContain(`${a},${b}`);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('X49 signatures agree in as many places as the sets have in common', () => {
  const range = (from: number, to: number) => shinglesOf(Array.from({ length: to - from }, (_, index) => `w${from + index}`).join(' '));
  const [one, other] = [range(0, 400), range(100, 500)];
  const [first, second] = [signatureOf(one), signatureOf(other)];
  const agreeing = first.filter((value, index) => value === second[index]).length / 128;
  expect(Math.abs(agreeing - similarityOf(one, other).jaccard)).toBeLessThan(0.13);
  expect(bandKeysOf(new Uint32Array()).length).toBe(0);
});

test('X49 MinHash finds what the index of all shingles finds, with the same numbers, and copies cut short', () => {
  const next = numbers(7);
  const vocabulary = Array.from({ length: 3000 }, (_, index) => `w${index}`);
  const article = () => Array.from({ length: 300 }, () => vocabulary[next(3000)] as string);
  const texts: string[] = [];
  for (let index = 0; index < 60; index++) {
    const words = article();
    const part = [0.98, 0.9, 0.75, 0.4][index % 4] as number;
    texts.push(
      words.join(' '),
      [...words.slice(0, 300 * part), ...(index % 2 === 0 ? article().slice(0, 300 * (1 - part)) : [])].join(' '),
    );
  }
  const exact = alike(texts);
  const hashed = alike(texts, 0);
  const names = (pairs: readonly AlikePair[]) => pairs.map(({ a, b, jaccard, same }) => `${a} ${b} ${jaccard} ${same}`).sort();
  const found = new Set(names(hashed));
  expect(hashed.length).toBe(found.size);
  expect(names(exact).filter((name) => !found.has(name)).length).toBeLessThanOrEqual(1);
  expect(found.size).toBeLessThanOrEqual(exact.length);
  expect(exact.filter(({ same }) => same).length).toBeGreaterThan(30);
  expect(new Set(names(exact.filter(({ same }) => same)))).toEqual(new Set(names(hashed.filter(({ same }) => same))));
});
