import { z } from 'zod';

/** What can go wrong between page and host. The list is closed, and a code never changes its meaning. */
export const FailureCode = z.enum([
  'bad-request', // the call itself was malformed
  'not-found', // a project, article or record that is not there
  'no-project', // no project is open here: the page shows the Project home
  'conflict', // the ground of an edit has changed
  'read-only', // another window or program writes this project
  'not-saved', // the disk refused; the edit is still in the page
  'corrupt', // a file cannot be read as what it should be
  'unsupported', // a file of a kind that cannot be imported
  'encoding', // a text that is not in UTF-8, which can be read once its encoding is named
  'too-large', // a file over the limit
  'newer-version', // written by a newer Pressmark
  'cancelled', // the person stopped it
  'internal', // a defect of Pressmark
]);
export type FailureCode = z.infer<typeof FailureCode>;

/** A failure in words for the user: what happened, what is safe, and one next step. */
export const Failure = z.strictObject({ code: FailureCode, message: z.string(), safe: z.string(), next: z.string() });
export type Failure = z.infer<typeof Failure>;

/** A failure as an Error, used on either side of the boundary. It crosses the boundary as a `Failure`, never as a throw. */
export class AppError extends Error {
  readonly failure: Failure;
  constructor(code: FailureCode, message: string, next: string, safe = 'Nothing was changed.') {
    super(message);
    this.name = 'AppError';
    this.failure = { code, message, safe, next };
  }
}

/** The answer to every call. */
export type Reply<T = unknown> = { ok: true; value: T } | { ok: false; error: Failure };

/** Something the user should know, shown until dismissed: for example, a damaged journal line was cut off, or a damaged file was set aside. */
export const Notice = z.strictObject({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  next: z.string(),
  /** The id of the command that does what `next` says, offered as a button. */
  command: z.string().optional(),
});
export type Notice = z.infer<typeof Notice>;
