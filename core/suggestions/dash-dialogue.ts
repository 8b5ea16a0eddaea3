import { dialogueDash } from '../text/quotation-marks.ts';
import type { Range } from '../text/span.ts';

const paragraph = new RegExp(`^[ \\t]*(?:${dialogueDash.source})[^\\n]*$`, 'gmu');

/**
 * What is spoken in the paragraphs (lines) of `text` that begin with a dash, as Spanish and French set a dialogue: one list of half-open UTF-16
 * ranges for each, the opening dash included, without what the narrator puts in (“—No lo sé —dijo Ana—. Nadie lo sabe.”). None where only one
 * such paragraph stands in the text and has no narrator, nor for lines that end like those of a list. Linear in the length of the text.
 */
export function spokenLines(text: string): Range[][] {
  const lines: Range[][] = [];
  let sure = false;
  for (const match of text.matchAll(paragraph)) {
    const start = match.index + match[0].search(/\S/);
    const end = match.index + match[0].trimEnd().length;
    const spoken = withoutNarrator(text, { start, end });
    const words = spoken.reduce((sum, range) => sum + text.slice(range.start, range.end).split(/\s+/).length, 0);
    if (words < 3 || !/[.!?…»”]$/u.test(text.slice(start, end))) continue;
    lines.push(spoken);
    sure ||= spoken.length > 1 || spoken.at(-1)?.end !== end;
  }
  return sure || lines.length > 1 ? lines : [];
}

// A verb with its pronoun behind it, or a dash before a small letter, begins what the narrator says.
const inverted = /[,!?…]\s+(?=(?:\p{L}+\s)?\p{Ll}+-(?:t-)?(?:il|elle|ils|elles|on|je)(?!\p{L}))/u;

function withoutNarrator(text: string, { start, end }: Range): Range[] {
  const line = text.slice(start, end);
  const parts: Range[] = [];
  let from = 0;
  for (const aside of line.matchAll(/\s[—―–]\s?(?=\p{Ll})[^—―–]*(?:[—―–][.,:;]?\s*|$)/gu)) {
    parts.push({ start: from, end: aside.index });
    from = aside.index + aside[0].length;
  }
  if (from < line.length) parts.push({ start: from, end: line.length });
  return parts
    .map((part) => {
      const cut = inverted.exec(line.slice(part.start, part.end));
      return cut ? { start: part.start, end: part.start + cut.index + 1 } : part;
    })
    .map((part) => ({ start: start + part.start, end: start + part.start + line.slice(part.start, part.end).trimEnd().length }))
    .filter((part) => part.end > part.start);
}
