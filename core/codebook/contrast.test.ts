import { expect, test } from 'vitest';
import { contrastRatio } from './contrast.ts';

test('P20 contrast is that of WCAG: black on white is 21 to 1, either way round, and #777777 on white is under AA', () => {
  expect(contrastRatio([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  expect(contrastRatio([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 5);
  expect(contrastRatio([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.478, 3);
  expect(contrastRatio([1, 2, 3], [1, 2, 3])).toBe(1);
});
