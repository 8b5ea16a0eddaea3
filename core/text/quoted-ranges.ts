import type { Range } from './span.ts';

const pairs: Readonly<Record<string, string>> = { '“': '”', '«': '»', '„': '“', '"': '"' };

/**
 * The ranges of `text` between quotation marks, marks included, half-open in UTF-16 code units, ascending and apart. A quotation ends at the end
 * of its line at the latest. A single mark counts as opening only if a closing one, not followed by a letter or digit, comes later in its line.
 */
export function quotedRanges(text: string): Range[] {
  const ranges: Range[] = [];
  for (let at = 0; at < text.length; at++) {
    const close = pairs[text.charAt(at)];
    const end = close ? closing(text, at, close) : text.charAt(at) === '‘' ? closingSingle(text, at) : null;
    if (end === null) continue;
    ranges.push({ start: at, end });
    at = end - 1;
  }
  return ranges;
}

function closing(text: string, at: number, close: string): number {
  const line = lineEnd(text, at);
  const found = text.indexOf(close, at + 1);
  return found < 0 || found > line ? line : found + 1;
}

function closingSingle(text: string, at: number): number | null {
  const line = lineEnd(text, at);
  for (let found = text.indexOf('’', at + 1); found >= 0 && found < line; found = text.indexOf('’', found + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text.charAt(found + 1))) return found + 1;
  }
  return null;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
