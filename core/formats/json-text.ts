import type { Ledger } from './ledger.ts';

/**
 * `value` as one line of JSON with its line end. U+0085, U+2028 and U+2029 are escaped, since Python's `splitlines` ends a line there;
 * half surrogate pairs are replaced and entered in the ledger.
 */
export function jsonLine(value: unknown, ledger: Ledger): string {
  const json = JSON.stringify(value);
  // Half a surrogate pair is written as an escape, which nothing else is but the words of one.
  const isSound = !/\\ud[89a-f]/.test(json);
  return `${escapeLineEnds(isSound ? json : JSON.stringify(value, (_, part) => wellFormed(part, ledger)))}\n`;
}

/** `value` as JSON for people, indented, otherwise as `jsonLine`. */
export function prettyJson(value: unknown, ledger: Ledger): string {
  return `${escapeLineEnds(JSON.stringify(value, (_, part) => wellFormed(part, ledger), 2))}\n`;
}

function wellFormed(value: unknown, ledger: Ledger): unknown {
  return typeof value === 'string' ? ledger.wellFormed(value) : value;
}

// Inside JSON these three stand in strings only, so the escape never changes what is said.
function escapeLineEnds(json: string): string {
  return json.replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
