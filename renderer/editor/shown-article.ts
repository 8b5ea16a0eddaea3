import type { Article } from '../../core/model/article.ts';
import type { Range } from '../../core/text/span.ts';
import type { Session } from '../session.tsx';
import { whenIdle } from '../state/after-paint.ts';
import { articleBindings } from './article-bindings.ts';
import { ArticleView, type Drawing, idsAt } from './article-view.ts';
import { drawings } from './drawing.ts';
import { firstScreens } from './first-screen.ts';
import { leaveAt, leftAt } from './reading-places.ts';
import { SelectionBox } from './selection-box.ts';

/** Where an article is shown: `place` receives the text, and `scroller` scrolls it. */
export interface ArticleFrame {
  readonly place: HTMLElement;
  readonly scroller: HTMLElement;
}

/**
 * An article on screen. Draws the state of the workspace and this window, reports what is selected and pointed at, and is the editor that actions
 * use until it is destroyed. It begins where the article was left.
 */
export class ShownArticle {
  readonly #article: Article;
  readonly #session: Session;
  readonly #view: ArticleView;
  readonly #box: SelectionBox;
  readonly #drawingOf = drawings();
  readonly #firstOf = firstScreens();
  readonly #over = new AbortController();
  readonly #stops: (() => void)[];
  /** Whether everything is drawn. At first only the first screen is, so that it need not wait for the rest. */
  #isWhole: boolean;
  #isDue = false;
  #toSelect: Range | undefined;

  constructor({ place, scroller }: ArticleFrame, article: Article, session: Session) {
    this.#article = article;
    this.#session = session;
    const { actions, view, workspace } = session;
    const left = leftAt(view, article);
    this.#isWhole = left !== null;
    this.#view = new ArticleView(
      place,
      { text: article.text, headings: article.meta.headings, language: article.meta.language },
      {
        label: article.meta.title,
        onSelection: (selection) => {
          view.set({ selection });
          this.#box.update();
        },
        onPick: (ids) => actions.pick(ids),
        onHover: (ids) => actions.hover(ids[0] ?? null),
        onDragEnd: (edge, offset) => actions.edges.drag(edge, offset),
        keys: articleBindings(actions, view),
      },
      this.#drawing(),
    );
    this.#box = new SelectionBox(place, scroller, {
      view,
      boxOf: (range) => this.#view.boxOf(range),
      finished: actions.selectionFinished,
    });
    const redraw = () => this.#redraw();
    const { signal } = this.#over;
    scroller.addEventListener('scroll', () => this.#drawWhole(), { passive: true, once: true, signal });
    place.addEventListener('contextmenu', (event) => this.#openMenu(event), { signal });
    place.addEventListener('focusout', () => actions.edges.finish(), { signal });
    this.#stops = [
      workspace.store.subscribe(redraw),
      view.store.subscribe(redraw),
      // When another article opens, read the position before anything on the page changes. Later the browser would have to lay out what is about to
      // be removed.
      workspace.store.subscribe((now, before) => {
        if (before.article === article && now.article !== article) this.leave();
      }),
      whenIdle(() => this.#drawWhole()),
    ];
    view.set({ selection: { anchor: 0, head: 0 }, selectionBox: null });
    if (left) this.#view.goBackTo(left);
    actions.attachEditor({
      select: (range, options) => this.#select(range, options),
      scrollTo: (offset) => this.#view.scrollTo(offset),
      walkParagraph: (step) => this.#view.walkParagraph(step),
      focus: () => this.focus(),
      hasFocus: () => this.hasFocus(),
      caretPlace: () => {
        const { left, bottom } = this.#view.caretBox();
        return { left, top: bottom };
      },
    });
  }

  focus(): void {
    this.#view.focus();
  }

  hasFocus(): boolean {
    return this.#view.hasFocus();
  }

  /** Highlights matches; the one at `current` (-1: none) looks different. */
  showMatches(matches: readonly Range[], current: number): void {
    this.#view.showMatches(matches, current);
  }

  /** Remembers the reading position for when the article is shown again. Call this before removing anything from the page. */
  leave(): void {
    leaveAt(this.#session.view, this.#article, this.#view.readingPlace());
  }

  /** Removes the article from the screen. Do not call anything else afterwards. */
  destroy(): void {
    this.#over.abort();
    for (const stop of this.#stops) stop();
    this.#box.destroy();
    this.#session.actions.attachEditor(null);
    this.#view.destroy();
  }

  #drawing(): Drawing {
    const { workspace, view } = this.#session;
    const shown = view.store.getState();
    const drawing = this.#drawingOf(workspace.store.getState(), shown);
    return this.#isWhole || shown.active !== null ? drawing : this.#firstOf(drawing);
  }

  // A gesture changes several things at once, so they are drawn together. The text is drawn before any panel, because it must respond first.
  #redraw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      const range = this.#toSelect;
      this.#toSelect = undefined;
      const isShown = !this.#over.signal.aborted && this.#session.workspace.store.getState().article === this.#article;
      if (isShown) this.#view.draw(this.#drawing(), range);
    });
  }

  #drawWhole(): void {
    if (this.#isWhole) return;
    this.#isWhole = true;
    this.#redraw();
  }

  // If a drawing is due, the selection is set together with it.
  #select(range: Range, options?: { scroll?: boolean }): void {
    this.#toSelect = undefined;
    if (!this.#isDue || options?.scroll) return this.#view.select(range, options);
    this.#toSelect = range;
    this.#session.view.set({ selection: { anchor: range.start, head: range.end } });
  }

  #openMenu(event: MouseEvent): void {
    event.preventDefault();
    const { actions, view } = this.#session;
    const byPointer = event.button === 2 || (event instanceof PointerEvent && event.pointerType !== '');
    if (!byPointer) return actions.run('menu.open');
    const ids = idsAt(event);
    const isOnSelection = this.#view.isSelectedAt(event.clientX, event.clientY);
    if (!isOnSelection && ids.length > 0 && !ids.includes(view.store.getState().active ?? '')) actions.activate(ids[0] ?? null);
    const about = isOnSelection ? 'selection' : 'annotation';
    view.set({ contextMenu: { left: event.clientX, top: event.clientY, about }, selectionBox: null });
  }
}
