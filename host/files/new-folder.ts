import { dirname, join } from 'node:path';
import { AppError } from '../../core/failure.ts';
import { expectSize, writeNew } from '../storage/durable-write.ts';
import { notSaved } from '../storage/failures.ts';
import { codeOf, type FileSystem } from '../storage/file-system.ts';
import { projectFileName } from '../storage/layout.ts';
import { PiecewiseFile } from './piecewise-file.ts';

/**
 * Throws where `folder`, an absolute path, lies in a project: what is written there would be taken for a part of it, and go with it to
 * everybody who shares it. `what` begins the sentence that says so.
 * @throws AppError `bad-request`, `not-saved` when the disk cannot be read
 */
export async function expectOutsideProjects(fileSystem: FileSystem, folder: string, what: string): Promise<void> {
  for (let above = folder; ; above = dirname(above)) {
    const isProject = await fileSystem.stat(join(above, projectFileName)).then(
      () => true,
      (error: unknown) => {
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
        throw notSaved(error, `${what} in ${folder}`, 'Nothing was written.');
      },
    );
    if (isProject) {
      throw new AppError(
        'bad-request',
        `${what} was not written: ${folder} is inside the project ${above}.`,
        'Choose a folder outside the project.',
        'Nothing was written.',
      );
    }
    if (above === dirname(above)) return;
  }
}

/**
 * Whether `folder` is there already, empty; the folder above it must be there. `what` begins the sentence that says otherwise.
 * @throws AppError `bad-request` for a file and for a folder that holds something, `not-found`, `not-saved` when the disk cannot be read
 */
export async function expectEmpty(fileSystem: FileSystem, folder: string, what: string): Promise<boolean> {
  const refuse = (code: 'bad-request' | 'not-found', message: string, next: string) =>
    new AppError(code, message, next, 'Nothing was written.');
  try {
    if ((await fileSystem.readdir(folder)).length === 0) return true;
    throw refuse(
      'bad-request',
      `${what} was not written: the folder ${folder} is not empty.`,
      'Choose an empty folder, or a name that does not exist yet.',
    );
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') {
      throw refuse('bad-request', `${what} was not written: ${folder} is not a folder.`, 'Choose another name for the folder.');
    }
    if (codeOf(error) !== 'ENOENT') throw notSaved(error, `${what} in ${folder}`, 'Nothing was written.');
  }
  const above = dirname(folder);
  try {
    if ((await fileSystem.stat(above)).kind !== 'file') return false;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw notSaved(error, `${what} in ${folder}`, 'Nothing was written.');
  }
  throw refuse('not-found', `${what} was not written: there is no folder ${above}.`, 'Make that folder first, or choose another place.');
}

/** Gives the folder `made` the name `folder`, which lies beside it and is empty where it `wasThere`. Returns once the name is on the disk. */
export async function putInPlace(fileSystem: FileSystem, made: string, folder: string, wasThere: boolean): Promise<void> {
  // Not every system renames a folder over an empty one, so that one goes first; it comes back when the rename fails.
  if (wasThere) await fileSystem.rmdir(folder);
  try {
    await fileSystem.rename(made, folder);
  } catch (error) {
    if (wasThere) await fileSystem.mkdir(folder).catch(() => undefined);
    throw error;
  }
  try {
    await fileSystem.syncFolder(dirname(folder));
  } catch (error) {
    throw notSaved(error, `The name of the folder ${folder}`, 'The files are in it, but a power cut could still lose them.');
  }
}

// So many small files are written at a time, and so many bytes of them: a disk flushes several in the time of one.
const atOnce = 8;
const smallFile = 1_000_000;
const mostBytes = 4_000_000;

/** A piece of a file at `path`, which is relative with `/`: bytes, or text in UTF-8. After one that `ends` the file none of it follows. */
export interface FilePiece {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly ends: boolean;
}

/**
 * Writes files into a new folder, each piece at the end of its file. Files that come in one piece are written several at a time, so that what
 * keeps one from being written may be thrown when another is given, or at the end.
 */
