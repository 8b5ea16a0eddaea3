import { expect, test } from 'vitest';
import { inOrder } from './concordance.ts';

const line = (article: string, before: string, after: string) => ({ article, before, after, start: 0, end: 1, text: 'x' });
const lines = [line('b', 'by the old ', ' zone'), line('a', 'in a new ', ', Area'), line('c', '', ' élan')];
const metas = new Map([
  ['a', { source: null, date: '2026-02' }],
  ['b', { source: 'BBC', date: null }],
  ['c', { source: 'ABC', date: '2025' }],
]);
const ordered = (order: Parameters<typeof inOrder>[1]) => inOrder(lines, order, (id) => metas.get(id)).map(({ article }) => article);

test('L80 lines are put in order by the words on the left, read backwards, on the right, by source and by date; unknown comes last', () => {
  expect(ordered('article')).toEqual(['b', 'a', 'c']);
  expect(ordered('left')).toEqual(['a', 'b', 'c']);
  expect(ordered('right')).toEqual(['a', 'c', 'b']);
  expect(ordered('source')).toEqual(['c', 'b', 'a']);
  expect(ordered('date')).toEqual(['c', 'a', 'b']);
});
