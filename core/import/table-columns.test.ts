import { expect, test } from 'vitest';
import { guessColumns } from './table-columns.ts';

test('I21 columns are known by their names, whatever their case and signs, the likelier name first', () => {
  expect(guessColumns(['Content', 'Headline', 'Pub_Date', 'Article Text', 'LINK', 'x'])).toEqual({
    ...{ text: 'Article Text', title: 'Headline', date: 'Pub_Date', url: 'LINK', source: null, language: null },
  });
});

test('I21 a column that the person names is taken, letter case aside; one that is not there is named', () => {
  expect(guessColumns(['Inhalt', 'text'], { text: 'inhalt' }).text).toBe('Inhalt');
  expect(() => guessColumns(['a'], { title: 'b' })).toThrow(new RangeError('b'));
});
