import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ViewState } from './view-store.ts';
import type { Workspace } from './workspace.ts';

/** The stores that parts of the page read: the workspace and the view of this window. */
export interface Reading {
  readonly workspace: StoreApi<Workspace>;
  readonly view: StoreApi<ViewState>;
}

/** A reading that follows another one, one frame behind. */
export interface AfterPaint extends Reading {
  /** Catches up immediately. Call this before looking for something that has just changed. */
  settle(): void;
}

/**
 * A copy of `live` that is updated only after the browser has painted the change in the text. The text thus responds to a key within the frame,
 * and the panels next to it in the following one. When another article opens, both are updated at once. The workspace and view of the copy always
 * belong together.
 */
export function afterPaint(live: Reading): AfterPaint {
  const workspace = createStore<Workspace>(() => live.workspace.getState());
  const view = createStore<ViewState>(() => live.view.getState());
  let isDue = false;
  let isOpening = false;
  const settle = () => {
    isDue = false;
    isOpening = false;
    workspace.setState(live.workspace.getState(), true);
    view.setState(live.view.getState(), true);
  };
  const later = whenPainted(() => isDue && settle());
  const follow = () => {
    // Draw a text that opens together with its panels, in one frame, including everything that other subscribers still change in this task.
    if (live.workspace.getState().article?.meta.id !== workspace.getState().article?.meta.id) {
      if (!isOpening) queueMicrotask(settle);
      isOpening = true;
      return;
    }
    if (isDue) return;
    isDue = true;
    later();
  };
  live.workspace.subscribe(follow);
  live.view.subscribe(follow);
  return { workspace, view, settle };
}

// In milliseconds. A page in the background gets no animation frames, and neither does one that is just going there.
const longestWait = 100;

/**
 * Returns a function that schedules `run` for after the next painted frame, or soon if none is painted. Calling it again while it is scheduled has
 * no effect.
 */
export function whenPainted(run: () => void): () => void {
  const painted = new MessageChannel();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    run();
  };
  painted.port1.onmessage = end;
  // The message is delivered after the work of the frame.
  const post = () => painted.port2.postMessage(null);
  return () => {
    if (timer !== undefined) return;
    timer = setTimeout(end, longestWait);
    if (document.hidden) post();
    else requestAnimationFrame(post);
  };
}

// In milliseconds. Long enough for the panels to settle, and short enough that nobody has read that far.
const rest = 150;

/**
 * Calls `run` once when the browser has painted and is idle, within a second at the latest. Meant for what nobody sees yet. The returned function
 * cancels it.
 */
export function whenIdle(run: () => void): () => void {
  let idle = 0;
  const timer = setTimeout(() => {
    // Some browsers have no requestIdleCallback.
    if (typeof requestIdleCallback === 'function') idle = requestIdleCallback(run, { timeout: 500 });
    else run();
  }, rest);
  return () => {
    clearTimeout(timer);
    if (idle !== 0) cancelIdleCallback(idle);
  };
}
