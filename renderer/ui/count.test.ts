import { expect, test } from 'vitest';
import { counted } from './count.ts';

test.each([
  [1, 'draft', '1 draft'],
  [0, 'draft', '0 drafts'],
  [1204, 'quoted term', '1,204 quoted terms'],
  [2, 'entity', '2 entities'],
  [2, 'survey', '2 surveys'],
  [2, 'bias', '2 biases'],
  [3, 'research', '3 researches'],
])('F25 %i of “%s” reads “%s”', (count, one, words) => {
  expect(counted(count, one)).toBe(words);
});

test('F25 an irregular plural is given', () => {
  expect(counted(2, 'link across articles', 'links across articles')).toBe('2 links across articles');
});
