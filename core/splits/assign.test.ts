import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type NewHash, pointOf, splitAt } from './assign.ts';
import { SplitName, SplitOptions } from './options.ts';

const newHash: NewHash = () => {
  const hash = createHash('sha256');
  return { update: (text) => void hash.update(text, 'utf8'), hex: () => hash.digest('hex') };
};
const usual = { train: 0.8, validation: 0.1, test: 0.1 };

// Computed in Node and in Python.
test.each([
  ['evt-1', 0.5828231282020433, 'train'],
  ['g2', 0.9449472018512759, 'test'],
  ['g3', 0.8335221960128342, 'validation'],
  ['g4', 0.9789971751142807, 'test'],
  ['évt-é', 0.15500810606760818, 'train'],
])('X46 the group %s falls at %f, into %s', (group, point, split) => {
  expect(pointOf(group, newHash)).toBeCloseTo(point, 12);
  expect(splitAt(pointOf(group, newHash), usual)).toBe(split);
});

test.each([0, 1])('X46 200 groups from g%d on are 161 to train, 18 to validate and 21 to test on', (first) => {
  const splits = Array.from({ length: 200 }, (_, index) => splitAt(pointOf(`g${first + index}`, newHash), usual));
  const counts = SplitName.options.map((name) => splits.filter((split) => split === name).length);
  expect(counts).toEqual([161, 18, 21]);
});

test('X46 a split with no part of the whole gets nothing, and the parts together must be the whole', () => {
  const points = [0, 0.5, 0.89999, 0.9, 1 - 2 ** -53];
  expect(points.map((point) => splitAt(point, { train: 0.9, validation: 0, test: 0.1 }))).toEqual([
    'train',
    'train',
    'train',
    'test',
    'test',
  ]);
  // .7 + .2 is a hair less than .9.
  expect(splitAt(1 - 2 ** -53, { train: 0.7, validation: 0.2, test: 0.1 })).toBe('test');
  expect(splitAt(1 - 2 ** -53, { train: 0.1, validation: 0.7, test: 0.2 - 1e-10 })).toBe('test');
  expect(splitAt(1 - 2 ** -53, { train: 0.7, validation: 0.3 - 1e-10, test: 0 })).toBe('validation');
  const isFine = (train: number, validation: number, test: number) =>
    SplitOptions.safeParse({ fractions: { train, validation, test }, group: [], stratify: false }).success;
  expect([isFine(0.7, 0.2, 0.1), isFine(1, 0, 0), isFine(0.8, 0.1, 0.2), isFine(1.2, -0.1, -0.1)]).toEqual([true, true, false, false]);
});
