import { dirname, join, resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { Zip } from 'fflate';
import { AppError } from '../../core/failure.ts';
import { expectNotCancelled } from '../cancellation.ts';
import { cleanTemporaryFor } from '../files/left-behind.ts';
import { expectOutsideProjects } from '../files/new-folder.ts';
import { mostZipBytes, mostZipFiles, ZipEntry } from '../files/zip-entry.ts';
import { archiveLimits, smallBytes } from '../import/archive.ts';
import { FileRefusal } from '../import/file-refusal.ts';
import { checkProject } from '../storage/check.ts';
import { expectSize, writeAll } from '../storage/durable-write.ts';
import { notSaved, reasonOf } from '../storage/failures.ts';
import { codeOf, type FileSystem, nodeFileSystem, type OpenFile } from '../storage/file-system.ts';
import { layoutOf } from '../storage/layout.ts';
import { expectProject } from '../storage/opening.ts';
import { sha256 } from '../storage/strict-json.ts';
import { type BackedUpFile, manifestBytes, manifestName } from './manifest.ts';
import { openPacked, packedFileLimit, packedFileSystem } from './packed-project.ts';
import { isArticleText, projectFiles, unlessGone } from './project-files.ts';

/** How a backup is made. `text` is usually true; without it, the backup lacks the texts and originals of the articles. */
export interface BackupOptions {
  readonly text?: boolean;
  readonly fileSystem?: FileSystem;
  /** Called with the number of files packed so far, then with the number read back. */
  readonly onProgress?: (step: 'packing' | 'checking', done: number) => void;
  readonly signal?: AbortSignal;
}

/** What a backup holds. */
export interface Backup {
  /** The number of files of the project, and the size of the archive in bytes. */
  readonly files: number;
  readonly bytes: number;
  /** What is in the project but not in the backup, except article texts that were left out on purpose. Paths with `/`. */
  readonly leftOut: readonly string[];
  /** What `checkProject` finds wrong in the backup: damage in the project itself. */
  readonly problems: readonly string[];
}

/**
 * Writes the project in `folder` into the new zip archive `target`. The same project gives the same bytes. The archive is written next to its final
 * place, read back, compared and checked, and is renamed only then, so that a failed or cancelled backup leaves nothing behind. The project needs no
 * lock and may be saved meanwhile. Only one file at a time is in memory.
 * @throws AppError `not-found` if there is no project in `folder` or no folder to write to, `bad-request` for a target that exists or is inside a
 * project, `too-large` for what no zip can hold, `cancelled`, `not-saved`, `corrupt` for a project that cannot be read or an archive that reads back
 * differently
 */
export async function backupProject(folder: string, target: string, options: BackupOptions = {}): Promise<Backup> {
  const { text = true, fileSystem = nodeFileSystem, onProgress = () => {}, signal } = options;
  const root = resolve(folder);
  const place = resolve(target);
  await expectProject(fileSystem, layoutOf(root));
  await expectFree(fileSystem, place);
  const temporary = await cleanTemporaryFor(fileSystem, place);
  try {
    const archive = await fileSystem.open(temporary, 'wx');
    const files: BackedUpFile[] = [];
    const leftOut: string[] = [];
    const writer = new ArchiveWriter(archive);
    try {
      for await (const { path, isIn } of readable(root, projectFiles(fileSystem, root, text))) {
        expectNotCancelled(signal, 'The backup');
        if (!isIn) {
          if (text || !isArticleText(path)) leftOut.push(path);
          continue;
        }
        const bytes = await contentOf(fileSystem, root, path);
        if (bytes === null) continue;
        await writer.add(path, bytes);
        files.push({ path, bytes: bytes.length, sha256: sha256(bytes) });
        onProgress('packing', files.length);
      }
      await writer.add(manifestName, manifestBytes({ format: 1, text, files }));
      await writer.finish();
    } finally {
      await archive.close();
    }
    const problems = await readBack(fileSystem, { archive: temporary, root, files, text }, (done) => {
      expectNotCancelled(signal, 'The backup');
      onProgress('checking', done);
    });
    await fileSystem.rename(temporary, place);
    await fileSystem.syncFolder(dirname(place));
    return { files: files.length, bytes: writer.bytes, leftOut, problems };
  } catch (error) {
    await fileSystem.unlink(temporary).catch(() => undefined);
    throw notSaved(error, `The backup ${place}`, 'No backup was made. The project is as it was.');
  }
}

async function expectFree(fileSystem: FileSystem, place: string): Promise<void> {
  const refuse = (code: 'bad-request' | 'not-found', message: string, next: string) =>
    new AppError(code, message, next, 'No backup was made. The project is as it was.');
  await expectOutsideProjects(fileSystem, dirname(place), 'The backup');
  const kindAt = (path: string) =>
    fileSystem.stat(path).then(
      ({ kind }) => kind,
      (error: unknown) => {
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
        throw notSaved(error, `The backup ${place}`, 'No backup was made. The project is as it was.');
      },
    );
  if ((await kindAt(place)) !== null)
    throw refuse('bad-request', `There is already something at ${place}.`, 'Choose another name for the backup.');
  const above = await kindAt(dirname(place));
  if (above === null || above === 'file')
    throw refuse('not-found', `There is no folder ${dirname(place)}.`, 'Make that folder first, or choose another.');
}

function unreadableHere(error: unknown, path: string): unknown {
  if (!codeOf(error)) return error;
  const next = 'Check the disk and your permissions there, then make the backup again.';
  return new AppError('corrupt', `${path} cannot be read: ${reasonOf(error)}.`, next, 'No backup was made. The project is as it was.');
}

async function* readable<T>(root: string, files: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    for await (const file of files) yield file;
  } catch (error) {
    throw unreadableHere(error, root);
  }
}

