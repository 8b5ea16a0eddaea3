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
 * frame, and the panels beside it in the next. Both parts of it always belong together.
 */
export function afterPaint(live: Reading): AfterPaint {
  const workspace = createStore<Workspace>(() => live.workspace.getState());
  const view = createStore<ViewState>(() => live.view.getState());
  const painted = new MessageChannel();
  let isDue = false;
  const settle = () => {
    isDue = false;
    workspace.setState(live.workspace.getState(), true);
    view.setState(live.view.getState(), true);
  };
  painted.port1.onmessage = () => isDue && settle();
  const follow = () => {
    if (isDue) return;
    isDue = true;
    // The message is taken when the frame's work is done. A page in the background gets no frames.
    if (document.hidden) painted.port2.postMessage(null);
    else requestAnimationFrame(() => painted.port2.postMessage(null));
  };
  live.workspace.subscribe(follow);
  live.view.subscribe(follow);
  return { workspace, view, settle };
}
