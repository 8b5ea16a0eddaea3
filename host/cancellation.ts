import { AppError } from '../core/failure.ts';

/** `what` was stopped, as in “The export”. @throws AppError `cancelled` once `signal` is aborted */
export function expectNotCancelled(signal: AbortSignal | undefined, what = 'The export'): void {
  if (!signal?.aborted) return;
  throw new AppError('cancelled', `${what} was cancelled.`, 'Start it again whenever you like.', 'Nothing was written.');
}
