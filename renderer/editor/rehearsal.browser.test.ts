import { expect, test } from 'vitest';
import { rehearse } from './rehearsal.ts';

test('F49 marks are drawn and tags added once ahead where nobody sees them', () => {
  const before = document.documentElement.outerHTML;
  const selected = document.getSelection()?.anchorNode;
  const focused = document.activeElement;
  expect(rehearse()).toBeGreaterThan(20);
  expect(document.documentElement.outerHTML).toBe(before);
  expect(document.getSelection()?.anchorNode).toBe(selected);
  expect(document.activeElement).toBe(focused);
});
