import './article-pane.css';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Command } from '../../core/commands.ts';
import type { Article } from '../../core/model/article.ts';
import type { Range } from '../../core/text/span.ts';
import type { Bindings } from '../keys.ts';
import { useSession, useView, useWorkspace } from '../session.tsx';
import { whenIdle } from '../state/after-paint.ts';
import { lastOf } from '../state/last-of.ts';
import { onlyShows } from '../state/only-shows.ts';
import { selectedRange } from '../state/view-store.ts';
import { ArticleView, type Drawing, type DrawnAnnotation, idsAt } from './article-view.ts';
import { drawings } from './drawing.ts';
import { leaveAt, leftAt } from './reading-places.ts';
import { rehearse } from './rehearsal.ts';

/** The article on screen with everything drawn over it. React owns the frame; ProseMirror owns what is inside. */
export function ArticlePane() {
  const article = useWorkspace((state) => state.article);
  // Keys go on in the next article when they were in the last.
  const hadFocus = useRef(false);
  useEffect(() => whenIdle(() => void rehearse()), []);
  // Each article has a pane of its own, so that it begins where it was left and one whose details change stays where it is.
  return article ? (
    <OpenArticle key={article.meta.id} article={article} hadFocus={hadFocus} />
  ) : (
    <main className="article-pane" data-pane="main" aria-label="Article">
      <NoArticle />
    </main>
  );
}

