import type { ExportProgress } from '../../core/contract/dataset.ts';
import type { Client } from '../../core/contract.ts';

/** Whoever waits for long work: hears how far it is, if it takes long at all, and may end it. */
export interface Waiting {
  readonly onProgress: (progress: ExportProgress) => void;
  readonly signal: AbortSignal;
}

/** Long work that this page asks the host for. */
export function createJobs(client: Client, page: string, newId: () => string) {
  const waiting = new Map<string, Waiting>();
  return {
    /** What `call` comes to under an id of its own. @throws AppError `cancelled` once the signal is aborted */
    async run<T>(call: (owner: { page: string; job: string }) => Promise<T>, who: Waiting): Promise<T> {
      const job = newId();
      // A host that cannot be reached has ended it.
      const cancel = () => void client.cancelJob({ page, job }).catch(() => undefined);
      waiting.set(job, who);
      who.signal.addEventListener('abort', cancel);
      try {
        return await call({ page, job });
      } finally {
        who.signal.removeEventListener('abort', cancel);
        waiting.delete(job);
      }
    },
    /** Takes in how far the work `job` is. */
    hear: (job: string, progress: ExportProgress): void => waiting.get(job)?.onProgress(progress),
  };
}
