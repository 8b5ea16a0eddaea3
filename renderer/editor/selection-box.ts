import type { Range } from '../../core/text/span.ts';
import { selectedRange, type View } from '../state/view-store.ts';
import type { Box } from './article-view.ts';

// The first of two presses may become a third, which means the sentence and not the word; in milliseconds.
const untilThird = 400;

/** What the selection's box is kept for. `boxOf` measures a range of the text; `finished` hears that the pointer has selected something. */
export interface SelectionBoxOptions {
  readonly view: View;
  boxOf(range: Range): Box;
  finished(): void;
}

/**
 * Tells the view where the selection is on screen, which is where its toolbar stands: not while the pointer drags, in whose way it would be. Once it
 * was closed it does not come back by scrolling.
 */
export class SelectionBox {
  readonly #options: SelectionBoxOptions;
  readonly #over = new AbortController();
  readonly #resized: ResizeObserver;
  #isPressed = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** `place` holds the text, and `scroller` scrolls it. */
  constructor(place: HTMLElement, scroller: HTMLElement, options: SelectionBoxOptions) {
    this.#options = options;
    const { signal } = this.#over;
    const move = () => this.#move();
    place.addEventListener('mousedown', () => this.#press(), { signal });
    window.addEventListener('mouseup', (event) => this.#release(event), { signal });
    scroller.addEventListener('scroll', move, { passive: true, signal });
    // The pane, not the window: it takes its new width after the window has.
    this.#resized = new ResizeObserver(move);
    this.#resized.observe(scroller);
  }

  /** The selection is another one. */
  update(): void {
    if (!this.#isPressed) this.#show();
  }

  destroy(): void {
    this.#over.abort();
    this.#resized.disconnect();
    clearTimeout(this.#rest);
    this.#options.view.set({ selectionBox: null });
  }

  #show(): void {
    const { view, boxOf } = this.#options;
    const range = selectedRange(view.store.getState());
    view.set({ selectionBox: range && boxOf(range) });
  }

  #move(): void {
    if (this.#options.view.store.getState().selectionBox) this.#show();
  }

  #press(): void {
    clearTimeout(this.#rest);
    this.#isPressed = true;
    this.#options.view.set({ selectionBox: null });
  }

  #release({ detail }: MouseEvent): void {
    if (!this.#isPressed) return;
    this.#isPressed = false;
    // The editor takes the selection over in its own handler of this event.
    requestAnimationFrame(() => this.#over.signal.aborted || this.#show());
    this.#rest = setTimeout(this.#options.finished, detail === 2 ? untilThird : 0);
  }
}
