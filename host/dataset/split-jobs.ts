import type { Output } from '../../core/contract.ts';
import type { Project } from '../storage/project.ts';
import { type PlannedSplits, projectSplits, type SplitRequest } from './splits.ts';

interface Job {
  readonly key: string;
  readonly cancel: AbortController;
  readonly result: Promise<PlannedSplits>;
  searched: number;
  timer: NodeJS.Timeout | undefined;
}

/** Splits being planned for pages, one plan per page. The work ends when the page asks for other splits, or does not ask for some seconds. */
export class SplitJobs {
  readonly #project: Project;
  readonly #longest: number;
  readonly #forgotten: number;
  readonly #jobs = new Map<string, Job>();

  /**
   * `longest` is the longest time for one answer, so that a page can show progress and stop; `forgotten` is how long work goes on without being asked
   * for. Milliseconds.
   */
  constructor(project: Project, longest = 400, forgotten = 5000) {
    this.#project = project;
    this.#longest = longest;
    this.#forgotten = forgotten;
  }

  /** The plan that `page` asks for, or how far it has come. @throws AppError as projectSplits does */
  async preview(page: string, request: SplitRequest): Promise<Output<'previewSplits'>> {
    const job = this.#jobFor(page, request);
    const late = new Promise<false>((resolve) => setTimeout(resolve, this.#longest, false));
    const isDone = await Promise.race([job.result.then(() => true), late]);
    const of = this.#project.articles().length;
    if (!isDone) {
      job.timer = setTimeout(() => this.#end(page, job), this.#forgotten);
      job.timer.unref();
      return { searched: job.searched, of, plan: null };
    }
    return { searched: of, of, plan: planOf(await job.result) };
  }

  /** Ends all work. */
  close(): void {
    for (const [page, job] of [...this.#jobs]) this.#end(page, job);
  }

  #jobFor(page: string, request: SplitRequest): Job {
    const key = JSON.stringify(request);
    const running = this.#jobs.get(page);
    if (running?.key === key) {
      clearTimeout(running.timer);
      return running;
    }
    if (running) this.#end(page, running);
    const cancel = new AbortController();
    const count = (article: number) => {
      job.searched = article - 1;
    };
    const result = projectSplits(this.#project, request, count, cancel.signal);
    const job: Job = { key, cancel, result, searched: 0, timer: undefined };
    this.#jobs.set(page, job);
    // Whoever waits for the result gets the failure; if nobody waits, it is ignored.
    result.catch(() => undefined).finally(() => this.#jobs.get(page) === job && this.#jobs.delete(page));
    return job;
  }

  #end(page: string, job: Job): void {
    clearTimeout(job.timer);
    job.cancel.abort();
    if (this.#jobs.get(page) === job) this.#jobs.delete(page);
  }
}

/** Splits as a page sees them. */
export function planOf({ plan, published }: PlannedSplits): NonNullable<Output<'previewSplits'>['plan']> {
  const known = new Set(published?.assignments.map(({ doc_id }) => doc_id));
  return {
    options: plan.options,
    report: plan.report,
    published: published && {
      ...{ published: published.published, by: published.by, options: published.options, documents: published.assignments.length },
      later: [...plan.assignments.keys()].filter((id) => !known.has(id)).length,
    },
  };
}
