import type { Range } from './span.ts';
import { beginsUnspaced, endsUnspaced } from './unspaced.ts';

/**
 * What counts as a match. With `wholeWords`, no letter, digit or underscore may come right before or after a hit (“Kushner” hits “Kushner’s”).
 * This does not apply between letters of scripts without spaces.
 */
export interface FindOptions {
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
}

/**
 * Where `query` occurs in `text`: half-open ranges in UTF-16 code units, ascending, never overlapping, each made of whole characters (grapheme
 * clusters). Composed and decomposed letters are equal, as are straight and curly quotes of one kind, and all kinds of space within a line.
 * Without `matchCase`, capitals equal small letters (also `ß` and `SS`). An empty query has no occurrences.
 */
export function occurrences(text: string, query: string, options: FindOptions): Range[] {
  return finder(text)(query, options);
}

/** `occurrences` in a text that is prepared only once, for searches while typing. */
export function finder(text: string): (query: string, options: FindOptions) => Range[] {
  const prepared = new Map<boolean, Folded>();
  return (query, { matchCase, wholeWords }) => {
    let folded = prepared.get(matchCase);
    if (!folded) {
      folded = fold(text, matchCase);
      prepared.set(matchCase, folded);
    }
    const wanted = fold(query, matchCase).text;
    return wanted === '' ? [] : hits(folded, wanted).filter((hit) => !wholeWords || isWhole(text, hit));
  };
}

/** A text in which equal letters have equal code units. `offsets[i]` is the offset in the original of unit i, or -1 if i is inside a character. */
interface Folded {
  readonly text: string;
  readonly offsets: Int32Array;
}

function hits({ text, offsets }: Folded, wanted: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf(wanted); at >= 0; ) {
    const start = offsets[at] ?? -1;
    const end = offsets[at + wanted.length] ?? -1;
    const isHit = start >= 0 && end >= 0;
    if (isHit) found.push({ start, end });
    at = text.indexOf(wanted, at + (isHit ? wanted.length : 1));
  }
  return found;
}

function isWhole(text: string, { start, end }: Range): boolean {
  return !isInsideWord(text, start) && !isInsideWord(text, end);
}

/** Whether a word of `text` continues across `offset`. Never true between letters of a script without spaces. */
export function isInsideWord(text: string, offset: number): boolean {
  const [before, after] = [text.slice(Math.max(0, offset - 2), offset), text.slice(offset, offset + 2)];
  return goesOn.test(before) && begins.test(after) && !endsUnspaced(before) && !beginsUnspaced(after);
}

const goesOn = /[\p{L}\p{N}\p{M}_]$/u;
const begins = /^[\p{L}\p{N}\p{M}_]/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Folds one letter at a time. Folding makes some letters longer or shorter (İ, ß, é), and the offsets after them must not shift.
function fold(text: string, matchCase: boolean): Folded {
  const pieces: string[] = [];
  const offsets: number[] = [];
  const known = new Map<string, string>();
  const add = (character: string, offset: number) => {
    let folded = known.get(character);
    if (folded === undefined) {
      folded = foldCharacter(character, matchCase);
      known.set(character, folded);
    }
    pieces.push(folded);
    for (let unit = 0; unit < folded.length; unit++) offsets.push(unit === 0 ? offset : -1);
  };
  for (let at = 0; at < text.length; ) {
    if (isAlone(text, at)) {
      add(text.charAt(at), at);
      at++;
      continue;
    }
    const start = at;
    while (at < text.length && !(at > start && isAlone(text, at))) at++;
    for (const { segment, index } of graphemes.segment(text.slice(start, at))) add(segment, start + index);
  }
  offsets.push(text.length);
  return { text: pieces.join(''), offsets: Int32Array.from(offsets) };
}

function foldCharacter(character: string, matchCase: boolean): string {
  const plain = character
    .normalize('NFD')
    .replace(/[\u2018-\u201b]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[^\S\n]/g, ' ');
  return matchCase ? plain : plain.toUpperCase().toLowerCase().normalize('NFD');
}

// Whether the code unit is a character by itself. This avoids segmenting a whole long text, which is slow; nearly all of it is plain letters.
function isAlone(text: string, at: number): boolean {
  return isPlain(text.charCodeAt(at)) && (at + 1 === text.length || isPlain(text.charCodeAt(at + 1)));
}

// Latin, Greek and Cyrillic letters, ASCII and general punctuation. None of these combines with another.
function isPlain(unit: number): boolean {
  return unit < 0x300 ? unit !== 0x0d : (unit >= 0x370 && unit <= 0x482) || (unit >= 0x2010 && unit <= 0x2027);
}
