import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { dequal } from 'dequal';
import { durablePath } from '../storage/durable-write.ts';
import { codeOf, type FileSystem, namesIn } from '../storage/file-system.ts';
import { isId, type Layout, layoutOf } from '../storage/layout.ts';
import { acquireLock, type Lock } from '../storage/lock.ts';
import { writeSealedRecord } from '../storage/record-file.ts';
import { type EarlierState, type JournalEnd, type LogEnd, readState, stateId, statePath, statesIn, timeOfState } from './earlier-state.ts';
import { appendToLog, cutBack, hashOfStart, opened, piecesOf } from './log-file.ts';
import { changedRecords, type KnownRecord, recordPaths, recordsIn } from './record-log.ts';
import { thin } from './thinning.ts';

/** The project whose states are kept, and where: `folder` holds the states of this project alone. `lock` acquires the right to write there. */
export interface KeepingPlace {
  readonly fileSystem: FileSystem;
  readonly project: { readonly id: string; readonly name: string };
  /** The project's folder. */
  readonly root: string;
  readonly folder: string;
  readonly lock?: (folder: string) => Promise<Lock | null>;
}

/** A state to keep: its time (ISO 8601) and the version of the codebook in force. */
export interface Moment {
  readonly time: string;
  readonly codebook: number;
}

interface Records {
  readonly log: string;
  readonly bytes: number;
  readonly hash: Hash;
  /** The records in force, by path. */
  readonly known: Map<string, KnownRecord>;
}

// If a log of records is this much longer than the records in force, a new log begins. Bytes.
const spareBytes = 1 << 24;

/**
 * Keeps earlier states of one project. A journal only ever grows, and so does its copy here. A state consists of the lengths of the logs and their
 * hashes, so keeping one more costs only what was written since. If the project no longer continues a log, the log stays for the states that need it,
 * and a new one begins.
 */
export class StateKeeping {
  readonly #place: KeepingPlace;
  readonly #layout: Layout;
  /** Logs that were checked in full since this program began. */
  readonly #whole = new Set<string>();
  /** The stamps of the journals when they were last read, by annotator. */
  readonly #stamps = new Map<string, { readonly stamp: string; readonly end: JournalEnd }>();
  #records: Records | null = null;
  /** The logs that are being appended to, with their lengths before; null for new ones. */
  readonly #appended = new Map<string, number | null>();

  constructor(place: KeepingPlace) {
    this.#place = place;
    this.#layout = layoutOf(place.root);
  }

