import { basename, dirname, join, resolve } from 'node:path';
import { AppError, type ExportProgress } from '../core/contract.ts';
import type { ExportRequest } from '../core/export-request.ts';
import type { Chunk, Loss } from '../core/formats/format.ts';
import { expectNotCancelled, runExport } from './dataset-export.ts';
import type { DatasetProject } from './dataset-source.ts';
import { expectSize, temporaryFor, writeAll } from './storage/durable-write.ts';
import { notSaved } from './storage/failures.ts';
import { codeOf, type FileSystem, type OpenFile } from './storage/file-system.ts';
import { projectFileName } from './storage/layout.ts';

/**
 * Writes the dataset of `project` into the folder `target`, which is empty or not there yet; the folder above it must be there. All is
 * written and flushed beside it first and then takes its place in one step, so that a failed or cancelled export leaves nothing.
 * @returns the paths of the files, relative to `target` with `/`, and what the format could not carry
 * @throws AppError `bad-request` for a folder that holds something, `not-found` when there is no folder to write in, `cancelled`
 * once `signal` is aborted, `not-saved` when the disk refuses, `corrupt` when the project cannot be read
 */
export async function writeExport(
  project: DatasetProject,
  request: ExportRequest,
  target: string,
  fileSystem: FileSystem,
  onProgress: (progress: ExportProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<{ files: string[]; losses: readonly Loss[] }> {
  const folder = resolve(target);
  await expectOutsideProjects(fileSystem, folder);
  const wasThere = await expectEmpty(fileSystem, folder);
  const writer = new FolderWriter(fileSystem, temporaryFor(folder));
  try {
    await writer.begin();
    const { losses } = await runExport(project, request, (chunk) => writer.write(chunk), onProgress, signal);
    await writer.finish();
    expectNotCancelled(signal);
    await putInPlace(fileSystem, writer.folder, folder, wasThere);
    return { files: [...writer.paths].sort(), losses };
  } catch (error) {
    const isClean = await writer.discard();
    const safe = isClean ? 'Nothing was left behind.' : `Remove the folder ${writer.folder}, which could not be removed.`;
    throw notSaved(error, `The dataset in ${folder}`, `${safe} The project is as it was.`);
  }
}

// A dataset in a project would be taken for a part of it, and goes with the project to everybody who shares it.
async function expectOutsideProjects(fileSystem: FileSystem, folder: string): Promise<void> {
  for (let above = folder; ; above = dirname(above)) {
    const isProject = await fileSystem.stat(join(above, projectFileName)).then(
      () => true,
      (error: unknown) => {
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
        throw notSaved(error, `The dataset in ${folder}`, 'Nothing was written.');
      },
    );
    if (isProject) {
      throw new AppError(
        'bad-request',
        `The dataset was not written: ${folder} lies in the project ${above}.`,
        'Choose a folder outside of the project.',
        'Nothing was written.',
      );
    }
    if (above === dirname(above)) return;
  }
}

// Whether the folder is there already, empty.
async function expectEmpty(fileSystem: FileSystem, folder: string): Promise<boolean> {
  const refuse = (code: 'bad-request' | 'not-found', message: string, next: string) =>
    new AppError(code, message, next, 'Nothing was written.');
  try {
    if ((await fileSystem.readdir(folder)).length === 0) return true;
    throw refuse(
      'bad-request',
      `The dataset was not written: the folder ${folder} is not empty.`,
      'Choose an empty folder, or a name that is not there yet.',
    );
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') {
      throw refuse('bad-request', `The dataset was not written: ${folder} is not a folder.`, 'Choose another name for the folder.');
    }
    if (codeOf(error) !== 'ENOENT') throw notSaved(error, `The dataset in ${folder}`, 'Nothing was written.');
  }
  const above = dirname(folder);
  try {
    if ((await fileSystem.stat(above)).kind !== 'file') return false;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw notSaved(error, `The dataset in ${folder}`, 'Nothing was written.');
  }
  throw refuse(
    'not-found',
    `The dataset was not written: there is no folder ${above}.`,
    `Make that folder, then export to ${basename(folder)} in it.`,
  );
}

// Not every system renames a folder over an empty one, so that one goes first; it comes back when the rename fails.
async function putInPlace(fileSystem: FileSystem, made: string, folder: string, wasThere: boolean): Promise<void> {
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

interface Written {
  readonly file: OpenFile;
  size: number;
  isClosed: boolean;
}

/** Writes the files of an export into a new folder, each piece at the end of its file. */
class FolderWriter {
  readonly folder: string;
  readonly #fileSystem: FileSystem;
  readonly #files = new Map<string, Written>();
  readonly #folders: string[] = [];

  constructor(fileSystem: FileSystem, folder: string) {
    this.#fileSystem = fileSystem;
    this.folder = folder;
  }

  get paths(): Iterable<string> {
    return this.#files.keys();
  }

  async begin(): Promise<void> {
    await this.#makeFolder(this.folder);
  }

  async write({ path, content, ends }: Chunk): Promise<void> {
    let entry = this.#files.get(path);
    if (!entry) {
      const place = join(this.folder, path);
      await this.#makeFolders(dirname(place));
      entry = { file: await this.#fileSystem.open(place, 'wx'), size: 0, isClosed: false };
      this.#files.set(path, entry);
    }
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    await writeAll(entry.file, bytes, entry.size);
    entry.size += bytes.length;
    if (ends) await this.#close(entry);
  }

  /** Returns once all files and their names are on the disk. */
  async finish(): Promise<void> {
    for (const entry of this.#files.values()) if (!entry.isClosed) await this.#close(entry);
    for (const folder of this.#folders) await this.#fileSystem.syncFolder(folder);
  }

  /** Removes all that was written; false when something could not be removed. The failure that led here is the one to report. */
  async discard(): Promise<boolean> {
    let isClean = true;
    const attempt = (step: Promise<void>) =>
      step.catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') isClean = false;
      });
    // A file that is closed already may refuse to be closed again: only what stays on the disk counts.
    for (const { file, isClosed } of this.#files.values()) if (!isClosed) await file.close().catch(() => undefined);
    for (const path of this.#files.keys()) await attempt(this.#fileSystem.unlink(join(this.folder, path)));
    for (const folder of this.#folders.toReversed()) await attempt(this.#fileSystem.rmdir(folder));
    return isClean;
  }

  async #close(entry: Written): Promise<void> {
    await expectSize(entry.file, entry.size);
    await entry.file.sync();
    await entry.file.close();
    entry.isClosed = true;
  }

  async #makeFolders(folder: string): Promise<void> {
    if (this.#folders.includes(folder)) return;
    await this.#makeFolders(dirname(folder));
    await this.#makeFolder(folder);
  }

  async #makeFolder(folder: string): Promise<void> {
    await this.#fileSystem.mkdir(folder);
    this.#folders.push(folder);
  }
}
