import { type Gesture, inverse } from './edit.ts';

/**
 * What can be undone and redone, oldest first. It is a fold over the journal, so it outlives restarts and spans articles.
 * `past` holds the gestures that stand; `future` those taken back, the next to redo last. A new gesture empties `future`.
 */
export interface History {
  readonly past: readonly Gesture[];
  readonly future: readonly Gesture[];
}

/** A history with nothing in it. */
export const emptyHistory: History = { past: [], future: [] };

/** `history` after `gesture` was done, be it new, an undo or a redo. @throws RangeError when it undoes or redoes what is not next. */
export function record(history: History, gesture: Gesture): History {
  const draft = { past: [...history.past], future: [...history.future] };
  take(draft, gesture);
  return draft;
}

/** The history that a journal tells: `record` of one gesture after the other. @throws RangeError as record */
export function historyOf(gestures: Iterable<Gesture>): History {
  const draft: Draft = { past: [], future: [] };
  for (const gesture of gestures) take(draft, gesture);
  return draft;
}

/** The gesture that takes back the last one that stands; null when there is none. */
export function undoOf(history: History, id: string, time: string): Gesture | null {
  const last = history.past.at(-1);
  return last ? { ...last, id, time, edits: inverse(last.edits), undoes: last.id, redoes: null } : null;
}

/** The gesture that does again what was last taken back; null when there is nothing. */
export function redoOf(history: History, id: string, time: string): Gesture | null {
  const next = history.future.at(-1);
  return next ? { ...next, id, time, undoes: null, redoes: next.id } : null;
}

// A history that may be changed: a journal can hold very many gestures, so that copying at each would be quadratic.
interface Draft {
  past: Gesture[];
  future: Gesture[];
}

function take({ past, future }: Draft, gesture: Gesture): void {
  if (gesture.undoes) {
    const last = past.pop();
    if (last?.id !== gesture.undoes) throw new RangeError(`${gesture.undoes} is not the last gesture`);
    future.push(last);
  } else if (gesture.redoes) {
    const next = future.pop();
    if (next?.id !== gesture.redoes) throw new RangeError(`${gesture.redoes} is not the next to redo`);
    past.push(next);
  } else {
    past.push(gesture);
    future.length = 0;
  }
}
