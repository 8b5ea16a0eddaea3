import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf } from '../../core/model/article.ts';
import { blockPositions, offsetOf, positionOf, wholeCharacter } from './positions.ts';
import { documentOf } from './schema.ts';

// Texts rich in what goes wrong: empty lines, trailing newlines, characters of two units.
const words = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '\n', '\n', '🇺🇦', '👩‍🚀', '𝒳', '“'), maxLength: 60 });
// Some of them long enough for several sections.
const texts = fc.tuple(fc.constantFrom('', 'x\n'.repeat(30), 'one\n\n'.repeat(70)), words).map((parts) => parts.join(''));

test('E1 every offset has a position inside a block, and the way back gives the offset', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const blocks = blocksOf(text);
      const doc = documentOf(text, blocks);
      for (let offset = 0; offset <= text.length; offset++) {
        const position = positionOf(blocks, offset);
        expect(doc.resolve(position).parent.isTextblock).toBe(true);
        expect(doc.textBetween(0, position, '\n')).toBe(text.slice(0, offset));
        expect(offsetOf(blocks, position)).toBe(offset);
      }
    }),
  );
});

test('E1 every position has an offset, and offsets never descend', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const blocks = blocksOf(text);
      const { size } = documentOf(text, blocks).content;
      const offsets = Array.from({ length: size + 1 }, (_, position) => offsetOf(blocks, position));
      expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
      expect([offsets[0], offsets.at(-1)]).toEqual([0, text.length]);
      // Just before a block it is the block's start.
      for (const [index, { start }] of blocks.entries()) expect(offsets[blockPositions(blocks, index).from]).toBe(start);
    }),
  );
});

test('E2 the document holds the text to the letter, a block a line', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const blocks = blocksOf(text);
      const doc = documentOf(text, blocks);
      doc.check();
      expect(doc.textBetween(0, doc.content.size, '\n')).toBe(text);
      let index = 0;
      doc.descendants((node, position) => {
        if (!node.isTextblock) return true;
        expect(blockPositions(blocks, index++)).toEqual({ from: position, to: position + node.nodeSize });
        return false;
      });
      expect(index).toBe(blocks.length);
    }),
  );
});

test('E1 what lies outside the text is refused', () => {
  const blocks = blocksOf('ab\ncd');
  for (const offset of [-1, 6, Number.NaN]) expect(() => positionOf(blocks, offset)).toThrow(RangeError);
  for (const position of [-1, 11, Number.NaN]) expect(() => offsetOf(blocks, position)).toThrow(RangeError);
  expect(() => blockPositions(blocks, 2)).toThrow(RangeError);
});

test('E1 an offset inside a surrogate pair moves before it', () => {
  expect([0, 1, 2, 3, 4].map((offset) => wholeCharacter('a𝒳b', offset))).toEqual([0, 1, 1, 3, 4]);
});

test('E3 blocks with words in them are numbered and empty lines are not', () => {
  const text = 'One\n\n \nTwo\nThree';
  const numbers: unknown[] = [];
  documentOf(text, blocksOf(text, [0])).descendants((node) => {
    if (node.isTextblock) numbers.push([node.type.name, node.attrs.number]);
  });
  expect(numbers).toEqual([
    ['heading', 1],
    ['paragraph', null],
    ['paragraph', null],
    ['paragraph', 2],
    ['paragraph', 3],
  ]);
});
