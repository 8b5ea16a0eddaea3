import { edtfProblem } from '../model/edtf.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The day that `text` names, as EDTF, the way it is written: a time zone never moves it. Read are ISO 8601, EDTF, RFC 5322 and English
 * dates with the month in letters. Null where nothing is certain, as with 04/09/2025.
 */
export function publishedDate(text: string): string | null {
  const value = text.trim();
  const found = fromIso(value) ?? fromWords(value) ?? (/^\d{4}/.test(value) ? value : null);
  return found !== null && edtfProblem(found) === null ? found : null;
}

function fromIso(value: string): string | null {
  const found = /^(?:D:)?(\d{4})-?(\d{2})-?(\d{2})(?:$|[T\s]|\d{4,6}(?:$|[Z+-]))/.exec(value);
  return found ? `${found[1]}-${found[2]}-${found[3]}` : null;
}

function fromWords(value: string): string | null {
  const text = value.replace(/^\p{L}{2,9},?\s+(?=\d|\p{L}{3,9}\.?\s+\d)/u, (day) => (monthOf(day) ? day : ''));
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+(\p{L}{3,9})\.?,?[\s-]+(\d{4})\b/u.exec(text);
  const monthFirst = /^(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/u.exec(text);
  if (dayFirst) return dated(dayFirst[3], dayFirst[2], dayFirst[1]);
  return monthFirst ? dated(monthFirst[3], monthFirst[1], monthFirst[2]) : null;
}

function dated(year = '', name = '', day = ''): string | null {
  const month = monthOf(name);
  return month ? `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}` : null;
}

// 1 to 12, or 0 for what is no month; full names and their beginnings of three letters or more.
function monthOf(name: string): number {
  const word = name.trim().toLowerCase().replace(/[.,]/g, '');
  const index = months.indexOf(word.slice(0, 3));
  const full = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })
    .format(Date.UTC(2026, Math.max(index, 0), 1))
    .toLowerCase();
  return index >= 0 && (full.startsWith(word) || word === 'sept') ? index + 1 : 0;
}
