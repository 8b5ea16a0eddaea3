import type { EditorView } from 'prosemirror-view';
import { type Block, blockIndexAt } from '../../core/model/article.ts';
import { sectionLength } from './positions.ts';

/** The start of the next (`step` 1) or previous (-1) block with words, counted from the block that contains `offset`. Null if there is none. */
export function paragraphFrom(text: string, blocks: readonly Block[], offset: number, step: 1 | -1): number | null {
  for (let index = blockIndexAt(blocks, offset) + step; index >= 0 && index < blocks.length; index += step) {
    const { start, end } = blocks[index] as Block;
    if (text.slice(start, end).trim() !== '') return start;
  }
  return null;
}

/**
 * Scrolls so that `position` is well within the visible area; does nothing if it already is. The browser lays out text only when it comes near the
 * screen, so heights may differ from the estimate. Therefore this checks again in the next frames until nothing moves, at most `looks` times.
 */
export function reveal(view: EditorView, position: number, looks = 4): void {
  const { top, bottom } = view.coordsAtPos(position, 1);
  const scroller = scrollerOf(view.dom);
  const frame = scroller === document.scrollingElement ? { top: 0, height: scroller.clientHeight } : scroller.getBoundingClientRect();
  const isInside = top >= frame.top + frame.height * 0.12 && bottom <= frame.top + frame.height * 0.8;
  if (isInside) return;
  const before = scroller.scrollTop;
  scroller.scrollTop += top - (frame.top + frame.height / 3);
  if (scroller.scrollTop === before || looks === 0) return;
  const { doc } = view.state;
  requestAnimationFrame(() => {
    if (!view.isDestroyed && view.state.doc === doc) reveal(view, position, looks - 1);
  });
}

/** The first visible line of an article. */
export interface LineInSight {
  /** Its index among the lines. */
  readonly line: number;
  /** The distance of its top from the upper edge of the scrolling element, in CSS pixels; negative if the edge cuts the line. */
  readonly below: number;
}

/** The first visible line of a text whose children are sections of lines. */
export function lineInSight(text: Element): LineInSight {
  const edge = upperEdge(scrollerOf(text));
  const section = firstBelow(text, edge);
  const at = firstBelow(text.children[section], edge);
  const line = section * sectionLength + at;
  return { line, below: topOf(text, line) - edge };
}

/** Scrolls so that a line is where `lineInSight` found it. Checks again in the next frames, like `reveal`. */
export function showLine(view: EditorView, line: number, below: number, looks = 4): void {
  const scroller = scrollerOf(view.dom);
  const before = scroller.scrollTop;
  scroller.scrollTop += topOf(view.dom, line) - upperEdge(scroller) - below;
  if (scroller.scrollTop === before || looks === 0) return;
  requestAnimationFrame(() => {
    if (!view.isDestroyed) showLine(view, line, below, looks - 1);
  });
}

// The first child that ends below `edge`, or the last child.
function firstBelow(element: Element | undefined, edge: number): number {
  const children = element?.children ?? [];
  let [first, beyond] = [0, Math.max(0, children.length - 1)];
  while (first < beyond) {
    const middle = Math.floor((first + beyond) / 2);
    if ((children[middle] as Element).getBoundingClientRect().bottom > edge) beyond = middle;
    else first = middle + 1;
  }
  return first;
}

const topOf = (text: Element, line: number): number =>
  (text.children[Math.floor(line / sectionLength)]?.children[line % sectionLength] ?? text).getBoundingClientRect().top;

const upperEdge = (scroller: Element): number => (scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top);

const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

/**
 * Whether a key means the start or the end of the whole text (Ctrl with Home or End; on a Mac, Cmd with Up or Down); null for other keys. The
 * browser's own handling stops short of text that is not laid out.
 */
export function edgeOfText(event: KeyboardEvent): 'start' | 'end' | null {
  if (event.altKey || (isMac ? !event.metaKey || event.ctrlKey : !event.ctrlKey || event.metaKey)) return null;
  const [toStart, toEnd] = isMac ? ['ArrowUp', 'ArrowDown'] : ['Home', 'End'];
  return event.key === toStart ? 'start' : event.key === toEnd ? 'end' : null;
}

function scrollerOf(element: Element): Element {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if ((overflowY === 'auto' || overflowY === 'scroll') && parent.scrollHeight > parent.clientHeight) return parent;
  }
  return document.scrollingElement ?? document.documentElement;
}
