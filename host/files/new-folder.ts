import { dirname, join } from 'node:path';
import { AppError } from '../../core/failure.ts';
import { expectSize, writeNew } from '../storage/durable-write.ts';
import { notSaved } from '../storage/failures.ts';
import { codeOf, type FileSystem } from '../storage/file-system.ts';
import { projectFileName } from '../storage/layout.ts';
import { PiecewiseFile } from './piecewise-file.ts';

/**
 * Throws if `folder`, an absolute path, is inside a project: what is written there would be taken for a part of the project, and would go with it to
 * everybody who shares it. `what` begins the sentence that says so.
 * @throws AppError `bad-request`, `not-saved` if the disk cannot be read
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
 * Returns true if `folder` exists and is empty, false if it does not exist; its parent folder must exist. `what` begins the sentence of a refusal.
 * @throws AppError `bad-request` for a file or a folder that is not empty, `not-found`, `not-saved` if the disk cannot be read
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

/** Renames the folder `made` to `folder`, which is next to it. If `wasThere`, `folder` exists and is empty. Returns once the name is on the disk. */
export async function putInPlace(fileSystem: FileSystem, made: string, folder: string, wasThere: boolean): Promise<void> {
  // Not every system can rename a folder over an empty one, so the empty one is removed first. If the rename fails, it is created again.
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

// The number of small files that are written at a time, and their total bytes: a disk flushes several in the time of one.
const atOnce = 8;
const smallFile = 1_000_000;
const mostBytes = 4_000_000;

/** A piece of the file at `path`, which is relative with `/`: bytes, or text in UTF-8. A piece that `ends` the file is its last. */
export interface FilePiece {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly ends: boolean;
}

/**
 * Writes files into a new folder, each piece at the end of its file. Files that come in one piece are written several at a time. An error in writing
 * one may therefore be thrown when another is passed, or at the end.
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

  /** Adds a piece. The caller may reuse the bytes once it returns. */
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

  /** Removes everything that was written; false if something could not be removed. The failure that led here is the one to report. */
  async discard(): Promise<boolean> {
    let isClean = true;
    const attempt = (step: Promise<void>) =>
      step.catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') isClean = false;
      });
    await this.#rest(0);
    // Closing may fail again for a file that failed before. Only what stays on the disk counts.
    for (const file of this.#open.values()) if (!file.isClosed) await file.close().catch(() => undefined);
    for (const path of this.#paths) await attempt(this.#fileSystem.unlink(join(this.folder, path)));
    for (const folder of [...this.#folders].reverse()) await attempt(this.#fileSystem.rmdir(folder));
    return isClean;
  }

  // The bytes are copied only for the slower way: `makeFile` is done with them when it returns.
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

  // Returns once the file's bytes are on the disk.
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
