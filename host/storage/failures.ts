import { AppError } from '../../core/contract.ts';
import { codeOf } from './file-system.ts';

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'access was denied',
  EPERM: 'access was denied',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reported an error',
  ENOENT: 'it is no longer there',
};

/** Why a disk operation failed, in words for a person. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code) return `${reasons[code] ?? 'the system refused'} (${code})`;
  return error instanceof Error ? error.message : String(error);
}

/** `error` as the failure to save `file`; an AppError or a defect of ours stays what it is. */
export function notSaved(error: unknown, file: string, safe: string): unknown {
  if (!codeOf(error)) return error;
  const next = codeOf(error) === 'ENOSPC' ? 'Free some space on the disk, then try again.' : 'Check the disk, then try again.';
  return new AppError('not-saved', `${file} could not be written: ${reasonOf(error)}.`, next, safe);
}

/** The failure to read `file` as what it should be. */
export function unreadable(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  return new AppError(
    'corrupt',
    `${file} cannot be read: ${reasonOf(error)}.`,
    'Restore this file from a backup, then open the project again.',
  );
}
