import { Zip } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { AppError } from '../../core/failure.ts';
import { folder, second } from '../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../storage/testing/simulated-file-system.ts';
import { manifestBytes, manifestName } from './manifest.ts';
import { restoreProject } from './restore.ts';
import { archive, backup, below, disks, failureOf, restore, runFaults, target, zipOf } from './testing/backups.ts';

let project: SimulatedFileSystem;
let small: SimulatedFileSystem;
beforeAll(async () => {
  ({ project, small } = await disks());
});

test('A23 a folder that holds something, or lies in a project, is refused, and an empty one taken', async () => {
  const disk = project.copy();
  await backup(disk);
  disk.putFolder(target);
  await restore(disk);
  expect(below(disk, target)).toEqual(below(disk, folder));
  expect((await failureOf(restore(disk))).message).toBe(`The project was not written: the folder ${target} is not empty.`);
  expect((await failureOf(restoreProject(archive, `${folder}/copy`, { fileSystem: disk }))).code).toBe('bad-request');
  expect((await failureOf(restoreProject('/home/none.zip', '/home/other', { fileSystem: disk }))).code).toBe('not-found');
});

test('A24 an archive that leads out of its folder, holds links, bombs, hidden files or two of one name is refused and leaves nothing', async () => {
  const bomb = new Uint8Array(10_000_000);
  const { deflateRawSync } = await import('node:zlib');
  const { ZipEntry } = await import('../files/zip-entry.ts');
  const parts: Uint8Array[] = [];
  const zip = new Zip((_, part) => parts.push(part));
  const entry = new ZipEntry('codebook.json');
  zip.add(entry);
  entry.push(bomb, true);
  entry.ondata(null, deflateRawSync(bomb), true);
  zip.end();
  const cases: [Uint8Array, RegExp][] = [
    [zipOf({ '../out.json': '{}' }), /names a file outside itself/],
    [zipOf({ '/etc/out.json': '{}' }), /names a file outside itself/],
    [zipOf({ '.git/config': '[core]' }), /not part of a project/],
    [zipOf({ 'a:b': '' }), /names a file outside itself/],
    [zipOf({ 'articles/a:b': '' }), /not part of a project/],
    [zipOf({ 'codebook.json': '{}', 'Codebook.json': '{}' }), /two files with the same name/],
    [zipOf({ 'codebook.json': '/etc/passwd' }, 0o120777 << 16), /a link to something outside/],
    [Buffer.concat(parts), /unpacks to more than 100 times its size/],
  ];
  for (const [bytes, reason] of cases) {
    const disk = project.copy();
    disk.put(archive, bytes);
    const before = [...disk.files().keys()];
    expect(await failureOf(restore(disk))).toMatchObject({ code: 'unsupported', message: expect.stringMatching(reason) });
    expect([...disk.files().keys()]).toEqual(before);
  }
});

test('A25 a backup with any byte changed, cut off anywhere, or with files missing or added is refused or gives the project back whole', async () => {
  const disk = project.copy();
  await backup(disk);
  const good = Buffer.from(disk.files().get(archive) ?? []);
  const before = below(disk, folder);
  let refused = 0;
  const spoiled = [
    ...Array.from({ length: 30 }, (_, index) => {
      const bytes = Buffer.from(good);
      const at = Math.floor((index * good.length) / 30);
      bytes[at] = (bytes[at] ?? 0) ^ 0x41;
      return bytes;
    }),
    ...Array.from({ length: 6 }, (_, index) => good.subarray(0, Math.floor((index * good.length) / 6))),
  ];
  for (const bytes of spoiled) {
    const next = disk.copy();
    next.put(archive, bytes);
    const failed = await restore(next).then(
      () => false,
      (error: unknown) => error instanceof AppError,
    );
    if (failed) refused++;
    expect(below(next, target)).toEqual(failed ? {} : before);
  }
  expect(refused).toBeGreaterThan(25);
  const manifest = (...paths: string[]) =>
    manifestBytes({
      format: 1,
      text: true,
      files: paths.map((path) => ({ path, bytes: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })),
    });
  const cases: [Record<string, string | Uint8Array>, string, RegExp][] = [
    [{ 'project.pressmark': '' }, 'bad-request', /is not a backup/],
    [{ [manifestName]: '{"format":2}' }, 'newer-version', /newer Pressmark/],
    [{ [manifestName]: 'x' }, 'corrupt', /its list of files/],
    [{ [manifestName]: manifest('project.pressmark') }, 'corrupt', /project\.pressmark is missing/],
    [
      { [manifestName]: manifest('project.pressmark'), 'project.pressmark': '', 'more.json': '' },
      'corrupt',
      /files are not those that it lists/,
    ],
    [{ [manifestName]: manifest('codebook.json'), 'codebook.json': '' }, 'corrupt', /project\.pressmark is missing/],
  ];
  for (const [files, code, message] of cases) {
    const next = project.copy();
    next.put(archive, zipOf(files));
    expect(await failureOf(restore(next))).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(below(next, target)).toEqual({});
  }
});

