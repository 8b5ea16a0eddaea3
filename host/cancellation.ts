import { AppError } from '../core/failure.ts';

/** @throws AppError `cancelled` once `signal` is aborted */
export function expectNotCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new AppError('cancelled', 'The export was cancelled.', 'Export again when you want to.', 'Nothing was written.');
}
