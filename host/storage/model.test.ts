import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseDisk, happenings, playSequence } from './testing/random-sequences.ts';

test('J20 whatever happens in whatever order, a project holds exactly what its annotator saved', async () => {
  const base = await baseDisk();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(happenings, async (sequence) => {
      runs++;
      expect(await playSequence(base, sequence)).toBeNull();
    }),
    { numRuns: 5000 },
  );
  expect(runs).toBeGreaterThanOrEqual(5000);
}, 240_000);
