import type { Ledger } from './ledger.ts';

/**
 * `value` as one line of JSON, including its line end. U+0085, U+2028 and U+2029 are escaped, because Python's `splitlines` ends a line there.
 * Lone surrogates are replaced and entered in the ledger.
 */
export function jsonLine(value: unknown, ledger: Ledger): string {
  const json = JSON.stringify(value);
  // A lone surrogate is written as an escape. Only text that spells out such an escape looks the same.
  const isSound = !/\\ud[89a-f]/.test(json);
  return `${escapeLineEnds(isSound ? json : JSON.stringify(value, (_, part) => wellFormed(part, ledger)))}\n`;
}

/** `value` as indented JSON for people; otherwise like `jsonLine`. */
export function prettyJson(value: unknown, ledger: Ledger): string {
  return `${escapeLineEnds(JSON.stringify(value, (_, part) => wellFormed(part, ledger), 2))}\n`;
}

function wellFormed(value: unknown, ledger: Ledger): unknown {
  return typeof value === 'string' ? ledger.wellFormed(value) : value;
}

// In JSON these three characters only occur in strings, so escaping them never changes the meaning.
function escapeLineEnds(json: string): string {
  return json.replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
