import { expect, test } from 'vitest';
import { edtfProblem } from './edtf.ts';

test.each([
  ...['2026', '2026-01', '2026-01-07', '2024-02-29', '2000-02-29', '-0044-03-15', '0000', '2026-01-07/2026-01-09', '2026~', '2026-01?'],
  ...['2026-01-07%', '../2026', '2026/..', '/2026', '2026/', '2026-21', '202X', '20XX', '2026-XX', '2026-01-XX', '2026-XX-XX', 'Y17000000'],
  ...['2026~/2027-02', '2026-12-31', '2026-01-01', 'Y-17000', '2026/2026-01', '202X/2020'],
])('R10 %s is a date', (value) => {
  expect(edtfProblem(value)).toBeNull();
});

test.each([
  ['', /not a date/],
  ['yesterday', /not a date/],
  ['Y17000000 or so', /not a date/],
  ['in Y17000000', /not a date/],
  ['Y1700', /not a date/],
  ['Y17000/2026', /ends before/],
  ['7 January 2026', /not a date/],
  ['07/01/2026', /more than one slash/],
  ['26-01-07', /not a date/],
  ['2026-1-7', /not a date/],
  ['2026-13', /month 13/],
  ['2026-00', /month 00/],
  ['2026-25', /month 25/],
  ['2026-21-01', /month 21/],
  ['2026-02-29', /day 29/],
  ['1900-02-29', /day 29/],
  ['2026-04-31', /day 31/],
  ['2026-01-00', /day 00/],
  ['2026-XX-05', /month that is not known/],
  ['202X-01', /year that is not known/],
  ['..', /not a date/],
  ['../..', /names no date/],
  ['/', /names no date/],
  ['2027/2026', /ends before/],
  ['2026-01-09/2026-13', /month 13/],
  ['2026-01-07T10:00:00Z', /not a date/],
  ['2026/2027/2028', /slash/],
])('R10 %j is no date, and the words say why', (value, message) => {
  expect(edtfProblem(value)).toMatch(message);
});
