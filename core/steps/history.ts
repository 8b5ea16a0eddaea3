import { type Gesture, inverse } from './edit.ts';

/**
 * What can be undone and redone, oldest first. It is a fold over the journal, so it outlives restarts and spans articles.
 * `past` holds the gestures that stand; `future` those taken back, the next to redo last. A new gesture empties `future`.
 * Where only the part around the last step is at hand, `earlier` counts the steps before `past`, and `later` those that come to be redone
 * after `future`.
 */
export interface History {
  readonly past: readonly Gesture[];
  readonly future: readonly Gesture[];
  readonly earlier: number;
  readonly later: number;
}

/** A history with nothing in it. */
export const emptyHistory: History = { past: [], future: [], earlier: 0, later: 0 };

/** How many steps stand. */
export function standing({ earlier, past }: History): number {
  return earlier + past.length;
}

/** How many steps there are to redo. */
export function redoable({ future, later }: History): number {
  return future.length + later;
}

// A part of a history has at most so many steps on each side, and their edits so many characters of JSON.
const mostSteps = 200;
const mostCharacters = 300_000;

/** The part of a whole history around its last step: none of a step that is very large, and nothing beyond it. */
export function lastSteps({ past, future }: History): History {
  const [kept, open] = [
    within(past.length, (index) => past[past.length - 1 - index]),
    within(future.length, (index) => future[future.length - 1 - index]),
  ];
  const sizes = { earlier: past.length - kept, later: future.length - open };
  return { past: past.slice(sizes.earlier), future: future.slice(sizes.later), ...sizes };
}

/**
 * The next steps of a whole history, in the order in which they were taken, next to its first `at`: before or after them. At least one, if
 * there is any, and no more than a part has.
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

// How many of the first `count` steps a part has room for.
function within(count: number, step: (index: number) => Gesture | undefined): number {
  let characters = 0;
  for (let index = 0; index < Math.min(count, mostSteps); index++) {
    const edits = step(index)?.edits ?? [];
    // Not even measured, where there are very many.
    characters += edits.length > mostSteps ? mostCharacters : JSON.stringify(edits).length;
    if (characters > mostCharacters || edits.length > mostSteps) return index;
  }
  return Math.min(count, mostSteps);
}

/** `history` after `gesture` was done, be it new, an undo or a redo. @throws RangeError when it undoes or redoes what is not next. */
export function record(history: History, gesture: Gesture): History {
  const draft = { ...history, past: [...history.past], future: [...history.future] };
  take(draft, gesture);
  return draft;
}

/** The history that a journal tells: `record` of one gesture after the other. @throws RangeError as record */
export function historyOf(gestures: Iterable<Gesture>): History {
  const draft: Draft = { past: [], future: [], earlier: 0, later: 0 };
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
