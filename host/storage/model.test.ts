import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seed, soak, tell } from '../../core/testing/soak.ts';
import { Author } from './testing/author.ts';
import { playHistories } from './testing/histories.ts';
import { baseDisk, happenings, playSequence } from './testing/random-sequences.ts';
import { annotator } from './testing/scenario.ts';

test('J20 whatever happens in whatever order, a project holds exactly what its annotator saved', async () => {
  const base = await baseDisk();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(happenings, async (sequence) => {
      runs++;
      expect(await playSequence(base, sequence)).toBeNull();
    }),
    { numRuns: soak(300, 20_000), seed },
  );
  tell('J20 sequences, each played from its beginning', { runs });
}, 0);

test('J42 whatever is done to annotations, registry, articles and codebook, and wherever within it the disk fails or the power is cut, the next start finds exactly what was acknowledged', async () => {
  const wanted = soak(20_000, 1_000_000);
  const { broken, ...counts } = await playHistories(await baseDisk(), new Author(annotator), seed, wanted);
  tell('J42 histories', { ...counts, broken: broken.length });
  expect(broken).toEqual([]);
  expect(counts.histories).toBeGreaterThanOrEqual(wanted);
}, 0);

test('J111 a start that knows what starts before found out, of this history or of others, finds what it would find without', async () => {
  const wanted = soak(400, 100_000);
  const known = mkdtempSync(join(tmpdir(), 'pressmark-known-'));
  try {
    const { broken, ...counts } = await playHistories(await baseDisk(), new Author(annotator), seed, wanted, undefined, known);
    tell('J111 histories that know of others', { ...counts, broken: broken.length });
    expect(broken).toEqual([]);
  } finally {
    rmSync(known, { recursive: true });
  }
}, 0);
