import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contract, type Input, type Method, type Output } from '../../core/contract.ts';
import type { Reply } from '../../core/failure.ts';
import { pieceLimit } from '../../core/project-home.ts';
import { backupProject } from '../backup/backup.ts';
import type { Host } from '../host.ts';
import { openSettings, type SettingsStore } from '../settings.ts';
import { nodeFileSystem } from '../storage/file-system.ts';
import { createProject } from '../storage/project.ts';
import { idleWindow, makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { Home, type HomeOptions, type HomeWindow } from './home.ts';
import { openHomeHost } from './home-host.ts';
import { withOpened } from './known-projects.ts';
import { typedFolder } from './typed-folder.ts';

const seeds = join(import.meta.dirname, '..', '..', 'seeds');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let place: string;
let settings: SettingsStore;
let opened: string[];
let host: Host;

beforeEach(async () => {
  folder = await temporaryFolder();
  place = join(folder.path, 'projects');
  settings = await openSettings(join(folder.path, 'settings'));
  opened = [];
  host = hostWith({});
});
afterEach(async () => {
  await host.close();
  await folder.remove();
});

/** A host at the home, whose window notes what is opened in it. */
function hostWith(options: Partial<HomeOptions>, ask: HomeWindow['ask'] = null): Host {
  const shared = { settings, seeds, account: 'ann', kind: 'loopback', version: '1.2.3' } as const;
  const home = new Home({ ...shared, places: { projects: place }, home: folder.path, ...options });
  const open: HomeWindow['open'] = async (path, project) => {
    opened.push(path);
    return { kind: 'here', project };
  };
  return openHomeHost(home, { ...idleWindow, open, ask }, () => undefined);
}

async function called<M extends Method>(method: M, input: Omit<Input<M>, 'page'>, bytes?: Uint8Array): Promise<Output<M>> {
  const reply = await host.call(method, { page: 'p1', ...input }, bytes);
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return contract[method].output.parse(reply.value) as Output<M>;
}
const failed = async (reply: Promise<Reply>) => {
  const answer = await reply;
  return answer.ok ? null : answer.error;
};
const remember = async (...folders: string[]) => {
  const recent = folders.map((path) => ({ id: 'id-1', name: 'As it was called', folder: path, time: '2026-11-20T10:00:00.000Z' }));
  await settings.save({ ...settings.current(), recent });
};
const temporary = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('pressmark-restore-'));

test('A49 whoever has said their name annotates a new project under it', async () => {
  await settings.save({ ...settings.current(), person: 'Anna' });
  await called('createProject', { name: 'Vote', folder: 'Vote', elsewhere: false });
  const [annotator] = await readdir(join(place, 'Vote', 'annotators'));
  expect(JSON.parse(await readFile(join(place, 'Vote', 'annotators', annotator ?? '', 'annotator.json'), 'utf8'))).toMatchObject({
    name: 'Anna',
  });
});

test('A32 the home knows the projects opened last and those in the folder of projects, with what is missing or cannot be read', async () => {
  const [there, gone, broken] = ['there', 'gone', 'broken'].map((name) => join(folder.path, name)) as [string, string, string];
  await makeProject(there);
  await mkdir(broken);
  await writeFile(join(broken, 'project.pressmark'), '{"format":1');
  await makeProject(join(place, 'further'));
  await mkdir(join(place, 'no project'));
  await remember(there, gone, broken);
  const { recent, others, sample, asks } = await called('openHome', {});
  const at = '2026-11-20T10:00:00.000Z';
  expect(recent.map(({ key: _, ...project }) => project)).toEqual([
    { id: 'id-1', name: 'Élysée & co.', folder: there, opened: at, articles: 2, state: 'there' },
    { id: 'id-1', name: 'As it was called', folder: gone, opened: at, articles: null, state: 'missing' },
    { id: 'id-1', name: 'As it was called', folder: broken, opened: at, articles: null, state: 'unreadable' },
  ]);
  expect(others).toMatchObject([{ folder: join(place, 'further'), opened: null, articles: 2, state: 'there' }]);
  expect([sample.isMade, asks, new Set([...recent, ...others].map(({ key }) => key)).size]).toEqual([false, false, 4]);
  // A disk that does not answer holds nothing up.
  const fileSystem = { ...nodeFileSystem, stat: () => new Promise<never>(() => undefined) };
  host = hostWith({ looking: { fileSystem, patience: 20 } });
  expect((await called('openHome', {})).recent.map(({ state }) => state)).toEqual(['missing', 'missing', 'missing']);
});

