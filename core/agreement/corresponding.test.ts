import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Annotation } from '../model/annotation.ts';
import { corresponding, sharedPart } from './corresponding.ts';

const annotation = (id: string, layer: string, ...ranges: readonly (readonly [number, number])[]): Annotation => ({
  ...{ id, article: 'a', annotator: id.slice(0, 1), layer, attributes: {}, roles: [], note: '', origin: { kind: 'person' }, codebook: 1 },
  ...{ spans: ranges.map(([start, end]) => ({ start, end, text: '' })), created: '', modified: '' },
});
const ids = (groups: readonly (readonly Annotation[])[]) => groups.map((group) => group.map(({ id }) => id).join(' '));

test('W86 of what overlaps in one layer those that share the most answer to each other, each to one of an annotator', () => {
  const anna = [annotation('a1', 'QUOTE', [0, 20]), annotation('a2', 'QUOTE', [30, 40]), annotation('a3', 'QUOTE', [60, 70])];
  const ben = [annotation('b1', 'QUOTE', [0, 5]), annotation('b2', 'QUOTE', [4, 20]), annotation('b3', 'QUOTE', [39, 62])];
  const cleo = [annotation('c1', 'QUOTE', [1, 19])];
  expect(ids(corresponding([anna, ben, cleo]))).toEqual(['a1 b2 c1', 'b1', 'a2', 'a3 b3']);
});

test('W86 what is left alone answers to the very same words in another layer, and to no others', () => {
  const anna = [annotation('a1', 'QUOTE', [0, 20]), annotation('a2', 'QUOTE', [30, 40])];
  const ben = [annotation('b1', 'FACT', [0, 20]), annotation('b2', 'STANCE', [30, 39])];
  const cleo = [annotation('c1', 'QUOTE', [0, 20]), annotation('c2', 'FACT', [0, 20])];
  expect(ids(corresponding([anna, ben, cleo]))).toEqual(['a1 c1', 'b1 c2', 'a2', 'b2']);
  expect(ids(corresponding([anna, ben]))).toEqual(['a1 b1', 'a2', 'b2']);
});

test('W86 the part that is shared counts the characters of all fragments', () => {
  const ranges = (...list: readonly (readonly [number, number])[]) => list.map(([start, end]) => ({ start, end }));
  expect(sharedPart(ranges([0, 10], [20, 30]), ranges([5, 25]))).toBeCloseTo(10 / 30, 9);
  expect(sharedPart(ranges([0, 10]), ranges([10, 20]))).toBe(0);
  expect(sharedPart(ranges([0, 10], [20, 30]), ranges([0, 10], [20, 30]))).toBe(1);
});

test('W86 whatever they annotate and in whatever order it is read, everything is in one group, with one of an annotator at most', () => {
  const one = fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 5 }), fc.constantFrom('QUOTE', 'FACT'));
  const lists = fc.array(fc.array(one, { maxLength: 6 }), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(lists, (drawn) => {
      const all = drawn.map((list, by) =>
        list.map(([start, length, layer], at) => annotation(`${'abcd'[by]}${at}`, layer, [start, start + length])),
      );
      const groups = corresponding(all);
      expect(
        groups
          .flat()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(
        all
          .flat()
          .map(({ id }) => id)
          .sort(),
      );
      for (const group of groups) expect(new Set(group.map(({ annotator }) => annotator)).size).toBe(group.length);
      expect(ids(corresponding(all.map((list) => list.toReversed())))).toEqual(ids(groups));
    }),
  );
});
