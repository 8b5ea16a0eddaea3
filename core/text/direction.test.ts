import { expect, test } from 'vitest';
import { isRightToLeft } from './direction.ts';

test('F90 the first letter tells which way a text is written', () => {
  expect(['«سمعنا» Norhydro', '12 ‏בית', 'Norhydro نفت', '“The” سد', '1,300', ''].map(isRightToLeft)).toEqual([
    ...[true, true, false, false, false, false],
  ]);
});
