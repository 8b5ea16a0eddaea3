import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alpha, Coincidences } from './alpha.ts';

const counted = (units: readonly (readonly string[])[]) => {
  const coincidences = new Coincidences();
  for (const values of units) coincidences.addUnit(values);
  return coincidences.rows();
};

test('W85 alpha is 1 where all agree, below 0 where nobody does, and not told where only one value was given', () => {
  expect(
    alpha(
      counted([
        ['a', 'a'],
        ['b', 'b', 'b'],
      ]),
    ),
  ).toBe(1);
  expect(
    alpha(
      counted([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ),
  ).toBeCloseTo(-0.5, 9);
  expect(
    alpha(
      counted([
        ['a', 'a'],
        ['a', 'a'],
      ]),
    ),
  ).toBeNull();
  expect(alpha(counted([['a'], []]))).toBeNull();
});

test('W85 what is counted apart and added up is what is counted at once', () => {
  const units = fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }), { maxLength: 12 });
  fc.assert(
    fc.property(units, units, (some, others) => {
      const together = new Coincidences();
      together.addRows(counted(some));
      together.addRows(counted(others));
      const [one, other] = [alpha(together.rows()), alpha(counted([...some, ...others]))];
      if (one === null || other === null) expect(one).toBe(other);
      else expect(one).toBeCloseTo(other, 9);
    }),
  );
});

test('W85 units that are alike count as often as they are', () => {
  const times = new Coincidences();
  times.addUnit(['a', 'b', 'a'], 3);
  times.addUnit(['b', 'b'], 0);
  expect(alpha(times.rows())).toBeCloseTo(
    alpha(
      counted([
        ['a', 'b', 'a'],
        ['a', 'b', 'a'],
        ['a', 'b', 'a'],
      ]),
    ) as number,
    9,
  );
});
