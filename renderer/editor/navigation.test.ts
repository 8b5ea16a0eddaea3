import { expect, test } from 'vitest';
import { blocksOf } from '../../core/model/article.ts';
import { paragraphFrom } from './navigation.ts';

const text = 'One here. Two there.\n\n \nThree.';
const blocks = blocksOf(text);
test('E7 the next paragraph is the next line with words in it, and there is none at the edges', () => {
  const last = text.indexOf('Three');
  expect(paragraphFrom(text, blocks, 5, 1)).toBe(last);
  expect(paragraphFrom(text, blocks, last + 2, -1)).toBe(0);
  expect(paragraphFrom(text, blocks, last, 1)).toBeNull();
  expect(paragraphFrom(text, blocks, 5, -1)).toBeNull();
});
