import { AppError } from '../core/failure.ts';

/** Throws if `signal` is aborted; `what` names what was stopped, as in “The export”. @throws AppError `cancelled` */
export function expectNotCancelled(signal: AbortSignal | undefined, what = 'The export'): void {
  if (!signal?.aborted) return;
  throw new AppError('cancelled', `${what} was cancelled.`, 'Start it again whenever you like.', 'Nothing was written.');
}
