import { expect, test } from 'vitest';
import { searchesOf, withoutSaved, withRecent, withSaved } from './searches.ts';

const none = searchesOf({ searches: {} }, 'p');

test('L45 the last searches are remembered once each, the newest first; one that only grew takes the place of its beginning', () => {
  const made = ['layer:quote', 'spea', 'speaker:ruiz', 'layer:quote', ' '].reduce(withRecent, none);
  expect(made.recent).toEqual(['layer:quote', 'speaker:ruiz']);
  const many = Array.from({ length: 30 }, (_, index) => `${index} x`).reduce(withRecent, none);
  expect(many.recent).toHaveLength(12);
  expect(many.recent[0]).toBe('29 x');
});

test('L45 a search is kept once, under its name, and let go of by it', () => {
  const one = withSaved(withSaved(none, 'To check', 'has:note'), 'Against', 'polarity:against');
  expect(one.saved.map(({ name }) => name)).toEqual(['Against', 'To check']);
  const renamed = withSaved(one, 'Opposed', 'polarity:against');
  expect(renamed.saved.map(({ name }) => name)).toEqual(['Opposed', 'To check']);
  expect(withoutSaved(renamed, 'Opposed').saved).toEqual([{ name: 'To check', query: 'has:note' }]);
});
