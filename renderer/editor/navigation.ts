import type { EditorView } from 'prosemirror-view';
import { type Block, blockIndexAt } from '../../core/model/article.ts';
import { sectionLength } from './positions.ts';

/** Start of the next (`step` 1) or previous (-1) block with words in it, from the block that holds `offset`; null at the edges. */
export function paragraphFrom(text: string, blocks: readonly Block[], offset: number, step: 1 | -1): number | null {
  for (let index = blockIndexAt(blocks, offset) + step; index >= 0 && index < blocks.length; index += step) {
    const { start, end } = blocks[index] as Block;
    if (text.slice(start, end).trim() !== '') return start;
  }
  return null;
}

/**
 * Scrolls what is around the text so that `position` lies well inside it; does nothing when it does already. What comes near the screen is
 * laid out only then and may be higher or lower than was guessed, so it looks again in the next frames until nothing moves.
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

/** The first line of an article that is in sight. */
export interface LineInSight {
  /** Its index among the lines. */
  readonly line: number;
  /** How far its top stands below the upper edge of what is around the text, in CSS pixels; negative where that edge cuts it. */
  readonly below: number;
}

/** The first line in sight of a text whose children are sections of lines. */
export function lineInSight(text: Element): LineInSight {
  const edge = upperEdge(scrollerOf(text));
  const section = firstBelow(text, edge);
  const at = firstBelow(text.children[section], edge);
  const line = section * sectionLength + at;
  return { line, below: topOf(text, line) - edge };
}

/** Scrolls so that a line stands where `lineInSight` found it; it looks again as `reveal` does. */
export function showLine(view: EditorView, line: number, below: number, looks = 4): void {
  const scroller = scrollerOf(view.dom);
  const before = scroller.scrollTop;
  scroller.scrollTop += topOf(view.dom, line) - upperEdge(scroller) - below;
  if (scroller.scrollTop === before || looks === 0) return;
  requestAnimationFrame(() => {
    if (!view.isDestroyed) showLine(view, line, below, looks - 1);
  });
}

// The first child that does not end above `edge`, or the last.
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
 * Where a key goes that means the start or the end of the whole text (Ctrl with Home or End; on a Mac Cmd with an arrow up or down), else
 * null. The browser's own way stops short of what is not laid out.
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
