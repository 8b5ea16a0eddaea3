import { type Gesture, inverse } from './edit.ts';

/**
 * What can be undone and redone, oldest first. Computed from the journal, so it survives restarts and spans articles. `past` holds the gestures in
 * effect. `future` holds those undone, the next one to redo last. A new gesture empties `future`. If only the part around the last step is loaded,
 * `earlier` counts the steps before `past`, and `later` counts the steps that can be redone after those in `future`.
 */
export interface History {
  readonly past: readonly Gesture[];
  readonly future: readonly Gesture[];
  readonly earlier: number;
  readonly later: number;
}

export const emptyHistory: History = { past: [], future: [], earlier: 0, later: 0 };

/** How many steps are in effect. */
export function standing({ earlier, past }: History): number {
  return earlier + past.length;
}

/** How many steps can be redone. */
export function redoable({ future, later }: History): number {
  return future.length + later;
}

// A part of a history has at most this many steps on each side, and their edits at most this many characters of JSON.
const mostSteps = 200;
const mostCharacters = 300_000;

/** The part of a whole history around its last step. A step too large to load is left out, together with everything beyond it. */
export function lastSteps({ past, future }: History): History {
  const [kept, open] = [
    within(past.length, (index) => past[past.length - 1 - index]),
    within(future.length, (index) => future[future.length - 1 - index]),
  ];
  const sizes = { earlier: past.length - kept, later: future.length - open };
  return { past: past.slice(sizes.earlier), future: future.slice(sizes.later), ...sizes };
}

/**
 * The steps of a whole history right before or after its first `at` steps, in the order they were taken. At least one if there is any, and at most
 * as many as a part holds.
 */
export function stepsBeside({ past, future }: History, at: number, towards: 'past' | 'future'): Gesture[] {
  const steps = [...past, ...future.toReversed()];
  if (towards === 'past')
    return steps.slice(
      at -
        Math.max(
          Math.min(1, at),
          within(at, (index) => steps[at - 1 - index]),
        ),
      at,
    );
  const left = steps.length - at;
  return steps.slice(
    at,
    at +
      Math.max(
        Math.min(1, left),
        within(left, (index) => steps[at + index]),
      ),
  );
}

// How many of the first `count` steps fit into a part.
function within(count: number, step: (index: number) => Gesture | undefined): number {
  let characters = 0;
  for (let index = 0; index < Math.min(count, mostSteps); index++) {
    const edits = step(index)?.edits ?? [];
    // Above this number, do not even measure them.
    characters += edits.length > mostSteps ? mostCharacters : JSON.stringify(edits).length;
    if (characters > mostCharacters || edits.length > mostSteps) return index;
  }
  return Math.min(count, mostSteps);
}

/** `history` after `gesture`, which may be new, an undo or a redo. @throws RangeError if it does not undo or redo the next step in turn */
export function record(history: History, gesture: Gesture): History {
  const draft = { ...history, past: [...history.past], future: [...history.future] };
  take(draft, gesture);
  return draft;
}

/** The history of a journal: `record` for one gesture after another. @throws RangeError as record */
export function historyOf(gestures: Iterable<Gesture>): History {
  const draft: Draft = { past: [], future: [], earlier: 0, later: 0 };
  for (const gesture of gestures) take(draft, gesture);
  return draft;
}

/** The gesture that undoes the last one in effect; null if there is none. */
export function undoOf(history: History, id: string, time: string): Gesture | null {
  const last = history.past.at(-1);
  return last ? { ...last, id, time, edits: inverse(last.edits), undoes: last.id, redoes: null } : null;
}

/** The gesture that redoes the one undone last; null if there is none. */
export function redoOf(history: History, id: string, time: string): Gesture | null {
  const next = history.future.at(-1);
  return next ? { ...next, id, time, undoes: null, redoes: next.id } : null;
}

// A mutable history. A journal can hold very many gestures, so copying at every one would be quadratic.
interface Draft {
  past: Gesture[];
  future: Gesture[];
  readonly earlier: number;
  later: number;
}

function take(draft: Draft, gesture: Gesture): void {
  const { past, future } = draft;
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
    draft.later = 0;
  }
}
