import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { z } from 'zod';
import { AppError, type Notice } from '../../core/failure.ts';
import { durableFolder, durableWrite } from './durable-write.ts';
import { reasonOf, unreadable } from './failures.ts';
import { codeOf, type FileSystem } from './file-system.ts';
import { broughtForward, formatVersion } from './migrations.ts';
import { newQueue } from './queue.ts';
import { decode, fitted, linewise, parseObject, sha256 } from './strict-json.ts';

/** What a snapshot file holds: records as they were after the journal's gesture number `seq` (0: before the first). */
export interface Snapshot<T> {
  seq: number;
  data: T;
}

/** Where a snapshot is, inside the project's folder `root`. `name` names it in messages. Without `mayWrite`, nothing is set aside or written. */
export interface SnapshotPlace {
  readonly fileSystem: FileSystem;
  readonly path: string;
  readonly root: string;
  readonly name: string;
  readonly now: () => string;
  readonly mayWrite: boolean;
  readonly notify: (notice: Notice) => void;
}

/** A snapshot as read from its bytes. `rev` counts the writes; `isIntact` says whether the checksum matches. */
export interface OpenedSnapshot<T> extends Snapshot<T> {
  rev: number;
  isIntact: boolean;
}

/**
 * The lowdb adapter of one snapshot file: plain JSON in an envelope with a checksum over the exact bytes of `data`. A write replaces the file in one
 * step and returns once it is on the disk. A damaged file is set aside, never overwritten.
 */
export class SnapshotFile<T extends object> implements Adapter<Snapshot<T>> {
  readonly #place: SnapshotPlace;
  readonly #schema: z.ZodType<T>;
  readonly #queue = newQueue();
  #rev = 0;
  #isInspected = false;
  #isFolderThere = false;
  /** Whether the file on the disk is known to be good, so that it may become the last good copy. */
  #isGood = false;

  constructor(place: SnapshotPlace, schema: z.ZodType<T>) {
    this.#place = place;
    this.#schema = schema;
  }

  /** The snapshot on the disk, or null if there is none. @throws AppError `corrupt` if the disk fails, `newer-version`. */
  read(): Promise<Snapshot<T> | null> {
    return this.#queue(() => this.#inspect());
  }

  /** Replaces the snapshot. The content is copied at the call; later changes to `snapshot` do not reach the disk. */
  write(snapshot: Snapshot<T>): Promise<void> {
    const payload = linewise(snapshot.data);
    const { seq } = snapshot;
    return this.#queue(async () => {
      const { fileSystem, path, root, name, mayWrite } = this.#place;
      if (!mayWrite) throw new RangeError(`${name} is read-only`);
      if (!this.#isInspected) await this.#inspect();
      if (!this.#isFolderThere) await durableFolder(fileSystem, dirname(path), root);
      this.#isFolderThere = true;
      const rev = this.#rev + 1;
      const envelope = `{"format":${formatVersion},"sha256":"${sha256(payload)}","rev":${rev},"seq":${seq},"data":${payload}}\n`;
      await durableWrite(fileSystem, path, Buffer.from(envelope), this.#isGood);
      this.#rev = rev;
      this.#isGood = true;
    });
  }

  async #inspect(): Promise<Snapshot<T> | null> {
    const { path, name, mayWrite } = this.#place;
    this.#isGood = false;
    const bytes = await this.#bytes(path);
    let found: OpenedSnapshot<T> | null = null;
    if (bytes) {
      try {
        found = openSnapshot(bytes, name, this.#schema);
        this.#isGood = true;
        if (!found.isIntact) this.#tell('edited', 'info', `${name} was edited outside Pressmark; its content is taken as it is.`, '');
      } catch (error) {
        if (error instanceof AppError) throw error;
        found = await this.#lastGood();
        const source = found ? 'its last good copy' : 'the journal';
        const next = mayWrite ? 'The damaged file was kept beside it; delete it once all looks right.' : '';
        this.#tell('damaged', 'warning', `${name} is damaged (${reasonOf(error)}) and was restored from ${source}.`, next);
        if (mayWrite) await this.#setAside();
      }
    } else {
      found = await this.#lastGood();
    }
    this.#rev = Math.max(this.#rev, found?.rev ?? 0);
    this.#isInspected = true;
    return found && { seq: found.seq, data: found.data };
  }

  async #lastGood(): Promise<OpenedSnapshot<T> | null> {
    const bytes = await this.#bytes(`${this.#place.path}.bak`);
    if (!bytes) return null;
    try {
      return openSnapshot(bytes, `${this.#place.name}.bak`, this.#schema);
    } catch (error) {
      this.#tell('backup', 'warning', `${this.#place.name}.bak, the last good copy, is damaged too (${reasonOf(error)}).`, '');
      return null;
    }
  }

  async #setAside(): Promise<void> {
    const { fileSystem, path, name, now } = this.#place;
    const aside = `${path}.corrupt-${now().replaceAll(':', '-')}`;
    try {
      for (let count = 1; ; count++) {
        const free = count === 1 ? aside : `${aside}-${count}`;
        if (await isThere(fileSystem, free)) continue;
        return await fileSystem.rename(path, free);
      }
    } catch (error) {
      throw unreadable(error, name);
    }
  }

  async #bytes(path: string): Promise<Uint8Array | null> {
    try {
      return await this.#place.fileSystem.readFile(path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw unreadable(error, this.#place.name);
    }
  }

  #tell(kind: string, severity: Notice['severity'], message: string, next: string): void {
    this.#place.notify({ id: `${kind}:${this.#place.name}`, severity, message, next });
  }
}

const envelopeForm = /^\{"format":\d+,"sha256":"([0-9a-f]{64})","rev":\d+,"seq":(\d{1,15}),"data":/;
const Envelope = z.strictObject({
  format: z.literal(1),
  sha256: z.string(),
  rev: z.int().min(0),
  seq: z.int().min(0),
  data: z.unknown(),
});

/** Reads a snapshot from its bytes; `name` names the file. @throws SyntaxError or TypeError if they are damaged, AppError if they are newer */
export function openSnapshot<T>(bytes: Uint8Array, name: string, schema: z.ZodType<T>): OpenedSnapshot<T> {
  const { data, ...envelope } = openEnvelope(bytes, name);
  return { ...envelope, data: fitted(schema, data) };
}

/** Like `openSnapshot`, without checking what the snapshot holds. */
export function openEnvelope(bytes: Uint8Array, name: string): OpenedSnapshot<unknown> {
  const text = decode(bytes);
  const { record } = broughtForward(parseObject(text), name);
  const { rev, seq, data } = fitted(Envelope, record);
  return { rev, seq, data, isIntact: isIntactSnapshot(bytes) };
}

/** The number of the last step in a snapshot, read from its first line only; null if that line is not as we write it. */
export function seqOfSnapshot(bytes: Uint8Array): number | null {
  const seq = headOf(bytes)?.[2];
  return seq === undefined ? null : Number(seq);
}

/** Whether a snapshot's bytes are as they were written: their checksum matches. */
export function isIntactSnapshot(bytes: Uint8Array): boolean {
  const head = headOf(bytes);
  const isClosed = bytes.at(-2) === 0x7d && bytes.at(-1) === 0x0a;
  return head !== null && isClosed && sha256(bytes.subarray(head[0].length, -2)) === head[1];
}

// The head is all ASCII, so its length in characters is its length in bytes.
function headOf(bytes: Uint8Array): RegExpExecArray | null {
  return envelopeForm.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1'));
}

async function isThere(fileSystem: FileSystem, path: string): Promise<boolean> {
  try {
    await fileSystem.stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
