import type { Range } from './span.ts';

/** Which end of a fragment moves, and how far in one step. A character is a grapheme cluster. */
export interface Move {
  readonly edge: 'start' | 'end';
  readonly step: 1 | -1;
  readonly unit: 'word' | 'character';
}

/**
 * Moves one end of fragment `index` by one step. `ranges` are half-open, in UTF-16 code units of `text`, ascending and apart. By words, an end
 * moves between word ends and a start between word starts; the end or start of a line is a stop before the next line. Null if it cannot move
 * further: a fragment keeps at least one character, and fragments never touch.
 * @throws RangeError if there is no such fragment
 */
export function moveBoundary(text: string, ranges: readonly Range[], index: number, move: Move): Range[] | null {
  const range = ranges[index];
  if (!range) throw new RangeError(`no fragment ${index} among ${ranges.length}`);
  const stop = move.unit === 'word' ? wordStop : characterStop;
  return setBoundary(text, ranges, index, move.edge, stop(text, range[move.edge], move.edge, move.step));
}

/**
 * Moves one end of fragment `index` to `offset`. Null if nothing would change, or if the fragment would be empty, touch another one, or begin or
 * end with white space.
 */
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

// The next stop when moving by words: word ends and line ends for an end, word starts and line starts for a start. `offset` itself if there is none.
function wordStop(text: string, offset: number, edge: 'start' | 'end', step: 1 | -1): number {
  let line = lineAround(text, offset);
  for (;;) {
    const stops = stopsIn(text, line, edge);
    const next = step === 1 ? stops.find((at) => at > offset) : stops.findLast((at) => at < offset);
    if (next !== undefined) return next;
    if (step === 1 ? line.end >= text.length : line.start === 0) return offset;
    line = lineAround(text, step === 1 ? line.end + 1 : line.start - 1);
  }
}

const words = new Intl.Segmenter('en', { granularity: 'word' });

function stopsIn(text: string, { start, end }: Range, edge: 'start' | 'end'): number[] {
  const line = text.slice(start, end);
  if (line.trim() === '') return [];
  const own = [...words.segment(line)].filter(({ isWordLike }) => isWordLike);
  const stops = own.map(({ index, segment }) => start + index + (edge === 'end' ? segment.length : 0));
  // Without this stop, punctuation before the first word or after the last one could not be reached.
  const bound = edge === 'end' ? start + line.trimEnd().length : end - line.trimStart().length;
  if (edge === 'end') return stops.at(-1) === bound ? stops : [...stops, bound];
  return stops[0] === bound ? stops : [bound, ...stops];
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
// Longer than any real character. A fixed window keeps the cost of a step independent of the line's length.
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

function lineAround(text: string, offset: number): Range {
  const newline = text.indexOf('\n', offset);
  return { start: lineStart(text, offset), end: newline < 0 ? text.length : newline };
}

const lineStart = (text: string, offset: number) => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);
const isSpace = (text: string, at: number) => /\s/.test(text.charAt(at));
