import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { contract, type Output } from '../core/contract.ts';
import type { Gesture } from '../core/steps/edit.ts';
import { backupProject } from '../host/backup/backup.ts';
import { createProject } from '../host/storage/project.ts';
import { ensureBuilt } from './testing/bundles.ts';
import { type Double, DoubleEvent, type DoubleItem, type DoubleWindow, startMain } from './testing/electron-double.ts';
import { call, loaded, started, workspaceOf } from './testing/page.ts';

let folder: string;
const running: Double[] = [];

beforeAll(ensureBuilt, 60_000);

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'pressmark-lifecycle-'));
  process.env['PRESSMARK_HOME'] = folder;
});

afterEach(async () => {
  for (const shell of running.splice(0)) {
    shell.quit();
    await shell.ended;
  }
  vi.restoreAllMocks();
  delete process.env['PRESSMARK_HOME'];
  await rm(folder, { recursive: true });
});

async function start(args: readonly string[] = []): Promise<{ shell: Double; window: DoubleWindow }> {
  const parts = await started(args);
  running.push(parts.shell);
  return parts;
}

const item = (shell: Double, id: string): DoubleItem | undefined =>
  shell.menu.flatMap(({ submenu }) => submenu ?? []).find((candidate) => candidate.id === id);

/** A gesture that marks the first article as done. */
async function gestureFor(shell: Double, window: DoubleWindow): Promise<Gesture> {
  const { articles, annotator } = await workspaceOf(shell, window);
  const article = articles[0]?.meta.id ?? '';
  const time = '2026-01-02T03:04:05.000Z';
  const after = { article, annotator: annotator.id, done: true as const, marked: time };
  return {
    id: 'gesture-1',
    annotator: annotator.id,
    time,
    command: 'article.done',
    title: 'Mark article done',
    edits: [{ record: 'completion', article, id: article, before: null, after }],
    undoes: null,
    redoes: null,
  };
}

async function journals(): Promise<string> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('journal.jsonl'));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('');
}

describe('quitting', () => {
  it.each([
    ['quit from the menu', (shell: Double) => shell.quit()],
    ['a closed window', (_: Double, window: DoubleWindow) => window.close()],
  ])('D16 %s waits for what the page sends when it is told', async (_, leave) => {
    const { shell, window } = await start();
    const gesture = await gestureFor(shell, window);
    const replies: unknown[] = [];
    window.webContents.on('double-sent', async (event: { event: string }) => {
      if (event.event === 'closing') replies.push(await call(shell, window, 'apply', { page: 'page-1', gesture }));
    });
    leave(shell, window);
    expect(shell.log).not.toContain('window closed');
    await shell.ended;
    expect(replies).toEqual([{ ok: true, value: { sequence: 1 } }]);
    expect(await journals()).toContain('"gesture-1"');
    expect(shell.log.slice(-2)).toEqual(['window closed', 'quit']);
  });

  it('D16 a call that is under way is answered before the window closes', async () => {
    const { shell, window } = await start();
    const chosen = Promise.withResolvers<unknown>();
    shell.answers.set('save', chosen.promise);
    const exporting = call(shell, window, 'exportDataset', { page: 'page-1', job: 'job-1', request: { format: 'csv' } }).finally(() =>
      shell.log.push('answered'),
    );
    window.webContents.once('double-sent', () => setTimeout(() => chosen.resolve({ canceled: true, filePath: '' }), 300));
    shell.quit();
    await shell.ended;
    expect(await exporting).toMatchObject({ ok: true });
    expect(shell.log.slice(-3)).toEqual(['answered', 'window closed', 'quit']);
  });

  it('D17 a page that holds unsaved edits keeps its window, and its project works on, until the person gives them up', async () => {
    const { shell, window } = await start();
    window.objects = true;
    const asked = Promise.withResolvers<void>();
    shell.app.once('double-dialog', () => asked.resolve());
    shell.answers.set('confirm', 0);
    shell.quit();
    await asked.promise;
    const gesture = await gestureFor(shell, window);
    expect(await call(shell, window, 'apply', { page: 'page-1', gesture })).toEqual({ ok: true, value: { sequence: 1 } });
    expect(shell.log).not.toContain('quit');
    shell.answers.set('confirm', 1);
    shell.quit();
    await shell.ended;
    expect(shell.dialogs.map(({ name }) => name)).toEqual(['confirm', 'confirm']);
    expect(shell.log.slice(-2)).toEqual(['window closed', 'quit']);
  });

  it('D17 a page that crashed is loaded again or closed, as the person likes', async () => {
    const { shell, window } = await start();
    shell.answers.set('message', { response: 1 });
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await shell.ended;
    expect(shell.log.slice(-2)).toEqual(['window closed', 'quit']);
  });
});

