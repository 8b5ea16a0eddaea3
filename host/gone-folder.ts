import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Notice, Reply } from '../core/failure.ts';
import { codeOf } from './storage/file-system.ts';

// What a project is told to be where its files are not found.
const codes: ReadonlySet<string> = new Set(['corrupt', 'not-saved']);

/** `reply`, or, where it fails because the whole folder of the project is no longer there, a failure that says so. */
export async function orGone(folder: string, reply: Reply): Promise<Reply> {
  if (reply.ok || !codes.has(reply.error.code) || !(await isGone(folder))) return reply;
  return { ok: false, error: { ...reply.error, ...goneWords(folder) } };
}

const goneWords = (folder: string) => ({
  message: `The folder of this project, “${basename(folder)}”, is no longer there: it was moved, renamed or removed, or its drive is gone.`,
  next: 'Put it back, or open the project where it is now.',
});

/** The notice that the whole folder of a project is gone; its files then tell nothing of other programs. */
export const goneNotice = (folder: string): Notice => ({ id: 'gone', severity: 'warning', ...goneWords(folder) });

/** Whether the folder of a project is no longer there. */
export const isGone = (folder: string): Promise<boolean> =>
  stat(folder).then(
    () => false,
    (error: unknown) => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR',
  );
