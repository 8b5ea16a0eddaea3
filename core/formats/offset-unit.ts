import { normalise } from '../model/article.ts';
import { type OffsetMap, offsetMap } from '../text/offsets.ts';
import type { ForeignAnnotation, ForeignDocument, OffsetUnit } from './foreign.ts';

/**
 * The unit that the offsets of a document were found to count. `with_crlf`: code points of the text with CRLF for every LF, as it was before a
 * program converted the line ends. `with_lf` and `utf16_with_lf`: code points and UTF-16 code units of the text with LF for every CRLF, as seen by
 * programs that convert line ends.
 */
export type FoundUnit = NonNullable<OffsetUnit> | TurnedUnit;
type TurnedUnit = 'with_crlf' | 'with_lf' | 'utf16_with_lf';

/** Converts offsets of one document into offsets of its normalised text. */
export interface Offsets {
  readonly unit: FoundUnit;
  /** The normalised text to which the results refer. */
  readonly text: string;
  /** The UTF-16 offset in `text` for an offset in the file; null if it is outside the text or inside a character. */
  toText(offset: number): number | null;
  /** Other units in which every covered text fits too, although at least one would then be elsewhere. */
  readonly others: readonly FoundUnit[];
  /** Whether the covered texts show that this is the unit, and none of the others that formats declare. */
  readonly isShown: boolean;
}

/** The first span that fits the text in no unit: its text in the file, and the text found there in the unit that fits best. */
export interface Mismatch {
  readonly annotation: string;
  readonly line: number | null;
  readonly start: number;
  readonly end: number;
  readonly says: string | null;
  /** Null if there is no text at these offsets, or none can be given. */
  readonly has: string | null;
  readonly reason: string;
  /** Whether the offsets fit several units and nothing shows which is right. */
  readonly isDoubt: boolean;
}

/** Units in words for the user. */
export const unitTitles: Readonly<Record<FoundUnit, string>> = {
  unicode_code_point: 'code points',
  utf16_code_unit: 'UTF-16 code units',
  with_crlf: 'code points with every line ended by CRLF',
  with_lf: 'code points with every line ended by LF',
  utf16_with_lf: 'UTF-16 code units with every line ended by LF',
  utf8_byte: 'UTF-8 bytes',
};

const order: readonly FoundUnit[] = ['unicode_code_point', 'utf16_code_unit', 'with_crlf', 'with_lf', 'utf16_with_lf', 'utf8_byte'];

/** Whether a unit counts a text with converted line ends, which no format declares. */
export const isTurned = (unit: FoundUnit): unit is TurnedUnit => unit === 'with_crlf' || unit === 'with_lf' || unit === 'utf16_with_lf';

/**
 * Finds the unit of the offsets of `document` in `raw`, its text as in the file. It is the unit in which every covered text in the file is where
 * the file says. Of several, it is the one that the format declares, or else the first of code points, UTF-16, CRLF restored, CRLF converted and
 * UTF-8 bytes. Without covered texts, it is the declared unit; if none is declared, code points, provided all units agree. Offsets that fit no
 * unit are never shifted: the result is then the first mismatch.
 */
export function findOffsets(raw: string, document: Pick<ForeignDocument, 'unit' | 'annotations'>): Offsets | Mismatch {
  const reading = new Reading(raw);
  const { unit, annotations } = document;
  const possible = raw === reading.text ? order.filter((one) => one !== 'with_lf' && one !== 'utf16_with_lf') : order;
  const candidates = unit === null ? possible : [unit, ...possible.filter((one) => one !== unit)];
  const tellsTexts = annotations.some(({ spans }) => spans.some(({ text }) => text !== null && text !== ''));
  // Only covered texts can show that line ends were converted.
  const tried = tellsTexts ? candidates : unit === null ? order.filter((one) => !isTurned(one)) : [unit];
  const misses = tried.map((one) => ({ unit: one, miss: firstMiss(reading, one, annotations) }));
  const fitting = misses.flatMap(({ unit: one, miss }) => (miss ? [] : [one]));
  const [found] = fitting;
  if (!found) return farthest(misses.map(({ miss }) => miss as Miss)).mismatch;
  const others = fitting.filter((other) => leadsElsewhere(reading, found, other, annotations));
  const doubt = others[0] && firstDifference(reading, found, others[0], annotations);
  // Without covered texts, nothing speaks for any of the units.
  if (!tellsTexts && unit === null && others[0] && doubt) {
    const reason = `the file does not say whether its offsets count ${unitTitles[found]} or ${unitTitles[others[0]]}, nor which words they cover`;
    return { ...doubt, says: null, has: null, reason, isDoubt: true };
  }
  const isShown = tellsTexts && !isTurned(found) && fitting.filter((one) => !isTurned(one)).length === 1;
  return { unit: found, text: reading.text, toText: (offset) => reading.toText(found, offset), others, isShown };
}

/** What is wrong with the offsets of a file, as the end of a sentence. */
export function mismatchInWords({ start, end, says, has, reason }: Mismatch): string {
  const words = (text: string) => `“${text.length > 60 ? `${text.slice(0, 59).toWellFormed()}…` : text}”`;
  if (says === null || says === '') return `${reason} (${start} to ${end})`;
  return `${reason}: from ${start} to ${end} the file says ${words(says)}, the text has ${has === null ? 'nothing' : words(has)}`;
}

