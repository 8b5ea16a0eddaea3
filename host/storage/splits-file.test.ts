import { expect, test } from 'vitest';
import { AppError } from '../../core/failure.ts';
import { defaultSplitOptions } from '../../core/splits/options.ts';
import type { SplitsToPublish } from './project-interface.ts';
import { diskWith, openOn, problemsOf, textOn } from './testing/bench.ts';
import { imagesOf } from './testing/crash-images.ts';
import { first, folder, second } from './testing/scenario.ts';
import type { SimulatedFileSystem } from './testing/simulated-file-system.ts';

const path = `${folder}/splits.json`;
const one: SplitsToPublish = {
  ...{ codebook: 1, options: defaultSplitOptions },
  assignments: [{ doc_id: first.id, group: first.id, split: 'train' }],
};
const other: SplitsToPublish = { ...one, assignments: [{ doc_id: first.id, group: first.id, split: 'test' }] };

// Each time later than the one before.
function clock(): () => string {
  let second = 0;
  return () => new Date(Date.UTC(2026, 0, 1, 0, 0, second++)).toISOString();
}

async function withSplits(): Promise<{ disk: SimulatedFileSystem; time: string }> {
  const { disk } = await diskWith();
  const project = await openOn(disk, { now: clock() });
  const made = await project.publishSplits(one, null);
  await project.close();
  return { disk, time: made?.published ?? '' };
}

test('X55 published splits are a file of the project, one document a line, and are read as they were written', async () => {
  const { disk, time } = await withSplits();
  expect(textOn(disk, path)).toContain(`\n{"doc_id":"${first.id}","group":"${first.id}","split":"train"}\n`);
  const project = await openOn(disk);
  expect(await project.publishedSplits()).toEqual({ format: 1, published: time, by: 'ann', ...one });
  expect(await problemsOf(disk)).toEqual([]);
});

test('X55 only the lead publishes, in the place of what they saw, and what was there before stays beside it', async () => {
  const { disk, time } = await withSplits();
  const project = await openOn(disk, { now: clock() });
  const stale = { failure: { code: 'conflict', message: 'Other splits were published in the meantime.' } };
  await expect(project.publishSplits(other, null)).rejects.toMatchObject(stale);
  await expect(project.publishSplits(other, '2025-01-01T00:00:00.000Z')).rejects.toMatchObject(stale);
  await expect(project.publishSplits(null, null)).rejects.toMatchObject(stale);
  const { id } = await project.addAnnotator('Ben');
  await project.switchAnnotator(id);
  await expect(project.publishSplits(other, time)).rejects.toMatchObject({
    failure: { code: 'read-only', message: 'Only Ann, who leads this project, can publish the splits of the dataset.' },
  });
  await project.switchAnnotator('ann');
  const made = await project.publishSplits(other, time);
  expect(await project.publishedSplits()).toMatchObject(other);
  expect(textOn(disk, `${path}.bak`)).toContain('"split":"train"');
  expect(await project.publishSplits(null, made?.published ?? '')).toBe(null);
  expect(await project.publishedSplits()).toBe(null);
  expect(textOn(disk, `${path}.bak`)).toContain('"split":"test"');
  await expect(project.publishSplits(one, time)).rejects.toMatchObject({
    failure: { code: 'conflict', message: 'The published splits were taken back in the meantime.' },
  });
  await project.close();
  const reader = await openOn(disk, { readOnly: true });
  await expect(reader.publishSplits(one, null)).rejects.toMatchObject({ failure: { code: 'read-only' } });
});

test('X55 a damaged file of published splits is named and never written over', async () => {
  const { disk, time } = await withSplits();
  const whole = textOn(disk, path) ?? '';
  const corrupt = { failure: { code: 'corrupt', message: expect.stringMatching(/^splits\.json (cannot be read: |holds two versions )/) } };
  const merged = `<<<<<<< ours\n${whole}=======\n${whole.replace('train', 'test')}>>>>>>> theirs\n`;
  for (const damaged of [whole.slice(0, -20), whole.replace('"train"', '"dev"'), merged]) {
    disk.put(path, damaged);
    const project = await openOn(disk);
    await expect(project.publishedSplits()).rejects.toMatchObject(corrupt);
    await expect(project.publishSplits(other, time)).rejects.toMatchObject(corrupt);
    expect(textOn(disk, path)).toBe(damaged);
    expect(await problemsOf(disk)).toEqual([expect.stringMatching(/^splits\.json: /)]);
    await project.close();
  }
  disk.put(path, whole.replaceAll(first.id, second.id));
  expect(await problemsOf(disk)).toEqual([
    `splits.json: there is no article ${second.id}; restore it from a backup, or import its file again`,
  ]);
});

test('X55 a copy of published splits that a sync program left is told of and never taken', async () => {
  const { disk } = await withSplits();
  disk.put(`${folder}/splits (conflicted copy 2026-01-02).json`, (textOn(disk, path) ?? '').replace('train', 'test'));
  const project = await openOn(disk);
  expect(await project.conflicts()).toMatchObject([
    { place: 'splits (conflicted copy 2026-01-02).json', annotator: 'ann', kind: 'copy', obstacle: expect.stringContaining('by hand') },
  ]);
  await project.tellConflicts();
  expect(project.notices).toMatchObject([{ id: 'conflicts', message: expect.stringContaining('splits (conflicted copy') }]);
  expect(await project.publishedSplits()).toMatchObject(one);
});

test('X55 wherever the power is cut or the disk fails, the published splits are the old, the new or none, whole', async () => {
  const { disk: whole, time } = await withSplits();
  const foundOn = async (disk: SimulatedFileSystem) => {
    const project = await openOn(disk);
    const found = await project.publishedSplits();
    await project.close();
    return found?.assignments[0]?.split ?? null;
  };
  for (const [next, result] of [
    [other, 'test'],
    [null, null],
  ] as const) {
    const disk = whole.copy();
    const project = await openOn(disk);
    const images: SimulatedFileSystem[] = [];
    disk.observe = () => images.push(...imagesOf(disk));
    await project.publishSplits(next, time);
    disk.observe = null;
    expect(images.length).toBeGreaterThan(2);
    for (const image of images) expect(['train', result]).toContain(await foundOn(image));
    for (const image of imagesOf(disk)) expect(await foundOn(image)).toBe(result);
    for (let at = 0, isStruck = true; isStruck; at++) {
      const failing = whole.copy();
      const opened = await openOn(failing);
      const from = failing.operations;
      isStruck = false;
      failing.fault = (index) => {
        if (index !== from + at) return null;
        isStruck = true;
        return 'EIO';
      };
      const refusal = await opened.publishSplits(next, time).then(
        () => null,
        (error: unknown) => error,
      );
      failing.fault = null;
      if (refusal !== null) expect(refusal).toBeInstanceOf(AppError);
      expect(['train', result]).toContain(await foundOn(failing));
      if (refusal === null) expect(await foundOn(failing)).toBe(result);
    }
  }
});
