import { type Range, wordBoundary } from './span.ts';

/** Which end of a fragment moves, and how far at once. A character is a grapheme cluster. */
export interface Move {
  readonly edge: 'start' | 'end';
  readonly step: 1 | -1;
  readonly unit: 'word' | 'character';
}

/**
 * `ranges` (ascending and apart, half-open, in UTF-16 code units of `text`) with one end of fragment `index` moved on: an end goes from word
 * end to word end, a start from word start to word start, over line ends and white space. Null where there is nothing further to go to:
 * a fragment keeps at least a character, and fragments never touch.
 * @throws RangeError when there is no such fragment
 */
export function moveBoundary(text: string, ranges: readonly Range[], index: number, move: Move): Range[] | null {
  const range = ranges[index];
  if (!range) throw new RangeError(`no fragment ${index} among ${ranges.length}`);
  const offset = stopFrom(text, range[move.edge], move);
  // Within the first or the last word there is no stop on that side.
  return Math.sign(offset - range[move.edge]) === move.step ? setBoundary(text, ranges, index, move.edge, offset) : null;
}

/** `ranges` with one end of fragment `index` put at `offset`; null where that would leave it empty, touch another one, or stand beside white space. */
export function setBoundary(text: string, ranges: readonly Range[], index: number, edge: 'start' | 'end', offset: number): Range[] | null {
  const range = ranges[index];
  if (!range) throw new RangeError(`no fragment ${index} among ${ranges.length}`);
  const start = edge === 'start' ? offset : range.start;
  const end = edge === 'end' ? offset : range.end;
  const isApart = start > (ranges[index - 1]?.end ?? -1) && end < (ranges[index + 1]?.start ?? text.length + 1);
  const isSame = offset === range[edge];
  if (isSame || start >= end || !isApart || isSpace(text, edge === 'start' ? start : end - 1)) return null;
  return ranges.map((each, at) => (at === index ? { start, end } : each));
}

/** The fragment nearest to `offset`: the one that holds it, or else the one with the nearest end. */
export function nearestFragment(ranges: readonly Range[], offset: number): number {
  const distances = ranges.map(({ start, end }) => Math.max(start - offset, offset - end, 0));
  return distances.indexOf(Math.min(...distances));
}

function stopFrom(text: string, offset: number, { edge, step, unit }: Move): number {
  if (unit === 'character') return characterStop(text, offset, edge, step);
  if (edge === 'end') {
    if (step === 1) return wordEndAfter(text, offset);
    const start = wordStartBefore(text, offset);
    const end = wordEndAfter(text, start);
    return end < offset ? end : wordEndAfter(text, wordStartBefore(text, start));
  }
  if (step === -1) return wordStartBefore(text, offset);
  const end = wordEndAfter(text, offset);
  const start = wordStartBefore(text, end);
  return start > offset ? start : wordStartBefore(text, wordEndAfter(text, end));
}

// A word boundary may be the line's: then the next word is on another line.
function wordEndAfter(text: string, offset: number): number {
  let at = wordBoundary(text, offset, 1);
  while (at < text.length && isSpace(text, at - 1)) at = wordBoundary(text, at, 1);
  return at;
}

function wordStartBefore(text: string, offset: number): number {
  let at = wordBoundary(text, offset, -1);
  while (at > 0 && isSpace(text, at)) at = wordBoundary(text, at, -1);
  return at;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
// Longer than any character that people write; a window keeps a step independent of the line's length.
const reach = 64;

function characterStop(text: string, offset: number, edge: 'start' | 'end', step: 1 | -1): number {
  let at = offset;
  do {
    if (step === 1) at += graphemes.segment(text.slice(at, at + reach)).containing(0)?.segment.length ?? 0;
    else {
      const from = lineStart(text, at);
      const before = graphemes.segment(text.slice(from, at)).containing(at - from - 1);
      at = before ? from + before.index : Math.max(0, at - 1);
    }
  } while (at > 0 && at < text.length && isSpace(text, edge === 'start' ? at : at - 1));
  return at;
}

const lineStart = (text: string, offset: number) => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);
const isSpace = (text: string, at: number) => /\s/.test(text.charAt(at));
