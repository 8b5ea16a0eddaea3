import type { EditorView } from 'prosemirror-view';
import { type Block, blockIndexAt } from '../../core/article.ts';

/** Start of the next (`step` 1) or previous (-1) block with words in it, from the block that holds `offset`; null at the edges. */
export function paragraphFrom(text: string, blocks: readonly Block[], offset: number, step: 1 | -1): number | null {
  for (let index = blockIndexAt(blocks, offset) + step; index >= 0 && index < blocks.length; index += step) {
    const { start, end } = blocks[index] as Block;
    if (text.slice(start, end).trim() !== '') return start;
  }
  return null;
}

/** Scrolls what is around the text so that `position` lies well inside it; does nothing when it does already. */
export function reveal(view: EditorView, position: number): void {
  const { top, bottom } = view.coordsAtPos(position, 1);
  const scroller = scrollerOf(view.dom);
  const frame = scroller === document.scrollingElement ? { top: 0, height: scroller.clientHeight } : scroller.getBoundingClientRect();
  const isInside = top >= frame.top + frame.height * 0.12 && bottom <= frame.top + frame.height * 0.8;
  if (!isInside) scroller.scrollTop += top - (frame.top + frame.height / 3);
}

function scrollerOf(element: Element): Element {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    const { overflowY } = getComputedStyle(parent);
    if ((overflowY === 'auto' || overflowY === 'scroll') && parent.scrollHeight > parent.clientHeight) return parent;
  }
  return document.scrollingElement ?? document.documentElement;
}
