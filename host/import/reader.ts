import { Worker } from 'node:worker_threads';
import type { ImportFormat } from '../../core/import/draft.ts';
import { importLimit } from '../decode.ts';
import type { Reading, ReadingTask } from './read-file.ts';
import { problemOf, Refusal } from './refusal.ts';

/** Limits of the reading of one file: milliseconds, and megabytes of the memory that scripts use. */
export interface ReaderLimits {
  readonly timeMs: number;
  readonly memoryMb: number;
}

/** Reads files, one after another, where they can do no harm. */
export interface Reader {
  /** What a file holds. Never rejects for what is in it: a file that takes too long or too much memory is a problem like any other. */
  read(task: ReadingTask): Promise<Reading>;
  /** Stops what is being read. */
  close(): Promise<void>;
}

/** Files are small and machines slow: far more than any real file needs. */
export const readerLimits: ReaderLimits = { timeMs: 20_000, memoryMb: 512 };

// How long a worker that has nothing to do is kept for the next file.
const idleMs = 20_000;

// Beside this file when it runs from its source; beside the bundle, under the name that the build gives it, otherwise.
const workerName = import.meta.url.endsWith('.ts') ? './worker.ts' : './import-worker.js';

/** A reader over a worker thread of its own, which is started with the first file and again after one that had to be stopped. */
export function createReader(limits: ReaderLimits = readerLimits): Reader {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const stop = async () => {
    const stopped = worker;
    worker = null;
    await stopped?.terminate();
  };

  const started = () => {
    if (worker) return worker;
    worker = new Worker(new URL(workerName, import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    // One that is being stopped may still tell why, when nobody listens any more.
    return worker.on('error', () => undefined);
  };

  const readNow = async (task: ReadingTask): Promise<Reading> => {
    if (idle) clearTimeout(idle);
    const runner = started();
    runner.ref();
    const outcome = await new Promise<Reading>((resolve) => {
      const refused = (refusal: Refusal) => {
        settle({ articles: [], files: [], problem: problemOf(task.name, refusal) });
        void stop();
      };
      const slow = setTimeout(() => refused(tooSlow(limits.timeMs)), limits.timeMs);
      const onMessage = (reading: Reading) => settle(reading);
      const onError = (error: Error & { code?: string }) => refused(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHeavy() : unreadable());
      const onExit = () => refused(unreadable());
      const settle = (reading: Reading) => {
        clearTimeout(slow);
        runner.off('message', onMessage).off('error', onError).off('exit', onExit);
        resolve(reading);
      };
      runner.on('message', onMessage).on('error', onError).on('exit', onExit);
      runner.postMessage(task);
    });
    runner.unref();
    idle = setTimeout(() => void stop(), idleMs).unref();
    return outcome;
  };

  return {
    read: async (task) => {
      const large = tooLarge(task);
      if (large) return { articles: [], files: [], problem: problemOf(task.name, large) };
      const reading = last.then(() => readNow(task));
      last = reading.catch(() => undefined);
      return reading;
    },
    close: async () => {
      if (idle) clearTimeout(idle);
      await stop();
    },
  };
}

/** The largest file of a kind that is read, in bytes: archives may hold many files, and Word documents pictures. */
export function sizeLimit(format: ImportFormat): number {
  return format === 'zip' || format === 'docx' ? 2 * importLimit : importLimit;
}

// Before the bytes are copied to the thread.
function tooLarge({ format, bytes }: ReadingTask): Refusal | null {
  const limit = sizeLimit(format);
  if (bytes.byteLength <= limit) return null;
  const megabytes = (bytes.byteLength / 1_000_000).toFixed(1);
  const reason = `it has ${megabytes} MB, and at most ${limit / 1_000_000} MB can be imported`;
  return new Refusal('too-large', reason, 'Split it into smaller files and import those.');
}

const next = 'Copy the text of the article and paste it instead.';
const tooSlow = (ms: number) => new Refusal('too-slow', `reading it took longer than ${ms / 1000} seconds`, next);
const tooHeavy = () => new Refusal('too-large', 'reading it needs more memory than one file may have', next);
const unreadable = () => new Refusal('damaged', 'it could not be read to its end', next);