  /** When the newest state of the project in this place was kept, in milliseconds since 1970; null if there is none. */
  async newest(): Promise<number | null> {
    const { own } = await newestStates(this.#place);
    return own && timeOfState(own.id);
  }

  /**
   * Keeps the project as it is, unless it is the same as in the newest state, and removes states that are too old. Returns whether a state was kept.
   * Calls must not overlap. Writes nothing in the project.
   * @throws the disk's own errors; the reason of `signal`
   */
  async keep(moment: Moment, signal?: AbortSignal): Promise<boolean> {
    const { fileSystem, folder, lock = acquireLock } = this.#place;
    await durablePath(fileSystem, folder);
    // Copies of a project have the same id, so another program may be keeping a state here right now.
    const held = await lock(folder);
    if (!held) return false;
    try {
      const isKept = await this.#keep(moment, signal);
      if (isKept) await thin(fileSystem, folder, this.#place.root, Date.parse(moment.time));
      return isKept;
    } finally {
      await held.release();
    }
  }

  async #keep({ time, codebook }: Moment, signal?: AbortSignal): Promise<boolean> {
    const { fileSystem, folder, project, root } = this.#place;
    const ids = await statesIn(fileSystem, folder);
    const { own, any } = await newestStates(this.#place);
    // A project that was moved continues its logs. A copy continues them too, and then the other project begins new ones.
    const last = (own ?? any)?.state ?? null;
    this.#appended.clear();
    let written: string | null = null;
    try {
      const journals: JournalEnd[] = [];
      for (const annotator of (await namesIn(fileSystem, this.#layout.annotators)).filter(isId)) {
        const end = await this.#keepJournal(annotator, last, signal);
        if (end) journals.push(end);
      }
      const withGaps = journals.filter(({ isGapless }) => !isGapless).map(({ annotator }) => annotator);
      const records = await this.#keepRecords(last, withGaps, signal);
      if (last?.place === root && dequal(last.records, records) && dequal(last.journals, journals)) return false;
      // Syncs the names of new logs before the state that needs them.
      await fileSystem.syncFolder(folder);
      const state: Omit<EarlierState, 'sha256'> = { format: 1, project, place: root, time, codebook, records, journals };
      // Never overwrites another state, even if the clock was set back.
      let at = Date.parse(time);
      while (ids.includes(stateId(new Date(at).toISOString()))) at++;
      written = statePath(folder, stateId(new Date(at).toISOString()));
      await writeSealedRecord(fileSystem, written, state);
      return true;
    } catch (error) {
      this.#records = null;
      this.#stamps.clear();
      // If this fails, the log stays longer than the newest state says, and is not continued.
      await this.#takeBack(written).catch(() => undefined);
      throw error;
    }
  }

  // A state may exist even if writing it failed, and must be removed before the logs that it needs.
  async #takeBack(written: string | null): Promise<void> {
    const { fileSystem, folder } = this.#place;
    if (written !== null) {
      await fileSystem.unlink(written).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error;
      });
      await fileSystem.syncFolder(folder);
    }
    for (const [log, bytes] of this.#appended) await cutBack(fileSystem, this.#in(log), bytes);
  }

  // Keeps the journal up to its last whole line; null if there is no journal.
  async #keepJournal(annotator: string, last: EarlierState | null, signal?: AbortSignal): Promise<JournalEnd | null> {
    const { fileSystem } = this.#place;
    const path = this.#layout.journal(annotator);
    const source = await opened(fileSystem, path);
    if (!source) return null;
    try {
      const size = await source.size();
      const stamp = `${size} ${(await fileSystem.stat(path)).modified}`;
      const before = last?.journals.find((one) => one.annotator === annotator);
      const known = this.#stamps.get(annotator);
      if (before && known?.stamp === stamp && dequal(known.end, before)) return before;
      const going = before && (await this.#continued(before, path, signal));
      const hash = going ?? createHash('sha256');
      const base = going && before ? before : await this.#begun(`journal-${annotator}`);
      const tail = new WholeLines(hash);
      const bytes = await this.#append(base.log, going ? base.bytes : null, tail.of(piecesOf(source, base.bytes, size, signal)));
      this.#whole.add(base.log);
      const steps = base.steps + tail.lines;
      const end: JournalEnd = {
        ...{ annotator, log: base.log, bytes, sha256: hash.digest('hex'), steps },
        ...(tail.lines === 0 ? { last: base.last, isGapless: base.isGapless } : { last: tail.last.id, isGapless: tail.last.seq === steps }),
      };
      this.#stamps.set(annotator, { stamp, end });
      return end;
    } finally {
      await source.close();
    }
  }

  async #keepRecords(last: EarlierState | null, withGaps: readonly string[], signal?: AbortSignal): Promise<LogEnd> {
    const { fileSystem } = this.#place;
    const before = last && (await this.#recordsOf(last.records, signal));
    const live = [...(before?.known.values() ?? [])].reduce((sum, { lineBytes }) => sum + lineBytes, 0);
    const isGoing = before !== null && before.bytes <= Math.max(spareBytes, 3 * live);
    const { log, hash, known } = isGoing
      ? before
      : { log: (await this.#begun('records')).log, hash: createHash('sha256'), known: new Map<string, KnownRecord>() };
    const paths = await recordPaths(fileSystem, this.#layout, withGaps);
    const lines = hashed(changedRecords(fileSystem, this.#layout, paths, known), hash, signal);
    const bytes = await this.#append(log, isGoing ? before.bytes : null, lines);
    this.#records = { log, bytes, hash, known };
    return { log, bytes, sha256: hash.copy().digest('hex') };
  }

  // The records in force at the end of a log of records; null if the log is no longer what it was.
  async #recordsOf({ log, bytes, sha256 }: LogEnd, signal?: AbortSignal): Promise<Records | null> {
    if (this.#records?.log === log && this.#records.bytes === bytes && (await this.#isLong(log, bytes))) return this.#records;
    if (!(await this.#isLong(log, bytes))) return null;
    const content = await this.#place.fileSystem.readFile(this.#in(log));
    signal?.throwIfAborted();
    const hash = createHash('sha256').update(content);
    return hash.copy().digest('hex') === sha256 ? { log, bytes, hash, known: await recordsIn(content) } : null;
  }

  // The hash of the journal at `path` up to `end`, if the journal continues from there and the log of `end` is still what it was; otherwise null.
  async #continued({ log, bytes, sha256 }: JournalEnd, path: string, signal?: AbortSignal): Promise<Hash | null> {
    const { fileSystem } = this.#place;
    if (!(await this.#isLong(log, bytes))) return null;
    const hash = await hashOfStart(fileSystem, path, bytes, signal);
    if (hash?.copy().digest('hex') !== sha256) return null;
    if (this.#whole.has(log)) return hash;
    return (await hashOfStart(fileSystem, this.#in(log), bytes, signal))?.digest('hex') === sha256 ? hash : null;
  }

  // Whether a log ends where the newest state says. A longer log may hold what another state needs, or what a crash left.
  async #isLong(log: string, bytes: number): Promise<boolean> {
    const file = await opened(this.#place.fileSystem, this.#in(log));
    if (!file) return false;
    try {
      return (await file.size()) === bytes;
    } finally {
      await file.close();
    }
  }

  async #begun(name: string) {
    const taken = (await namesIn(this.#place.fileSystem, this.#place.folder)).flatMap((file) => {
      const [, stem, number] = /^(.+)-(\d+)\.jsonl$/.exec(file) ?? [];
      return stem === name ? Number(number) : [];
    });
    return { log: `${name}-${Math.max(0, ...taken) + 1}.jsonl`, bytes: 0, steps: 0, last: null, isGapless: true };
  }

  #append(log: string, bytes: number | null, pieces: AsyncIterable<Uint8Array>): Promise<number> {
    this.#appended.set(log, bytes);
    return appendToLog(this.#place.fileSystem, this.#in(log), bytes, pieces);
  }

  #in(log: string): string {
    return join(this.#place.folder, log);
  }
}

interface Newest {
  readonly id: string;
  readonly state: EarlierState;
}

// The newest state of the project in its place, and the newest of all, which may be of a copy or from before the project was moved.
async function newestStates({ fileSystem, folder, root }: KeepingPlace): Promise<{ own: Newest | null; any: Newest | null }> {
  let any: Newest | null = null;
  for (const [index, id] of (await statesIn(fileSystem, folder)).reverse().entries()) {
    const state = await readState(fileSystem, folder, id).catch(() => null);
    if (state?.place === root) return { own: { id, state }, any: any ?? { id, state } };
    if (state && index === 0) any = { id, state };
  }
  return { own: null, any };
}

const lineHead = /^\{"seq":(\d{1,15}),(?:"after":\d{1,16},)?"sha256":"[0-9a-f]{64}","gesture":\{"id":"([A-Za-z0-9_-]+)"/;

// Passes on a journal's bytes up to the last whole line, hashes them, and remembers the last line.
class WholeLines {
  lines = 0;
  readonly #hash: Hash;
  #rest: Uint8Array[] = [];
  #lastLine: Uint8Array = new Uint8Array();

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  /** The id of the last line's gesture and its number; nulls if the line cannot be read. */
  get last(): { readonly id: string | null; readonly seq: number | null } {
    // Reads only the head of the line, because a line can be as long as a whole journal.
    const [, seq, id] = lineHead.exec(Buffer.from(this.#lastLine.subarray(0, 400)).toString('latin1')) ?? [];
    return { id: id ?? null, seq: seq === undefined ? null : Number(seq) };
  }

  async *of(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      const end = piece.lastIndexOf(0x0a) + 1;
      if (end === 0) {
        this.#rest.push(piece);
        continue;
      }
      const whole = Buffer.concat([...this.#rest, piece.subarray(0, end)]);
      this.#rest = [piece.subarray(end)];
      for (let at = whole.indexOf(0x0a); at >= 0; at = whole.indexOf(0x0a, at + 1)) this.lines++;
      this.#lastLine = whole.subarray(whole.lastIndexOf(0x0a, whole.length - 2) + 1);
      this.#hash.update(whole);
      yield whole;
    }
  }
}

// Hashes pieces and joins small ones, because each is written separately.
async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: Hash, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    hash.update(piece);
    waiting.push(piece);
    size += piece.length;
    if (size < 1 << 16) continue;
    yield Buffer.concat(waiting);
    [waiting, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(waiting);
}