test('A33 what a page asks of a project is by its key: no path, and nothing that is not known', async () => {
  const elsewhere = join(folder.path, 'elsewhere');
  await makeProject(elsewhere);
  for (const project of ['at-000000000000000000000000', 'id-1'])
    expect(await failed(host.call('openKnown', { page: 'p1', project }))).toMatchObject({ code: 'not-found' });
  for (const project of [elsewhere, '..', '../elsewhere', ''])
    expect(await failed(host.call('openKnown', { page: 'p1', project }))).toMatchObject({ code: 'bad-request' });
  expect(opened).toEqual([]);
  await remember(elsewhere);
  const key = (await called('openHome', {})).recent[0]?.key ?? '';
  expect(await called('openKnown', { project: key })).toEqual({ kind: 'here', project: key });
  expect(opened).toEqual([elsewhere]);
  // It stays known while its page is on it, though it was taken off the list.
  await called('forgetProject', { project: key });
  expect((await called('openHome', {})).recent).toEqual([]);
  await called('openKnown', { project: key });
  expect(await readFile(join(elsewhere, 'project.pressmark'), 'utf8')).toContain('Élysée');
});

test('A33 the sample is made the first time that it is opened', async () => {
  const { sample } = await called('openHome', {});
  await called('openKnown', { project: sample.key });
  const after = await called('openHome', {});
  expect(after.others).toMatchObject([{ key: sample.key, articles: 5, state: 'there' }]);
  expect(after.sample).toEqual({ key: sample.key, isMade: true });
});

test('A35 a typed folder is opened only if it is a project; of anything else it is not told what is there', async () => {
  const project = join(folder.path, 'summit');
  await makeProject(project);
  await mkdir(join(folder.path, 'secret'));
  await writeFile(join(folder.path, 'file'), 'x');
  for (const typed of [project, `${project}/`, join(project, 'project.pressmark'), '~/summit', `"${project}"`]) {
    expect(await called('openFolder', { typed })).toMatchObject({ kind: 'here' });
  }
  expect(new Set(opened)).toEqual(new Set([project]));
  const told = new Set<string>();
  for (const typed of [join(folder.path, 'secret'), join(folder.path, 'file'), join(folder.path, 'none'), '/root', '/etc/shadow'])
    told.add(JSON.stringify(await failed(host.call('openFolder', { page: 'p1', typed }))));
  expect([...told]).toEqual([expect.stringContaining('There is no Pressmark project here.')]);
  for (const typed of ['summit', './summit', '', '\0', '../summit', null])
    expect(await failed(host.call('openFolder', { page: 'p1', typed }))).toMatchObject({ code: 'bad-request' });
  expect(opened).toHaveLength(5);
});

test.each(['\\\\server\\share\\project', '//server/share', '\\\\?\\C:\\x', '\\\\.\\pipe\\x'])(
  'A35 on Windows %j, which would call another computer, is refused unseen',
  (typed) => {
    expect(() => typedFolder(typed, 'C:\\Users\\ann', 'win32')).toThrow('another computer');
  },
);

test('A35 where the system has a dialog the folder is chosen there and never typed; a changed mind opens nothing', async () => {
  const project = join(folder.path, 'summit');
  await makeProject(project);
  const answers: (string | null)[] = [project, null];
  host = hostWith({}, { project: async () => answers.shift() ?? null, place: async () => null });
  expect(await failed(host.call('openFolder', { page: 'p1', typed: project }))).toMatchObject({ code: 'bad-request' });
  expect(await called('openFolder', { typed: null })).toMatchObject({ kind: 'here' });
  expect(await called('openFolder', { typed: null })).toEqual({ kind: 'cancelled' });
  expect(await called('createProject', { name: 'Vote', folder: 'Vote', elsewhere: true })).toEqual({ kind: 'cancelled' });
  expect(opened).toEqual([project]);
});

test('A34 a new project is made in a new folder of the person’s projects, and in no other place', async () => {
  expect(await called('createProject', { name: ' Budget vote ', folder: 'Budget', elsewhere: false })).toMatchObject({ kind: 'here' });
  expect(opened).toEqual([join(place, 'Budget')]);
  expect((await called('openHome', {})).others).toMatchObject([{ name: 'Budget vote', articles: 0 }]);
  const before = await readdir(folder.path, { recursive: true });
  for (const name of ['../../out', '..', '.', 'a/b', 'a\\b', '/etc', '', 'CON', 'Budget'])
    expect(await failed(host.call('createProject', { page: 'p1', name: 'X', folder: name, elsewhere: false }))).toMatchObject({
      code: 'bad-request',
    });
  expect(await failed(host.call('createProject', { page: 'p1', name: 'X', folder: 'Y', elsewhere: true }))).toMatchObject({
    code: 'bad-request',
  });
  expect(await failed(host.call('createProject', { page: 'p1', name: '  ', folder: 'Y', elsewhere: false }))).toMatchObject({
    code: 'bad-request',
  });
  expect(await readdir(folder.path, { recursive: true })).toEqual(before);
});

