import { basename, dirname, join } from 'node:path';
import { isTemporary } from '../storage/durable-write.ts';
import { codeOf, type FileSystem, namesIn } from '../storage/file-system.ts';
import { manifestName } from './manifest.ts';

/** A file of a project. `isIn` says whether it belongs in the backup. `path` is relative to the project, with `/`. */
export interface ProjectFile {
  readonly path: string;
  readonly isIn: boolean;
}

// Other hidden files belong to git and sync programs, and could make a program that finds them in the unpacked folder run something.
const plainHidden = new Set(['.gitattributes', '.gitignore']);
const withoutText =
  /^(\.gitattributes|\.gitignore|project\.pressmark|codebook\.json|splits\.json|articles\/[^/]+\/article\.json|annotators\/[^/]+\/(annotator|entities|links|articles)\.json(\.bak)?|annotators\/[^/]+\/journal\.jsonl|annotators\/[^/]+\/articles\/[^/]+\.json(\.bak)?)$/;

/** Whether the file at `path` in a project holds the text of an article as it was imported. */
export function isArticleText(path: string): boolean {
  return /^articles\/[^/]+\/(text\.txt|original\.[a-z0-9]+)$/.test(path);
}

/** Whether `path` leads to a file inside the folder on every system, and to no file that another program would act on. */
export function isPlainPath(path: string): boolean {
  const parts = path.split('/');
  const isPlain = parts.every((name) => /^[^\p{Cc}\p{Cs}\\:]+$/u.test(name) && (!name.startsWith('.') || plainHidden.has(name)));
  return isPlain && !parts.slice(0, -1).some((name) => plainHidden.has(name));
}

/**
 * The files of the project in the folder `root`. Their order makes them fit together even if somebody saves meanwhile, provided each is read before
 * the next is asked for: snapshots come before the journals that hold the same steps, and both before the articles and the codebook that they refer
 * to. Temporary files and locks are skipped. Links and hidden files are not in the backup, nor, without `text`, any file that might hold an article's
 * text.
 */
export async function* projectFiles(fileSystem: FileSystem, root: string, text: boolean): AsyncGenerator<ProjectFile> {
  const isJournal = (path: string) => /^annotators\/[^/]+\/journal\.jsonl$/.test(path);
  const annotators: ProjectFile[] = [];
  for await (const file of filesBelow('annotators')) annotators.push(file);
  yield* annotators.filter(({ path }) => !isJournal(path));
  yield* annotators.filter(({ path }) => isJournal(path));
  yield* filesBelow('articles');
  yield* filesBelow('', new Set(['annotators', 'articles', manifestName]));

  async function* filesBelow(folder: string, passed: ReadonlySet<string> = new Set()): AsyncGenerator<ProjectFile> {
    const whole = join(root, folder);
    const names = folder === '' ? await namesIn(fileSystem, whole) : await unlessGone(fileSystem, whole, (at) => fileSystem.readdir(at));
    for (const name of names ?? []) {
      if (passed.has(name) || isTemporary(name)) continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      const entry = await unlessGone(fileSystem, join(root, path), (whole) => fileSystem.stat(whole));
      if (!entry) continue;
      if (!isPlainPath(path) || entry.kind === 'other') yield { path, isIn: false };
      else if (entry.kind === 'folder') yield* filesBelow(path);
      else yield { path, isIn: text || withoutText.test(path) };
    }
  }
}

/**
 * The result of `read` for the file or folder at `path`; null if it was removed after its folder was read, because it is then no longer part of the
 * project. If its folder still lists it, it is read again, and a second failure is thrown.
 */
export async function unlessGone<T>(fileSystem: FileSystem, path: string, read: (path: string) => Promise<T>): Promise<T | null> {
  try {
    return await read(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const isNamed = (await namesIn(fileSystem, dirname(path))).includes(basename(path));
    return isNamed ? read(path) : null;
  }
}
