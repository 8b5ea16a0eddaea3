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
  const { past, future } = history;
  if (gesture.undoes) {
    const last = past.at(-1);
    if (last?.id !== gesture.undoes) throw new RangeError(`${gesture.undoes} is not the last gesture`);
    return { past: past.slice(0, -1), future: [...future, last] };
  }
  if (gesture.redoes) {
    const next = future.at(-1);
    if (next?.id !== gesture.redoes) throw new RangeError(`${gesture.redoes} is not the next to redo`);
    return { past: [...past, next], future: future.slice(0, -1) };
  }
  return { past: [...past, gesture], future: [] };
}

/** The history that a journal tells. */
export function historyOf(gestures: Iterable<Gesture>): History {
  // The same fold as `record`, on arrays that may be changed: a journal can hold very many gestures.
  const past: Gesture[] = [];
  let future: Gesture[] = [];
  for (const gesture of gestures) {
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
      future = [];
    }
  }
  return { past, future };
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