test('A34 a disk that fails while a project is made leaves none, and nothing is opened', async () => {
  const refuse = async (): Promise<never> => {
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  };
  host = hostWith({ looking: { fileSystem: { ...nodeFileSystem, rename: refuse } } });
  expect(await failed(host.call('createProject', { page: 'p1', name: 'Vote', folder: 'Vote', elsewhere: false }))).toMatchObject({
    code: 'not-saved',
    safe: 'No project was made.',
  });
  expect(opened).toEqual([]);
  expect((await called('openHome', {})).others).toEqual([]);
});

test('A36 a copy of a project is listed beside it, and one that was moved in the place of where it was', async () => {
  const [first, copy] = [join(folder.path, 'first'), join(folder.path, 'copy')];
  await makeProject(first);
  await makeProject(copy);
  const looking = { fileSystem: nodeFileSystem, patience: 1500 };
  const entry = (path: string, key: string) => ({ id: 'id-1', name: 'P', folder: path, time: '2026-11-20T10:00:00.000Z', key });
  const both = await withOpened([entry(first, 'at-1')], entry(copy, 'at-2'), looking);
  expect(both.map(({ folder: at }) => at)).toEqual([copy, first]);
  const moved = join(folder.path, 'moved');
  await rename(first, moved);
  const after = await withOpened(both, entry(moved, 'at-3'), looking);
  expect(after.map(({ folder: at }) => at)).toEqual([moved, copy]);
  expect(await withOpened(after, { ...entry(copy, 'at-2'), name: 'Q' }, looking)).toMatchObject([{ name: 'Q' }, { folder: moved }]);
});

test('A36 taking a project off the list changes nothing of it, and a list that cannot be kept is told', async () => {
  const gone = join(folder.path, 'gone');
  await remember(gone, join(folder.path, 'other'));
  const key = (await called('openHome', {})).recent[0]?.key ?? '';
  await called('forgetProject', { project: key });
  expect((await called('openHome', {})).recent.map(({ folder: at }) => at)).toEqual([join(folder.path, 'other')]);
  await rm(join(folder.path, 'settings'), { recursive: true });
  await writeFile(join(folder.path, 'settings'), 'a file');
  expect(await failed(host.call('forgetProject', { page: 'p1', project: key }))).toMatchObject({ code: 'not-saved' });
});

async function send(of: Input<'sendPiece'>['of'], name: string, bytes: Uint8Array): Promise<void> {
  const half = Math.ceil(bytes.length / 2);
  await called('sendPiece', { of, name, offset: 0 }, bytes.slice(0, half));
  await called('sendPiece', { of, name, offset: half }, bytes.slice(half));
}

test('A37 a backup is sent in pieces, looked at, restored whole in a new folder, and nothing of it stays behind', async () => {
  const before = await temporary();
  const [project, zip] = [join(folder.path, 'p'), join(folder.path, 'p.zip')];
  await makeProject(project);
  await backupProject(project, zip);
  await send({ kind: 'backup' }, 'p.zip', await readFile(zip));
  expect(await called('lookAtBackup', { job: 'j1' })).toEqual({ name: 'Élysée & co.', files: expect.any(Number), text: true, lacking: [] });
  for (const name of ['../back', '.', ''])
    expect(await failed(host.call('restoreBackup', { page: 'p1', job: 'j2', folder: name, elsewhere: false }))).toMatchObject({
      code: 'bad-request',
    });
  const restored = await called('restoreBackup', { job: 'j3', folder: 'Back', elsewhere: false });
  expect(restored).toMatchObject({ withoutOriginal: [], problems: [] });
  expect(opened).toEqual([]);
  await called('openKnown', { project: restored?.project ?? '' });
  expect(opened).toEqual([join(place, 'Back')]);
  const files = (root: string) => readdir(root, { recursive: true });
  expect((await files(join(place, 'Back'))).sort()).toEqual((await files(project)).sort());
  expect(await temporary()).toEqual(before);
  expect(await failed(host.call('lookAtBackup', { page: 'p1', job: 'j4' }))).toMatchObject({ code: 'not-found' });
});

