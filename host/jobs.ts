import type { ExportProgress } from '../core/contract/dataset.ts';
import type { HostEvent } from '../core/contract.ts';
import { AppError } from '../core/failure.ts';

/** What work for a page receives: a function to report its progress, and the signal that ends it. */
export interface Work {
  readonly report: (progress: ExportProgress) => void;
  readonly signal: AbortSignal;
}

/** Whose work it is: the page, the id that the page gave it, and the kind, if a page has only one piece of work of that kind at a time. */
export interface JobOwner {
  readonly page: string;
  readonly job: string;
  readonly alone?: string;
}

interface Job extends JobOwner {
  readonly cancel: AbortController;
  readonly ended: Promise<unknown>;
}

/** Long work that pages asked for. It reports its progress, and is ended by the page, by newer work of its kind, or when the page goes away. */
export class Jobs {
  readonly #tell: (page: string, event: HostEvent) => void;
  readonly #interval: number;
  readonly #jobs = new Map<string, Job>();

  /** `tell` sends an event to one page, for each job at most every `interval` milliseconds, and for the first time after that interval. */
  constructor(tell: (page: string, event: HostEvent) => void, interval = 150) {
    this.#tell = tell;
    this.#interval = interval;
  }

  /** The result of `work`. @throws AppError `bad-request` for an id that is in use, and whatever `work` throws */
  async run<T>(owner: JobOwner, work: (work: Work) => Promise<T>): Promise<T> {
    const { page, job, alone } = owner;
    if (this.#jobs.has(job)) throw new AppError('bad-request', `Job ${job} is already running.`, 'Use another id.');
    const earlier = [...this.#jobs.values()].filter((one) => alone !== undefined && one.page === page && one.alone === alone);
    for (const { cancel } of earlier) cancel.abort();
    const cancel = new AbortController();
    let last = performance.now();
    const report = (progress: ExportProgress) => {
      if (performance.now() - last < this.#interval) return;
      last = performance.now();
      this.#tell(page, { event: 'progress', job, progress });
    };
    const begun = work({ report, signal: cancel.signal });
    this.#jobs.set(job, { ...owner, cancel, ended: begun.catch(() => undefined) });
    try {
      return await begun;
    } finally {
      this.#jobs.delete(job);
    }
  }

  /** Ends the work `job` of `page`, if there is any. */
  cancel(page: string, job: string): void {
    const found = this.#jobs.get(job);
    if (found?.page === page) found.cancel.abort();
  }

  /** Ends all work of a page that went away. */
  leave(page: string): void {
    for (const job of this.#jobs.values()) if (job.page === page) job.cancel.abort();
  }

  /** Ends all work and returns once it has cleaned up. */
  async close(): Promise<void> {
    const all = [...this.#jobs.values()];
    for (const { cancel } of all) cancel.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }
}
