import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { mostZipBytes, mostZipFiles } from '../files/zip-entry.ts';
import { expectHarmless, refusalOf, unpacked } from '../import/archive.ts';
import { FileRefusal } from '../import/file-refusal.ts';
import { codeOf, type FileSystem, type OpenFile } from '../storage/file-system.ts';
import { isPlainPath } from './project-files.ts';

/** The largest file that a backup can hold, in bytes. Files are read whole. */
export const packedFileLimit = 1_000_000_000;

const pieceBytes = 1 << 20;

/** A zip archive on the disk. Its files are unpacked one at a time. */
export interface PackedProject {
  /** The paths of its files, with `/`, in the order of the archive. */
  readonly paths: readonly string[];
  /** All bytes of one file. @throws FileRefusal if it is unsafe or damaged, RangeError for a path that is not in the archive */
  read(path: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Opens the archive at `path`. Everything that it says about itself is checked before anything is unpacked. Paths that lead outside it or that
 * another program would act on, links, two files of the same name, bombs, and more than a zip can hold are refused.
 * @throws FileRefusal if it is unsafe or damaged; errors of the disk as they are
 */
export async function openPacked(fileSystem: FileSystem, path: string): Promise<PackedProject> {
  const file = await fileSystem.open(path, 'r');
  try {
    const reader = new FileReader(file);
    const zip = await fromRandomAccessReaderPromise(reader, await file.size(), { autoClose: false });
    const entries = new Map<string, Entry>();
    const names = new Set<string>();
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      expectHarmless(entry, packedFileLimit);
      const { fileName } = entry;
      if (fileName.endsWith('/')) continue;
      if (!isPlainPath(fileName)) throw unsafe('it holds a file that is not part of a project');
      // Names that differ only in case or accents are the same on some systems.
      const name = fileName.normalize('NFC').toLowerCase();
      if (names.has(name)) throw unsafe('it holds two files with the same name');
      names.add(name);
      entries.set(fileName, entry);
      total += entry.uncompressedSize;
      if (entries.size > mostZipFiles || total > mostZipBytes) throw unsafe('it holds more than 65,535 files or 4 GB');
    }
    return {
      paths: [...entries.keys()],
      async read(name) {
        const entry = entries.get(name);
        if (!entry) throw new RangeError(`not in the archive: ${name}`);
        try {
          return await unpacked(await zip.openReadStreamPromise(entry), entry);
        } catch (error) {
          throw reasonFor(error);
        }
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw reasonFor(error);
  }
}

/** The files of `packed` as a read-only disk, under `root`. If `rest` is given, article texts that are not in `packed` are read from it. */
export function packedFileSystem(packed: PackedProject, root: string, rest: FileSystem | null): FileSystem {
  const folders = new Map<string, Set<string>>([['', new Set()]]);
  const files = new Set(packed.paths);
  for (const path of packed.paths) {
    for (let at = path; at !== ''; ) {
      const above = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      const names = folders.get(above) ?? new Set();
      folders.set(above, names.add(at.slice(above === '' ? 0 : above.length + 1)));
      at = above;
    }
  }
  const named = (path: string) => relative(root, path).split(sep).join('/');
  const fail = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
  const refuse = () => fail('EROFS');
  return {
    ...{
      open: refuse,
      rename: refuse,
      link: refuse,
      unlink: refuse,
      mkdir: refuse,
      rmdir: refuse,
      expectWritable: refuse,
      syncFolder: refuse,
    },
    async readdir(path) {
      const names = folders.get(named(path));
      return names ? [...names].sort() : fail('ENOENT');
    },
    async readFile(path) {
      const name = named(path);
      if (files.has(name)) return packed.read(name);
      return rest ? rest.readFile(join(root, name)) : fail('ENOENT');
    },
    async stat(path) {
      const name = named(path);
      if (folders.has(name)) return { kind: 'folder', size: 0, modified: 0 };
      return files.has(name) ? { kind: 'file', size: 0, modified: 0 } : fail('ENOENT');
    },
  };
}

class FileReader extends RandomAccessReader {
  readonly #file: OpenFile;

  constructor(file: OpenFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const file = this.#file;
    const pieces = async function* () {
      for (let at = start; at < end; ) {
        const piece = await file.read(at, Math.min(pieceBytes, end - at));
        if (piece.length === 0) return;
        at += piece.length;
        yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
      }
    };
    return Readable.from(pieces(), { objectMode: false });
  }
}

const unsafe = (reason: string) => new FileRefusal('unsafe', reason, '');

// An error of the disk stays what it is. zlib's errors have codes of another form.
function reasonFor(error: unknown): unknown {
  if (error instanceof FileRefusal || error instanceof RangeError) return error;
  return /^E[A-Z]+$/.test(codeOf(error) ?? '') ? error : refusalOf(error, 'backup');
}