// The text as in the file and normalised, and the conversion between offsets in both.
class Reading {
  readonly text: string;
  readonly #raw: string;
  readonly #shift: (at: number) => number;
  readonly #maps = new Map<FoundUnit, (offset: number) => number | null>();

  constructor(raw: string) {
    this.#raw = raw;
    this.text = normalise(raw).text;
    this.#shift = shiftOf(raw, this.text);
  }

  toText(unit: FoundUnit, offset: number): number | null {
    let map = this.#maps.get(unit);
    if (!map) {
      map = this.#mapOf(unit);
      this.#maps.set(unit, map);
    }
    return Number.isInteger(offset) && offset >= 0 ? map(offset) : null;
  }

  #mapOf(unit: FoundUnit): (offset: number) => number | null {
    if (unit === 'with_crlf') return crlfMap(this.text);
    if (isTurned(unit)) return rawMap(this.text, unit === 'with_lf' ? 'unicode_code_point' : 'utf16_code_unit');
    const inRaw = rawMap(this.#raw, unit);
    return (offset) => {
      const at = inRaw(offset);
      return at === null ? null : this.#shift(at);
    };
  }
}

// Converts UTF-16 offsets in the raw text to those in the normalised one, which lacks byte order marks and the CR of every CRLF.
function shiftOf(raw: string, text: string): (at: number) => number {
  if (raw.length === text.length) return (at) => at;
  const marks = /^\ufeff*/.exec(raw)?.[0].length ?? 0;
  const table = new Int32Array(raw.length + 1);
  let gone = 0;
  for (let at = 0; at < raw.length; at++) {
    table[at] = Math.max(0, at - gone);
    if (at < marks || (raw[at] === '\r' && raw[at + 1] === '\n')) gone++;
  }
  table[raw.length] = raw.length - gone;
  return (at) => table[at] as number;
}

function rawMap(raw: string, unit: NonNullable<OffsetUnit>): (offset: number) => number | null {
  const map = offsetMap(raw);
  switch (unit) {
    case 'unicode_code_point':
      return (offset) => (offset <= map.codePoints ? map.fromCodePoint(offset) : null);
    case 'utf16_code_unit':
      return (offset) => (offset <= raw.length && !isInside(raw, offset) ? offset : null);
    case 'utf8_byte':
      return byteMap(raw, map);
  }
}

function byteMap(raw: string, map: OffsetMap): (offset: number) => number | null {
  const total = map.toByte(raw.length);
  const table = new Int32Array(total + 1).fill(-1);
  for (let at = 0; at <= raw.length; at++) if (!isInside(raw, at)) table[map.toByte(at)] = at;
  return (offset) => (offset <= total && (table[offset] as number) >= 0 ? (table[offset] as number) : null);
}

// Code points of the text with CRLF for LF. A position in the middle of a CRLF is not valid.
function crlfMap(text: string): (offset: number) => number | null {
  const table: number[] = [];
  for (let at = 0; at < text.length; ) {
    table.push(at);
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    if (character === '\n') table.push(-1);
    at += character.length;
  }
  table.push(text.length);
  return (offset) => ((table[offset] ?? -1) >= 0 ? (table[offset] as number) : null);
}

const isInside = (text: string, at: number) =>
  at > 0 && /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));

// In their lists of covered texts, programs write line ends as other white space, or with the CR that the text has lost.
const compared = (text: string) => normalise(text).text.replace(/\s/gu, ' ');

interface Miss {
  readonly mismatch: Mismatch;
  /** How many spans before it fit. */
  readonly after: number;
}

function firstMiss(reading: Reading, unit: FoundUnit, annotations: readonly ForeignAnnotation[]): Miss | null {
  let after = 0;
  for (const { id, line, spans } of annotations) {
    for (const { start, end, text } of spans) {
      const [from, to] = [reading.toText(unit, start), reading.toText(unit, end)];
      const has = from === null || to === null || from >= to ? null : reading.text.slice(from, to);
      const isRight = has !== null && (text === null || text === '' || text === has || compared(text) === compared(has));
      if (!isRight) {
        const reason =
          has === null ? 'its offsets lie outside the text, or cover nothing' : 'its offsets do not fit its covered texts in any unit';
        return { mismatch: { annotation: id, line: line ?? null, start, end, says: text, has, reason, isDoubt: false }, after };
      }
      after++;
    }
  }
  return null;
}

const farthest = (misses: readonly Miss[]): Miss => misses.reduce((best, miss) => (miss.after > best.after ? miss : best));

function firstDifference(
  reading: Reading,
  one: FoundUnit,
  other: FoundUnit,
  annotations: readonly ForeignAnnotation[],
): Pick<Mismatch, 'annotation' | 'line' | 'start' | 'end'> | null {
  for (const { id, line, spans } of annotations) {
    for (const { start, end } of spans) {
      const isSame = reading.toText(one, start) === reading.toText(other, start) && reading.toText(one, end) === reading.toText(other, end);
      if (!isSame) return { annotation: id, line: line ?? null, start, end };
    }
  }
  return null;
}

function leadsElsewhere(reading: Reading, one: FoundUnit, other: FoundUnit, annotations: readonly ForeignAnnotation[]): boolean {
  return one !== other && firstDifference(reading, one, other, annotations) !== null;
}
