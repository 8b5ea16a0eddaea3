import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Notice } from '../../core/failure.ts';
import { Author } from '../storage/testing/author.ts';
import { annotator } from '../storage/testing/scenario.ts';
import type { Fault, SimulatedFileSystem } from '../storage/testing/simulated-file-system.ts';
import { readState, stateId, statesIn } from './earlier-state.ts';
import { startKeeper } from './keeper.ts';
import { keptProject } from './kept-project.ts';
import { at, diskWithProject, keepingOn, keptIn, opened, work } from './testing/kept.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 2, 1) }));
afterEach(() => void vi.useRealTimers());

const minute = 60_000;
const started = (disk: SimulatedFileSystem, root?: string) => {
  const told: Notice[] = [];
  const retracted: string[] = [];
  const hands = {
    ...{ keeping: keepingOn(disk, root), codebook: () => 1, now: () => new Date().toISOString() },
    ...{ notify: (notice: Notice) => told.push(notice), retract: (id: string) => retracted.push(id) },
  };
  return { keeper: startKeeper(hands), told, retracted };
};
const minutes = async (disk: SimulatedFileSystem) =>
  (await statesIn(disk, keptIn)).map(
    (id) => (Date.parse(id.replace(/T(\d\d)-(\d\d)-(\d\d)-/, 'T$1:$2:$3.')) - Date.UTC(2026, 2, 1)) / minute,
  );

test('J80 states are kept while there is work, at least five minutes apart, none while there is none', async () => {
  const disk = await diskWithProject();
  const [project, author] = [await opened(disk), new Author(annotator)];
  const { keeper, told } = started(disk);
  for (let second = 0; second < 12 * 60; second += 20) {
    await work(project, author, ['add']);
    keeper.touch();
    await vi.advanceTimersByTimeAsync(20_000);
  }
  await vi.advanceTimersByTimeAsync(60 * minute);
  const kept = await minutes(disk);
  expect(kept).toHaveLength(4);
  for (const [index, one] of kept.entries()) if (index > 0) expect(one - (kept[index - 1] ?? 0)).toBeGreaterThanOrEqual(5);
  await work(project, author, ['add']);
  keeper.touch();
  await vi.advanceTimersByTimeAsync(minute);
  expect(await minutes(disk)).toHaveLength(5);
  await keeper.close();
  await work(project, author, ['add']);
  keeper.touch();
  await vi.advanceTimersByTimeAsync(60 * minute);
  expect(await minutes(disk)).toHaveLength(5);
  expect(told).toEqual([]);
});

test('J80 a program that has just begun keeps what was done since the last state, five minutes after that one', async () => {
  const disk = await diskWithProject();
  const [project, author] = [await opened(disk), new Author(annotator)];
  await keepingOn(disk).keep(at(-3));
  await work(project, author, ['add']);
  const { keeper } = started(disk);
  await vi.advanceTimersByTimeAsync(minute);
  expect(await minutes(disk)).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2 * minute);
  expect(await minutes(disk)).toHaveLength(2);
  await keeper.close();
});

test('J80 a clock that was put back does not put the next state off', async () => {
  const disk = await diskWithProject();
  const [project, author] = [await opened(disk), new Author(annotator)];
  await keepingOn(disk).keep(at(600_000));
  await work(project, author, ['add']);
  const { keeper } = started(disk);
  await vi.advanceTimersByTimeAsync(minute);
  expect(await statesIn(disk, keptIn)).toHaveLength(2);
  await keeper.close();
});

test('J83 that states cannot be kept is told once, edits go on, and it is tried again', async () => {
  const disk = await diskWithProject();
  const [project, author] = [await opened(disk), new Author(annotator)];
  disk.fault = (_, operation, path) => (path.startsWith('/data') && operation !== 'stat' ? 'ENOSPC' : null);
  const { keeper, told, retracted } = started(disk);
  for (let round = 0; round < 4; round++) {
    await work(project, author, ['add']);
    keeper.touch();
    await vi.advanceTimersByTimeAsync(5 * minute);
  }
  expect(told).toMatchObject([{ id: 'earlier', severity: 'warning', message: expect.stringContaining('the disk is full') }]);
  expect(retracted).toEqual([]);
  disk.fault = null;
  await vi.advanceTimersByTimeAsync(6 * minute);
  expect(retracted).toEqual(['earlier']);
  expect(await statesIn(disk, keptIn)).toHaveLength(1);
  await keeper.close();
});

