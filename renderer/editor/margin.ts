import './margin.css';
import type { Hue } from '../../core/model/codebook.ts';
import type { Range } from '../../core/text/span.ts';

/** What the margin connects: the fragments of one annotation and the mentions in its roles, in UTF-16 code units. */
export interface Tied {
  readonly hue: Hue;
  readonly fragments: readonly Range[];
  readonly mentions: readonly { readonly range: Range; readonly title: string }[];
}

/** Where a range of text is on screen: its top and bottom, and the middle of its first line. */
export interface Lines {
  readonly top: number;
  readonly bottom: number;
  readonly middle: number;
}

const svgNamespace = 'http://www.w3.org/2000/svg';
const spine = 10;
const labelled = 64;
const widest = 132;

/**
 * Thin lines next to the text that connect what belongs together: a stroke along each fragment, an arrow with the name of the role at each
 * mention, and a line joining them. The element lies over the page, scrolls with the text and does not respond to the pointer. The inspector shows
 * the same information, so it is hidden from screen readers. This class owns its element and measures at most once for each frame.
 */
export class Margin {
  readonly #host: HTMLElement;
  readonly #text: HTMLElement;
  readonly #linesOf: (range: Range) => Lines;
  readonly #svg = document.createElementNS(svgNamespace, 'svg');
  // If nothing is connected, nothing needs to move and no frame is needed.
  readonly #resized = new ResizeObserver(() => this.#tied && this.#schedule());
  #tied: Tied | null = null;
  #frame = 0;

  /** `host` is the positioned element that contains `text`. `linesOf` measures in pixels of the window. */
  constructor(host: HTMLElement, text: HTMLElement, linesOf: (range: Range) => Lines) {
    this.#host = host;
    this.#text = text;
    this.#linesOf = linesOf;
    this.#svg.classList.add('margin');
    this.#svg.setAttribute('aria-hidden', 'true');
    this.#svg.style.display = 'none';
    host.append(this.#svg);
    this.#resized.observe(text);
    this.#resized.observe(host.parentElement?.parentElement ?? host);
  }

  /** Connects `tied` instead of what is connected now; null for nothing. */
  draw(tied: Tied | null): void {
    const isSomething = tied !== null && tied.fragments.length + tied.mentions.length > 1;
    if (!isSomething && !this.#tied) return;
    this.#tied = isSomething ? tied : null;
    this.#schedule();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#resized.disconnect();
    this.#svg.remove();
  }

  #schedule(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    const tied = this.#tied;
    this.#svg.style.display = tied ? 'block' : 'none';
    if (!tied) return this.#svg.replaceChildren();
    const frame = this.#host.getBoundingClientRect();
    const text = this.#text.getBoundingClientRect();
    const around = (this.#host.parentElement?.parentElement ?? this.#host).getBoundingClientRect();
    const room = Math.min(widest, around.right - text.right - 16);
    const width = Math.max(spine + 4, room);
    const fragments = tied.fragments
      .map((range) => this.#linesOf(range))
      .map((lines) => ({ from: lines.top - frame.top + 4, to: lines.bottom - frame.top - 4 }));
    const mentions = labelsByLine(
      tied.mentions.map(({ range, title }) => ({ y: Math.round(this.#linesOf(range).middle - frame.top), title })),
    );
    const ends = [...fragments.flatMap(({ from, to }) => [from, to]), ...mentions.map(({ y }) => y)];
    this.#svg.style.left = `${text.right - frame.left}px`;
    this.#svg.style.width = `${width}px`;
    this.#svg.style.height = `${text.height}px`;
    this.#svg.dataset['hue'] = tied.hue;
    this.#svg.replaceChildren(
      path('tie', `M${spine} ${Math.min(...ends)} V${Math.max(...ends)}`),
      ...fragments.map(({ from, to }) => path('tied-fragment', `M${spine} ${from} V${to}`)),
      ...mentions.flatMap(({ y, titles }) => [
        path('tied-mention', `M${spine} ${y} H2 M5 ${y - 3} L2 ${y} L5 ${y + 3}`),
        ...(room >= labelled ? [label(titles.join(', ').toLowerCase(), spine + 7, y)] : []),
      ]),
    );
  }
}

// Mentions on the same line share an arrow.
function labelsByLine(mentions: readonly { y: number; title: string }[]): { y: number; titles: string[] }[] {
  const lines: { y: number; titles: string[] }[] = [];
  for (const { y, title } of mentions) {
    const line = lines.find((each) => Math.abs(each.y - y) < 8);
    if (!line) lines.push({ y, titles: [title] });
    else if (!line.titles.includes(title)) line.titles.push(title);
  }
  return lines;
}

function path(name: string, d: string): SVGElement {
  const element = document.createElementNS(svgNamespace, 'path');
  element.setAttribute('class', name);
  element.setAttribute('d', d);
  return element;
}

function label(words: string, x: number, y: number): SVGElement {
  const element = document.createElementNS(svgNamespace, 'text');
  element.setAttribute('x', String(x));
  element.setAttribute('y', String(y));
  element.textContent = words;
  return element;
}
