import { type Block, blockIndexAt } from '../../core/model/article.ts';

/**
 * Converts between offsets and positions; no other code knows how they differ. An offset counts UTF-16 code units of the article's text. A
 * position is ProseMirror's: it counts a step into and out of each block, where the text has one newline, and a step into and out of each section,
 * of which the text knows nothing.
 */

/** The number of blocks in a section; see schema.ts. */
export const sectionLength = 32;

// The position right before block `index`.
function before(blocks: readonly Block[], index: number): number {
  return (blocks[index] as Block).start + index + 2 * Math.floor(index / sectionLength) + 1;
}

/** The position of `offset`, always inside a block, where the text is. @throws RangeError if it is outside the text */
export function positionOf(blocks: readonly Block[], offset: number): number {
  const end = blocks.at(-1)?.end ?? 0;
  if (!(offset >= 0 && offset <= end)) throw new RangeError(`offset ${offset} is outside a text of ${end}`);
  const index = blockIndexAt(blocks, offset);
  return before(blocks, index) + 1 + offset - (blocks[index] as Block).start;
}

/**
 * The offset of `position`. Between two blocks of a section, it is the start of the later one; between two sections, the end of the earlier one.
 * @throws RangeError if it is outside the document
 */
export function offsetOf(blocks: readonly Block[], position: number): number {
  if (!(position >= 0 && position <= blockPositions(blocks, blocks.length - 1).to + 1))
    throw new RangeError(`position ${position} is outside the document`);
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (before(blocks, middle) <= position) low = middle;
    else high = middle - 1;
  }
  const block = blocks[low] as Block;
  return Math.max(block.start, Math.min(block.end, block.start + position - 1 - before(blocks, low)));
}

/** The positions right before and right after block `index`. */
export function blockPositions(blocks: readonly Block[], index: number): { from: number; to: number } {
  const block = blocks[index];
  if (!block) throw new RangeError(`no block ${index} among ${blocks.length}`);
  const from = before(blocks, index);
  return { from, to: from + block.end - block.start + 2 };
}

/** `offset`, or the one before it if it is inside a surrogate pair. */
export function wholeCharacter(text: string, offset: number): number {
  const isInside = offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
  return isInside ? offset - 1 : offset;
}
