import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../core/failure.ts';
import { projectFileName } from '../host/storage/layout.ts';

/** The folder of Pressmark itself, with package.json and out/. This file is in cli/, or, when built, in out/main/. */
export const home = resolve(import.meta.dirname, import.meta.url.endsWith('.ts') ? '..' : '../..');

/** The built page, and the articles of the sample project. */
export const pageFolder = join(home, 'out', 'renderer');
export const seedsFolder = join(home, 'seeds');

/**
 * The absolute path of the folder `path` that something new is to be written to. A link to a folder is resolved.
 * @throws AppError `bad-request` for a broken link
 */
export async function newFolder(path: string): Promise<string> {
  const whole = resolve(path);
  if (!(await lstat(whole).catch(() => null))?.isSymbolicLink()) return whole;
  return realpath(whole).catch(() => {
    throw new AppError(
      'bad-request',
      `${whole} is a link that leads nowhere.`,
      'Choose another name, or remove the link.',
      'Nothing was written.',
    );
  });
}

/** The folder of the project that a person gave, by its folder or by its project file. */
export function projectFolder(path: string): string {
  const whole = resolve(path);
  return basename(whole) === projectFileName ? dirname(whole) : whole;
}
