import { beforeAll, expect, test } from 'vitest';
import { folder } from '../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../storage/testing/simulated-file-system.ts';
import { backupProject } from './backup.ts';
import { archive, backup, below, disks, failureOf, restore, runFaults, target } from './testing/backups.ts';

let project: SimulatedFileSystem;
let small: SimulatedFileSystem;
beforeAll(async () => {
  ({ project, small } = await disks());
});

test('A20 a backup is the whole project but for temporary files and what is not of it, which is named; the same bytes each time', async () => {
  const disk = project.copy();
  for (const name of ['.codebook.json.12-0123456789ab.tmp', '.DS_Store', 'notes.txt', 'a\\b.txt']) disk.put(`${folder}/${name}`, 'Mine.');
  disk.putFolder(`${folder}/.git`);
  disk.put(`${folder}/.git/config`, '[core]');
  const before = below(disk, folder);
  const { leftOut, problems, files, bytes } = await backup(disk);
  expect({ leftOut, problems }).toEqual({ leftOut: ['.DS_Store', '.git', 'a\\b.txt'], problems: [] });
  expect(below(disk, folder)).toEqual(before);
  const first = disk.files().get(archive);
  expect(first?.length).toBe(bytes);
  await disk.unlink(archive);
  await backup(disk);
  expect(Buffer.compare(first ?? new Uint8Array(), disk.files().get(archive) ?? new Uint8Array())).toBe(0);
  expect((await restore(disk)).files).toBe(files);
  for (const name of ['.codebook.json.12-0123456789ab.tmp', '.DS_Store', '.git/config', 'a\\b.txt']) delete before[name];
  expect(below(disk, target)).toEqual(before);
});

test('A20 a file that the disk does not find for a moment is in the backup all the same; one that stays away though its folder names it is told', async () => {
  for (const operation of ['stat', 'readFile', 'readdir'] as const) {
    const disk = project.copy();
    const struck = new Set<string>();
    disk.fault = (_, done, path) => {
      if (done !== operation || !/articles|annotators/.test(path) || struck.has(path)) return null;
      struck.add(path);
      return 'ENOENT';
    };
    const { problems } = await backup(disk);
    expect(problems).toEqual([]);
    expect(struck.size).toBeGreaterThan(1);
    disk.fault = null;
    await restore(disk);
    expect(below(disk, target)).toEqual(below(disk, folder));
  }
  const disk = project.copy();
  disk.fault = (_, __, path) => (path.endsWith('journal.jsonl') ? 'ENOENT' : null);
  expect(await failureOf(backup(disk))).toMatchObject({ code: 'corrupt', message: expect.stringContaining('cannot be read') });
});

test('A20 a step that is saved while the backup is made leaves a whole backup', async () => {
  const disk = project.copy();
  const journal = `${folder}/annotators/ann/journal.jsonl`;
  const whole = disk.files().get(journal) ?? new Uint8Array();
  const lines = Buffer.from(whole).toString().trimEnd().split('\n');
  const last = `${lines.pop()}\n`;
  // The last step comes once the first file of the project was read.
  for (const name of ['entities', 'links']) await disk.unlink(`${folder}/annotators/ann/${name}.json`).catch(() => undefined);
  disk.put(journal, `${lines.join('\n')}\n`);
  let isSaved = false;
  disk.observe = (_, operation, path) => {
    if (isSaved || operation !== 'readFile' || !path.endsWith('annotator.json')) return;
    isSaved = true;
    disk.put(journal, `${lines.join('\n')}\n${last}`);
  };
  await backup(disk);
  disk.observe = null;
  await restore(disk);
  expect(isSaved).toBe(true);
  expect(below(disk, target)['annotators/ann/journal.jsonl']).toBe(Buffer.from(whole).toString('latin1'));
});

test('A21 a disk that keeps another archive than it was given is found out; damage of the project is told and backed up', async () => {
  const disk = project.copy();
  const other = project.copy();
  other.put(`${folder}/.gitignore`, '*.tmp');
  await backup(other);
  const otherArchive = Buffer.from(other.files().get(archive) ?? []);
  for (const spoil of [() => otherArchive, (bytes: Buffer) => bytes.fill(0xff, 200, 210)]) {
    disk.observe = (_, operation, path) => {
      const bytes = disk.files().get(path);
      if (operation === 'open' && path.includes('a.zip') && bytes) disk.put(path, spoil(Buffer.from(bytes)));
    };
    expect(await failureOf(backup(disk))).toMatchObject({ code: 'corrupt', message: expect.stringContaining('was read back and ') });
  }
  disk.observe = null;
  expect([...disk.files().keys()].filter((path) => !path.startsWith(folder))).toEqual([]);
  disk.put(`${folder}/codebook.json`, '{');
  expect((await backup(disk)).problems).toEqual([expect.stringMatching(/^codebook\.json: /)]);
  await restore(disk);
  expect(below(disk, target)['codebook.json']).toBe('{');
});

test('A21 a place that is taken, has no folder or lies in a project, and a folder that is no project, are refused', async () => {
  const disk = project.copy();
  disk.put(archive, 'Another file.');
  const failures = [
    await failureOf(backup(disk)),
    await failureOf(backupProject(folder, '/home/none/a.zip', { fileSystem: disk })),
    await failureOf(backupProject(folder, `${folder}/articles/a.zip`, { fileSystem: disk })),
    await failureOf(backupProject('/home', '/home/b.zip', { fileSystem: disk })),
  ];
  expect(failures.map(({ code }) => code)).toEqual(['bad-request', 'not-found', 'bad-request', 'not-found']);
  expect(Buffer.from(disk.files().get(archive) ?? []).toString()).toBe('Another file.');
  const cancelled = AbortSignal.abort();
  await disk.unlink(archive);
  expect((await failureOf(backup(disk, { signal: cancelled }))).code).toBe('cancelled');
  expect([...disk.files().keys()].every((path) => path.startsWith(folder))).toBe(true);
});

test('A22 wherever the disk fails during a backup, it is there whole or not at all, the failure is told, and the project is untouched', async () => {
  const whole = small.copy();
  await backup(whole);
  const expected = Buffer.from(whole.files().get(archive) ?? []);
  const before = below(small, folder);
  const total = await runFaults(small, backup, (disk, failed, run) => {
    expect(below(disk, folder), run).toEqual(before);
    const made = disk.files().get(archive);
    if (made) expect(Buffer.compare(expected, made), run).toBe(0);
    else expect(failed, run).toBe(true);
    // What could not be removed, either, may stay beside it.
    if (!/unlink/.test(run))
      expect(
        [...disk.files().keys()].filter((path) => /\.tmp(\/|$)/.test(path)),
        run,
      ).toEqual([]);
  });
  expect(total).toBeGreaterThan(50);
});
