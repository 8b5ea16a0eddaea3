import { basename, dirname, join, resolve } from 'node:path';
import { projectFileName } from '../host/storage/layout.ts';

/** The folder of Pressmark itself, which holds package.json and out/. This file lies in cli/ there, or built in out/main/. */
export const home = resolve(import.meta.dirname, import.meta.url.endsWith('.ts') ? '..' : '../..');

/** The built page, and the articles of the sample project. */
export const pageFolder = join(home, 'out', 'renderer');
export const seedsFolder = join(home, 'seeds');

/** The folder of the project that a person named, by its folder or by its project file. */
export function projectFolder(path: string): string {
  const whole = resolve(path);
  return basename(whole) === projectFileName ? dirname(whole) : whole;
}
