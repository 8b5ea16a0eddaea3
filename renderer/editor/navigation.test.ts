import { expect, test } from 'vitest';
import { blocksOf } from '../../core/article.ts';
import { paragraphFrom, sentenceAround } from './navigation.ts';

const text = 'One here. Two there.\n\n \nThree.';
const blocks = blocksOf(text);
const sentence = (offset: number) => {
  const range = sentenceAround(text, blocks, offset);
  return range && text.slice(range.start, range.end);
};

test('E5 a sentence is found from anywhere in it, at the end of its line too, and none in an empty line', () => {
  expect([0, 8, 10, 15].map(sentence)).toEqual(['One here.', 'One here.', 'Two there.', 'Two there.']);
  expect(sentence(text.indexOf('\n'))).toBe('Two there.');
  expect(sentence(text.length)).toBe('Three.');
  expect(sentence(text.indexOf('\n') + 1)).toBeNull();
});

test('E7 the next paragraph is the next line with words in it, and there is none at the edges', () => {
  const last = text.indexOf('Three');
  expect(paragraphFrom(text, blocks, 5, 1)).toBe(last);
  expect(paragraphFrom(text, blocks, last + 2, -1)).toBe(0);
  expect(paragraphFrom(text, blocks, last, 1)).toBeNull();
  expect(paragraphFrom(text, blocks, 5, -1)).toBeNull();
});
