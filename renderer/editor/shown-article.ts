import type { Article } from '../../core/model/article.ts';
import type { Range } from '../../core/text/span.ts';
import type { Session } from '../session.tsx';
import { type Reading, whenIdle } from '../state/after-paint.ts';
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
 * An article that is drawn, on screen or out of sight. Draws the state of `reading`. Once it is `attached`, it is on screen: it reports what is
 * selected and pointed at, and is the editor that actions use. It begins where the article was left.
 */
export class ShownArticle {
  readonly #article: Article;
  readonly #session: Session;
  readonly #reading: Reading;
  readonly #frame: ArticleFrame;
  readonly #view: ArticleView;
  readonly #drawingOf = drawings();
  readonly #firstOf = firstScreens();
  readonly #stops: (() => void)[];
  #attached: AbortController | null = null;
  #box: SelectionBox | null = null;
  /** Whether everything is drawn. At first only the first screen is, so that it need not wait for the rest. */
  #isWhole: boolean;
  #isOver = false;
  #isDue = false;
  #toSelect: Range | undefined;

  constructor(frame: ArticleFrame, article: Article, session: Session, reading: Reading) {
    this.#article = article;
    this.#session = session;
    this.#reading = reading;
    this.#frame = frame;
    const { actions, view, workspace } = session;
    const left = leftAt(view, article);
    this.#isWhole = left !== null;
    this.#view = new ArticleView(
      frame.place,
      { text: article.text, headings: article.meta.headings, language: article.meta.language },
      {
        label: article.meta.title,
        onSelection: (selection) => {
          if (!this.isAttached) return;
          view.set({ selection });
          this.#box?.update();
        },
        onPick: (ids) => actions.pick(ids),
        onHover: (ids) => actions.hover(ids[0] ?? null),
        onDragEnd: (edge, offset) => actions.edges.drag(edge, offset),
        keys: articleBindings(actions, view),
      },
      this.#drawing(),
    );
    const redraw = () => this.#redraw();
    this.#stops = [
      reading.workspace.subscribe(redraw),
      reading.view.subscribe(redraw),
      // When another article opens, read the position before anything on the page changes. Later the browser would have to lay out what is about to
      // be removed.
      workspace.store.subscribe((now, before) => {
        if (before.article === article && now.article !== article) this.leave();
      }),
    ];
    if (left) this.#view.goBackTo(left);
  }

  get isAttached(): boolean {
    return this.#attached !== null;
  }

  /** Puts the article on screen. Its elements must be visible. */
  attach(): void {
    if (this.#attached) return;
    this.#attached = new AbortController();
    const { signal } = this.#attached;
    const { place, scroller } = this.#frame;
    const { actions, view } = this.#session;
    this.#box = new SelectionBox(place, scroller, {
      view,
      boxOf: (range) => this.#view.boxOf(range),
      finished: actions.selectionFinished,
    });
    scroller.addEventListener('scroll', () => this.#drawWhole(), { passive: true, once: true, signal });
    place.addEventListener('contextmenu', (event) => this.#openMenu(event), { signal });
    place.addEventListener('focusout', () => actions.edges.finish(), { signal });
    signal.addEventListener(
      'abort',
      whenIdle(() => this.#drawWhole()),
    );
    view.set({ selection: this.#view.selection(), selectionBox: null });
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

  /** Takes the article from the screen, but leaves it drawn. */
  detach(): void {
    this.#attached?.abort();
    this.#attached = null;
    this.#box?.destroy();
    this.#box = null;
    this.#session.actions.attachEditor(null);
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

  /** Removes the article from the page. Do not call anything else afterwards. */
  destroy(): void {
    if (this.isAttached) this.detach();
    this.#isOver = true;
    for (const stop of this.#stops) stop();
    this.#view.destroy();
  }

  #drawing(): Drawing {
    const shown = this.#reading.view.getState();
    const drawing = this.#drawingOf(this.#reading.workspace.getState(), shown);
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
      const isShown = !this.#isOver && this.#reading.workspace.getState().article === this.#article;
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
