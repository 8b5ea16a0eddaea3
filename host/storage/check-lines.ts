import { AppError } from '../../core/failure.ts';
import { isTemporary } from './durable-write.ts';
import { reasonOf } from './failures.ts';
import { codeOf } from './file-system.ts';

/** The remedy for a file whose content is not what it should be. */
export const fromBackup = 'restore it from a backup';
/** The remedy for an article that is missing although other files refer to it. */
export const articleBack = 'restore it from a backup, or import its file again';
/** The problem with an article that no step ever listed, and the remedy. */
export const isNotListed =
  'is not listed, since its import was broken off; import its file again, or open the project and list it from the notice there';
/** The remedy for an id that the records of two annotators have, as after an import of the same dataset on two computers. */
export const oneIdEach = 'if both imported it, one of them undoes that import and tags it anew';
/** The remedy for a damaged snapshot whose journal is sound. */
export const fromJournal = 'delete it, and opening the project rebuilds it from the journal';
/** The remedy for a file in a project that is not one of its own. */
export const notOurs = 'not a file of Pressmark, perhaps a copy made by a sync program; move it out of the project';

/** The line in which the check reports a failure with the file `name`, and the remedy. If the failure names a file itself, only that name is used. */
export function lineOf(name: string, error: unknown): string {
  const reason = reasonOf(error);
  const [, file, rest] = /^(\S+) (.*)$/s.exec(reason) ?? [];
  const line = file?.startsWith(name) ? `${file}: it ${rest}` : `${name}: ${reason}`;
  if (error instanceof AppError) return `${line} ${error.failure.next.replace(/, then open the project again\.$/, '.')}`.trimEnd();
  return codeOf(error) === 'ENOENT' || error instanceof SyntaxError ? `${line}; ${fromBackup}` : line;
}

/**
 * Whether the storage itself keeps files of this name next to others: last good copies, files set aside or cut off, older formats, temporary files.
 */
export function isBeside(name: string): boolean {
  return isTemporary(name) || /\.(bak|corrupt-.+|torn-.+|format-\d+)$|^merged-[\w-]+$/.test(name);
}
