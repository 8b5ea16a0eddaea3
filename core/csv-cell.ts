const risky = /^['=+\-@\t\r]/;

/** A value as a cell of CSV (RFC 4180). One that a spreadsheet could take for a formula begins with an apostrophe. */
export function cell(value: string): string {
  const safe = risky.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
