import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findRuntime, type Surroundings, startDesktop } from './desktop.ts';

// A stand-in for Electron's package: its program is Node itself, and the app a script that notes how it was started.
let folder: string;
let surroundings: Surroundings;

const appThat = async (body: string): Promise<void> =>
  writeFile(
    join(folder, 'app', 'out', 'main', 'main.js'),
    `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'started'))}, JSON.stringify(process.argv.slice(2)));\n${body}`,
  );
const installerThat = (body: string): Promise<void> =>
  writeFile(
    join(folder, 'electron', 'install.js'),
    `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'installed'))}, '');\n${body}`,
  );
const noted = async (name: string): Promise<string | null> => readFile(join(folder, name), 'utf8').catch(() => null);
const placeRuntime = `
  require('node:fs').mkdirSync(require('node:path').join(__dirname, 'dist'));
  require('node:fs').symlinkSync(process.execPath, require('node:path').join(__dirname, 'dist', 'electron'));
  require('node:fs').writeFileSync(require('node:path').join(__dirname, 'path.txt'), 'electron');`;

beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'pressmark-desktop-'));
  await mkdir(join(folder, 'app', 'out', 'main'), { recursive: true });
  await mkdir(join(folder, 'electron', 'dist'), { recursive: true });
  await writeFile(join(folder, 'app', 'package.json'), JSON.stringify({ main: 'out/main/main.js' }));
  await symlink(process.execPath, join(folder, 'electron', 'dist', 'electron'));
  await writeFile(join(folder, 'electron', 'path.txt'), 'electron');
  await appThat('');
  await installerThat('process.exit(1);');
  surroundings = {
    platform: 'linux',
    env: { PATH: process.env['PATH'], DISPLAY: ':0' },
    user: 1000,
    electron: join(folder, 'electron'),
    app: join(folder, 'app'),
    patience: 60_000,
  };
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const withoutRuntime = () => rm(join(folder, 'electron', 'path.txt'));

describe('starting the desktop window', () => {
  it.each([
    ['without a display', { env: {} }, 'no display'],
    ['in an automated run', { env: { CI: 'true', DISPLAY: ':0' } }, 'automated run'],
    ['for the root user', { user: 0 }, 'root user'],
    ['without Electron', { electron: null }, 'not installed'],
    ['before it is built', { app: '/nowhere' }, 'not built'],
  ])('D20 %s it says why and neither downloads nor starts anything', async (_, change, words) => {
    await withoutRuntime();
    const start = await startDesktop('/a/project', { ...surroundings, ...change });
    expect(start).toEqual({ started: false, reason: expect.stringMatching(new RegExp(`${words}.*; opening in the browser instead\\.$`)) });
    expect([await noted('installed'), await noted('started')]).toEqual([null, null]);
  });

  it('D21 a missing runtime is downloaded by its own installer, then started with the project and no switch', async () => {
    await withoutRuntime();
    await rm(join(folder, 'electron', 'dist'), { recursive: true });
    await installerThat(placeRuntime);
    const start = await startDesktop('/a/project', surroundings);
    expect(start.started && (await start.exit)).toBe(0);
    expect(await noted('installed')).toBe('');
    expect(await noted('started')).toBe('["/a/project"]');
  });

  it('D21 a runtime that is there is started without any download', async () => {
    const start = await startDesktop('/a/project', surroundings);
    expect(start.started && (await start.exit)).toBe(0);
    expect([await noted('installed'), await noted('started')]).toEqual([null, '["/a/project"]']);
  });

  it.each([
    ['fails', 'process.exit(7);', 'code 7'],
    ['installs nothing', '', 'nothing was installed'],
  ])('D22 an installer that %s leads to the browser', async (_, body, words) => {
    await withoutRuntime();
    await installerThat(body);
    expect(await startDesktop('/a/project', surroundings)).toEqual({
      started: false,
      reason: `Electron's runtime could not be downloaded (${words}); opening in the browser instead.`,
    });
    expect(await noted('started')).toBeNull();
  });

  it.each([
    ['ends with an error', 'process.exit(3);', 'code 3'],
    ['is killed, as by a refused sandbox', 'process.kill(process.pid, "SIGKILL");', 'signal SIGKILL'],
  ])('D23 a window that %s at once leads to the browser', async (_, body, words) => {
    await appThat(body);
    expect(await startDesktop('/a/project', surroundings)).toEqual({
      started: false,
      reason: `Electron could not start on this system (${words}); opening in the browser instead.`,
    });
  });

  it('C15 a signal to the command ends the window too', async () => {
    await appThat('setTimeout(() => process.exit(9), 60_000);');
    const before = process.listenerCount('SIGTERM');
    const start = await startDesktop('/a/project', { ...surroundings, patience: 1 });
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    // Only ours: the program that runs the tests listens too.
    process.listeners('SIGTERM').at(-1)?.('SIGTERM');
    expect(start.started && (await start.exit)).toBe(1);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  it('D23 a program that cannot be run leads to the browser', async () => {
    await rm(join(folder, 'electron', 'dist', 'electron'));
    await writeFile(join(folder, 'electron', 'dist', 'electron'), 'no program');
    const start = await startDesktop('/a/project', surroundings);
    expect(start).toMatchObject({ started: false, reason: expect.stringContaining('could not start') });
  });

  it('D23 a window that stays open past its start hands on its exit code', async () => {
    await appThat('setTimeout(() => process.exit(5), 300);');
    const start = await startDesktop('/a/project', { ...surroundings, patience: 1 });
    expect(start.started && (await start.exit)).toBe(5);
  });

  it('D21 the runtime is looked for where ELECTRON_OVERRIDE_DIST_PATH says', () => {
    const electron = join(folder, 'electron');
    expect(findRuntime(electron, {})).toBe(join(electron, 'dist', 'electron'));
    expect(findRuntime(electron, { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toBeNull();
  });
});
