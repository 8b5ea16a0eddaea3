import { expect, test } from 'vitest';
import { alpha, Coincidences } from './alpha.ts';
import { alphaVectors } from './testing/alpha-vectors.ts';

test.each(alphaVectors)('W85 alpha of $name is the published figure ($source)', ({ units, table, alpha: expected, tolerance }) => {
  const counted = new Coincidences();
  for (const values of units ?? []) counted.addUnit(values);
  // A table has the first annotator's value by row and the second's by column.
  for (const [one, row] of (table ?? []).entries())
    for (const [other, times] of row.entries()) counted.addUnit([`${one}`, `${other}`], times);
  const found = alpha(counted.rows());
  if (expected === null) expect(found).toBeNull();
  else expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
});
