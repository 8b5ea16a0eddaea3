import type { HeapInfo } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Foreign } from '../../core/formats/foreign.ts';
import type { ImportFormat } from '../../core/import/draft.ts';
import { importLimit } from './decode.ts';
import { FileRefusal, problemOf } from './file-refusal.ts';
import { type DatasetTask, unreadDataset } from './read-dataset.ts';
import type { Reading, ReadingTask } from './read-file.ts';

/**
 * Limits for reading one file. `timeMs`: milliseconds of processor time; the elapsed time may be five times as long. `memoryMb`: megabytes of memory
 * for scripts; half as much again may be waiting for garbage collection. Buffers, which much is unpacked into, may take another half, not counting
 * the file.
 */
export interface ReaderLimits {
  readonly timeMs: number;
  readonly memoryMb: number;
}

/** Reads files, one after another, where they can do no harm. */
export interface Reader {
  /** What a file contains. Never rejects because of its content: a file that takes too long or too much memory is a problem like any other. */
  read(task: ReadingTask): Promise<Reading>;
  /** What the files of a dataset contain. If they take too long or too much memory, only the problem. */
  readDataset(task: DatasetTask): Promise<Foreign>;
  /** Stops reading. */
  close(): Promise<void>;
}

/** Far more than any real file needs, even on a slow machine. */
const readerLimits: ReaderLimits = { timeMs: 20_000, memoryMb: 512 };

// How many times the processor time may elapse: on a busy machine a thread has to wait for its turn.
const waitingShare = 5;

// How often a thread's memory and processor time are checked. The system's own limit does not count buffers. If a list exceeds it in a single step,
// the whole program ends rather than the thread. It is therefore set so high that no step reaches it, but below 2,048 MB, because above that far more
// would wait for garbage collection.
const lookMs = 50;
const systemShare = 3.9;

// How long an idle worker is kept for the next file.
const idleMs = 20_000;

// When run from source, the worker is next to this file; otherwise next to the bundle, under the name that the build gives it.
const workerName = import.meta.url.endsWith('.ts') ? './worker.ts' : './import-worker.js';

/** A reader with its own worker thread, which is started for the first file, and again after a file for which it had to be stopped. */
export function createReader(limits: ReaderLimits = readerLimits): Reader {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const isTooMuch = ({ used_heap_size, external_memory }: HeapInfo, given: number) =>
    used_heap_size > limits.memoryMb * 1.5 * 2 ** 20 || external_memory - given > limits.memoryMb * 0.5 * 2 ** 20;

  const stop = async () => {
    const stopped = worker;
    worker = null;
    await stopped?.terminate();
  };

  const started = () => {
    if (worker) return worker;
    worker = new Worker(new URL(workerName, import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb * systemShare, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    // A worker that is being stopped may still report an error when nobody listens any more.
    return worker.on('error', () => undefined);
  };

  const runNow = async <T>(task: ReadingTask | DatasetTask, refusedAs: (refusal: FileRefusal) => T): Promise<T> => {
    if (idle) clearTimeout(idle);
    const isIdle = worker !== null;
    const runner = started();
    runner.ref();
    const before = isIdle ? await workedMs(runner) : 0;
    const outcome = await new Promise<T>((resolve) => {
      const refused = (refusal: FileRefusal) => {
        settle(refusedAs(refusal));
        void stop();
      };
      const longest = limits.timeMs * (tellsWork(runner) ? waitingShare : 1);
      const slow = setTimeout(() => refused(tooSlow(longest)), longest);
      let isSettled = false;
      const given = givenBytes(task);
      const looks = setInterval(async () => {
        // A thread that is just starting, or that has ended, reports nothing.
        const [held, worked] = await Promise.all([runner.getHeapStatistics().catch(() => null), workedMs(runner)]);
        if (isSettled) return;
        if (held && isTooMuch(held, given)) refused(tooHeavy());
        else if (worked - before > limits.timeMs) refused(tooSlow(limits.timeMs));
      }, lookMs);
      const onMessage = (answer: T) => settle(answer);
      const onError = (error: Error & { code?: string }) => refused(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHeavy() : unreadable());
      const onExit = () => refused(unreadable());
      const settle = (answer: T) => {
        isSettled = true;
        clearTimeout(slow);
        clearInterval(looks);
        runner.off('message', onMessage).off('error', onError).off('exit', onExit);
        resolve(answer);
      };
      runner.on('message', onMessage).on('error', onError).on('exit', onExit);
      runner.postMessage(task);
    });
    runner.unref();
    idle = setTimeout(() => void stop(), idleMs).unref();
    return outcome;
  };
  const inTurn = <T>(task: ReadingTask | DatasetTask, refusedAs: (refusal: FileRefusal) => T): Promise<T> => {
    const running = last.then(() => runNow(task, refusedAs));
    last = running.catch(() => undefined);
    return running;
  };
  const refusedFile = (name: string) => (refusal: FileRefusal) => ({ articles: [], files: [], problem: problemOf(name, refusal) });

  return {
    read: async (task) => {
      const large = tooLarge(task);
      return large ? refusedFile(task.name)(large) : inTurn<Reading>(task, refusedFile(task.name));
    },
    readDataset: async (task) => {
      const large = task.files.find(({ bytes }) => bytes.byteLength > 2 * importLimit);
      if (large) return unreadDataset(large.path, overLimit(large.bytes, 2 * importLimit));
      return inTurn<Foreign>(task, (refusal) => unreadDataset(task.files[0]?.path ?? '', refusal));
    },
    close: async () => {
      if (idle) clearTimeout(idle);
      await stop();
    },
  };
}

// Node reports processor time from 24.6 on. Before that, only the elapsed time is known.
const tellsWork = (runner: Worker) => typeof runner.cpuUsage === 'function';

/** The processor time that a thread has used since it started, in milliseconds; 0 if unknown. */
async function workedMs(runner: Worker): Promise<number> {
  if (!tellsWork(runner)) return 0;
  const { user, system } = await runner.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}

/** The largest file of each kind that is read, in bytes. Archives may contain many files, and Word documents pictures. */
export function sizeLimit(format: ImportFormat): number {
  return format === 'zip' || format === 'docx' ? 2 * importLimit : importLimit;
}

// Copying to the thread copies the whole buffer, of which the bytes may be only a part.
function givenBytes(task: ReadingTask | DatasetTask): number {
  const all = 'files' in task ? task.files.map(({ bytes }) => bytes) : [task.bytes];
  return all.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

// Checked before the bytes are copied to the thread.
function tooLarge({ format, bytes }: ReadingTask): FileRefusal | null {
  return bytes.byteLength <= sizeLimit(format) ? null : overLimit(bytes, sizeLimit(format));
}

function overLimit(bytes: Uint8Array, limit: number): FileRefusal {
  const megabytes = (bytes.byteLength / 1_000_000).toFixed(1);
  const reason = `it has ${megabytes} MB, and at most ${limit / 1_000_000} MB can be imported`;
  return new FileRefusal('too-large', reason, 'Split it into smaller files and import those.');
}

const next = 'Copy the text of the article and paste it instead.';
const tooSlow = (ms: number) => new FileRefusal('too-slow', `reading it took longer than ${ms / 1000} seconds`, next);
const tooHeavy = () => new FileRefusal('too-large', 'reading it needs more memory than one file may use', next);
const unreadable = () => new FileRefusal('damaged', 'it could not be read to the end', next);
