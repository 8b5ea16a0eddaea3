import { closeSync, constants, fstatSync, fsync, lstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { access, type FileHandle, link, lstat, mkdir, open, readdir, readFile, rename, rmdir, unlink } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How a file is opened: `wx` makes it and fails when it is there; `r+` changes one that is there; `r` reads. */
export type OpenMode = 'wx' | 'r+' | 'r';

/** An open file. Whoever opened it closes it. All numbers are bytes. */
export interface OpenFile {
  /** Writes `bytes` from index `offset` on, at `position` in the file. Answers how many were written, which may be fewer than all. */
  write(bytes: Uint8Array, offset: number, position: number): Promise<number>;
  /** Returns once what was written is on the disk. Never call it again on the same open file after it failed. */
  sync(): Promise<void>;
  size(): Promise<number>;
  truncate(size: number): Promise<void>;
  readAll(): Promise<Uint8Array>;
  /** Up to `length` bytes from `position` on; fewer only at the end of the file. They may lie in `room`, which has as many, until it is used again. */
  read(position: number, length: number, room?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What a path leads to. `size` is in bytes, `modified` in milliseconds since 1970. */
export interface Entry {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  readonly modified: number;
}

/**
 * The disk as the storage sees it: every access of host/storage goes through this port, so that tests can fail or cut the power at
 * any step. Failures are errors with a `code` as Node gives them (`ENOENT`, `ENOSPC`…). Paths are absolute.
 */
export interface FileSystem {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /**
   * Makes a small file that is not there yet; its bytes, not yet its name, are on the disk afterwards. They may be used again as soon as it
   * returns, before it is done. For many of them: what a disk gives by itself saves half the time of the steps. Without it these are `open`,
   * `write`, `size`, `sync`, `close`.
   */
  makeFile?(path: string, bytes: Uint8Array): Promise<void>;
  /** Replaces `to` in one step. */
  rename(from: string, to: string): Promise<void>;
  link(existing: string, added: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes one folder; its parent must be there. */
  mkdir(path: string): Promise<void>;
  /** Removes an empty folder. */
  rmdir(path: string): Promise<void>;
  /** The names in a folder, sorted. */
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Uint8Array>;
  /**
   * Reads many small files, each its bytes or the error that kept them back: what a disk gives by itself saves most of the time of as many
   * calls of `readFile`. Without it they are read one after another; see `readEach`.
   */
  readFiles?(paths: readonly string[]): (Uint8Array | Error)[];
  stat(path: string): Promise<Entry>;
  /**
   * For each of these files a word that changes whenever the file does, also where size and time are kept; null for one that is not there, and
   * for one that changed a moment ago, since its clock cannot tell two changes of one moment apart. Without it nothing is known unread.
   */
  stamps?(paths: readonly string[]): (string | null)[];
  /** Passes where this person may change the file or folder at `path`; fails with EACCES, EPERM or EROFS where not. */
  expectWritable(path: string): Promise<void>;
  /** Returns once the names in a folder are on the disk. */
  syncFolder(path: string): Promise<void>;
}

/** The code of a failed disk operation (`ENOENT`, `ENOSPC`…); undefined when `error` is something else. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The names in a folder, sorted; none when it is not there. */
export async function namesIn(fileSystem: FileSystem, folder: string): Promise<string[]> {
  try {
    return await fileSystem.readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

// So many files are read before other work has its turn: less than a millisecond's worth where the system has them in memory.
const atOnce = 32;
// Where that took so many milliseconds and as many accesses as half of them it waited for the disk, which gives much more to who asks for so many
// files together, and for the next ones while these are looked at. After so many it is seen whether the rest is in memory.
const waited = 2;
const together = 64;
const untilSeen = 1024;

/** The content of each of the files `paths`, in their order: its bytes, or the error that kept them back. For small files. */
export async function* readEach(fileSystem: FileSystem, paths: readonly string[]): AsyncGenerator<Uint8Array | Error> {
  const read = (path: string) => fileSystem.readFile(path).catch((error: Error) => error);
  if (!fileSystem.readFiles) {
    for (const path of paths) yield await read(path);
    return;
  }
  const readFrom = (start: number, end: number) => Promise.all(paths.slice(start, Math.min(start + together, end)).map(read));
  for (let first = 0; first < paths.length; ) {
    const begin = performance.now();
    const before = process.resourceUsage().fsRead;
    const found = fileSystem.readFiles(paths.slice(first, first + atOnce));
    const isSlow = performance.now() - begin > waited && process.resourceUsage().fsRead - before > atOnce / 2;
    first += atOnce;
    yield* found;
    await setImmediate();
    if (!isSlow) continue;
    const end = Math.min(first + untilSeen, paths.length);
    for (let reading = readFrom(first, end); first < end; ) {
      const some = await reading;
      first += some.length;
      reading = readFrom(first, end);
      yield* some;
    }
  }
}

// And of so many files the stamp is taken.
const stampedAtOnce = 512;

/** The stamps of the files `paths`, in their order; see `FileSystem.stamps`. All null where there are none. */
export async function stampsOf(fileSystem: FileSystem, paths: readonly string[]): Promise<(string | null)[]> {
  if (!fileSystem.stamps) return paths.map(() => null);
  const stamps: (string | null)[] = [];
  for (let first = 0; first < paths.length; first += stampedAtOnce) {
    stamps.push(...fileSystem.stamps(paths.slice(first, first + stampedAtOnce)));
    await setImmediate();
  }
  return stamps;
}

const busy = new Set(['EPERM', 'EACCES', 'EBUSY']);

/**
 * Runs `task` again after each of `delays` (milliseconds) as long as another program keeps the file from it: on Windows a virus
 * scanner or indexer opens new files for a moment.
 */
export async function retryWhileBusy(task: () => Promise<void>, delays: readonly number[]): Promise<void> {
  for (const delay of delays) {
    try {
      return await task();
    } catch (error) {
      if (!busy.has(codeOf(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  return task();
}

const isWindows = process.platform === 'win32';
const renameDelays = isWindows ? [10, 20, 40, 80, 150, 300, 400] : [];
const flags: Record<OpenMode, number> = {
  wx: constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY,
  'r+': constants.O_RDWR,
  r: constants.O_RDONLY,
};

/** The disk of this computer. */
export const nodeFileSystem: FileSystem = {
  async open(path, mode) {
    return openFile(await open(path, flags[mode], 0o600));
  },
  makeFile,
  rename: (from, to) => retryWhileBusy(() => rename(from, to), renameDelays),
  link,
  unlink,
  mkdir: async (path) => {
    await mkdir(path);
  },
  rmdir,
  readdir: async (path) => (await readdir(path)).sort(),
  readFile: (path) => readFile(path),
  readFiles: (paths) => paths.map(readNow),
  async stat(path) {
    const found = await lstat(path);
    return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', size: found.size, modified: found.mtimeMs };
  },
  stamps: (paths) => {
    const now = Date.now();
    return paths.map((path) => stampNow(path, now));
  },
  expectWritable: (path) => access(path, constants.W_OK),
  async syncFolder(path) {
    // Windows has no way to flush a folder.
    if (isWindows) return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } catch (error) {
      // Some network shares cannot flush a folder at all; they are outside the promise (README.md), but still usable.
      if (!['EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
    } finally {
      await folder.close();
    }
  },
};

const flushed = promisify(fsync);

async function makeFile(path: string, bytes: Uint8Array): Promise<void> {
  const file = openSync(path, flags.wx, 0o600);
  try {
    for (let written = 0; written < bytes.length; ) {
      const count = writeSync(file, bytes, written);
      if (count <= 0) throw Object.assign(new Error('the disk took no more bytes'), { code: 'ENOSPC' });
      written += count;
    }
    const { size } = fstatSync(file);
    if (size !== bytes.length) throw Object.assign(new Error(`the file has ${size} bytes instead of ${bytes.length}`), { code: 'EIO' });
    await flushed(file);
  } finally {
    closeSync(file);
  }
}

function readNow(path: string): Uint8Array | Error {
  try {
    return readFileSync(path);
  } catch (error) {
    return error as Error;
  }
}

// Clocks of file systems go in steps of up to two seconds (FAT).
const moment = 3000;

function stampNow(path: string, now: number): string | null {
  try {
    const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (!found || Number(found.ctimeMs) > now - moment) return null;
    return `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
  } catch {
    // Whoever reads it is told why it cannot be.
    return null;
  }
}

function openFile(handle: FileHandle): OpenFile {
  return {
    write: async (bytes, offset, position) => (await handle.write(bytes, offset, bytes.length - offset, position)).bytesWritten,
    sync: () => handle.sync(),
    size: async () => (await handle.stat()).size,
    truncate: (size) => handle.truncate(size),
    readAll: () => handle.readFile(),
    async read(position, length, room) {
      const bytes = room ?? Buffer.alloc(length);
      let had = 0;
      while (had < length) {
        const { bytesRead } = await handle.read(bytes, had, length - had, position + had);
        if (bytesRead === 0) break;
        had += bytesRead;
      }
      return bytes.subarray(0, had);
    },
    close: () => handle.close(),
  };
}
