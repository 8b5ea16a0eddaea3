import { basename, dirname, join } from 'node:path';
import { isTemporary } from '../storage/durable-write.ts';
import { codeOf, type FileSystem, namesIn } from '../storage/file-system.ts';
import { manifestName } from './manifest.ts';

/** A file of a project for its backup, or one that stays out of it. `path` is relative to the project, with `/`. */
export interface ProjectFile {
  readonly path: string;
  readonly isIn: boolean;
}

// What git and sync programs keep in a project is theirs, and what unpacks such a folder could be made to run.
const plainHidden = new Set(['.gitattributes', '.gitignore']);
const withoutText =
  /^(\.gitattributes|\.gitignore|project\.pressmark|codebook\.json|splits\.json|articles\/[^/]+\/article\.json|annotators\/[^/]+\/(annotator|entities|links|articles)\.json(\.bak)?|annotators\/[^/]+\/journal\.jsonl|annotators\/[^/]+\/articles\/[^/]+\.json(\.bak)?)$/;

/** Whether the file at `path` in a project holds the text of an article as it was imported. */
export function isArticleText(path: string): boolean {
  return /^articles\/[^/]+\/(text\.txt|original\.[a-z0-9]+)$/.test(path);
}

/** Whether `path` leads to a file inside a folder, on every system, and to none that another program would act on. */
export function isPlainPath(path: string): boolean {
  const parts = path.split('/');
  const isPlain = parts.every((name) => /^[^\p{Cc}\p{Cs}\\:]+$/u.test(name) && (!name.startsWith('.') || plainHidden.has(name)));
  return isPlain && !parts.slice(0, -1).some((name) => plainHidden.has(name));
}

/**
 * The files of the project in the folder `root`. They come so that each can be read before the next is asked for and all fit together
 * though somebody saves meanwhile: snapshots before the journals that hold what they hold, and both before the articles and the codebook that
 * they speak of. Temporary files and locks are passed over in silence; links, hidden files and, unless `text`, all that is not known to hold
 * no article's text are not in.
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
 * What `read` gives for the file or folder at `path`; null when it went away since its folder was read, and so is no part of the project any more.
 * One that its folder still names is read again, and then failing to find it is a failure.
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
