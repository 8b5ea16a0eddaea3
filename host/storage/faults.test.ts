import { expect, test } from 'vitest';
import { soak, tell } from '../../core/testing/soak.ts';
import { runCrashes } from './testing/crash-images.ts';
import { runFaults } from './testing/fault-runs.ts';

test('J18 a disk that fails at any operation, once or for good, costs no acknowledged edit and leaves nothing unreadable', async () => {
  const { runs, broken, silent } = await runFaults(soak(13, 1));
  tell('J18 faults', { runs, broken: broken.length, silent: silent.length });
  expect(broken).toEqual([]);
  // Every failure is told, but for a hard link that could not be made: the last good copy is then a copy; and the time of the journal after
  // a step: it is then read once more.
  expect(silent.filter((run) => !/^E\w+ once at \d+ \((link |stat \S*journal\.jsonl\))/.test(run))).toEqual([]);
  expect(runs).toBeGreaterThanOrEqual(soak(80, 1000));
}, 0);

test('J19 a power cut at any operation, also during the recovery from one, costs no acknowledged edit', async () => {
  const { images, second, broken } = await runCrashes();
  tell('J19 power cuts', { images, 'cut again': second, broken: broken.length });
  expect(broken).toEqual([]);
  expect(images).toBeGreaterThanOrEqual(800);
  expect(second).toBeGreaterThanOrEqual(200);
}, 0);
