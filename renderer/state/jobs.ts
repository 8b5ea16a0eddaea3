import type { ExportProgress } from '../../core/contract/dataset.ts';
import type { Client } from '../../core/contract.ts';

/** Someone waiting for a long job. Is told its progress if it takes long, and may cancel it. */
export interface Waiting {
  readonly onProgress: (progress: ExportProgress) => void;
  readonly signal: AbortSignal;
}

/** Long jobs that this page asks the host to do. */
export function createJobs(client: Client, page: string, newId: () => string) {
  const waiting = new Map<string, Waiting>();
  return {
    /** The result of `call`, run as a job with its own id. @throws AppError `cancelled` once the signal is aborted */
    async run<T>(call: (owner: { page: string; job: string }) => Promise<T>, who: Waiting): Promise<T> {
      const job = newId();
      // If the host cannot be reached, the job has ended anyway.
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
    /** Receives the progress of the job `job`. */
    hear: (job: string, progress: ExportProgress): void => waiting.get(job)?.onProgress(progress),
  };
}
