import type { Range, Span } from './span.ts';
import { keptRuns, keptWithin, movedOffset } from './text-diff.ts';

/** A possible place in the new text. `score` is from 0 to 1. Half-open, in UTF-16 code units. */
export interface Candidate extends Range {
  readonly score: number;
}

/**
 * What became of a span in another version of its text. `same` and `moved` are certain: the same words, at the same or another offset. `doubt`
 * needs a person to decide, because the words changed or occur in several places that match equally well. Lists at most three candidates, best
 * first.
 */
export type Anchored =
  | { readonly state: 'same' | 'moved'; readonly place: Candidate }
  | { readonly state: 'doubt'; readonly candidates: readonly Candidate[] }
  | { readonly state: 'lost' };

// Lengths and weights are those of Hypothesis (client/src/annotator/anchoring: match-quote.ts, types.ts): 32 characters of context on each side.
const contextLength = 32;
const weights = { quote: 50, prefix: 20, suffix: 20, place: 2 };
const fullScore = weights.quote + weights.prefix + weights.suffix + weights.place;
/** Two places count as the same if their surroundings are at least this alike. */
const sureContext = 0.5;
/** The margin by which the best place must beat the next. */
const sureLead = 0.04;
/** Words of at least this length that occur only once need no context. */
const tellingLength = 16;
/** How many occurrences of the same words to consider, nearest first. */
const mostPlaces = 24;
/** Changed words less alike than this no longer count as the same. */
const leastLikeness = 0.55;
const longestCompared = 256;

/**
 * Finds spans of `oldText` in `newText` by their words and the text around them. Tries the place to which the unchanged text around the span
 * moved, then every occurrence of the words, ranked by context and distance, and finally places that hold most of the words.
 */
export function anchorer(oldText: string, newText: string): (span: Span) => Anchored {
  const runs = keptRuns(oldText, newText);
  const placesOf = new Map<string, readonly number[]>();

  const rate = (span: Span, start: number, end: number, likeness: number): Candidate & { context: number } => {
    const prefix = likenessOf(
      oldText.slice(Math.max(0, span.start - contextLength), span.start),
      newText.slice(Math.max(0, start - contextLength), start),
    );
    const suffix = likenessOf(oldText.slice(span.end, span.end + contextLength), newText.slice(end, end + contextLength));
    const expected = movedOffset(runs, span.start, 'start', newText.length);
    const place = 1 - Math.min(1, Math.abs(start - expected) / Math.max(1, newText.length));
    const score = (weights.quote * likeness + weights.prefix * prefix + weights.suffix * suffix + weights.place * place) / fullScore;
    return { start, end, score, context: (prefix + suffix) / 2 };
  };

  const exact = (span: Span, start: number): Anchored => {
    const { context: _, ...place } = rate(span, start, start + span.text.length, 1);
    return { state: start === span.start ? 'same' : 'moved', place };
  };

  // All occurrences of the words, or if there are too many, those nearest to the expected place.
  const exactPlaces = (span: Span): readonly number[] => {
    let places = placesOf.get(span.text);
    if (!places) {
      places = occurrences(newText, span.text);
      placesOf.set(span.text, places);
    }
    if (places.length <= mostPlaces) return places;
    const expected = movedOffset(runs, span.start, 'start', newText.length);
    let after = places.findIndex((place) => place >= expected);
    if (after < 0) after = places.length;
    return places.slice(Math.max(0, after - mostPlaces / 2), after + mostPlaces / 2);
  };

  return (span) => {
    const { start, end, text } = span;
    const [toStart, toEnd] = [movedOffset(runs, start, 'start', newText.length), movedOffset(runs, end, 'end', newText.length)];
    const standsThere = toEnd - toStart === text.length && newText.startsWith(text, toStart);
    if (standsThere) {
      const around = Math.min(start, contextLength) + Math.min(oldText.length - end, contextLength);
      const [from, to] = [toStart - 2 * contextLength, toEnd + 2 * contextLength];
      const kept = keptWithin(runs, start - contextLength, end + contextLength, from, to);
      if (kept >= text.length + around * sureContext) return exact(span, toStart);
    }
    const places = exactPlaces(span);
    const rated = places.map((place) => rate(span, place, place + text.length, 1)).sort(byScore);
    const [best, second] = rated;
    if (best) {
      const leads = !second || best.score - second.score >= sureLead;
      const isTelling = places.length === 1 && text.length >= tellingLength;
      if (leads && (best.context >= sureContext || isTelling)) return exact(span, best.start);
      return { state: 'doubt', candidates: rated.slice(0, 3).map(({ context: _, ...candidate }) => candidate) };
    }
    const changed = alikePlaces(span, newText, trimmed(newText, toStart, Math.max(toStart, toEnd)))
      .map((range) => ({ range, likeness: likenessOf(text, newText.slice(range.start, range.end)) }))
      .filter(({ likeness }) => likeness >= leastLikeness)
      .map(({ range, likeness }) => rate(span, range.start, range.end, likeness))
      .sort(byScore);
    const distinct = changed.filter(
      ({ start: at }, index) => changed.findIndex((other) => Math.abs(other.start - at) < text.length) === index,
    );
    if (distinct.length === 0) return { state: 'lost' };
    return { state: 'doubt', candidates: distinct.slice(0, 3).map(({ context: _, ...candidate }) => candidate) };
  };
}

