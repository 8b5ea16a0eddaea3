import { createHash, type Hash } from 'node:crypto';
import { dirname } from 'node:path';
import { AppError } from '../../core/failure.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { durableFolder, durableWrite, expectSize, writeAll } from './durable-write.ts';
import { unreadable } from './failures.ts';
import { codeOf, type FileSystem, type OpenFile } from './file-system.ts';
import { type JournalContent, type JournalEntry, journalLine, parseJournalInTurns } from './journal-lines.ts';
import type { OpeningCache } from './opening-cache.ts';
import { newQueue } from './queue.ts';
import { sha256 } from './strict-json.ts';

/** Where a journal lies. `root` is the project's folder and `name` names the journal in messages. `now` gives ISO 8601. */
export interface JournalPlace {
  readonly fileSystem: FileSystem;
  readonly path: string;
  readonly root: string;
  readonly name: string;
  readonly now: () => string;
  /** What earlier openings checked; all is checked without it. */
  readonly cache?: OpeningCache | undefined;
}

/**
 * The append-only list of one annotator's gestures, one a line. An appended gesture is acknowledged once it is on the disk; what
 * could not be acknowledged is cut off before the next one is written, so that nothing ever follows a torn line.
 */
export class Journal {
  readonly #place: JournalPlace;
  readonly #entries: JournalEntry[];
  readonly #seqOf: Map<string, number>;
  readonly #queue = newQueue();
  #lastSeq: number;
  /** Bytes of all acknowledged lines. */
  #size: number;
  #exists: boolean;
  #foldersSynced = false;
  /** Whether something may follow the acknowledged lines that has to go first. */
  #tailOpen: boolean;
  /** What a crash left behind the last whole line, to be kept aside before it is cut off. */
  #torn: Uint8Array | null;
  /** The last line as found when opened: it may be in this system's memory only, so it is written again before anything builds on it. */
  #lastLine: Uint8Array;
  /** When the file was last written, as it was when it held those bytes and nothing else; null where that is not known. */
  #modified: number | null = null;
  /** Over the bytes of all acknowledged lines. */
  readonly #hash: Hash;
  /** Why nothing may be appended; null when all is well. */
  readonly damage: JournalContent['damage'];

  private constructor(place: JournalPlace, bytes: Uint8Array | null, content: JournalContent, hash: Hash) {
    this.#place = place;
    this.#entries = [...content.entries];
    this.#seqOf = new Map(content.entries.map(({ seq, gesture }) => [gesture.id, seq]));
    this.#lastSeq = content.entries.at(-1)?.seq ?? 0;
    this.#size = content.size;
    this.#exists = bytes !== null;
    this.#torn = content.torn;
    this.#tailOpen = content.torn !== null;
    // A copy, since a part of the file's bytes would keep all of them in memory.
    this.#lastLine = Uint8Array.from(bytes?.subarray(content.lastLine, content.size) ?? []);
    this.damage = content.damage;
    this.#hash = hash;
  }

  /** The journal at `place`; an absent one is empty. Changes nothing on the disk. */
  static async open(place: JournalPlace): Promise<Journal> {
    let bytes: Uint8Array | null = null;
    try {
      bytes = await place.fileSystem.readFile(place.path);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    return new Journal(place, bytes, ...(await readWith(place, bytes ?? new Uint8Array())));
  }

  /** Every acknowledged gesture, in order. Grows with each append. */
  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Whether those bytes are a whole line whose checksum does not fit. */
  get isTornWhole(): boolean {
    return this.#torn?.at(-1) === 0x0a;
  }

  /** The number of the last line that was read or appended; 0 without any. */
  get lastLineSeq(): number {
    return this.#entries.at(-1)?.seq ?? 0;
  }

  /** The number of bytes behind the last whole line that a crash left unfinished. */
  get tornBytes(): number {
    return this.#torn?.length ?? 0;
  }

  /** Makes the next gesture come after `seq`: a snapshot holds that much, even if this journal does not. */
  advance(seq: number): void {
    this.#lastSeq = Math.max(this.#lastSeq, seq);
  }

  /** Whether the file holds something else than what was read and acknowledged here. A torn tail of ours is no change. */
  isChangedOutside(): Promise<boolean> {
    return this.#queue(async () => {
      if (this.#tailOpen) return false;
      try {
        const { size, modified } = await this.#place.fileSystem.stat(this.#place.path);
        // It is asked after each step of ours, and a long journal takes long to read.
        if (size === this.#size && modified === this.#modified) return false;
        const bytes = await this.#place.fileSystem.readFile(this.#place.path);
        const isSame = sha256(bytes) === this.#hash.copy().digest('hex');
        this.#modified = isSame ? modified : null;
        return !isSame;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return this.#exists;
        throw unreadable(error, this.#place.name);
      }
    });
  }

  /** The number of the gesture with this id, if it was acknowledged. */
  seqOf(id: string): number | undefined {
    return this.#seqOf.get(id);
  }

  /** Cuts a torn tail off now; what is cut is kept beside the journal. */
  repair(): Promise<void> {
    return this.#queue(() => (this.#tailOpen ? this.#withFile((file) => this.#cutTail(file)) : Promise.resolve()));
  }

  /** Returns once every line, also those found when opened, is on the disk. Nothing may be built on them before. */
  secure(): Promise<void> {
    return this.#queue(async () => {
      const isSecure = this.#lastLine.length === 0 && (this.#foldersSynced || !this.#exists);
      if (!isSecure) await this.#withFile((file) => this.#prepare(file));
    });
  }