test('A26 wherever the disk fails during a restore, the project is there whole or nothing is, and the failure is told', async () => {
  const start = small.copy();
  await backup(start);
  const before = below(start, folder);
  await runFaults(start, restore, (disk, failed, run) => {
    const made = below(disk, target);
    if (Object.keys(made).length > 0) expect(made, run).toEqual(before);
    else expect(failed, run).toBe(true);
    if (!/unlink|rmdir/.test(run))
      expect(
        [...disk.files().keys()].filter((path) => /\.tmp(\/|$)/.test(path)),
        run,
      ).toEqual([]);
  });
});

test('A27 without text no article is in the backup, nor a file that may hold one; the hashes and all work are', async () => {
  const disk = project.copy();
  disk.put(`${folder}/articles/${second.id}/text.txt.bak`, second.text);
  disk.put(`${folder}/notes.txt`, second.text);
  const { leftOut, problems } = await backup(disk, { text: false });
  expect({ leftOut, problems }).toEqual({ leftOut: [`articles/${second.id}/text.txt.bak`, 'notes.txt'], problems: [] });
  const failure = await failureOf(restore(disk));
  expect(failure).toMatchObject({ code: 'not-found', next: expect.stringContaining('--articles') });
  expect(failure.message.split('\n')).toEqual([
    'The text of 2 articles is not in this backup:',
    '  First.txt (“The council met in Paris.”)',
    '  Second.txt (“Ana Ruiz resigned.”)',
  ]);
  expect(below(disk, target)).toEqual({});
});

test('A28 the texts of such a backup are found by their hashes: as files, as the import takes them, or in another project', async () => {
  const start = project.copy();
  await backup(start, { text: false });
  const before = below(start, folder);
  // In another project.
  const fromProject = start.copy();
  expect(await restore(fromProject, { articles: folder })).toMatchObject({ withoutOriginal: [], problems: [] });
  expect(below(fromProject, target)).toEqual(before);
  // As files of other names, in folders; the second one with its byte order mark, from which its text is made.
  const disk = start.copy();
  disk.putFolder('/home/files');
  disk.putFolder('/home/files/more');
  disk.put('/home/files/one.txt', 'The council met in Paris.\n“We will fight,” said Mayor Ana Ruiz on Monday.\n');
  expect((await failureOf(restore(disk, { articles: '/home/files' }))).message).toMatch(
    /^The text of 1 article is neither .*\n {2}Second\.txt /,
  );
  const original = disk.copy();
  original.put('/home/files/more/two.txt', second.original);
  expect(await restore(original, { articles: '/home/files' })).toMatchObject({ withoutOriginal: [], problems: [] });
  expect(below(original, target)).toEqual(before);
  // Its text alone is enough, but the file that it came from is then missed.
  const texts = disk.copy();
  texts.put('/home/files/more/two.txt', second.text);
  expect(await restore(texts, { articles: '/home/files' })).toMatchObject({ withoutOriginal: [second.id], problems: [] });
  expect((await failureOf(restore(start, { articles: '/home/none' }))).message).toBe('There is no folder /home/none.');
  // By what a reader makes of files of other kinds.
  disk.put('/home/files/more/two.html', '<p>Two</p>');
  const readTexts = async () => [{ text: second.text, original: second.original }];
  expect(await restore(disk, { articles: '/home/files', readTexts })).toMatchObject({ withoutOriginal: [], problems: [] });
});