test('A38 texts that a backup lacks are named until the files that hold them were sent, under any name', async () => {
  const [project, zip] = [join(folder.path, 'p'), join(folder.path, 'p.zip')];
  await makeProject(project);
  await backupProject(project, zip, { text: false });
  await send({ kind: 'backup' }, 'p.zip', await readFile(zip));
  const names = ['000_2c23301dd0a18933.txt', '001_37fe686bc9046649.txt'];
  const look = async (job: string) => (await called('lookAtBackup', { job })).lacking.map(({ name }) => name);
  expect(await look('j1')).toEqual(names);
  const seed = (name = '') => readFile(join(seeds, name));
  await send({ kind: 'article', file: 0 }, '../../any name', await seed(names[0]));
  expect(await look('j2')).toEqual([names[1]]);
  expect(await failed(host.call('restoreBackup', { page: 'p1', job: 'j3', folder: 'Back', elsewhere: false }))).toMatchObject({
    code: 'not-found',
    safe: 'Nothing was left behind.',
    message: expect.stringContaining(names[1] ?? ''),
  });
  expect(await readdir(place)).toEqual([]);
  await send({ kind: 'article', file: 1 }, 'CON.txt', await seed(names[1]));
  expect(await look('j4')).toEqual([]);
  expect(await called('restoreBackup', { job: 'j5', folder: 'Back', elsewhere: false })).toMatchObject({ withoutOriginal: [] });
});

test('A37 wherever the disk fails during a restore from the page, no project is there and the backup can be restored again', async () => {
  const [project, zip] = [join(folder.path, 'p'), join(folder.path, 'p.zip')];
  await makeProject(project);
  await backupProject(project, zip);
  const refuse = async (): Promise<never> => {
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  };
  const faults: Partial<typeof nodeFileSystem> = {};
  host = hostWith({
    looking: { fileSystem: { ...nodeFileSystem, ...Object.fromEntries(['mkdir', 'rename', 'syncFolder'].map(failing)) } },
  });
  function failing(name: string) {
    const key = name as 'mkdir' | 'rename' | 'syncFolder';
    return [
      key,
      (...paths: [string, string]) => (faults[key] ? refuse() : (nodeFileSystem[key] as (...all: string[]) => unknown)(...paths)),
    ];
  }
  await send({ kind: 'backup' }, 'p.zip', await readFile(zip));
  for (const fault of ['mkdir', 'rename'] as const) {
    faults[fault] = refuse;
    expect(await failed(host.call('restoreBackup', { page: 'p1', job: fault, folder: 'Back', elsewhere: false }))).toMatchObject({
      code: 'not-saved',
    });
    delete faults[fault];
    expect(await readdir(place)).toEqual([]);
  }
  expect(await called('restoreBackup', { job: 'again', folder: 'Back', elsewhere: false })).toMatchObject({ problems: [] });
});

test('A39 what a page sent goes when it gives it up, when it goes, and when the host closes; pieces out of turn or too large are refused', async () => {
  const before = await temporary();
  const piece = (page: string, offset: number, size = 4, of: Input<'sendPiece'>['of'] = { kind: 'backup' }) =>
    host.call('sendPiece', { page, of, name: 'a.zip', offset }, new Uint8Array(size));
  expect(await failed(piece('p1', 4))).toMatchObject({ code: 'bad-request' });
  expect(await failed(piece('p1', 0))).toBeNull();
  expect(await failed(piece('p1', 8))).toMatchObject({ code: 'bad-request' });
  expect(await failed(piece('p1', 4, pieceLimit + 1))).toMatchObject({ code: 'bad-request' });
  expect(await failed(piece('p1', 4, 4, { kind: 'article', file: 100_000 }))).toMatchObject({ code: 'bad-request' });
  const article = { kind: 'article', file: 1 } as const;
  for (let offset = 0; offset < 24_000_000; offset += pieceLimit) expect(await failed(piece('p1', offset, pieceLimit, article))).toBeNull();
  expect(await failed(piece('p1', 24_000_000, 1_000_001, article))).toMatchObject({ code: 'too-large' });
  await called('discardBackup', {});
  expect(await temporary()).toEqual(before);
  const stop = host.listen('p2', () => undefined);
  await piece('p2', 0);
  stop();
  await expect.poll(temporary).toEqual(before);
  host.listen('p3', () => undefined);
  await piece('p3', 0);
  expect(await temporary()).toHaveLength(before.length + 1);
  await host.close();
  await expect.poll(temporary).toEqual(before);
});

test('A40 a host without a project answers what the home asks, settings too, and says of all else that no project is open', async () => {
  await createProject(join(folder.path, 'x'), { name: 'X', annotator: { name: 'ann' } });
  await remember(join(folder.path, 'x'));
  expect(await failed(host.call('openWorkspace', { page: 'p1' }))).toMatchObject({ code: 'no-project' });
  expect(await failed(host.call('takeOver', { page: 'p1' }))).toMatchObject({ code: 'no-project' });
  expect(await failed(host.call('nothing', {}))).toMatchObject({ code: 'bad-request' });
  const { settings: mine, recent } = await called('openHome', {});
  await host.call('saveSettings', { settings: { ...mine, theme: 'dark', recent: [] } });
  const after = await called('openHome', {});
  expect([after.settings.theme, after.recent]).toEqual(['dark', recent]);
});
