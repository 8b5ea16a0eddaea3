import { createStore, type StoreApi } from 'zustand/vanilla';
import { type AfterPaint, type Reading, whenPainted } from './after-paint.ts';
import { nothingActive, type ViewState } from './view-store.ts';
import type { Workspace } from './workspace.ts';

/** An article as it lies open: its text with the panels about it. `text` and `panels` are what these read; the panels follow one frame later. */
export interface Spread {
  readonly key: number;
  readonly text: Reading;
  readonly panels: Reading;
}

/**
 * The spreads on the page. `shown` is on screen. `ahead` is the article that will probably be opened next, laid out where nobody sees it, so that
 * opening it only has to show it. `left` was shown before and is removed once its successor is painted.
 */
export interface Spreads {
  readonly shown: Spread;
  readonly ahead: Spread | null;
  /** Whether `ahead` may be visible behind what is shown, because its row is being pressed. Showing it then changes no element of it. */
  readonly isNear: boolean;
  readonly left: Spread | null;
}

/** The article that will probably be opened next; see `createReadArticles`. */
export interface NextArticle {
  /** Calls `listener` whenever it is another one, or has been read. */
  subscribe(listener: () => void): () => void;
  /** The workspace as it will be once that article is on screen; null if there is none. */
  opened(): Workspace | null;
  /** Whether its row is being pressed. */
  isPressed(): boolean;
}

/** In UTF-16 code units and annotations of everybody. To lay out more takes longer than a key or a press may have to wait. */
const mostAhead = { text: 60_000, annotations: 1000 } as const;

interface LaidOut extends Spread {
  readonly article: string | null;
  readonly takeText: (workspace: Workspace, view: ViewState) => void;
  readonly takePanels: (workspace: Workspace, view: ViewState) => void;
}

/**
 * The spreads of one window. `live` is what the window shows, and `later` the same one frame later. A spread follows them only while it is shown:
 * one that lies ahead stays as it was laid out, which an edit makes obsolete, and one that was left stays as it was.
 */
export function createSpreads(live: Reading, later: AfterPaint, next: NextArticle): StoreApi<Spreads> {
  let keys = 0;
  const layOut = (workspace: Workspace, view: ViewState): LaidOut => {
    const [text, panels] = [copyOf(workspace, view), copyOf(workspace, view)];
    const article = workspace.article?.meta.id ?? null;
    return { key: ++keys, article, text: text.reading, panels: panels.reading, takeText: text.take, takePanels: panels.take };
  };
  let onScreen = live.workspace.getState().article?.meta.id ?? null;
  let shown = layOut(live.workspace.getState(), live.view.getState());
  let ahead: LaidOut | null = null;
  let left: LaidOut | null = null;
  let isNear = false;
  const store = createStore<Spreads>(() => ({ shown, ahead, isNear, left }));
  const tell = () => store.setState({ shown, ahead, isNear, left });

  const drop = () => {
    if (!ahead) return;
    ahead = null;
    isNear = false;
    tell();
  };
  const removeLeft = whenPainted(() => {
    left = null;
    tell();
  });

  const layAhead = () => {
    const view = live.view.getState();
    // There is nothing to open from in other views, and nothing on screen yet while the project opens.
    const isDue = onScreen !== null && view.view === 'annotate' && live.workspace.getState().phase === 'ready';
    const workspace = isDue ? next.opened() : null;
    const article = workspace?.article ?? null;
    if (!workspace || !article || article.meta.id === onScreen || !isSmall(workspace)) return drop();
    if (ahead?.article === article.meta.id) {
      if (isNear !== next.isPressed()) {
        isNear = !isNear;
        tell();
      }
      return;
    }
    isNear = false;
    ahead = layOut(workspace, { ...view, ...nothingActive, selection: { anchor: 0, head: 0 }, boundary: null, find: null });
    tell();
  };

  const turn = () => {
    const article = live.workspace.getState().article?.meta.id ?? null;
    if (article === onScreen) return;
    onScreen = article;
    if (ahead?.article === article) {
      left = shown;
      shown = ahead;
      removeLeft();
    }
    drop();
  };

  const follow = () => {
    turn();
    shown.takeText(live.workspace.getState(), live.view.getState());
  };
  live.workspace.subscribe((now, before) => {
    follow();
    if (now.work !== before.work) drop();
  });
  // Whoever heard of the article first may have changed the view already.
  live.view.subscribe((now) => {
    follow();
    if (now.view !== 'annotate') drop();
  });
  const settle = () => shown.takePanels(later.workspace.getState(), later.view.getState());
  later.workspace.subscribe(settle);
  later.view.subscribe(settle);
  next.subscribe(layAhead);
  return store;
}

function copyOf(first: Workspace, firstView: ViewState) {
  const workspace = createStore<Workspace>(() => first);
  const view = createStore<ViewState>(() => firstView);
  const take = (now: Workspace, shown: ViewState) => {
    workspace.setState(now, true);
    view.setState(shown, true);
  };
  return { reading: { workspace, view }, take };
}

function isSmall({ article, work, others }: Workspace): boolean {
  if (!article || article.text.length > mostAhead.text) return false;
  const theirs = others.get(article.meta.id) ?? [];
  const sets = [work.sets.get(article.meta.id), ...theirs.map(({ set }) => set)];
  return sets.reduce((sum, set) => sum + (set?.annotations.size ?? 0), 0) <= mostAhead.annotations;
}
