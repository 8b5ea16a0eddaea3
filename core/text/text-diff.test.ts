import fc from 'fast-check';
import { expect, test } from 'vitest';
import { texts } from '../testing/arbitrary.ts';
import { keptRuns, keptWithin, movedOffset } from './text-diff.ts';

const kept = (oldText: string, newText: string) => keptRuns(oldText, newText).map((run) => oldText.slice(run.old, run.old + run.length));

test('R26 what two texts share ascends in both, is the same in both, and is all of them when they are equal', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const runs = keptRuns(a, b);
      let [oldEnd, newEnd] = [0, 0];
      for (const run of runs) {
        expect(run.old).toBeGreaterThanOrEqual(oldEnd);
        expect(run.new).toBeGreaterThanOrEqual(newEnd);
        expect(a.slice(run.old, run.old + run.length)).toBe(b.slice(run.new, run.new + run.length));
        [oldEnd, newEnd] = [run.old + run.length, run.new + run.length];
      }
      if (a !== '') expect(keptRuns(a, a)).toEqual([{ old: 0, new: 0, length: a.length }]);
    }),
  );
});

test('R26 of a line as many words are shared as there can be', () => {
  const most = (a: readonly string[], b: readonly string[]): number => {
    let row = new Array<number>(b.length + 1).fill(0);
    for (const word of a) {
      const next = [0];
      for (const [y, other] of b.entries())
        next.push(word === other ? (row[y] as number) + 1 : Math.max(row[y + 1] as number, next[y] as number));
      row = next;
    }
    return row[b.length] as number;
  };
  const signs = fc.array(fc.constantFrom('a', 'b', '.', ',', '“'), { maxLength: 14 });
  const pieces = (text: string) => text.match(/[ab]+|./gu) ?? [];
  fc.assert(
    fc.property(signs, signs, (one, other) => {
      const [a, b] = [one.join(''), other.join('')];
      expect(kept(a, b).flatMap(pieces)).toHaveLength(most(pieces(a), pieces(b)));
    }),
    { numRuns: 500 },
  );
});

test('R26 lines that stand once in both are shared however much is new around them, as many as stay in order', () => {
  const much = (sign: string) => Array.from({ length: 2500 }, (_, index) => `${sign}${index}`).join(' ');
  const old = ['The first line.', much('a'), 'The second line.', much('b'), 'The third line.', 'It was moved.', 'The last line.'];
  const fresh = ['It was moved.', much('x'), 'The second line.', much('y'), 'The third line.', 'Some line.', 'The last line.'];
  const shared = kept(old.join('\n'), fresh.join('\n')).join('');
  for (const line of ['The second line.\n', 'The third line.\n', 'The last line.']) expect(shared).toContain(line);
  expect(shared).not.toContain('moved');
  expect(kept('a\nb\nc\nd\ne\n', 'e\na\nc\nb\nd\n').join('')).toMatch(/^a\n[bc]\nd\n$/);
});

const runs = [
  { old: 2, new: 5, length: 3 },
  { old: 10, new: 20, length: 4 },
];

test('R26 an offset goes with what is around it; between two parts that stayed a beginning goes to the first and an end to the second', () => {
  const moved = (side: 'start' | 'end', offsets: number[]) => offsets.map((offset) => movedOffset(runs, offset, side, 30));
  expect(moved('start', [0, 1, 2, 4, 5, 7, 10, 13, 14, 99])).toEqual([0, 0, 5, 7, 8, 8, 20, 23, 24, 24]);
  expect(moved('end', [0, 2, 3, 5, 6, 10, 11, 14, 15])).toEqual([5, 5, 6, 8, 20, 20, 21, 24, 30]);
  expect([movedOffset([], 3, 'start', 30), movedOffset([], 3, 'end', 30)]).toEqual([0, 30]);
});

test('R26 what is kept between two places is counted where it stands in both texts', () => {
  expect(keptWithin(runs, 0, 99, 0, 99)).toBe(7);
  expect(keptWithin(runs, 3, 12, 0, 99)).toBe(4);
  expect(keptWithin(runs, 0, 99, 6, 22)).toBe(4);
  expect([keptWithin(runs, 5, 10, 0, 99), keptWithin(runs, 0, 2, 0, 99), keptWithin(runs, 14, 99, 0, 99)]).toEqual([0, 0, 0]);
  expect([keptWithin(runs, 0, 99, 8, 20), keptWithin(runs, 11, 99, 0, 22)]).toEqual([0, 1]);
});
