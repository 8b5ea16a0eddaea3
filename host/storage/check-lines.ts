import { AppError } from '../../core/failure.ts';
import { reasonOf } from './failures.ts';
import { codeOf } from './file-system.ts';

/** What helps where a file is not what it was. */
export const fromBackup = 'restore it from a backup';
/** What helps where an article is gone that others speak of. */
export const articleBack = 'restore it from a backup, or import its file again';
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
