import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ViewState } from './view-store.ts';
import type { Workspace } from './workspace.ts';

/** What parts of the page read: the workspace and the view of this window. */
export interface Reading {
  readonly workspace: StoreApi<Workspace>;
  readonly view: StoreApi<ViewState>;
}

/** A reading that follows another one frame behind. */
export interface AfterPaint extends Reading {
  /** Brings it level at once, for who is about to look for what was just changed. */
  settle(): void;
}

/**
 * A copy of `live` that changes only once the browser has painted what the change drew in the text: the text answers a key within the
 * frame, and the panels beside it in the next. Another article comes with its panels. Both parts of it always belong together.
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
    // A text that opens is drawn with its panels, in one frame, and with all that others still say about it in this task.
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

// A page in the background gets no frames, and one that goes there in this moment none either.
const longestWait = 100;

/** Gives a function that has `run` called once the browser has painted the next frame, or soon if it paints none; called again meanwhile, it waits on. */
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
  // The message is taken when the frame's work is done.
  const post = () => painted.port2.postMessage(null);
  return () => {
    if (timer !== undefined) return;
    timer = setTimeout(end, longestWait);
    if (document.hidden) post();
    else requestAnimationFrame(post);
  };
}

// Long enough that the panels have come to rest, and short enough that nobody has read that far.
const rest = 150;

/**
 * Calls `run` once, when the browser has painted and rests: for what nobody sees yet. It comes within a second at the latest. The returned
 * function gives it up.
 */
export function whenIdle(run: () => void): () => void {
  let idle = 0;
  const timer = setTimeout(() => {
    // Some browsers know no idle time.
    if (typeof requestIdleCallback === 'function') idle = requestIdleCallback(run, { timeout: 500 });
    else run();
  }, rest);
  return () => {
    clearTimeout(timer);
    if (idle !== 0) cancelIdleCallback(idle);
  };
}