test('J83 wherever the disk fails or the power goes while a state is kept, those before stay whole, nothing of the project changes, and the next is kept', async () => {
  vi.useRealTimers();
  const ground = await diskWithProject();
  const [project, author] = [await opened(ground), new Author(annotator)];
  await work(project, author, ['add', 'add']);
  await keepingOn(ground).keep(at(0));
  await work(project, author, ['both', 'note']);
  await project.close();
  const id = stateId(at(0).time);
  const start = ground.copy();
  const projectFiles = (disk: SimulatedFileSystem) => [...disk.files()].filter(([path]) => !path.startsWith('/data'));
  const contents = async (disk: SimulatedFileSystem, which: string) => {
    const kept = await keptProject(disk, keptIn, await readState(disk, keptIn, which));
    return Promise.all(kept.paths.map(async (path) => `${path} ${Buffer.from(await kept.read(path))}`));
  };
  const before = await contents(start, id);
  const whole = start.copy();
  let operations = 0;
  whole.observe = () => operations++;
  await keepingOn(whole).keep(at(10));
  whole.observe = null;
  const after = await contents(whole, stateId(at(10).time));
  for (let index = 0; index < operations; index++) {
    for (const fault of ['ENOSPC', 'EIO', 'short'] as const satisfies readonly Fault[]) {
      const disk = start.copy();
      disk.fault = (now) => (now === index ? fault : null);
      const failed = await keepingOn(disk)
        .keep(at(10))
        .then(() => false)
        .catch(() => true);
      disk.fault = null;
      for (const image of [disk, disk.afterPowerCut('none', () => false), disk.afterPowerCut('half', (name) => name % 2 === 0)]) {
        expect(await contents(image, id)).toEqual(before);
        expect(projectFiles(image)).toEqual(projectFiles(start));
        for (const other of await statesIn(image, keptIn)) if (other !== id) expect(await contents(image, other)).toEqual(after);
        await keepingOn(image).keep(at(20));
        expect((await contents(image, (await statesIn(image, keptIn)).at(-1) ?? '')).sort()).toEqual([...after].sort());
      }
      // What was written short or failed beside the point is made good of on the way.
      if (!failed) expect(await statesIn(disk, keptIn)).toHaveLength(2);
    }
  }
  expect(operations).toBeGreaterThan(30);
});

test('J83 attempts that fail leave nothing behind: the state after them goes on with the same logs', async () => {
  vi.useRealTimers();
  const disk = await diskWithProject();
  const [project, author, keeping] = [await opened(disk), new Author(annotator), keepingOn(disk)];
  await work(project, author, ['add']);
  await keeping.keep(at(0));
  const logs = () => [...disk.files().keys()].filter((path) => path.startsWith(keptIn) && !path.endsWith('Z.json'));
  const before = logs();
  disk.fault = (_, operation, path) => (operation === 'write' && path.includes('Z.json') ? 'ENOSPC' : null);
  for (let round = 1; round < 4; round++) {
    await work(project, author, ['add', 'both']);
    await expect(keeping.keep(at(5 * round))).rejects.toThrow();
  }
  disk.fault = null;
  expect(await keeping.keep(at(20))).toBe(true);
  expect(logs()).toEqual(before);
  expect(await readState(disk, keptIn, stateId(at(20).time))).toMatchObject({ journals: [{ steps: 7 }] });
});

test('J83 a state that a power cut leaves on the disk has its logs there too, whatever names the disk kept', async () => {
  vi.useRealTimers();
  const start = await diskWithProject();
  const [project, author] = [await opened(start), new Author(annotator)];
  await work(project, author, ['add', 'add']);
  await project.close();
  let seen = 0;
  const images: SimulatedFileSystem[] = [];
  const disk = start.copy();
  disk.observe = () => {
    if (disk.pendingNames === 0) return;
    for (const keeps of [
      () => true,
      (name: number) => name % 2 === 0,
      (name: number) => name % 2 === 1,
      (name: number) => name === disk.pendingNames - 1,
    ])
      images.push(disk.afterPowerCut('none', keeps));
  };
  await keepingOn(disk).keep(at(0));
  for (const image of images) {
    for (const id of await statesIn(image, keptIn)) {
      const kept = await keptProject(image, keptIn, await readState(image, keptIn, id));
      for (const path of kept.paths) await kept.read(path);
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(0);
});
