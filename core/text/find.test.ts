import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FindOptions, finder, occurrences } from './find.ts';

const loose: FindOptions = { matchCase: false, wholeWords: false };
const found = (text: string, query: string, options: Partial<FindOptions> = {}) =>
  occurrences(text, query, { ...loose, ...options }).map(({ start, end }) => text.slice(start, end));

describe('B1 what counts as the same words', () => {
  test.each([
    ['The Minister and the minister.', 'minister', ['Minister', 'minister']],
    ["I don’t, you don't, they don‘t.", "don't", ['don’t', "don't", 'don‘t']],
    ['He said “ready” and "ready".', '"ready”', ['“ready”', '"ready"']],
    ['caf\u00e9 and cafe\u0301 and cafe', 'cafe\u0301', ['caf\u00e9', 'cafe\u0301']],
    ['caf\u00e9 and cafe\u0301 and cafe', 'cafe', ['cafe']],
    ['Straße, STRASSE, strasse', 'straße', ['Straße', 'STRASSE', 'strasse']],
    ['Straße', 's', ['S']],
    ['İstanbul is big: istanbul', 'big', ['big']],
    ['İİİ x', 'x', ['x']],
    ['ΟΔΟΣ οδος', 'οδοσ', ['ΟΔΟΣ', 'οδος']],
    ['two\u00a0words and two words', 'two words', ['two\u00a0words', 'two words']],
    ['two\nwords', 'two words', []],
    ['a 👩‍🚀 and a 👩', '👩', ['👩']],
    ['aaaa', 'aa', ['aa', 'aa']],
    ['(a+b) [a+b]', '(a+b)', ['(a+b)']],
    ['anything', '', []],
    ['', 'a', []],
  ])('B1 %j holds %j', (text, query, expected) => expect(found(text, query)).toEqual(expected));

  test('B1 capitals count when asked, quotes never do', () => {
    expect(found('The Minister’s minister’s', "minister's", { matchCase: true })).toEqual(['minister’s']);
  });

  test('B1 whole words end where letters and digits do', () => {
    const text = 'Kushner, Kushner’s, Kushners, MrKushner, Kushner2, 𝒳Kushner, Kushner\u0301';
    expect(occurrences(text, 'kushner', { ...loose, wholeWords: true }).map(({ start }) => start)).toEqual([0, 9]);
    expect(found('a (b) c', '(b)', { wholeWords: true })).toEqual(['(b)']);
    expect(found('of Kushner a Kushner', 'Kushner', { wholeWords: true })).toEqual(['Kushner', 'Kushner']);
  });
});

const letters = [
  'a',
  'A',
  'ß',
  's',
  'S',
  'İ',
  'i',
  'ı',
  'I',
  'é',
  'e',
  '\u0301',
  '\u0323',
  '’',
  "'",
  '“',
  ' ',
  '\u00a0',
  '\n',
  '👩',
  '\u200d',
  '🚀',
  '각',
  '\u1100',
  '\u1161',
  '\u11a8',
  'ς',
  'Σ',
];
const strings = (maxLength: number) => fc.array(fc.constantFrom(...letters), { maxLength }).map((list) => list.join(''));

// The long way: every run of whole characters, compared character by character.
function slowly(text: string, query: string, matchCase: boolean) {
  const characters = [...new Intl.Segmenter('en').segment(text)].map(({ segment, index }) => ({ start: index, key: keyOf(segment) }));
  const starts = [...characters.map(({ start }) => start), text.length];
  const wanted = [...new Intl.Segmenter('en').segment(query)].map(({ segment }) => keyOf(segment)).join('');
  const hits: { start: number; end: number }[] = [];
  for (const [first, { start }] of characters.entries()) {
    if (start < (hits.at(-1)?.end ?? 0)) continue;
    let run = '';
    for (const [index, { key }] of characters.entries()) {
      if (index < first || hits.at(-1)?.start === start) continue;
      run += key;
      if (run === wanted) hits.push({ start, end: starts[index + 1] as number });
    }
  }
  return hits;
  function keyOf(letter: string) {
    const plain = letter
      .normalize('NFD')
      .replace(/[‘’‚‛]/g, "'")
      .replace(/[“”„‟]/g, '"')
      .replace(/[^\S\n]/g, ' ');
    return matchCase ? plain : plain.toUpperCase().toLowerCase().normalize('NFD');
  }
}

test('B1 finding agrees with comparing every run of whole characters', () => {
  fc.assert(
    fc.property(strings(14), strings(3), fc.boolean(), (text, query, matchCase) => {
      expect(occurrences(text, query, { matchCase, wholeWords: false })).toEqual(slowly(text, query, matchCase));
    }),
    { numRuns: 1000 },
  );
});

test('B1 every part of a text of whole characters is found in it, and hits ascend without overlap', () => {
  fc.assert(
    fc.property(strings(20), fc.nat(), fc.nat(), fc.boolean(), fc.boolean(), (text, a, b, matchCase, wholeWords) => {
      const bounds = [...[...new Intl.Segmenter('en').segment(text)].map(({ index }) => index), text.length];
      const [from, to] = [a, b].map((n) => bounds[n % bounds.length] ?? 0).sort((x, y) => x - y) as [number, number];
      const find = finder(text);
      const hits = find(text.slice(from, to), { matchCase, wholeWords: false });
      if (from < to) expect(hits.some(({ start, end }) => start < to && end > from)).toBe(true);
      let last = 0;
      for (const { start, end } of hits) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      // Asking again, with other options between, changes nothing; whole words are among the others.
      const whole = find(text.slice(from, to), { matchCase, wholeWords: true });
      for (const hit of whole) expect(hits).toContainEqual(hit);
      expect(find(text.slice(from, to), { matchCase, wholeWords })).toEqual(wholeWords ? whole : hits);
    }),
    { numRuns: 1000 },
  );
});
