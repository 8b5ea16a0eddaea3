import { z } from 'zod';

/**
 * A half-open range `[start, end)` of an article's text in UTF-16 code units, with the exact text it covers as a checksum. A span is never empty
 * and never begins or ends inside a surrogate pair.
 */
export const Span = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(1),
  text: z.string().min(1),
});
export type Span = z.infer<typeof Span>;

/** A half-open range `[start, end)` in UTF-16 code units, without the covered text. It may be empty (a caret). */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A range as a map key: two ranges with the same ends have the same key. */
export const rangeKey = ({ start, end }: Range): string => `${start}-${end}`;

/** The span of `text` at `range`. @throws RangeError if the range is empty, out of bounds or splits a surrogate pair */
export function spanAt(text: string, range: Range): Span {
  const { start, end } = range;
  if (!(0 <= start && start < end && end <= text.length)) throw new RangeError(`no span at [${start}, ${end}) of ${text.length}`);
  if (splitsPair(text, start) || splitsPair(text, end)) throw new RangeError(`[${start}, ${end}) splits a surrogate pair`);
  return { start, end, text: text.slice(start, end) };
}

/** What is wrong with `spans` on `text`, as a sentence, or null. Spans must ascend, must not touch or overlap, and must match the text they cover. */
export function spanProblem(text: string, spans: readonly Span[]): string | null {
  if (spans.length === 0) return 'no span';
  let last = -1;
  for (const span of spans) {
    if (span.start < 0 || span.start >= span.end || span.end > text.length)
      return `[${span.start}, ${span.end}) is not inside the text of ${text.length}`;
    if (span.start <= last) return `[${span.start}, ${span.end}) touches or overlaps the fragment before it`;
    if (splitsPair(text, span.start) || splitsPair(text, span.end)) return `[${span.start}, ${span.end}) splits a surrogate pair`;
    if (text.slice(span.start, span.end) !== span.text) return `[${span.start}, ${span.end}) covers other words than it says`;
    last = span.end;
  }
  return null;
}

/** Merges `spans` and `added`, in any order, into one ascending list. Those that touch or overlap become one. @throws RangeError as spanAt */
export function unite(text: string, spans: readonly Range[], added: Range): Span[] {
  const sorted = [...spans, added].sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: { start: number; end: number }[] = [];
  for (const range of sorted) {
    const top = merged.at(-1);
    if (top && range.start <= top.end) top.end = Math.max(top.end, range.end);
    else merged.push({ start: range.start, end: range.end });
  }
  return merged.map((range) => spanAt(text, range));
}

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * `range` without outer white space, extended to whole words; null if only white space is left. Punctuation stays as selected: a quotation mark is
 * included only if the selection includes it.
 */
export function snapToWords(text: string, range: Range): Range | null {
  const trimmed = trim(text, range);
  if (!trimmed) return null;
  const head = tokenAt(text, trimmed.start, words);
  const tail = tokenAt(text, trimmed.end - 1, words);
  return {
    start: head.isWord ? head.start : wholeGrapheme(text, trimmed).start,
    end: tail.isWord ? wordEnd(text, tail.end) : wholeGrapheme(text, trimmed).end,
  };
}

/** `range` without outer white space, extended to whole grapheme clusters; null if only white space is left. */
export function snapToGraphemes(text: string, range: Range): Range | null {
  const trimmed = trim(text, range);
  return trimmed && wholeGrapheme(text, trimmed);
}

/** The sentence at `offset`, within its line and without outer white space. The end of a line belongs to its last sentence. Null in an empty line. */
export function sentenceAt(text: string, offset: number): Range | null {
  const line = lineAround(text, offset);
  if (line.start === line.end) return null;
  return trim(text, tokenAt(text, Math.min(offset, line.end - 1), sentences));
}

// The segmenter counts direction marks after a word as part of it.
function wordEnd(text: string, end: number): number {
  let at = end;
  while (directionMark.test(text.charAt(at - 1))) at--;
  return at;
}

const directionMark = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const blank = new RegExp(`\\s|${directionMark.source}`);

function trim(text: string, range: Range): Range | null {
  let { start, end } = range;
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return start < end ? { start, end } : null;
}

// Only this line is segmented, so the cost of tagging does not depend on the article's length.
function lineAround(text: string, offset: number): Range {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const newline = text.indexOf('\n', offset);
  return { start, end: newline < 0 ? text.length : newline };
}

function tokenAt(text: string, offset: number, segmenter: Intl.Segmenter): Range & { isWord: boolean } {
  const line = lineAround(text, offset);
  const token = segmenter.segment(text.slice(line.start, line.end)).containing(offset - line.start);
  if (!token) return { start: offset, end: offset, isWord: false };
  const start = line.start + token.index;
  return { start, end: start + token.segment.length, isWord: token.isWordLike ?? false };
}

function wholeGrapheme(text: string, range: Range): Range {
  return { start: tokenAt(text, range.start, graphemes).start, end: tokenAt(text, range.end - 1, graphemes).end };
}

// The text of an article is well formed, so a low surrogate is always preceded by its high surrogate.
const splitsPair = (text: string, offset: number) => /[\udc00-\udfff]/.test(text.charAt(offset));
