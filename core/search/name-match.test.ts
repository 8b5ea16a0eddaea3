import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folded } from './conditions.ts';
import { nameMatch } from './name-match.ts';

const marked = (name: string, sought: string) => {
  const match = nameMatch(name, sought);
  return match && [match.rank, ...match.marks.map(({ start, end }) => name.slice(start, end))];
};

test.each([
  ['Import articles…', 'import', [0, 'Import']],
  ['Import articles…', 'art imp', [1, 'Imp', 'art']],
  ['Import articles…', 'ART', [1, 'art']],
  ['Import articles…', 'import art', [0, 'Import', 'art']],
  ['Import articles…', 'port', [2, 'port']],
  ['Import articles…', 'art export', null],
  ['Show or hide the article list', 'hi sh', [1, 'Sh', 'hi']],
  ['Tag as quote, exactly as selected', 'as', [1, 'as', 'as']],
  ['Set speaker / holder / source', 'so', [1, 'so']],
  ['Details of all articles', 'a al', [1, 'al', 'a']],
  ['Tag as Élysée', 'elysee', [1, 'Élysée']],
  ['Tag as E\u0301lyse\u0301e', 'elysé', [1, 'E\u0301lyse\u0301']],
  ['All keys', '', [0]],
])('F73 in “%s” the words “%s” are found and marked, whatever their order', (name, sought, expected) => {
  expect(marked(name, sought)).toEqual(expected);
});

test('F73 whatever name holds the words of a query is found by it, and each mark stands in it and folds to one of them', () => {
  const word = fc.stringMatching(/^[aáeÀßŉİ٣x]{1,4}$/u);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(word, { maxLength: 2 }), (named, sought) => {
      const name = named.join(' ');
      const words = sought.map(folded).filter(Boolean);
      const match = nameMatch(name, sought.join(' '));
      expect(match !== null).toBe(words.every((each) => folded(name).includes(each)));
      let last = -1;
      for (const { start, end } of match?.marks ?? []) {
        expect(start > last && end > start && end <= name.length).toBe(true);
        expect(words.some((each) => folded(name.slice(start, end)).startsWith(each))).toBe(true);
        last = end;
      }
    }),
    { numRuns: 200 },
  );
});
