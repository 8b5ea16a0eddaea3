/** What is wrong with `value` as an EDTF date (ISO 8601-2:2019, levels 0 and 1, no times of day), as a sentence for the user; null if it is valid. */
export function edtfProblem(value: string): string | null {
  const parts = value.split('/');
  if (parts.length > 2) return `“${value}” has more than one slash; an interval is written from/to, as in 2026-01-07/2026-01-09.`;
  const [first = '', second] = parts;
  if (second === undefined) return dateProblem(first);
  if (isOpen(first) && isOpen(second)) return `“${value}” names no date; at least one end of an interval is one, as in ../2026.`;
  const problem = (isOpen(first) ? null : dateProblem(first)) ?? (isOpen(second) ? null : dateProblem(second));
  if (problem) return problem;
  const isReversed = !isOpen(first) && !isOpen(second) && comparable(first) > comparable(second);
  return isReversed ? `“${value}” ends before it begins.` : null;
}

const isOpen = (part: string) => part === '' || part === '..';

const example = 'Write a year, month or day, as in 2026, 2026-01 or 2026-01-07; ~ after it means about, ? uncertain.';
// Meteorological seasons of level 1; 25 and above are level 2.
const seasons = [21, 22, 23, 24];

function dateProblem(date: string): string | null {
  // A level 1 long year has no month and no day.
  if (/^Y-?[1-9]\d{4,}$/.test(date)) return null;
  const found = /^(-?\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?[?~%]?$/.exec(date);
  if (!found) return `“${date}” is not a date. ${example}`;
  const [, year = '', month, day] = found;
  if (year.includes('X') && month !== undefined) return `“${date}” has a month in a year that is not known. ${example}`;
  if (month === 'XX' && day !== undefined && day !== 'XX') return `“${date}” has a day in a month that is not known. ${example}`;
  const isSeason = month !== undefined && month !== 'XX' && seasons.includes(Number(month)) && day === undefined;
  if (month !== undefined && month !== 'XX' && !isSeason && !(Number(month) >= 1 && Number(month) <= 12)) {
    return `“${date}” has the month ${month}; months go from 01 to 12.`;
  }
  if (day === undefined || day === 'XX') return null;
  const last = daysIn(Number(year), Number(month));
  return Number(day) >= 1 && Number(day) <= last ? null : `“${date}” has the day ${day}; that month has days 01 to ${last}.`;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// Compared only as precisely as both ends are given, so 2026/2026-01 is not a contradiction.
function comparable(date: string): number {
  const year = /^Y?(-?\d+)/.exec(date.replaceAll('X', '0'))?.[1] ?? '0';
  return Number(year);
}