// Null for a file that was removed after its folder was read, for example because another file replaced it under a different name.
async function contentOf(fileSystem: FileSystem, root: string, path: string): Promise<Uint8Array | null> {
  try {
    return await unlessGone(fileSystem, join(root, path), async (whole) => {
      if ((await fileSystem.stat(whole)).size > packedFileLimit) throw tooLarge();
      return fileSystem.readFile(whole);
    });
  } catch (error) {
    throw unreadableHere(error, path);
  }
}

interface Written {
  readonly archive: string;
  readonly root: string;
  readonly files: readonly BackedUpFile[];
  readonly text: boolean;
}

// Problems in the project itself are returned. An archive that differs from what was read is a failure.
async function readBack(
  fileSystem: FileSystem,
  { archive, root, files, text }: Written,
  onRead: (done: number) => void,
): Promise<string[]> {
  const differs = (reason: string) =>
    new AppError(
      'corrupt',
      `The backup was read back and ${reason}.`,
      'Check the disk, or choose another one.',
      'No backup was made. The project is as it was.',
    );
  try {
    const packed = await openPacked(fileSystem, archive);
    try {
      if (packed.paths.length !== files.length + 1) throw differs('lacks files');
      for (const [index, file] of files.entries()) {
        const bytes = await packed.read(file.path);
        if (bytes.length !== file.bytes || sha256(bytes) !== file.sha256) throw differs(`${file.path} in it is not what was written`);
        onRead(index + 1);
      }
      const problems: string[] = [];
      for await (const problem of checkProject(root, packedFileSystem(packed, root, text ? null : fileSystem))) problems.push(problem);
      return problems;
    } finally {
      await packed.close();
    }
  } catch (error) {
    throw error instanceof FileRefusal ? differs(error.reason) : error;
  }
}

class ArchiveWriter {
  bytes = 0;
  readonly #file: OpenFile;
  readonly #zip: Zip;
  #parts: Uint8Array[] = [];
  #entries = 0;
  #unpacked = 0;

  constructor(file: OpenFile) {
    this.#file = file;
    this.#zip = new Zip((error, part) => {
      if (error) throw error;
      this.#parts.push(part);
    });
  }

  async add(path: string, bytes: Uint8Array): Promise<void> {
    this.#unpacked += bytes.length;
    if (++this.#entries > mostZipFiles || this.#unpacked > mostZipBytes) throw tooLarge();
    const packed = deflateRawSync(bytes, { level: 6 });
    // A file that packs as well as a bomb would be refused at the restore, so it is stored unpacked.
    const isPacked = bytes.length <= smallBytes || bytes.length <= packed.length * archiveLimits.ratio;
    const entry = new ZipEntry(path, isPacked);
    this.#zip.add(entry);
    entry.push(bytes, true);
    entry.ondata(null, isPacked ? packed : new Uint8Array(bytes), true);
    await this.#flush();
  }

  async finish(): Promise<void> {
    this.#zip.end();
    await this.#flush();
    await expectSize(this.#file, this.bytes);
    await this.#file.sync();
  }

  async #flush(): Promise<void> {
    for (const part of this.#parts) {
      await writeAll(this.#file, part, this.bytes);
      this.bytes += part.length;
    }
    this.#parts = [];
    if (this.bytes > mostZipBytes) throw tooLarge();
  }
}

function tooLarge(): AppError {
  return new AppError(
    'too-large',
    'This project is too large for a zip, which holds 65,535 files and 4 GB.',
    'Copy its folder instead, while it is closed.',
    'No backup was made. The project is as it was.',
  );
}
