import { AppError } from '../../core/failure.ts';
import { codeOf } from './file-system.ts';

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'access was denied',
  EPERM: 'access was denied',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reported an error',
  ENOENT: 'it is no longer there',
  ENOTDIR: 'a file is where a folder should be',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links form a loop',
};

/** Why a disk operation failed, in words for a person. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code) return `${reasons[code] ?? 'the system refused'} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** `error` as the failure to save `file`. An AppError or a defect of ours is returned unchanged. */
export function notSaved(error: unknown, file: string, safe: string): unknown {
  if (!codeOf(error)) return error;
  const remedy = remedyOf(error) ?? 'Check the disk';
  return new AppError('not-saved', `${file} could not be written: ${reasonOf(error)}.`, `${remedy}, then try again.`, safe);
}

/** The failure to read `file` as what it should be. */
export function unreadable(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  // A file that people may edit by hand can also be repaired by hand.
  const mend =
    /^(?:codebook\.json|project\.pressmark)$/.test(file) && error instanceof SyntaxError
      ? 'Correct this file or restore it'
      : 'Restore this file';
  const remedy = remedyOf(error) ?? `${mend} from a backup`;
  return new AppError('corrupt', `${file} cannot be read: ${reasonOf(error)}.`, `${remedy}, then open the project again.`);
}

/** The failure when somebody other than the lead tries to do `what` (“change the codebook”). The lead is named if their name is known. */
export function notTheLead(lead: string | undefined, what: string): AppError {
  const who = lead === undefined ? 'the lead of this project' : `${lead}, who leads this project,`;
  return new AppError('read-only', `Only ${who} can ${what}.`, 'Ask them to do it, or switch to the lead.');
}

/** The state of an open project that decides whether it can be changed. */
export interface Standing {
  readonly isClosed: boolean;
  /** Whether the own journal is damaged. */
  readonly isDamaged: boolean;
  /** Whether the disk allows writing the own work. */
  readonly isWritable: boolean;
  /** Whether it was opened for reading only. */
  readonly isReader: boolean;
}

/** The failure to change a project that cannot be changed, with the reason. If no other reason applies, another program has the project open. */
export function readOnlyFailure({ isClosed, isDamaged, isWritable, isReader }: Standing): AppError {
  const [reason, next] = isClosed
    ? ['is closed', 'Open it again.']
    : isDamaged
      ? ['has a damaged journal', 'Restore the journal from a backup, then open the project again.']
      : !isWritable
        ? ['cannot be written to', 'Change its permissions, or copy it to a folder that you can write to, then open it again.']
        : isReader
          ? ['was opened for reading only', 'Open it again where it can be changed.']
          : ['is open in another window or program', 'Close it there, or do this there, then try again.'];
  return new AppError('read-only', `The project ${reason}, so nothing can be changed here.`, next);
}

// What helps if neither the disk nor the file is broken; null if that is unknown.
function remedyOf(error: unknown): string | null {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free some space on the disk';
    case 'EACCES':
    case 'EPERM':
      return 'Check the permissions of this file and of the folders it lies in';
    case 'EROFS':
      return 'Move it to a disk that can be written';
    case 'ENAMETOOLONG':
      return 'Choose a shorter name';
    case 'ELOOP':
      return 'Choose another place';
    default:
      return null;
  }
}