it('D25 the menu follows the keys that a person gives, at once and after a restart', async () => {
  const first = await start();
  const { settings } = await workspaceOf(first.shell, first.window);
  expect(item(first.shell, 'dataset.open')?.accelerator).toBe('CommandOrControl+E');
  const before = first.shell.menu;
  await call(first.shell, first.window, 'saveSettings', { settings: { ...settings, theme: 'dark' } });
  expect(first.shell.menu).toBe(before);
  const own = { ...settings, keys: { 'dataset.open': ['Mod-Shift-e'] } };
  await call(first.shell, first.window, 'saveSettings', { settings: own });
  expect(item(first.shell, 'dataset.open')?.accelerator).toBe('CommandOrControl+Shift+E');
  first.shell.quit();
  await first.shell.ended;
  const second = await start();
  expect(item(second.shell, 'dataset.open')?.accelerator).toBe('CommandOrControl+Shift+E');
});

describe('opening projects', () => {
  it('D18 it opens the project that it was started with, by its folder or its file', async () => {
    const first = await start();
    const { project } = await workspaceOf(first.shell, first.window);
    first.shell.quit();
    await first.shell.ended;
    for (const path of [project.place, join(project.place, 'project.pressmark')]) {
      const { shell, window } = await start(['--some-switch', path]);
      expect((await workspaceOf(shell, window)).project).toEqual(project);
      shell.quit();
      await shell.ended;
    }
  });

  it('D18 a folder that is no project is told to the person, and without a window it quits', async () => {
    const shell = await startMain([join(folder, 'nothing')]);
    await shell.ended;
    expect(shell.dialogs).toEqual([
      { name: 'message', values: [expect.objectContaining({ type: 'error', message: expect.stringContaining('nothing') })] },
    ]);
    expect(shell.log.filter((line) => line.startsWith('load '))).toEqual([]);
  });

  it('D19 New project… makes one in a window of its own; opening it again brings that window to the front', async () => {
    const { shell } = await start();
    const place = join(folder, 'Budget vote');
    shell.answers.set('save', { canceled: false, filePath: place });
    item(shell, 'project.new')?.click?.();
    const second = await loaded(shell, 2);
    expect(await workspaceOf(shell, second)).toMatchObject({ project: { name: 'Budget vote', place }, articles: [], writable: true });
    shell.answers.set('open', { canceled: false, filePaths: [place] });
    item(shell, 'project.open')?.click?.();
    await vi.waitFor(() => expect(second.focused).toBe(1));
    expect(shell.windows).toHaveLength(2);
  });

  it('D19 a changed mind opens nothing', async () => {
    const { shell, window } = await start();
    shell.answers.set('save', { canceled: true, filePath: '' });
    shell.answers.set('open', { canceled: true, filePaths: [] });
    item(shell, 'project.new')?.click?.();
    item(shell, 'project.open')?.click?.();
    await vi.waitFor(() => expect(shell.dialogs).toHaveLength(2));
    expect(shell.windows).toEqual([window]);
  });

  it('D24 a second start hands its project to the first and quits', async () => {
    const second = await startMain([join(folder, 'other')], { holdsLock: false });
    await second.ended;
    expect(second.log).toContain(`lock {"path":${JSON.stringify(join(folder, 'other'))}}`);
    expect(second.log).not.toContain('ready');
    expect(second.windows).toEqual([]);
  });

  it('D24 the first opens the project that a second start names, in a window of its own, or brings its window to the front', async () => {
    const { shell, window } = await start();
    const place = join(folder, 'Budget vote');
    await createProject(place, { name: 'Budget vote', annotator: { name: 'Ann' } });
    shell.app.emit('second-instance', {}, [], folder, { path: join(place, 'project.pressmark') });
    const second = await loaded(shell, 2);
    expect(await workspaceOf(shell, second)).toMatchObject({ project: { name: 'Budget vote', place }, writable: true });
    expect([window.focused, second.focused]).toEqual([0, 0]);
    shell.app.emit('second-instance', {}, [], folder, { path: place });
    await vi.waitFor(() => expect(second.focused).toBe(1));
    expect(shell.windows).toEqual([window, second]);
  });

  it.each([
    ['before it is ready', true],
    ['while it runs', false],
  ])('D32 a project.pressmark opened from the Finder %s opens its project', async (_, early) => {
    const place = join(folder, 'Budget vote');
    await createProject(place, { name: 'Budget vote', annotator: { name: 'Ann' } });
    const event = new DoubleEvent();
    const openFile = (shell: Double) => shell.app.emit('open-file', event, join(place, 'project.pressmark'));
    const shell = await startMain([], early ? { beforeReady: openFile } : {});
    running.push(shell);
    if (!early) {
      await loaded(shell, 1);
      openFile(shell);
    }
    const window = await loaded(shell, early ? 1 : 2);
    expect(await workspaceOf(shell, window)).toMatchObject({ project: { name: 'Budget vote', place } });
    expect([event.defaultPrevented, shell.windows.length]).toEqual([true, early ? 1 : 2]);
  });

  it.each([[{ path: null }], [undefined], ['text'], [{ path: 5 }]])(
    'D24 a second start that says %j brings the window to the front',
    async (other) => {
      const { shell, window } = await start();
      shell.app.emit('second-instance', {}, [], folder, other);
      expect(window.focused).toBe(1);
    },
  );
});

