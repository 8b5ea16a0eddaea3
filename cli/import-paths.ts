import type { Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../core/failure.ts';
import { importableInside } from '../host/import/staging.ts';
import { reasonOf } from '../host/storage/failures.ts';
import { codeOf } from '../host/storage/file-system.ts';
import { projectFileName } from '../host/storage/layout.ts';

/** A file to import, by its name in messages, and its size in bytes; or the error if there is none at that place. */
export type FoundFile = { readonly file: string; readonly size: number } | { readonly file: string; readonly error: unknown };

/**
 * The files at `paths`, including those in subfolders, in the order of their names. In folders, hidden files, links, projects, and files of kinds
 * that cannot be imported are skipped; `onOther` is called with each skipped project, link and file of such a kind.
 */
export async function* filesAt(paths: readonly string[], onOther: (file: string) => void): AsyncGenerator<FoundFile> {
  for (const path of paths) {
    try {
      const entry = await stat(resolve(path)).catch(unreadableFile);
      if (entry.isDirectory()) yield* filesIn(path, onOther);
      else yield { file: path, size: (await expectFile(path)).size };
    } catch (error) {
      yield { file: path, error };
    }
  }
}

async function* filesIn(folder: string, onOther: (file: string) => void): AsyncGenerator<FoundFile> {
  const entries = await readdir(resolve(folder), { withFileTypes: true }).catch(unreadableFile);
  if (entries.some(({ name }) => name === projectFileName)) return onOther(folder);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    // An error with one file must not stop the others.
    try {
      if (entry.isDirectory()) yield* filesIn(path, onOther);
      else if (!entry.isFile() || (importableInside(path) && !path.toLowerCase().endsWith('.zip'))) onOther(path);
      else yield { file: path, size: (await expectFile(path)).size };
    } catch (error) {
      yield { file: path, error };
    }
  }
}

/**
 * The files at `path`: the file itself, or all files in a folder except hidden ones, links and projects, in the order of their names; null if nothing
 * is there. `fault` is the error of the first folder that cannot be read.
 */
export async function filesUnder(path: string): Promise<{ isFolder: boolean; files: string[]; fault: AppError | null } | null> {
  const entry = await stat(resolve(path)).catch(() => null);
  if (!entry?.isDirectory()) return entry?.isFile() ? { isFolder: false, files: [path], fault: null } : null;
  const files: string[] = [];
  let fault: AppError | null = null;
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(resolve(folder), { withFileTypes: true })
      .catch(unreadableFile)
      .catch((error: unknown) => {
        fault ??= namedFault(error, folder);
        return [];
      });
    if (entries.some(({ name }) => name === projectFileName)) return;
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const below = join(folder, entry.name);
      if (entry.isDirectory()) await walk(below);
      else if (entry.isFile()) files.push(below);
    }
  };
  await walk(path);
  return { isFolder: true, files, fault };
}

/** The state of the file at `path`. Refuses what has no end, such as a device or a pipe. @throws AppError as unreadableFile */
export async function expectFile(path: string): Promise<Stats> {
  const entry = await stat(resolve(path)).catch(unreadableFile);
  if (entry.isFile()) return entry;
  if (entry.isDirectory()) throw new AppError('unsupported', 'This is a folder.', 'Name a file.');
  throw new AppError('unsupported', 'This is not a file.', 'Name files and folders.');
}

/** The text of the file at `path`. @throws AppError as unreadableFile, with the name of the file */
export async function readTextFile(path: string): Promise<string> {
  return await expectFile(path)
    .then(() => readFile(resolve(path), 'utf8').catch(unreadableFile))
    .catch((error) => {
      throw namedFault(error, path);
    });
}

/** A failure to read, with the name of the file or folder it is about. Any error that is not an AppError is thrown. */
export function namedFault(error: unknown, path: string): AppError {
  if (!(error instanceof AppError)) throw error;
  return new AppError(error.failure.code, `${path}: ${error.message}`, error.failure.next, error.failure.safe);
}

/** Explains in words why a file could not be read. @throws AppError always, or the error itself if it is not one of the system */
export function unreadableFile(error: unknown): never {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') throw new AppError('not-found', 'There is no such file.', 'Check its name and its folder.');
  if (code === 'EACCES' || code === 'EPERM') {
    throw new AppError('unsupported', 'You may not read this file.', 'Change its permissions, then import it again.');
  }
  if (code)
    throw new AppError('unsupported', `This file cannot be read: ${reasonOf(error)}.`, 'Copy it to another disk, then import it again.');
  throw error;
}
