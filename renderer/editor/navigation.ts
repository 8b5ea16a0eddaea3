import type { EditorView } from 'prosemirror-view';
import { type Block, blockIndexAt } from '../../core/model/article.ts';

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
