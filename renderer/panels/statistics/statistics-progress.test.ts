import { expect, test } from 'vitest';
import type { Output } from '../../../core/contract.ts';
import type { Annotator } from '../../../core/model/annotator.ts';
import { defaultCodebook } from '../../../core/model/default-codebook.ts';
import { understand } from '../../../core/search/conditions.ts';
import { fieldsOf } from '../../../core/search/fields.ts';
import { inProgressOrder, progressCells, progressCsv, progressQuery, progressTable } from './statistics-progress.ts';

const anna: Annotator = { id: 'anna', name: 'Anna', role: 'annotator' };
const ben: Annotator = { id: 'ben', name: 'Ben "B"', role: 'annotator' };
const answer: Output<'progressByArticle'> = {
  ...{ problems: [], indexing: null, articles: ['a1', 'b2', 'c3'], annotators: ['ben', 'anna', 'gone'] },
  cells: [
    [0, 0, 4, 1, false],
    [0, 1, 2, 0, true],
    [1, 1, 0, 0, true],
    [2, 2, 1200, 3, false],
  ],
};
const table = progressTable(answer, [anna, ben], (id) => (id === 'c3' ? '=Third, last' : `Title ${id}`));
const texts = () => table.rows.map((row) => progressCells(table, row).map(({ text }) => text));

test('L92 each article has a cell for each annotator, those that left too, and its sums', () => {
  expect(table.columns.map(({ title }) => title)).toEqual(['Article', 'Anna', 'Ben "B"', 'gone', 'All', 'Drafts', 'Done by']);
  expect(texts()).toEqual([
    ['Title a1', '✓ 2', '4 · 1 draft', '–', '6', '1', '1 of 3'],
    ['Title b2', '✓ 0', '–', '–', '0', '0', '1 of 3'],
    ['=Third, last', '–', '–', '1,200 · 3 drafts', '1,200', '3', '0 of 3'],
  ]);
});

test('L92 rows are put in order by any column, done after not done', () => {
  const ordered = (column: string, isDescending = false) => inProgressOrder(table, { column, isDescending }).map(({ article }) => article);
  expect(ordered('article')).toEqual(['c3', 'a1', 'b2']);
  expect(ordered('by anna')).toEqual(['c3', 'b2', 'a1']);
  expect(ordered('by ben', true)).toEqual(['a1', 'b2', 'c3']);
  expect(ordered('drafts', true)).toEqual(['c3', 'a1', 'b2']);
  expect(inProgressOrder(table, null)).toBe(table.rows);
});

test('L92 each cell opens what it counts, under the query on screen', () => {
  const fields = fieldsOf(defaultCodebook);
  const asked = table.rows.map((row) => table.columns.map((_, column) => progressQuery(table, row, column, 'layer:quote')));
  expect(asked.map(([first]) => first)).toEqual([null, null, null]);
  expect(asked.map((row) => row.slice(1).map((each) => each?.query.replace(/^layer:quote article:\w+ ?/, '')))).toEqual([
    ['annotator:"Anna"', 'annotator:"Ben \\"B\\""', '-begun:"gone" -done:"gone"', '', 'is:draft', 'done:"Anna"'],
    ['done:"Anna"', '-begun:"Ben \\"B\\"" -done:"Ben \\"B\\""', '-begun:"gone" -done:"gone"', '', 'is:draft', 'done:"Anna"'],
    ['-begun:"Anna" -done:"Anna"', '-begun:"Ben \\"B\\"" -done:"Ben \\"B\\""', 'annotator:"gone"', '', 'is:draft', '-status:done'],
  ]);
  for (const each of asked.flat()) if (each) expect(understand(each.query, fields).problems).toEqual([]);
});

test('L92 the table is copied as CSV, a title that begins like a formula made harmless', () => {
  expect(progressCsv(table).split('\r\n').slice(0, 4)).toEqual([
    'Article,Title,Anna,Anna: drafts,Anna: done,"Ben ""B""","Ben ""B"": drafts","Ben ""B"": done",gone,gone: drafts,gone: done',
    'a1,Title a1,2,0,yes,4,1,no,0,0,no',
    'b2,Title b2,0,0,yes,0,0,no,0,0,no',
    'c3,"\'=Third, last",0,0,no,0,0,no,1200,3,no',
  ]);
});
