import { Zip, ZipPassThrough } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { AppError } from '../../core/failure.ts';
import { openProject } from '../storage/project.ts';
import { emptyDisk } from '../storage/testing/fault-runs.ts';
import { folder, makeProject, nothingPromised, runScenario, second, testOptions } from '../storage/testing/scenario.ts';
import type { Fault, SimulatedFileSystem } from '../storage/testing/simulated-file-system.ts';
import { type BackupOptions, backupProject } from './backup.ts';
import { manifestBytes, manifestName } from './manifest.ts';
import { type RestoreOptions, restoreProject } from './restore.ts';

const archive = '/home/a.zip';
const target = '/home/restored';
let project: SimulatedFileSystem;
// One article and no work: for the tests that go through every operation.
let small: SimulatedFileSystem;

beforeAll(async () => {
  project = emptyDisk();
  await runScenario(project, nothingPromised());
  small = emptyDisk();
  await makeProject(small);
  const opened = await openProject(folder, testOptions(small));
  await opened.addArticle(second);
  await opened.close();
});

const backup = (disk: SimulatedFileSystem, options: BackupOptions = {}) => backupProject(folder, archive, { ...options, fileSystem: disk });
const restore = (disk: SimulatedFileSystem, options: RestoreOptions = {}) =>
  restoreProject(archive, target, { ...options, fileSystem: disk });

/** What lies below `root` on a disk, by path relative to it. */
function below(disk: SimulatedFileSystem, root: string): Record<string, string> {
  const files = [...disk.files()].filter(([path]) => path.startsWith(`${root}/`));
  return Object.fromEntries(files.map(([path, bytes]) => [path.slice(root.length + 1), Buffer.from(bytes).toString('latin1')]));
}

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return (error as AppError).failure;
};

function zipOf(files: Record<string, string | Uint8Array>, attributes = 0): Uint8Array {
  const parts: Uint8Array[] = [];
  const zip = new Zip((_, part) => parts.push(part));
  for (const [path, content] of Object.entries(files)) {
    const entry = Object.assign(new ZipPassThrough(path), attributes ? { os: 3, attrs: attributes } : {});
    zip.add(entry);
    entry.push(new Uint8Array(Buffer.from(content)), true);
  }
  zip.end();
  return Buffer.concat(parts);
}

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

/** Runs `work` with each fault at each of its operations; `judge` looks at the disk, which works again, and at whether it failed. */
async function runFaults(
  start: SimulatedFileSystem,
  work: (disk: SimulatedFileSystem) => Promise<unknown>,
  judge: (disk: SimulatedFileSystem, failed: boolean, run: string) => void,
): Promise<number> {
  const counting = start.copy();
  await work(counting);
  const total = counting.operations;
  for (let at = 0; at < total; at++) {
    const fault: Fault = at % 2 === 0 ? 'EIO' : 'ENOSPC';
    const disk = start.copy();
    let struck = '';
    disk.fault = (index, operation, path) => {
      if (index !== at) return null;
      struck = `${operation} ${path}`;
      return fault;
    };
    const failed = await work(disk).then(
      () => false,
      (error: unknown) => {
        expect(error).toBeInstanceOf(AppError);
        return true;
      },
    );
    disk.fault = null;
    judge(disk, failed, `${fault} at ${at} (${struck})`);
  }
  return total;
}

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
    [zipOf({ '../out.json': '{}' }), /names a file outside of itself/],
    [zipOf({ '/etc/out.json': '{}' }), /names a file outside of itself/],
    [zipOf({ '.git/config': '[core]' }), /no part of a project/],
    [zipOf({ 'a:b': '' }), /names a file outside of itself/],
    [zipOf({ 'articles/a:b': '' }), /no part of a project/],
    [zipOf({ 'codebook.json': '{}', 'Codebook.json': '{}' }), /two files of one name/],
    [zipOf({ 'codebook.json': '/etc/passwd' }, 0o120777 << 16), /a link that leads out/],
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
    [{ 'project.pressmark': '' }, 'bad-request', /is no backup/],
    [{ [manifestName]: '{"format":2}' }, 'newer-version', /newer Pressmark/],
    [{ [manifestName]: 'x' }, 'corrupt', /its list of files/],
    [{ [manifestName]: manifest('project.pressmark') }, 'corrupt', /project\.pressmark is missing/],
    [{ [manifestName]: manifest('project.pressmark'), 'project.pressmark': '', 'more.json': '' }, 'corrupt', /other files than it lists/],
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
