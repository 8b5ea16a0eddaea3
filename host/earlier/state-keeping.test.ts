import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { packedFileSystem } from '../backup/packed-project.ts';
import { openProject } from '../storage/project.ts';
import { Author } from '../storage/testing/author.ts';
import { annotator, first, folder, second, testOptions } from '../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../storage/testing/simulated-file-system.ts';
import { readState, stateId, statesIn } from './earlier-state.ts';
import { keptProject } from './kept-project.ts';
import { at, diskWithProject, keepingOn, keptIn, opened, work } from './testing/kept.ts';
import { keptStates } from './thinning.ts';

const journal = `${folder}/annotators/${annotator}/journal.jsonl`;
const filesOf = async (disk: SimulatedFileSystem, id: string) => {
  const kept = await keptProject(disk, keptIn, await readState(disk, keptIn, id));
  const files = new Map<string, string>();
  for (const path of kept.paths) files.set(path, Buffer.from(await kept.read(path)).toString());
  return files;
};
const inProject = (disk: SimulatedFileSystem, path: string) => Buffer.from(disk.files().get(`${folder}/${path}`) ?? []).toString();

test('J81 a state holds the journals, the codebook and the records of articles and annotators as they were, and no text', async () => {
  const disk = await diskWithProject();
  const [project, author, keeping] = [await opened(disk), new Author(annotator), keepingOn(disk)];
  await work(project, author, ['add', 'add', 'both']);
  expect(await keeping.keep(at(0))).toBe(true);
  const before = inProject(disk, `annotators/${annotator}/journal.jsonl`);
  await work(project, author, ['note', 'remove']);
  await project.close();
  expect(await keeping.keep(at(5))).toBe(true);
  expect(await statesIn(disk, keptIn)).toEqual([stateId(at(0).time), stateId(at(5).time)]);
  const state = await readState(disk, keptIn, stateId(at(0).time));
  expect(state.journals).toMatchObject([{ annotator, steps: 3, last: 'g3', isGapless: true }]);
  const files = await filesOf(disk, stateId(at(0).time));
  expect([...files.keys()].sort()).toEqual([
    '.gitattributes',
    `annotators/${annotator}/annotator.json`,
    `annotators/${annotator}/journal.jsonl`,
    `articles/${first.id}/article.json`,
    `articles/${second.id}/article.json`,
    'codebook.json',
    'project.pressmark',
  ]);
  expect(files.get(`annotators/${annotator}/journal.jsonl`)).toBe(before);
  expect(files.get('codebook.json')).toBe(inProject(disk, 'codebook.json'));
  expect(
    JSON.stringify([...disk.files()].filter(([path]) => path.startsWith(keptIn)).map(([, bytes]) => Buffer.from(bytes).toString())),
  ).not.toContain('Nobody knows why the mayor left so soon');
});

test('J81 one more state costs what was written since, also for a program that has just begun, and nothing where nothing was', async () => {
  const disk = await diskWithProject();
  const [project, author] = [await opened(disk), new Author(annotator)];
  await work(project, author, ['add', 'add', 'add', 'add']);
  await keepingOn(disk).keep(at(0));
  const logs = () => [...disk.files()].filter(([path]) => path.startsWith(keptIn) && path.endsWith('.jsonl'));
  const sizes = () => logs().reduce((sum, [, { length }]) => sum + length, 0);
  const [size, count] = [sizes(), logs().length];
  expect(await keepingOn(disk).keep(at(5))).toBe(false);
  const grown = disk.files().get(journal)?.length ?? 0;
  await work(project, author, ['add']);
  expect(await keepingOn(disk).keep(at(10))).toBe(true);
  expect(sizes() - size).toBe((disk.files().get(journal)?.length ?? 0) - grown);
  expect(logs()).toHaveLength(count);
  expect(await statesIn(disk, keptIn)).toHaveLength(2);
  await project.close();
});

test('J81 a journal that lost its end or was replaced begins a new copy, and the states before stay as they were', async () => {
  const disk = await diskWithProject();
  const [project, author, keeping] = [await opened(disk), new Author(annotator), keepingOn(disk)];
  await work(project, author, ['add', 'add', 'add']);
  await project.close();
  await keeping.keep(at(0));
  const whole = disk.files().get(journal) ?? new Uint8Array();
  disk.clock += 1000;
  disk.put(journal, whole.slice(0, whole.indexOf(10) + 1));
  await keeping.keep(at(5));
  const [before, after] = await statesIn(disk, keptIn);
  expect((await filesOf(disk, before ?? '')).get(`annotators/${annotator}/journal.jsonl`)).toBe(Buffer.from(whole).toString());
  expect((await readState(disk, keptIn, after ?? '')).journals).toMatchObject([{ steps: 1, last: 'g1' }]);
});

test('J81 beside a journal with a gap the snapshots are kept, so that the state opens with all of the work', async () => {
  const disk = await diskWithProject();
  const author = new Author(annotator);
  let project = await opened(disk);
  await work(project, author, ['add', 'add', 'both']);
  await project.close();
  const whole = disk.files().get(journal) ?? new Uint8Array();
  disk.put(journal, whole.slice(0, whole.indexOf(10) + 1));
  project = await opened(disk);
  const gesture = author.gesture('change', first.id, first.text);
  if (gesture) await project.apply({ ...gesture, undoes: null });
  await project.close();
  await keepingOn(disk).keep(at(0));
  const state = await readState(disk, keptIn, stateId(at(0).time));
  expect(state.journals).toMatchObject([{ steps: 2, isGapless: false }]);
  const kept = packedFileSystem(await keptProject(disk, keptIn, state), '/then', null);
  const then = await openProject('/then', { ...testOptions(kept), readOnly: true });
  expect([...(await then.set(first.id)).annotations.keys()]).toEqual(['a1', 'a2', 'a3']);
});

