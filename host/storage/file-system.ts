import { closeSync, constants, fstatSync, fsync, lstatSync, openSync, readFileSync, writeSync } from 'node:fs';
import { access, type FileHandle, link, lstat, mkdir, open, readdir, readFile, rename, rmdir, unlink } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';

/** How a file is opened: `wx` creates it and fails if it already exists, `r+` changes an existing file, `r` reads. */
export type OpenMode = 'wx' | 'r+' | 'r';

/** An open file. Whoever opens it must close it. All numbers are bytes. */
export interface OpenFile {
  /** Writes `bytes`, starting at index `offset`, to the file at `position`. Returns how many bytes were written, which may be fewer than all. */
  write(bytes: Uint8Array, offset: number, position: number): Promise<number>;
  /** Returns once everything written is on the disk. After a failure, never call it again on the same open file. */
  sync(): Promise<void>;
  size(): Promise<number>;
  truncate(size: number): Promise<void>;
  readAll(): Promise<Uint8Array>;
  /**
   * Reads up to `length` bytes from `position`; fewer only at the end of the file. The result may be a part of `room` (a buffer of at least `length`
   * bytes), so it is valid only until `room` is used again.
   */
  read(position: number, length: number, room?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** What is at a path. `size` is in bytes, `modified` in milliseconds since 1970. */
export interface Entry {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  readonly modified: number;
}

/**
 * The disk as the storage sees it. Every access of host/storage goes through this port, so that tests can make any step fail or cut the power at it.
 * Failures are errors with a `code`, as Node gives them (`ENOENT`, `ENOSPC`…). Paths are absolute.
 */
export interface FileSystem {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /**
   * Creates a small file that does not exist yet. Afterwards its bytes are on the disk, but not yet its name. The caller may reuse `bytes` as soon as
   * the call returns, before the promise resolves. Meant for many small files: a disk that has this call needs half the time of the separate steps
   * `open`, `write`, `size`, `sync` and `close`, which are used where it is missing.
   */
  makeFile?(path: string, bytes: Uint8Array): Promise<void>;
  /** Replaces `to` in one step. */
  rename(from: string, to: string): Promise<void>;
  link(existing: string, added: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Creates one folder; its parent must exist. */
  mkdir(path: string): Promise<void>;
  /** Removes an empty folder. */
  rmdir(path: string): Promise<void>;
  /** The names in a folder, sorted. */
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Uint8Array>;
  /**
   * Reads many small files. Each result is the file's bytes, or the error that prevented reading it. A disk that has this call needs a fraction of
   * the time of that many calls of `readFile`. Where it is missing, the files are read one after another; see `readEach`.
   */
  readFiles?(paths: readonly string[]): (Uint8Array | Error)[];
  stat(path: string): Promise<Entry>;
  /**
   * For each of these files, a string that changes whenever the file changes, even if its size and time stay the same. It is null for a file that
   * does not exist, and for one that changed a moment ago, because the clock cannot tell two changes in the same moment apart. Where this call is
   * missing, every file has to be read to find out whether it changed.
   */
  stamps?(paths: readonly string[]): (string | null)[];
  /** Resolves if this person may change the file or folder at `path`; fails with EACCES, EPERM or EROFS if not. */
  expectWritable(path: string): Promise<void>;
  /** Returns once the names in a folder are on the disk. */
  syncFolder(path: string): Promise<void>;
}

/** The code of a failed disk operation (`ENOENT`, `ENOSPC`…); undefined if `error` is something else. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The names in a folder, sorted; empty if the folder does not exist. */
export async function namesIn(fileSystem: FileSystem, folder: string): Promise<string[]> {
  try {
    return await fileSystem.readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

// The number of files that are read before other work gets its turn: it takes less than a millisecond if the system has them in memory.
const atOnce = 32;
// A batch that took more than `waited` milliseconds and more disk accesses than half its files had to wait for the disk. A disk is much faster when
// it is asked for `together` files at once and for the next ones while these are being processed. After `untilSeen` files the loop checks whether the
// rest is in memory.
const waited = 2;
const together = 64;
const untilSeen = 1024;

/** The content of each file in `paths`, in the same order: its bytes, or the error that prevented reading it. For small files. */
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

// The number of files whose stamps are taken before other work gets its turn.
const stampedAtOnce = 512;

/** The stamps of the files in `paths`, in the same order; see `FileSystem.stamps`. All null if the file system has no stamps. */
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
 * Runs `task`, and again after each of `delays` (milliseconds) while another program blocks the file. On Windows, a virus scanner or an indexer opens
 * new files for a moment.
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
      // Some network shares cannot flush a folder at all; the promise (README.md) does not cover them, but they can still be used.
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
      if (count <= 0) throw Object.assign(new Error('the disk accepted no more data'), { code: 'ENOSPC' });
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

// Clocks of file systems advance in steps of up to two seconds (FAT).
const moment = 3000;

function stampNow(path: string, now: number): string | null {
  try {
    const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (!found || Number(found.ctimeMs) > now - moment) return null;
    return `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
  } catch {
    // Reading the file will report the reason.
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
