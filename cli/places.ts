import { basename, dirname, join, resolve } from 'node:path';
import { projectFileName } from '../host/storage/layout.ts';

/** The folder of Pressmark itself. */
export const home = resolve(import.meta.dirname, '..');

/** The built page, and the articles of the sample project. */
export const pageFolder = join(home, 'out', 'renderer');
export const seedsFolder = join(home, 'seeds');

/** The folder of the project that a person named, by its folder or by its project file. */
export function projectFolder(path: string): string {
  const whole = resolve(path);
  return basename(whole) === projectFileName ? dirname(whole) : whole;
}
