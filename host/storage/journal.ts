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

/** Where a journal is. `root` is the project's folder, `name` names the journal in messages, and `now` returns ISO 8601. */
export interface JournalPlace {
  readonly fileSystem: FileSystem;
  readonly path: string;
  readonly root: string;
  readonly name: string;
  readonly now: () => string;
  /** What earlier openings checked; without it, everything is checked. */
  readonly cache?: OpeningCache | undefined;
}

/**
 * The append-only list of one annotator's gestures, one per line. An appended gesture is acknowledged once it is on the disk. If a gesture could not
 * be acknowledged, the bytes it left are cut off before the next one is written, so that nothing is ever written after a torn line.
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
  /** Whether the file may hold bytes after the acknowledged lines. They must be cut off first. */
  #tailOpen: boolean;
  /** What a crash left after the last whole line. It is kept in a separate file before it is cut off. */
  #torn: Uint8Array | null;
  /** The last line when the journal was opened. It may be only in the system's memory, so it is written again before anything builds on it. */
  #lastLine: Uint8Array;
  /** When the file was last written, taken while it held exactly the acknowledged lines; null if unknown. */
  #modified: number | null = null;
  /** The hash of the bytes of all acknowledged lines. */
  readonly #hash: Hash;
  /** Why nothing may be appended; null if the journal is sound. */
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
    // Copied, because a view of the file's bytes would keep all of them in memory.
    this.#lastLine = Uint8Array.from(bytes?.subarray(content.lastLine, content.size) ?? []);
    this.damage = content.damage;
    this.#hash = hash;
  }

  /** Opens the journal at `place`. A missing file counts as an empty journal. Changes nothing on the disk. */
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

  /** Whether the torn bytes are a whole line whose checksum does not match. */
  get isTornWhole(): boolean {
    return this.#torn?.at(-1) === 0x0a;
  }

  /** The number of the last line that was read or appended; 0 if there is none. */
  get lastLineSeq(): number {
    return this.#entries.at(-1)?.seq ?? 0;
  }

  /** The number of bytes after the last whole line, which a crash left unfinished. */
  get tornBytes(): number {
    return this.#torn?.length ?? 0;
  }

  /** Makes the next gesture come after `seq`, because a snapshot holds the gestures up to `seq` even if this journal does not. */
  advance(seq: number): void {
    this.#lastSeq = Math.max(this.#lastSeq, seq);
  }

  /** Whether the file differs from what was read and acknowledged here. A torn tail that we left ourselves does not count. */
  isChangedOutside(): Promise<boolean> {
    return this.#queue(async () => {
      if (this.#tailOpen) return false;
      try {
        const { size, modified } = await this.#place.fileSystem.stat(this.#place.path);
        // This check runs after each of our steps, and reading a long journal takes long.
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

  /** Cuts off a torn tail now, and keeps it in a file next to the journal. */
  repair(): Promise<void> {
    return this.#queue(() => (this.#tailOpen ? this.#withFile((file) => this.#cutTail(file)) : Promise.resolve()));
  }

  /** Returns once every line is on the disk, including those found when the journal was opened. Nothing may build on them before that. */
  secure(): Promise<void> {
    return this.#queue(async () => {
      const isSecure = this.#lastLine.length === 0 && (this.#foldersSynced || !this.#exists);
      if (!isSecure) await this.#withFile((file) => this.#prepare(file));
    });
  }

  /** Appends `gesture` and returns its number once it is on the disk. A gesture that is already in the journal is not written again. */
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

  // The line is already on the disk. If this fails, only the next check takes longer.
  async #modifiedNow(): Promise<number | null> {
    try {
      const { size, modified } = await this.#place.fileSystem.stat(this.#place.path);
      return size === this.#size ? modified : null;
    } catch {
      return null;
    }
  }

  // Opens the file each time, because a descriptor cannot be trusted after a failed sync, and another program may have replaced the file.
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
      // Written again: if another process wrote this line and its sync failed, a sync of ours may do nothing.
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

  // Syncs the names of the journal and of its folders, even if an earlier run created them, which may have crashed before they were on the disk.
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

// Reads the content of a journal from its bytes, and the hash of the bytes that count.
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
