// What a spreadsheet takes for the beginning of a formula, the full-width signs among it, or drops in front of one.
const risky = /^['=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;

/** A value as a cell of CSV (RFC 4180). One that a spreadsheet could take for a formula begins with an apostrophe. */
export function cell(value: string): string {
  const safe = risky.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A cell as `cell` was given it: without the apostrophe that it put in front. */
export function uncell(value: string): string {
  return value.startsWith("'") && risky.test(value.slice(1)) ? value.slice(1) : value;
}
