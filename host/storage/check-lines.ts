import { AppError } from '../../core/failure.ts';
import { isTemporary } from './durable-write.ts';
import { reasonOf } from './failures.ts';
import { codeOf } from './file-system.ts';

/** What helps where a file is not what it was. */
export const fromBackup = 'restore it from a backup';
/** What helps where an article is gone that others speak of. */
export const articleBack = 'restore it from a backup, or import its file again';
/** What is wrong with an article that no step ever listed, and what helps. */
export const isNotListed =
  'is not listed, since its import was broken off; import its file again, or open the project and list it from the notice there';
/** What helps where a snapshot is damaged and its journal is not. */
export const fromJournal = 'without it, opening the project makes it anew from the journal';
/** What helps where something lies in a project that is not its own. */
export const notOurs = 'not a file of Pressmark, perhaps a copy made by a sync program; move it out of the project';

/** The line of the check that tells of a failure with the file `name`, and what helps. A failure that names its file itself is told under that name, once. */
export function lineOf(name: string, error: unknown): string {
  const reason = reasonOf(error);
  const [, file, rest] = /^(\S+) (.*)$/s.exec(reason) ?? [];
  const line = file?.startsWith(name) ? `${file}: it ${rest}` : `${name}: ${reason}`;
  if (error instanceof AppError) return `${line} ${error.failure.next.replace(/, then open the project again\.$/, '.')}`.trimEnd();
  return codeOf(error) === 'ENOENT' || error instanceof SyntaxError ? `${line}; ${fromBackup}` : line;
}

/** Whether the storage itself keeps a file of this name beside others: last-good copies, what was set aside or cut off, older formats, temporary files. */
export function isBeside(name: string): boolean {
  return isTemporary(name) || /\.(bak|corrupt-.+|torn-.+|format-\d+)$|^merged-[\w-]+$/.test(name);
}