function OpenArticle({ article, hadFocus }: { readonly article: Article; readonly hadFocus: RefObject<boolean> }) {
  const { actions, view, workspace } = useSession();
  const place = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLElement>(null);
  const shown = useRef<ArticleView | null>(null);

  useEffect(() => {
    if (!place.current) return;
    const drawingOf = drawings();
    const bindingsOf = lastOf((commands: readonly Command[]) => bindings(actions, commands));
    const boundaryKeysOf = lastOf((commands: readonly Command[]) => ({ ...bindings(actions, commands), ...boundaryKeys(actions) }));
    const firstOf = firstScreens();
    const left = leftAt(view, article);
    let isAllDrawn = left !== null;
    const drawingNow = () => {
      const shown = view.store.getState();
      const drawing = drawingOf(workspace.store.getState(), shown);
      return isAllDrawn || shown.active !== null ? drawing : firstOf(drawing);
    };
    const showBox = () => {
      const range = selectedRange(view.store.getState());
      view.set({ selectionBox: range && articleView.boxOf(range) });
    };
    // Once it was closed it does not come back by scrolling.
    const moveBox = () => {
      if (view.store.getState().selectionBox) showBox();
    };
    let isPressed = false;
    const articleView = new ArticleView(
      place.current,
      { text: article.text, headings: article.meta.headings, language: article.meta.language },
      {
        label: article.meta.title,
        onSelection: (selection) => {
          view.set({ selection });
          // While the pointer drags, the toolbar would be in its way.
          if (!isPressed) showBox();
        },
        onPick: (ids) => actions.pick(ids),
        onHover: (ids) => actions.hover(ids[0] ?? null),
        onDragEnd: (edge, offset) => actions.edges.drag(edge, offset),
        keys: () => (view.store.getState().boundary ? boundaryKeysOf(actions.commands()) : bindingsOf(actions.commands())),
      },
      drawingNow(),
    );
    // A gesture changes several things at once and is drawn once, before any panel: the text answers first.
    let isDue = false;
    let toSelect: Range | undefined;
    const redraw = () => {
      if (isDue) return;
      isDue = true;
      queueMicrotask(() => {
        isDue = false;
        const range = toSelect;
        toSelect = undefined;
        if (shown.current === articleView && workspace.store.getState().article === article) articleView.draw(drawingNow(), range);
      });
    };
    // As another article comes, before anything on the page changes for it: afterwards the browser would lay out for the answer what is to go.
    const leaving = workspace.store.subscribe((now, before) => {
      if (before.article === article && now.article !== article) leaveAt(view, article, articleView.readingPlace());
    });
    const stops = [workspace.store.subscribe(redraw), view.store.subscribe(redraw), leaving];
    // What a person sees first does not wait for what they may scroll to.
    const drawAll = () => {
      isAllDrawn = true;
      scroller.current?.removeEventListener('scroll', drawAll);
      redraw();
    };
    const notNow = whenIdle(drawAll);
    scroller.current?.addEventListener('scroll', drawAll, { passive: true });
    const press = () => {
      clearTimeout(rest);
      isPressed = true;
      view.set({ selectionBox: null });
    };
    let rest: ReturnType<typeof setTimeout> | undefined;
    const release = (event: MouseEvent) => {
      if (!isPressed) return;
      isPressed = false;
      // The editor takes the selection over in its own handler of this event.
      requestAnimationFrame(showBox);
      // A double click may become a triple one, which means the sentence and not the word.
      rest = setTimeout(actions.selectionFinished, event.detail === 2 ? 400 : 0);
    };
    const pressed = place.current;
    const scrolled = scroller.current;
    pressed.addEventListener('mousedown', press);
    window.addEventListener('mouseup', release);
    scrolled?.addEventListener('scroll', moveBox, { passive: true });
    // The pane, not the window: it takes its new width after the window has.
    const resized = new ResizeObserver(moveBox);
    if (scrolled) resized.observe(scrolled);
    shown.current = articleView;
    view.set({ selection: { anchor: 0, head: 0 }, selectionBox: null });
    if (left) articleView.goBackTo(left);
    actions.attachEditor({
      select: (range, options) => {
        toSelect = undefined;
        if (!isDue || options?.scroll) return articleView.select(range, options);
        toSelect = range;
        view.set({ selection: { anchor: range.start, head: range.end } });
      },
      scrollTo: (offset) => articleView.scrollTo(offset),
      walkParagraph: (step) => articleView.walkParagraph(step),
      focus: () => articleView.focus(),
      hasFocus: () => articleView.hasFocus(),
      caretPlace: () => {
        const { left, bottom } = articleView.caretBox();
        return { left, top: bottom };
      },
    });
    const showMenu = (event: MouseEvent) => {
      event.preventDefault();
      const byPointer = event.button === 2 || (event instanceof PointerEvent && event.pointerType !== '');
      if (!byPointer) return actions.run('menu.open');
      const ids = idsAt(event);
      const isOnSelection = articleView.isSelectedAt(event.clientX, event.clientY);
      if (!isOnSelection && ids.length > 0 && !ids.includes(view.store.getState().active ?? '')) actions.activate(ids[0] ?? null);
      const about = isOnSelection ? 'selection' : 'annotation';
      view.set({ contextMenu: { left: event.clientX, top: event.clientY, about }, selectionBox: null });
    };
    const leave = () => actions.edges.finish();
    pressed.addEventListener('contextmenu', showMenu);
    pressed.addEventListener('focusout', leave);
    if (hadFocus.current || document.activeElement === document.body) articleView.focus();
    return () => {
      hadFocus.current = articleView.hasFocus();
      for (const stop of stops) stop();
      notNow();
      scrolled?.removeEventListener('scroll', drawAll);
      clearTimeout(rest);
      pressed.removeEventListener('contextmenu', showMenu);
      pressed.removeEventListener('focusout', leave);
      pressed.removeEventListener('mousedown', press);
      window.removeEventListener('mouseup', release);
      scrolled?.removeEventListener('scroll', moveBox);
      resized.disconnect();
      actions.attachEditor(null);
      view.set({ selectionBox: null });
      articleView.destroy();
      shown.current = null;
    };
  }, [article, actions, view, workspace, hadFocus]);

  // As another view comes, before the text is out of the page: afterwards it stands nowhere.
  useLayoutEffect(
    () => () => {
      const isStill = workspace.store.getState().article === article;
      if (shown.current && isStill) leaveAt(view, article, shown.current.readingPlace());
    },
    [article, view, workspace],
  );

  const find = useView((state) => state.find);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another article has another view
  useEffect(() => shown.current?.showMatches(find?.matches ?? [], find?.current ?? -1), [find, article]);

  return (
    <main className="article-pane" data-pane="main" aria-label="Article" ref={scroller}>
      <div className="sheet">
        <header className="article-head">
          <h2 lang={article.meta.language ?? undefined} className={titleInText(article) ? 'visually-hidden' : undefined}>
            {article.meta.title}
          </h2>
          <div className="article-source">
            <p className="muted">
              {[article.meta.originalName, article.meta.source, article.meta.date, `${article.meta.words.toLocaleString('en')} words`]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <button type="button" className="button" data-kind="quiet" onClick={() => actions.run('article.details')}>
              Details…
            </button>
          </div>
        </header>
        <div ref={place} data-title-in-text={titleInText(article) ?? undefined} />
      </div>
    </main>
  );
}

// What of a drawing is on the first screen; asked again for the same drawing it gives the same.
function firstScreens(): (drawing: Drawing) => Drawing {
  let last: readonly [whole: Drawing, part: Drawing] | null = null;
  return (drawing) => {
    if (last?.[0] !== drawing) last = [drawing, { ...drawing, annotations: drawing.annotations.filter(isOnFirstScreen) }];
    return last[1];
  };
}

// 70 characters stand in a line of 26 pixels or more, below the bar and the article's head.
const isOnFirstScreen = ({ spans }: DrawnAnnotation) => (spans[0]?.start ?? 0) < (window.innerHeight - 160) * 2.7;

// How the text itself begins with the title, whole or cut: then that is read in its place, and nothing is read twice.
function titleInText({ meta, text }: Article): 'headline' | 'sentence' | null {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const line = lines[first]?.trim() ?? '';
  if (line === meta.title) return meta.headings[0] === first ? 'headline' : 'sentence';
  return meta.title.endsWith('…') && line.startsWith(meta.title.slice(0, -1)) ? 'sentence' : null;
}

function NoArticle() {
  const { actions } = useSession();
  const isEmpty = useWorkspace((state) => state.articles.length === 0 && state.opened?.listed === true);
  const whyNot = useWorkspace((state) => (state.writable ? null : onlyShows(state)));
  if (!isEmpty) return <p className="pane-hint">Opening the article…</p>;
  if (whyNot !== null) {
    return (
      <div className="pane-hint">
        <h2>No articles yet</h2>
        <p>{whyNot}</p>
      </div>
    );
  }
  return (
    <div className="pane-hint">
      <h2>No articles yet</h2>
      <p>Drop files or folders anywhere in this window, or choose them: text, web pages, Word, PDF, e-mail, tables.</p>
      <button type="button" className="button" data-kind="primary" onClick={() => actions.run('article.import')}>
        Import articles…
      </button>
    </div>
  );
}

// The window's keys too: ProseMirror keeps some of them (Mod-b, -i, -y, -z) from the window.
function bindings(actions: ReturnType<typeof useSession>['actions'], commands: readonly Command[]): Bindings {
  return Object.fromEntries(
    commands.flatMap(({ id, keys }) =>
      keys.map((key) => [
        key,
        () => {
          actions.run(id);
          return true;
        },
      ]),
    ),
  );
}

// Boundary mode: arrows move the end by a word, with Shift the start, with Ctrl or Cmd by a character; up and down walk the fragments.
function boundaryKeys({ edges }: ReturnType<typeof useSession>['actions']): Bindings {
  const moves = (['start', 'end'] as const).flatMap((edge) =>
    (['word', 'character'] as const).flatMap((unit) =>
      ([1, -1] as const).map((step) => {
        const name = `${unit === 'character' ? 'Mod-' : ''}${edge === 'start' ? 'Shift-' : ''}${step === 1 ? 'ArrowRight' : 'ArrowLeft'}`;
        return [name, () => edges.move({ edge, step, unit })] as const;
      }),
    ),
  );
  const walks = [
    ['ArrowUp', () => edges.walkFragment(-1)],
    ['ArrowDown', () => edges.walkFragment(1)],
  ] as const;
  return Object.fromEntries(
    [...moves, ...walks].map(([name, deed]) => [
      name,
      () => {
        deed();
        return true;
      },
    ]),
  );
}