export class FolderWriter {
  readonly folder: string;
  readonly #fileSystem: FileSystem;
  readonly #paths = new Set<string>();
  readonly #open = new Map<string, PiecewiseFile>();
  readonly #folders = new Set<string>();
  #running = 0;
  #onDone: () => void = () => undefined;
  #runningBytes = 0;
  #failure: { readonly error: unknown } | null = null;

  constructor(fileSystem: FileSystem, folder: string) {
    this.#fileSystem = fileSystem;
    this.folder = folder;
  }

  get paths(): Iterable<string> {
    return this.#paths;
  }

  async begin(): Promise<void> {
    await this.#makeFolder(this.folder);
  }

  /** Adds a piece. Once it returns the bytes may be used again. */
  async write({ path, content, ends }: FilePiece): Promise<void> {
    this.#expectWell();
    let file = this.#open.get(path);
    if (!file) {
      const place = join(this.folder, path);
      const folder = dirname(place);
      if (!this.#folders.has(folder)) await this.#makeFolders(folder);
      this.#paths.add(path);
      if (ends) return this.#writeWhole(place, typeof content === 'string' ? Buffer.from(content) : content);
      file = await PiecewiseFile.make(this.#fileSystem, place, true);
      this.#open.set(path, file);
    }
    await file.append(content);
    if (ends) await this.#end(path, file);
  }

  /** Returns once all files and their names are on the disk. */
  async finish(): Promise<void> {
    for (const [path, file] of [...this.#open]) await this.#end(path, file);
    await this.#rest(0);
    this.#expectWell();
    for (const folder of this.#folders) await this.#fileSystem.syncFolder(folder);
  }

  /** Removes all that was written; false when something could not be removed. The failure that led here is the one to report. */
  async discard(): Promise<boolean> {
    let isClean = true;
    const attempt = (step: Promise<void>) =>
      step.catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') isClean = false;
      });
    await this.#rest(0);
    // A file that is closed already may refuse to be closed again: only what stays on the disk counts.
    for (const file of this.#open.values()) if (!file.isClosed) await file.close().catch(() => undefined);
    for (const path of this.#paths) await attempt(this.#fileSystem.unlink(join(this.folder, path)));
    for (const folder of [...this.#folders].reverse()) await attempt(this.#fileSystem.rmdir(folder));
    return isClean;
  }

  // Only what is written by steps is copied: `makeFile` has taken the bytes when it returns.
  async #writeWhole(place: string, bytes: Uint8Array): Promise<void> {
    await this.#rest(atOnce - 1);
    this.#expectWell();
    this.#runningBytes += bytes.length;
    this.#running++;
    const made = bytes.length <= smallFile ? this.#fileSystem.makeFile?.(place, bytes) : undefined;
    const end = () => {
      this.#running--;
      this.#runningBytes -= bytes.length;
      this.#onDone();
    };
    (made ?? writeNew(this.#fileSystem, place, new Uint8Array(bytes))).then(end, (error: unknown) => {
      this.#failure ??= { error };
      end();
    });
  }

  // Waits until at most `most` files are being written.
  async #rest(most: number): Promise<void> {
    while (this.#running > most || (this.#runningBytes > mostBytes && this.#running > 0)) {
      await new Promise<void>((resolve) => {
        this.#onDone = resolve;
      });
    }
  }

  #expectWell(): void {
    if (this.#failure) throw this.#failure.error;
  }

  // All of it is on the disk afterwards.
  async #end(path: string, file: PiecewiseFile): Promise<void> {
    const open = await file.flush();
    await expectSize(open, file.size);
    await open.sync();
    await file.close();
    this.#open.delete(path);
  }

  async #makeFolders(folder: string): Promise<void> {
    if (this.#folders.has(folder)) return;
    await this.#makeFolders(dirname(folder));
    await this.#makeFolder(folder);
  }

  async #makeFolder(folder: string): Promise<void> {
    await this.#fileSystem.mkdir(folder);
    this.#folders.add(folder);
  }
}
