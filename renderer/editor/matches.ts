import type { Range } from '../../core/text/span.ts';

/**
 * Paints what was found over the text by the browser's own highlights, which leave the page's elements alone. Ranges hold elements of the
 * page, so they are made anew after each drawing; that costs a look-up a match.
 */
export class Matches {
  readonly #place: HTMLElement;
  readonly #rangeOf: (range: Range) => StaticRange;
  #matches: readonly Range[] = [];
  #current = -1;
  #frame = 0;

  /** `place` holds the text, and says by a class whether something was found. */
  constructor(place: HTMLElement, rangeOf: (range: Range) => StaticRange) {
    this.#place = place;
    this.#rangeOf = rangeOf;
  }

  /** Whether the browser has such highlights. Without them decorations do. */
  static get isSupported(): boolean {
    return typeof Highlight === 'function' && 'highlights' in CSS;
  }

  /** Shows `matches`, the one at `current` (-1: none) set apart. */
  draw(matches: readonly Range[], current: number): void {
    if (matches.length === 0 && this.#matches.length === 0) return;
    this.#matches = matches;
    this.#current = current;
    this.refresh();
  }

  /** To be called when elements of the text were drawn anew. */
  refresh(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#matches = [];
    this.#paint();
  }

  #paint(): void {
    this.#place.classList.toggle('finding', this.#matches.length > 0);
    if (this.#matches.length === 0) {
      CSS.highlights.delete('find');
      CSS.highlights.delete('find-current');
      return;
    }
    const ranges = this.#matches.map((range) => this.#rangeOf(range));
    const current = ranges[this.#current];
    CSS.highlights.set('find', new Highlight(...ranges.filter((range) => range !== current)));
    CSS.highlights.set('find-current', current ? new Highlight(current) : new Highlight());
  }
}
