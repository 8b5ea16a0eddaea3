import type { Range } from '../../core/text/span.ts';

/**
 * Colours the matches with the browser's Highlight API, which does not change the elements of the page. The ranges refer to elements, so they are
 * created again after each drawing; that costs one look-up for each match.
 */
export class Matches {
  readonly #place: HTMLElement;
  readonly #rangeOf: (range: Range) => StaticRange;
  #matches: readonly Range[] = [];
  #current = -1;
  #frame = 0;
  // The page has one registry of highlights for all texts on it. Only what this text put there is removed.
  #painted: readonly (readonly [name: string, highlight: Highlight])[] = [];

  /** `place` contains the text, and gets a class while something is found. */
  constructor(place: HTMLElement, rangeOf: (range: Range) => StaticRange) {
    this.#place = place;
    this.#rangeOf = rangeOf;
  }

  /** Whether the browser has the Highlight API. If not, decorations are used. */
  static get isSupported(): boolean {
    return typeof Highlight === 'function' && 'highlights' in CSS;
  }

  /** Shows `matches`; the one at `current` (-1: none) looks different. */
  draw(matches: readonly Range[], current: number): void {
    if (matches.length === 0 && this.#matches.length === 0) return;
    this.#matches = matches;
    this.#current = current;
    this.refresh();
  }

  /** Call this after elements of the text were drawn again. */
  refresh(): void {
    if (this.#matches.length === 0 && this.#painted.length === 0) return;
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
    for (const [name, highlight] of this.#painted) if (CSS.highlights.get(name) === highlight) CSS.highlights.delete(name);
    this.#painted = [];
    if (this.#matches.length === 0) return;
    const ranges = this.#matches.map((range) => this.#rangeOf(range));
    const current = ranges[this.#current];
    this.#painted = [
      ['find', new Highlight(...ranges.filter((range) => range !== current))],
      ['find-current', current ? new Highlight(current) : new Highlight()],
    ];
    for (const [name, highlight] of this.#painted) CSS.highlights.set(name, highlight);
  }
}