describe('the Project home', () => {
  const homeOf = async (shell: Double, window: DoubleWindow): Promise<Output<'openHome'>> => {
    const reply = await call(shell, window, 'openHome', { page: 'page-1' });
    if (!reply.ok) throw new Error(reply.error.message);
    return contract.openHome.output.parse(reply.value);
  };
  const atHome = async (): Promise<{ shell: Double; window: DoubleWindow }> => {
    const shell = await startMain([]);
    running.push(shell);
    return { shell, window: await loaded(shell, 1) };
  };
  const open = (shell: Double, window: DoubleWindow, project: string) => call(shell, window, 'openKnown', { page: 'page-1', project });

  it('A43 without a project the home is shown, and the project that is opened there comes up in its window', async () => {
    const { shell, window } = await atHome();
    expect(await call(shell, window, 'openWorkspace', { page: 'page-1' })).toMatchObject({ error: { code: 'no-project' } });
    const { sample, asks } = await homeOf(shell, window);
    expect([sample.isMade, asks]).toEqual([false, true]);
    expect(await open(shell, window, sample.key)).toEqual({ ok: true, value: { kind: 'here', project: sample.key } });
    expect((await workspaceOf(shell, window, 'page-2')).articles).toHaveLength(5);
    expect(shell.windows).toEqual([window]);
    shell.quit();
    await shell.ended;
    const again = await atHome();
    expect((await homeOf(again.shell, again.window)).recent).toMatchObject([{ key: sample.key, articles: 5, state: 'there' }]);
  });

  it('A43 from a project it is a window of its own; what is opened beside a project gets one too, and the home has done its work', async () => {
    const { shell, window } = await start();
    await workspaceOf(shell, window);
    expect(await call(shell, window, 'showHome', { page: 'page-1' })).toEqual({ ok: true, value: { kind: 'window' } });
    const home = await loaded(shell, 2);
    await call(shell, window, 'showHome', { page: 'page-1' });
    expect([shell.windows.length, home.focused]).toEqual([2, 1]);
    const { recent } = await homeOf(shell, home);
    // A project that is open comes to the front.
    const focused = window.focused;
    expect(await open(shell, home, recent[0]?.key ?? '')).toEqual({ ok: true, value: { kind: 'window' } });
    await vi.waitFor(() => expect(shell.windows).toEqual([window]));
    expect(window.focused).toBe(focused + 1);
    const place = join(folder, 'Budget vote');
    await createProject(place, { name: 'Budget vote', annotator: { name: 'ann' } });
    shell.answers.set('open', { canceled: false, filePaths: [place] });
    expect(await call(shell, window, 'openFolder', { page: 'page-1', typed: null })).toEqual({ ok: true, value: { kind: 'window' } });
    const second = await loaded(shell, 3);
    expect((await workspaceOf(shell, second, 'page-2')).project.place).toBe(place);
  });

  it('A43 a new project is made in the folder of projects or where the dialog says, and a backup restored there; no page names a path', async () => {
    const { shell, window } = await atHome();
    const elsewhere = join(folder, 'Elsewhere');
    shell.answers.set('save', { canceled: false, filePath: elsewhere });
    const create = (input: object) => call(shell, window, 'createProject', { page: 'page-1', name: 'Vote', folder: 'Vote', ...input });
    expect(await create({ elsewhere: true, folder: '../Vote' })).toMatchObject({ error: { code: 'bad-request' } });
    expect(await call(shell, window, 'openFolder', { page: 'page-1', typed: folder })).toMatchObject({ error: { code: 'bad-request' } });
    expect(await create({ elsewhere: true })).toMatchObject({ value: { kind: 'here' } });
    expect((await workspaceOf(shell, window, 'page-2')).project).toMatchObject({ name: 'Vote', place: elsewhere });
    await backupProject(elsewhere, join(folder, 'vote.zip'));
    await call(shell, window, 'showHome', { page: 'page-2' });
    const home = await loaded(shell, 2);
    const bytes = new Uint8Array(await readFile(join(folder, 'vote.zip')));
    const piece = { page: 'page-3', of: { kind: 'backup' }, name: 'vote.zip', offset: 0 };
    expect(await call(shell, home, 'sendPiece', piece, undefined, bytes)).toMatchObject({ ok: true });
    const back = { page: 'page-3', job: 'job-1', folder: 'Vote back', elsewhere: false };
    const restored = await call(shell, home, 'restoreBackup', back);
    const { project } = contract.restoreBackup.output.parse(restored.ok ? restored.value : null) ?? { project: '' };
    expect(await open(shell, home, project)).toMatchObject({ value: { kind: 'here' } });
    expect((await workspaceOf(shell, home, 'page-4')).project.place).toBe(join(folder, 'projects', 'Vote back'));
    expect(shell.windows).toHaveLength(2);
  });
});
