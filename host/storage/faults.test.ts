import { expect, test } from 'vitest';
import { runCrashes } from './testing/crash-images.ts';
import { runFaults } from './testing/fault-runs.ts';

test('J18 a disk that fails at any operation, once or for good, costs no acknowledged edit and leaves nothing unreadable', async () => {
  const { runs, broken, silent } = await runFaults();
  expect(broken).toEqual([]);
  // Every failure is told, but for a hard link that could not be made: the last good copy is then a copy.
  expect(silent.filter((run) => !/^E\w+ once at \d+ \(link /.test(run))).toEqual([]);
  expect(runs).toBeGreaterThanOrEqual(1000);
}, 240_000);

test('J19 a power cut at any operation, also during the recovery from one, costs no acknowledged edit', async () => {
  const { images, second, broken } = await runCrashes();
  expect(broken).toEqual([]);
  expect(images).toBeGreaterThanOrEqual(800);
  expect(second).toBeGreaterThanOrEqual(200);
}, 240_000);