  /** Appends `gesture` and answers its number once it is on the disk. One that is there already is not written again. */
  append(gesture: Gesture): Promise<number> {
    return this.#queue(async () => {
      const known = this.#seqOf.get(gesture.id);
      if (known !== undefined) return known;
      if (this.damage) throw new RangeError(`${this.#place.name} is damaged at line ${this.damage.line}`);
      const before = this.lastLineSeq;
      const seq = this.#lastSeq + 1;
      const entry = { seq, gesture, ...(seq === before + 1 ? {} : { after: before }) };
      const line = journalLine(entry);
      await this.#withFile(async (file) => {
        await this.#prepare(file);
        this.#tailOpen = true;
        await writeAll(file, line, this.#size);
        await expectSize(file, this.#size + line.length);
        await file.sync();
      });
      this.#tailOpen = false;
      this.#size += line.length;
      this.#hash.update(line);
      this.#lastSeq = entry.seq;
      this.#entries.push(entry);
      this.#seqOf.set(gesture.id, entry.seq);
      this.#modified = await this.#modifiedNow();
      return entry.seq;
    });
  }

  // The line is on the disk already: what fails here only makes the next look take longer.
  async #modifiedNow(): Promise<number | null> {
    try {
      const { size, modified } = await this.#place.fileSystem.stat(this.#place.path);
      return size === this.#size ? modified : null;
    } catch {
      return null;
    }
  }

  // Opened anew each time: after a failed sync the old descriptor cannot be trusted, and another program may have replaced the file.
  async #withFile(task: (file: OpenFile) => Promise<void>): Promise<void> {
    const { fileSystem, path, root } = this.#place;
    if (!this.#exists) await durableFolder(fileSystem, dirname(path), root);
    const file = await fileSystem.open(path, this.#exists ? 'r+' : 'wx').catch((error: unknown) => {
      throw !this.#exists && codeOf(error) === 'EEXIST' ? this.#changedOutside() : error;
    });
    this.#exists = true;
    try {
      await task(file);
    } finally {
      await file.close();
    }
  }

  async #prepare(file: OpenFile): Promise<void> {
    if (this.#tailOpen) await this.#cutTail(file);
    else await this.#expectOwnSize(file);
    if (this.#lastLine.length > 0) {
      // Written again, since a sync of what another process wrote may do nothing after that process's own sync failed.
      await writeAll(file, this.#lastLine, this.#size - this.#lastLine.length);
      await file.sync();
      this.#lastLine = new Uint8Array();
    }
    await this.#syncFolders();
  }

  async #cutTail(file: OpenFile): Promise<void> {
    if (this.#torn) {
      const { fileSystem, path, now } = this.#place;
      await durableWrite(fileSystem, `${path}.torn-${now().replaceAll(':', '-')}`, this.#torn);
      this.#torn = null;
    }
    await file.truncate(this.#size);
    await file.sync();
    this.#tailOpen = false;
  }

  async #expectOwnSize(file: OpenFile): Promise<void> {
    if ((await file.size()) !== this.#size) throw this.#changedOutside();
  }

  #changedOutside(): AppError {
    const message = `${this.#place.name} was changed by another program.`;
    return new AppError('conflict', message, 'Read the project again.', 'The edit is still in the page, and nothing was overwritten.');
  }

  // The names of the journal and of its folders, also where they were made by a run that crashed before they were on the disk.
  async #syncFolders(): Promise<void> {
    if (this.#foldersSynced) return;
    const { fileSystem, path, root } = this.#place;
    for (let folder = dirname(path); folder.length >= root.length; folder = dirname(folder)) {
      await fileSystem.syncFolder(folder);
      if (folder === root) break;
    }
    this.#foldersSynced = true;
  }
}

// What a journal's bytes hold, and the hash over those of them that count.
async function readWith({ path, cache }: JournalPlace, bytes: Uint8Array): Promise<[JournalContent, Hash]> {
  const known = cache?.journal(path);
  const before = createHash('sha256').update(bytes.subarray(0, known?.size ?? 0));
  const isKnown = known && known.size <= bytes.length && before.copy().digest('hex') === known.sha256;
  const content = await parseJournalInTurns(bytes, isKnown ? known.size : 0);
  const end = content.damage ? bytes.length : content.size;
  const hash = isKnown ? before.update(bytes.subarray(known.size, end)) : createHash('sha256').update(bytes.subarray(0, end));
  if (cache && !content.damage) cache.keepJournal(path, { size: content.size, sha256: hash.copy().digest('hex') });
  return [content, hash];
}
