import type { Range } from '../../core/text/span.ts';
import { selectedRange, type View } from '../state/view-store.ts';
import type { Box } from './article-view.ts';

// In milliseconds. After two presses, a third may follow, which selects the sentence instead of the word.
const untilThird = 400;

/** What the selection box works with. `boxOf` measures a range of the text. `finished` is called when the pointer has selected something. */
export interface SelectionBoxOptions {
  readonly view: View;
  boxOf(range: Range): Box;
  finished(): void;
}

/**
 * Updates the view with the position of the selection on screen, which is where its toolbar appears. Not while the pointer is dragging, because
 * the toolbar would be in the way. After the toolbar was closed, scrolling does not bring it back.
 */
export class SelectionBox {
  readonly #options: SelectionBoxOptions;
  readonly #over = new AbortController();
  readonly #resized: ResizeObserver;
  #isPressed = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** `place` contains the text, and `scroller` scrolls it. */
  constructor(place: HTMLElement, scroller: HTMLElement, options: SelectionBoxOptions) {
    this.#options = options;
    const { signal } = this.#over;
    const move = () => this.#move();
    place.addEventListener('mousedown', () => this.#press(), { signal });
    window.addEventListener('mouseup', (event) => this.#release(event), { signal });
    scroller.addEventListener('scroll', move, { passive: true, signal });
    // Observe the pane, not the window: the pane gets its new width after the window.
    this.#resized = new ResizeObserver(move);
    this.#resized.observe(scroller);
  }

  /** Call this when the selection has changed. */
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
    // The editor reads the selection in its own handler of this event, so wait for that.
    requestAnimationFrame(() => this.#over.signal.aborted || this.#show());
    this.#rest = setTimeout(this.#options.finished, detail === 2 ? untilThird : 0);
  }
}
