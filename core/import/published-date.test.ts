import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edtfProblem } from '../model/edtf.ts';
import { publishedDate } from './published-date.ts';

test.each([
  ['2026-01-07', '2026-01-07'],
  ['2026-01-07T23:30:00-05:00', '2026-01-07'],
  ['2026-01-07 23:30', '2026-01-07'],
  ['20260107', '2026-01-07'],
  ['20260107T233000Z', '2026-01-07'],
  ['D:20260107233000+01', '2026-01-07'],
  ['Tue, 06 Jan 2026 23:30:00 -0500', '2026-01-06'],
  ['January 7, 2026', '2026-01-07'],
  ['Jan. 7th, 2026 at 5 pm', '2026-01-07'],
  ['7 January 2026', '2026-01-07'],
  ['Wednesday, January 7, 2026', '2026-01-07'],
  ['Sept 4, 2025', '2025-09-04'],
  ['4-Sep-2025', '2025-09-04'],
  ['2026-01', '2026-01'],
  ['2026', '2026'],
  ['2026-01~', '2026-01~'],
  ['04/09/2025', null],
  ['yesterday', null],
  ['2026-13-01', null],
  ['February 30, 2026', null],
  ['20260107001234567', null],
  ['Marchy 4, 2025', null],
  ['', null],
])('I24 the day that %j names is %j', (text, day) => expect(publishedDate(text)).toBe(day));

test('I24 whatever the text, it names a sound date or none', () => {
  const pieces = fc.array(fc.constantFrom('2026', '1', '07', '-', '/', ' ', ',', 'Jan', 'May', 'T', '.', '~', '..', 'X'), { maxLength: 8 });
  fc.assert(
    fc.property(pieces, (parts) => {
      const date = publishedDate(parts.join(''));
      expect(date === null || edtfProblem(date) === null).toBe(true);
    }),
  );
});
