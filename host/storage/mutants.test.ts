import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runCrashes } from './testing/crash-images.ts';
import { mutants } from './testing/mutants.ts';
import { baseDisk, happenings, playSequence } from './testing/random-sequences.ts';

test.for(Object.entries(mutants))('J22 the tests of the write protocol catch a wrong one: %s', { timeout: 0 }, async ([, mutant]) => {
  const base = await baseDisk();
  const sequences = fc.sample(happenings, { numRuns: 100, seed: 5 });
  let caught: string | null = null;
  for (const sequence of sequences) caught ??= await playSequence(base, sequence, mutant);
  caught ??= (await runCrashes(mutant, true)).broken[0] ?? null;
  expect(caught).not.toBeNull();
});
