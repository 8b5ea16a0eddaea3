import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Actions } from './actions.ts';
import { type AfterPaint as AfterPaintReading, afterPaint, type Reading, whenIdle } from './state/after-paint.ts';
import type { Saver, SaveState } from './state/saver.ts';
import { createSpreads, type Spreads } from './state/spreads.ts';
import type { View, ViewState } from './state/view-store.ts';
import type { Workspace } from './state/workspace.ts';
import type { WorkspaceActions } from './state/workspace-actions.ts';

/** What every part of the page works with: the project, the view of this window, the saver, and the actions. */
export interface Session {
  readonly workspace: WorkspaceActions;
  readonly view: View;
  readonly saver: Saver;
  readonly actions: Actions;
  /** What the panels read; see `AfterPaint`. */
  readonly afterPaint: AfterPaintReading;
  /** The article on screen, and one that is laid out ahead; see `Spreads`. */
  readonly spreads: StoreApi<Spreads>;
}

/** The session of one page. */
export function createSession(parts: Pick<Session, 'workspace' | 'view' | 'saver' | 'actions'>): Session {
  const live = { workspace: parts.workspace.store, view: parts.view.store };
  const later = afterPaint(live);
  return { ...parts, afterPaint: later, spreads: createSpreads(live, later, parts.workspace.next) };
}

const Context = createContext<Session | null>(null);
const ReadingContext = createContext<Reading | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>;
}

/** Wraps the panels next to the text. They render one frame after the text, so that they never delay the response to a key. */
export function AfterPaint({ children }: { children: ReactNode }) {
  return <ReadingContext value={useSession().afterPaint}>{children}</ReadingContext>;
}

/** Wraps panels that read from somewhere else than this page's own state. */
export function ReadingFrom({ reading, children }: { reading: Reading; children: ReactNode }) {
  return <ReadingContext value={reading}>{children}</ReadingContext>;
}

/** The stores that this component reads. */
export function useReading(): Reading {
  const { workspace, view } = useSession();
  const live = useMemo(() => ({ workspace: workspace.store, view: view.store }), [workspace, view]);
  return useContext(ReadingContext) ?? live;
}

/** The session of this page. @throws TypeError outside of a SessionProvider */
export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new TypeError('no session around this component');
  return session;
}

/** A part of the workspace. The component renders again when it changes. */
export function useWorkspace<T>(select: (state: Workspace) => T): T {
  const { workspace } = useSession();
  return useStore(useContext(ReadingContext)?.workspace ?? workspace.store, select);
}

/** A part of the view. */
export function useView<T>(select: (state: ViewState) => T): T {
  const { view } = useSession();
  return useStore(useContext(ReadingContext)?.view ?? view.store, select);
}

/** A part of the view without the delay of `AfterPaint`, even in a panel. For fields that are typed into, where a letter must not wait. */
export function useLiveView<T>(select: (state: ViewState) => T): T {
  return useStore(useSession().view.store, select);
}

/**
 * A part of the workspace that is slow to compute. It is updated when the page is idle, and is `first` until then. `select` must be the same
 * function as long as its meaning does not change.
 */
export function useLateWorkspace<T>(select: (state: Workspace) => T, first: T): T {
  const { workspace } = useSession().afterPaint;
  const [told, tell] = useState(first);
  useEffect(() => {
    let notNow: (() => void) | null = null;
    const later = () => {
      notNow ??= whenIdle(() => {
        notNow = null;
        tell(select(workspace.getState()));
      });
    };
    later();
    const stop = workspace.subscribe(later);
    return () => {
      notNow?.();
      stop();
    };
  }, [workspace, select]);
  return told;
}

/** Whether everything is on disk. */
export function useSaveState(): SaveState {
  return useStore(useSession().saver.store);
}
