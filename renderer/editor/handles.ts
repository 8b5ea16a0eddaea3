import type { Range } from '../../core/text/span.ts';

/** The fragment whose ends can be moved now, and which end moved last. */
export interface Ends {
  readonly range: Range;
  readonly edge: 'start' | 'end';
}

/** What handles need from the text underneath. Pixels are relative to the window, offsets are UTF-16 code units. */
export interface Ground {
  caretAt(offset: number, side: 1 | -1): { readonly left: number; readonly top: number; readonly bottom: number };
  offsetAt(left: number, top: number): number | null;
  onDrag(edge: 'start' | 'end', offset: number): void;
}

/** Two handles at the ends of a fragment that the mouse can drag. They take no focus, because keys do the same. This class owns its elements. */
export class Handles {
  readonly #host: HTMLElement;
  readonly #ground: Ground;
  readonly #resized = new ResizeObserver(() => this.#place());
  readonly #elements: Readonly<Record<'start' | 'end', HTMLElement>>;
  #ends: Ends | null = null;

  constructor(host: HTMLElement, ground: Ground) {
    this.#host = host;
    this.#ground = ground;
    this.#elements = { start: this.#handle('start'), end: this.#handle('end') };
    this.#resized.observe(host);
  }

  /** Shows the handles at `ends`, or hides them if null. */
  draw(ends: Ends | null): void {
    if (!ends && !this.#ends) return;
    this.#ends = ends;
    this.#place();
  }

  destroy(): void {
    this.#resized.disconnect();
    for (const element of Object.values(this.#elements)) element.remove();
  }

  #place(): void {
    for (const edge of ['start', 'end'] as const) {
      const element = this.#elements[edge];
      if (!this.#ends) {
        element.remove();
        continue;
      }
      const frame = this.#host.getBoundingClientRect();
      const { left, top, bottom } = this.#ground.caretAt(this.#ends.range[edge], edge === 'start' ? 1 : -1);
      Object.assign(element.style, { left: `${left - frame.left}px`, top: `${top - frame.top}px`, height: `${bottom - top}px` });
      element.dataset['moved'] = String(this.#ends.edge === edge);
      if (!element.isConnected) this.#host.append(element);
    }
  }

  #handle(edge: 'start' | 'end'): HTMLElement {
    const element = document.createElement('div');
    element.className = 'boundary-handle';
    element.dataset['edge'] = edge;
    element.setAttribute('aria-hidden', 'true');
    element.addEventListener('pointerdown', (event) => {
      // Otherwise the press would take the focus from the text.
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
    });
    element.addEventListener('mousedown', (event) => {
      event.preventDefault();
      event.stopPropagation();
    });
    element.addEventListener('pointermove', (event) => {
      if (!element.hasPointerCapture(event.pointerId)) return;
      const offset = this.#ground.offsetAt(event.clientX, event.clientY);
      if (offset !== null) this.#ground.onDrag(edge, offset);
    });
    return element;
  }
}
