import { createStore } from 'zustand/vanilla';
import type { Client } from '../../core/contract.ts';
import { AppError, type Failure } from '../../core/failure.ts';
import type { Gesture } from '../../core/steps/edit.ts';

/** What the status line shows. `saved` only if the host has every gesture on disk. */
export interface SaveState {
  readonly state: 'saved' | 'saving' | 'not-saved';
  /** The number of gestures not yet acknowledged. */
  readonly waiting: number;
  /** Why saving failed; null otherwise. */
  readonly failure: Failure | null;
  /** Whether saving is retried automatically. A refused gesture is not retried, because the record it changes has changed. */
  readonly retries: boolean;
}

const pauses = [500, 1000, 2000, 4000, 8000];

/**
 * Sends gestures to the host in order, one at a time, and keeps each until it is acknowledged. One that fails stays first in line, is shown as
 * unsaved, and is retried with growing pauses. Nothing is dropped. `later` delays sending, so that the call does not take time from the frame that
 * shows the edit.
 */
export function createSaver(client: Client, page: string, later: (send: () => void) => () => void = (send) => send) {
  const store = createStore<SaveState>(() => ({ state: 'saved', waiting: 0, failure: null, retries: false }));
  const queue: Gesture[] = [];
  let sending = false;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = async (): Promise<void> => {
    clearTimeout(timer);
    if (sending) return;
    sending = true;
    for (let gesture = queue[0]; gesture; gesture = queue[0]) {
      try {
        await client.apply({ page, gesture });
      } catch (error) {
        sending = false;
        fail(error);
        return;
      }
      attempts = 0;
      queue.shift();
      store.setState({ state: queue.length > 0 ? 'saving' : 'saved', waiting: queue.length, failure: null, retries: false });
    }
    sending = false;
  };

  const sendLater = later(() => void send());

  const fail = (error: unknown) => {
    const failure: Failure =
      error instanceof AppError
        ? error.failure
        : { code: 'internal', message: String(error), safe: 'The edit is still in this window.', next: 'Try again.' };
    const retries = failure.code === 'not-saved' || failure.code === 'internal';
    store.setState({ state: 'not-saved', waiting: queue.length, failure, retries });
    if (retries) timer = setTimeout(send, pauses[Math.min(attempts++, pauses.length - 1)]);
  };

  return {
    store,
    /** Queues gestures that have just been applied in the page, in order. */
    enqueue(...gestures: readonly Gesture[]) {
      for (const gesture of gestures) queue.push(gesture);
      const { state } = store.getState();
      store.setState({ state: state === 'not-saved' ? state : 'saving', waiting: queue.length });
      if (state !== 'not-saved' && !sending) sendLater();
    },
    /** Retries immediately. */
    retry() {
      attempts = 0;
      void send();
    },
    /** The gestures not yet acknowledged, oldest first. */
    pending: (): readonly Gesture[] => [...queue],
    /** Resolves when nothing is waiting any more, or when what is waiting cannot be saved now. */
    settled(): Promise<void> {
      return new Promise((resolve) => {
        const done = () => store.getState().waiting === 0 || store.getState().state === 'not-saved';
        if (done()) return resolve();
        const stop = store.subscribe(() => {
          if (!done()) return;
          stop();
          resolve();
        });
      });
    },
    /** Resolves when nothing is waiting any more. */
    idle(): Promise<void> {
      return new Promise((resolve) => {
        const done = () => store.getState().waiting === 0;
        if (done()) return resolve();
        const stop = store.subscribe(() => {
          if (done()) {
            stop();
            resolve();
          }
        });
      });
    },
  };
}

export type Saver = ReturnType<typeof createSaver>;
