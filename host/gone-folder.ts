import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Notice, Reply } from '../core/failure.ts';
import { codeOf } from './storage/file-system.ts';

// The codes of failures that a missing project folder can cause.
const codes: ReadonlySet<string> = new Set(['corrupt', 'not-saved']);

/** Returns `reply`. If it failed because the whole folder of the project is missing, returns a failure that says so. */
export async function orGone(folder: string, reply: Reply): Promise<Reply> {
  if (reply.ok || !codes.has(reply.error.code) || !(await isGone(folder))) return reply;
  return { ok: false, error: { ...reply.error, ...goneWords(folder) } };
}

const goneWords = (folder: string) => ({
  message: `The folder of this project, “${basename(folder)}”, is no longer there: it was moved, renamed or removed, or its drive is gone.`,
  next: 'Put it back, or open the project where it is now.',
});

/** The notice that the whole folder of a project is gone. Its missing files then say nothing about other programs. */
export const goneNotice = (folder: string): Notice => ({ id: 'gone', severity: 'warning', ...goneWords(folder) });

/** Whether the folder of a project no longer exists. */
export const isGone = (folder: string): Promise<boolean> =>
  stat(folder).then(
    () => false,
    (error: unknown) => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR',
  );
