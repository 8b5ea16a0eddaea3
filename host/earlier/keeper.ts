import type { Notice } from '../../core/failure.ts';
import { reasonOf } from '../storage/failures.ts';
import type { StateKeeping } from './state-keeping.ts';

/** Decides when to keep states. */
export interface Keeper {
  /** Called when something was done: a state is kept soon, but at least five minutes after the one before. */
  touch(): void;
  /** Ends the keeping and abandons a state that is being kept. */
  close(): Promise<void>;
}

/** What a keeper needs. `now` returns ISO 8601; `notify` shows a notice and `retract` withdraws it. */
export interface KeeperHands {
  readonly keeping: StateKeeping;
  readonly codebook: () => number;
  readonly now: () => string;
  readonly notify: (notice: Notice) => void;
  readonly retract: (id: string) => void;
}

/** The shortest time between two states, in milliseconds. */
const betweenStates = 5 * 60 * 1000;

// How long after an edit, and after a project was opened, the next state is kept at the earliest. Milliseconds.
const afterEdit = 5000;
const afterOpening = 30_000;

/** Keeps states of a project from now on, in the background: no other work waits for it or fails with it. */
export function startKeeper({ keeping, codebook, now, notify, retract }: KeeperHands): Keeper {
  const end = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isDirty = false;
  let isTold = false;
  /** When a state was last kept or attempted, in milliseconds since 1970. */
  let last: number | null = null;

  const keep = async () => {
    isDirty = false;
    try {
      last ??= await keeping.newest();
      const wait = last === null ? 0 : last + betweenStates - Date.parse(now());
      // If the clock was set back, the next state must not be delayed for long.
      if (wait > 0 && wait <= betweenStates) {
        isDirty = true;
        return schedule(wait);
      }
      last = Date.parse(now());
      await keeping.keep({ time: now(), codebook: codebook() }, end.signal);
      if (isTold) retract('earlier');
      isTold = false;
    } catch (error) {
      if (end.signal.aborted) return;
      isDirty = true;
      if (!isTold) notify(failed(error));
      isTold = true;
    }
  };
  const schedule = (wait: number) => {
    clearTimeout(timer);
    if (end.signal.aborted) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = keep().finally(() => {
        running = null;
        if (isDirty && timer === undefined) schedule(betweenStates);
      });
    }, wait);
    timer.unref();
  };
  const touch = () => {
    isDirty = true;
    if (timer === undefined && !running) schedule(afterEdit);
  };
  // Covers what was done since the last state, here or elsewhere. It waits, because opening the project is more urgent.
  schedule(afterOpening);
  return {
    touch,
    async close() {
      end.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

function failed(error: unknown): Notice {
  return {
    id: 'earlier',
    severity: 'warning',
    message: `An earlier state of this project could not be kept: ${reasonOf(error)}. Your work itself is saved as usual.`,
    next: 'Pressmark tries again every five minutes; check the disk that holds your home folder.',
  };
}
