// Characters that make a spreadsheet read a cell as a formula (including full-width signs), or that it drops in front of one.
const risky = /^['=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;

/** A value as a CSV cell (RFC 4180). If a spreadsheet could read it as a formula, an apostrophe is put in front. */
export function cell(value: string): string {
  const safe = risky.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The value that `cell` was given: removes the apostrophe that it put in front. */
export function uncell(value: string): string {
  return value.startsWith("'") && risky.test(value.slice(1)) ? value.slice(1) : value;
}
