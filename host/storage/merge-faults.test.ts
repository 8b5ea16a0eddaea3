import { beforeAll, expect, test } from 'vitest';
import { AppError } from '../../core/failure.ts';
import { soak, tell } from '../../core/testing/soak.ts';
import { openProject } from './project.ts';
import { imagesOf } from './testing/crash-images.ts';
import { brokenMerge, markedDisk, mergeOptions, whatLacks } from './testing/marked-journal.ts';
import { folder } from './testing/scenario.ts';
import { type Fault, faultCodes, type SimulatedFileSystem } from './testing/simulated-file-system.ts';

let marked: SimulatedFileSystem;
beforeAll(async () => {
  marked = await markedDisk();
});

test('O28 a power cut at any moment of merging a journal with git’s markers leaves both sides on the disk, and merging again brings both', async () => {
  const disk = marked.copy();
  // Each state of the disk once, with the first moment at which it may be left.
  const images = new Map<string, [moment: string, image: SimulatedFileSystem]>();
  disk.observe = (index, operation, path) => {
    for (const image of imagesOf(disk)) {
      const state = [...image.files()].map(([name, bytes]) => `${name}\n${Buffer.from(bytes).toString('latin1')}`).join('\n');
      if (!images.has(state)) images.set(state, [`${index} (${operation} ${path})`, image]);
    }
  };
  const project = await openProject(folder, mergeOptions(disk));
  await project.mergeConflicts();
  expect(await whatLacks(project)).toEqual([]);
  await project.close();
  disk.observe = null;
  const broken: string[] = [];
  for (const [moment, image] of images.values()) {
    for (const problem of await brokenMerge(image)) broken.push(`before ${moment}: ${problem}`);
  }
  expect(broken).toEqual([]);
  expect(images.size).toBeGreaterThanOrEqual(30);
}, 0);

test('O28 a disk that fails at any moment of merging a journal with git’s markers, once or for good, costs neither side', async () => {
  const count = marked.copy();
  const project = await openProject(folder, mergeOptions(count));
  const before = count.operations;
  await project.mergeConflicts();
  const operations = count.operations - before;
  await project.close();
  const broken: string[] = [];
  const few: readonly { fault: Fault; stays: boolean }[] = [
    { fault: 'EIO', stays: false },
    { fault: 'ENOSPC', stays: true },
  ];
  const all = faultCodes.flatMap((fault) => [false, true].map((stays) => ({ fault, stays }))).filter(({ fault }) => fault !== 'ENOENT');
  const plans = soak(few, all);
  const step = soak(2, 1);
  for (const { fault, stays } of plans) {
    for (let at = 0; at < operations; at += step) {
      const disk = marked.copy();
      const merging = await openProject(folder, mergeOptions(disk));
      const start = disk.operations;
      disk.fault = (index) => {
        const isNow = stays ? index >= start + at : index === start + at;
        return isNow ? fault : null;
      };
      await merging.mergeConflicts().catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
      });
      disk.fault = null;
      const cut = disk.afterPowerCut('none', () => false);
      for (const problem of await brokenMerge(cut)) broken.push(`${fault} at ${at}, power cut: ${problem}`);
      await merging.mergeConflicts();
      for (const problem of await whatLacks(merging)) broken.push(`${fault} at ${at}, merged again: ${problem}`);
      await merging.close();
    }
  }
  tell('O28 faults of merging git’s markers', { runs: plans.length * Math.ceil(operations / step), broken: broken.length });
  expect(broken).toEqual([]);
  expect(operations).toBeGreaterThanOrEqual(30);
}, 0);