const byScore = (a: Candidate, b: Candidate) => b.score - a.score || a.start - b.start;

function occurrences(text: string, words: string, most = Number.POSITIVE_INFINITY): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(words); at >= 0 && places.length < most; at = text.indexOf(words, at + 1)) places.push(at);
  return places;
}

// Where changed words may be: the place to which the surrounding text moved, and places that contain a third of the words unchanged.
function alikePlaces({ text }: Span, newText: string, mapped: Range): Range[] {
  const places: Range[] = [];
  const length = mapped.end - mapped.start;
  if (length > 0 && length <= 2 * text.length + contextLength) {
    places.push(mapped);
    // If nearly all of the words are here, there is no need to look elsewhere.
    if (likenessOf(text, newText.slice(mapped.start, mapped.end)) >= 0.8) return places;
  }
  const third = Math.ceil(text.length / 3);
  if (third < 6) return places;
  for (const from of [0, third, 2 * third]) {
    const piece = text.slice(from, from + third);
    for (const at of piece.length < 6 ? [] : occurrences(newText, piece, 3)) {
      places.push(wholeWords(newText, Math.max(0, at - from), Math.min(newText.length, at - from + text.length)));
    }
  }
  return places.filter(({ start, end }, index) => start < end && places.findIndex((other) => other.start === start) === index);
}

const isWordUnit = (unit: string) => /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(unit);

function wholeWords(text: string, from: number, to: number): Range {
  let [start, end] = [from, to];
  while (start > 0 && isWordUnit(text.charAt(start)) && isWordUnit(text.charAt(start - 1))) start--;
  while (end < text.length && isWordUnit(text.charAt(end)) && isWordUnit(text.charAt(end - 1))) end++;
  return trimmed(text, start, end);
}

function trimmed(text: string, from: number, to: number): Range {
  let [start, end] = [from, to];
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return { start, end };
}

/** 1 for equal texts, 0 for texts with nothing in common: 1 minus the share of characters that must change (Levenshtein 1965). */
export function likenessOf(a: string, b: string): number {
  if (a === b) return 1;
  const longer = Math.max(a.length, b.length);
  if (longer > longestCompared) return likenessInParts(a, b);
  return 1 - distance(a, b) / longer;
}

// Compares long texts half by half. The cost grows with the square of the length, and it is enough to know whether they are roughly the same.
function likenessInParts(a: string, b: string): number {
  const [x, y] = [a.length >> 1, b.length >> 1];
  return (likenessOf(a.slice(0, x), b.slice(0, y)) + likenessOf(a.slice(x), b.slice(y))) / 2;
}

function distance(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  if (a.length <= 32) return shortDistance(a, b);
  let row = Uint16Array.from({ length: b.length + 1 }, (_, index) => index);
  let next = new Uint16Array(b.length + 1);
  for (let x = 1; x <= a.length; x++) {
    next[0] = x;
    const unit = a.charCodeAt(x - 1);
    for (let y = 1; y <= b.length; y++) {
      const change = (row[y - 1] as number) + (unit === b.charCodeAt(y - 1) ? 0 : 1);
      next[y] = Math.min(change, (row[y] as number) + 1, (next[y - 1] as number) + 1);
    }
    [row, next] = [next, row];
  }
  return row[b.length] as number;
}

// Bit-parallel, in one word (Myers, A Fast Bit-Vector Algorithm for Approximate String Matching, 1999). `a` has 1 to 32 code units.
function shortDistance(a: string, b: string): number {
  const places = new Map<number, number>();
  for (let index = 0; index < a.length; index++) {
    const unit = a.charCodeAt(index);
    places.set(unit, (places.get(unit) ?? 0) | (1 << index));
  }
  const last = 1 << (a.length - 1);
  let [up, down, score] = [-1, 0, a.length];
  for (let index = 0; index < b.length; index++) {
    const equal = places.get(b.charCodeAt(index)) ?? 0;
    const vertical = equal | down;
    const horizontal = (((equal & up) + up) ^ up) | equal;
    let more = down | ~(horizontal | up);
    let less = up & horizontal;
    if (more & last) score++;
    if (less & last) score--;
    more = (more << 1) | 1;
    less <<= 1;
    up = less | ~(vertical | more);
    down = more & vertical;
  }
  return score;
}
