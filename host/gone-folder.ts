import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Reply } from '../core/failure.ts';
import { codeOf } from './storage/file-system.ts';

// What a project is told to be where its files are not found.
const codes: ReadonlySet<string> = new Set(['corrupt', 'not-saved']);

/** `reply`, or, where it fails because the whole folder of the project is no longer there, a failure that says so. */
export async function orGone(folder: string, reply: Reply): Promise<Reply> {
  if (reply.ok || !codes.has(reply.error.code) || !(await isGone(folder))) return reply;
  const message = `The folder of this project, “${basename(folder)}”, is no longer there: it was moved, renamed or removed, or its drive is gone.`;
  return { ok: false, error: { ...reply.error, message, next: 'Put it back, or open the project where it is now.' } };
}

const isGone = (folder: string) =>
  stat(folder).then(
    () => false,
    (error: unknown) => codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR',
  );
