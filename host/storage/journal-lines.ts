import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { fillInGesture, Gesture } from '../../core/steps/edit.ts';
import { decode, fitted, parseObject, sha256 } from './strict-json.ts';

/** A gesture with its place in the journal. `seq` counts from 1 and ascends. */
export interface JournalEntry {
  readonly seq: number;
  readonly gesture: Gesture;
  /** The number of the line before this one, if that is not `seq` - 1: the journal had lost its end, and continues here. */
  readonly after?: number;
}

/** What the bytes of a journal hold. All sizes are bytes. */
export interface JournalContent {
  readonly entries: readonly JournalEntry[];
  /** The size of the whole lines before the torn tail or the damage. */
  readonly size: number;
  /** Where the last of those whole lines starts; `size` if there is none. */
  readonly lastLine: number;
  /** The end of the file, if its last line was not written to its end. That line was never acknowledged. */
  readonly torn: Uint8Array | null;
  /**
   * The first line (from 1) that is wrong although it was acknowledged. `entries` ends before it. `end` is the number of the last line; null if
   * unknown.
   */
  readonly damage: { readonly line: number; readonly reason: string; readonly end: number | null } | null;
}

/** The journal's line for a gesture, with its newline. */
export function journalLine({ seq, gesture, after }: JournalEntry): Uint8Array {
  const text = JSON.stringify(gesture);
  const gap = after === undefined ? '' : `"after":${after},`;
  return Buffer.from(`{"seq":${seq},${gap}"sha256":"${sha256(text)}","gesture":${text}}\n`);
}

/**
 * Parses a journal's bytes. A line with a wrong checksum counts as torn if it is the very last, and as damage if others follow. The first `checked`
 * bytes are whole lines that were checked before; the caller has compared their sha256.
 */
export function parseJournal(bytes: Uint8Array, checked = 0): JournalContent {
  const parsing = parsingOf(bytes, checked);
  for (;;) {
    const { done, value } = parsing.next();
    if (done) return value;
  }
}

/** Like `parseJournal`, but lets other work run now and then: a long journal takes a tenth of a second. */
export async function parseJournalInTurns(bytes: Uint8Array, checked = 0): Promise<JournalContent> {
  const parsing = parsingOf(bytes, checked);
  for (;;) {
    const { done, value } = parsing.next();
    if (done) return value;
    await setImmediate();
  }
}

// The number of bytes that are parsed in one go, which takes some milliseconds.
const atOnce = 500_000;

// A compiled check is faster, but compiling it takes as long as checking this many bytes without it.
const worthCompiling = 2_000_000;
let compiled: typeof Gesture | null = null;

function* parsingOf(bytes: Uint8Array, checked: number): Generator<undefined, JournalContent> {
  if (bytes.length - checked > worthCompiling) compiled ??= z.compile(Gesture);
  const schema = compiled ?? Gesture;
  let pause = atOnce;
  const entries: JournalEntry[] = [];
  let lastLine = 0;
  let size = 0;
  let lastSeq = 0;
  while (size < bytes.length) {
    if (size > pause) {
      pause = size + atOnce;
      yield;
    }
    const newline = bytes.indexOf(0x0a, size);
    const end = newline < 0 ? bytes.length : newline + 1;
    const state = (torn: boolean, reason: string): JournalContent => ({
      entries,
      size,
      lastLine: entries.length === 0 ? size : lastLine,
      torn: torn ? bytes.slice(size) : null,
      damage: torn ? null : { line: entries.length + 1, reason, end: endOf(bytes.subarray(size), lastSeq) },
    });
    if (newline < 0) return state(true, '');
    if (end <= checked) {
      const { seq, gesture, after } = JSON.parse(decode(bytes.subarray(size, newline))) as JournalEntry;
      entries.push({ seq, gesture: fillInGesture(gesture), ...(after === undefined ? {} : { after }) });
      lastSeq = seq;
      lastLine = size;
      size = end;
      continue;
    }
    const line = unsealed(bytes.subarray(size, newline));
    if (!line) return state(end === bytes.length, 'its checksum does not match');
    // The checksum matches, so this line was written whole, and anything wrong with it is not a torn write.
    if (line.seq <= lastSeq) return state(false, `its number ${line.seq} does not come after ${lastSeq}`);
    try {
      const found = parseObject(line.text);
      const gesture = z.validate(schema, found) ? fillInGesture(found) : fitted(Gesture, found);
      entries.push({ seq: line.seq, gesture, ...(line.after === null ? {} : { after: line.after }) });
    } catch (error) {
      return state(false, error instanceof Error ? error.message : String(error));
    }
    lastSeq = line.seq;
    lastLine = size;
    size = end;
  }
  return { entries, size, lastLine: entries.length === 0 ? size : lastLine, torn: null, damage: null };
}

// The number of the last of these lines, some of which cannot be read. Null if the readable ones do not ascend, or if the last one cannot be read.
function endOf(bytes: Uint8Array, before: number): number | null {
  let last = before;
  let isReadable = false;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    const line = newline < 0 ? null : unsealed(bytes.subarray(start, newline));
    if (line && line.seq <= last) return null;
    isReadable = line !== null;
    last = line?.seq ?? last;
    start = end;
  }
  return isReadable ? last : null;
}

const form = /^\{"seq":([1-9]\d{0,15}),(?:"after":(\d{1,16}),)?"sha256":"([0-9a-f]{64})","gesture":(.*)\}$/s;

// The parts of a line whose checksum matches; null for any other line.
function unsealed(line: Uint8Array): { seq: number; after: number | null; text: string } | null {
  let whole: string;
  try {
    whole = decode(line);
  } catch {
    return null;
  }
  const [, seq, after, sum, text] = form.exec(whole) ?? [];
  if (!seq || !sum || text === undefined || sha256(text) !== sum) return null;
  return { seq: Number(seq), after: after === undefined ? null : Number(after), text };
}