test('J81 a torn last line of a journal is left out of a state', async () => {
  const disk = await diskWithProject();
  const [project, author] = [await opened(disk), new Author(annotator)];
  await work(project, author, ['add']);
  await project.close();
  const whole = Buffer.from(disk.files().get(journal) ?? []);
  disk.put(journal, Buffer.concat([whole, Buffer.from('{"seq":2,"sha')]));
  await keepingOn(disk).keep(at(0));
  expect((await filesOf(disk, stateId(at(0).time))).get(`annotators/${annotator}/journal.jsonl`)).toBe(whole.toString());
});

test('J82 all states of the last day are kept, then one an hour for seven days, then the last one before those', () => {
  const minute = 60_000;
  const now = Date.UTC(2026, 2, 20, 12, 30);
  const id = (ago: number) => stateId(new Date(now - ago * minute).toISOString());
  const day = 24 * 60;
  const recent = [0, 5, 10, 600, day - 1].map(id);
  const older = [day + 1, day + 6, day + 90, 7 * day - 1].map(id);
  const oldest = [7 * day + 1, 7 * day + 70, 30 * day].map(id);
  expect(keptStates([...oldest, ...older, ...recent], now)).toEqual(
    [...recent, older[0], older[2], older[3], oldest[0]].map(String).sort(),
  );
  expect(keptStates([id(-60), id(40 * day)], now)).toEqual([id(40 * day), id(-60)]);
});

test('J82 what is too old goes, with the logs that nothing else needs', async () => {
  const disk = await diskWithProject();
  const [project, author, keeping] = [await opened(disk), new Author(annotator), keepingOn(disk)];
  await work(project, author, ['add', 'add']);
  await keeping.keep(at(-1));
  await project.close();
  const whole = disk.files().get(journal) ?? new Uint8Array();
  disk.clock += 1000;
  disk.put(journal, whole.slice(0, whole.indexOf(10) + 1));
  await keeping.keep(at(0));
  const names = () => [...disk.files().keys()].filter((path) => path.startsWith(`${keptIn}/`)).map((path) => path.slice(keptIn.length + 1));
  expect(names()).toContain(`journal-${annotator}-1.jsonl`);
  disk.clock += 1000;
  disk.put(journal, whole);
  await keeping.keep(at(9 * 24 * 60));
  expect(await statesIn(disk, keptIn)).toEqual([stateId(at(0).time), stateId(at(9 * 24 * 60).time)]);
  expect(
    names()
      .filter((name) => name.endsWith('.jsonl'))
      .sort(),
  ).toEqual([`journal-${annotator}-2.jsonl`, 'records-1.jsonl']);
});

test('J81 J82 copies of a project in two places keep their states side by side: neither begins logs anew at each state nor lets go of the other’s', async () => {
  const disk = await diskWithProject();
  const [project, author] = [await opened(disk), new Author(annotator)];
  await work(project, author, ['add']);
  await project.close();
  const [here, there] = [keepingOn(disk), keepingOn(disk, '/copy')];
  const write = (of: string, minutes: number) => {
    disk.clock += 1000;
    const path = journal.replace(folder, of);
    disk.put(path, `${Buffer.from(disk.files().get(path) ?? [])}{"of":"${of}","at":${minutes}}\n`);
  };
  for (const [path, bytes] of disk.files()) {
    if (!path.startsWith(`${folder}/`)) continue;
    const copied = path.replace(folder, '/copy');
    disk.putFolder(dirname(copied));
    disk.put(copied, bytes);
  }
  for (const minutes of [0, 1, 2, 3]) {
    for (const [keeping, of, after] of [
      [here, folder, 0],
      [there, '/copy', 0.5],
    ] as const) {
      write(of, minutes);
      expect(await keeping.keep(at(minutes + after))).toBe(true);
    }
  }
  const logs = [...disk.files().keys()].filter((path) => path.startsWith(keptIn) && path.endsWith('.jsonl'));
  expect(logs.length).toBe(3);
  write(folder, 9);
  await here.keep(at(9 * 24 * 60));
  const left = await Promise.all((await statesIn(disk, keptIn)).map((id) => readState(disk, keptIn, id)));
  expect(left.map(({ place, time }) => [place, time])).toEqual([
    [folder, at(3).time],
    ['/copy', at(3.5).time],
    [folder, at(9 * 24 * 60).time],
  ]);
  expect(await there.newest()).toBe(Date.parse(at(3.5).time));
});

test('J84 a state or a log with one byte changed is refused, never taken for something else, and the next state is whole', async () => {
  const disk = await diskWithProject();
  const [project, author] = [await opened(disk), new Author(annotator)];
  await work(project, author, ['add', 'both']);
  await project.close();
  await keepingOn(disk).keep(at(0));
  const id = stateId(at(0).time);
  const whole = disk.files();
  for (const [path, bytes] of whole) {
    if (!path.startsWith(keptIn)) continue;
    const damaged = bytes.slice();
    damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
    disk.put(path, damaged);
    await expect(filesOf(disk, id), path).rejects.toMatchObject({ failure: { code: 'corrupt' } });
    await keepingOn(disk).keep(at(5));
    const [, newer] = await statesIn(disk, keptIn);
    expect((await filesOf(disk, newer ?? '')).get('project.pressmark'), path).toBe(inProject(disk, 'project.pressmark'));
    for (const name of disk.files().keys()) if (name.startsWith(keptIn)) disk.remove(name);
    for (const [name, content] of whole) if (name.startsWith(keptIn)) disk.put(name, content);
  }
});
