import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOrCreateSample } from '../host/sample.ts';
import { commandWords, projectNamed } from './command-line.ts';
import { loadedBy } from './testing/bundle-imports.ts';
import { ensureBuilt, root } from './testing/bundles.ts';
import { startMain } from './testing/electron-double.ts';
import { started, workspaceOf } from './testing/page.ts';

let folder: string;
let project: string;
const said: string[] = [];
// Where programs would listen: a port, or the name of a socket.
const places: unknown[] = [];
const isPort = (place: unknown): boolean => typeof place === 'number' || (typeof place === 'object' && place !== null && 'port' in place);

beforeAll(async () => {
  await ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'pressmark-words-'));
  project = join(folder, 'summit');
  await (await openOrCreateSample(project, join(root, 'seeds'), 'Ann')).close();
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  process.env['PRESSMARK_HOME'] = join(folder, 'home');
  said.length = 0;
  places.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void said.push(String(line)));
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void said.push(String(line)));
  const { listen } = Server.prototype;
  vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...values: unknown[]) {
    places.push(values[0]);
    return Reflect.apply(listen, this, values);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  delete process.env['PRESSMARK_HOME'];
  process.exitCode = undefined;
});

describe('what the command line of the desktop app says', () => {
  it.each([
    [['/opt/pressmark'], false, [], null],
    [['/opt/pressmark', '/a/summit'], false, ['/a/summit'], '/a/summit'],
    [['/opt/pressmark', '--ozone-platform=x11', '/a/project.pressmark'], false, ['/a/project.pressmark'], '/a/project.pressmark'],
    [['/opt/pressmark', 'open', '/a/summit'], false, ['open', '/a/summit'], '/a/summit'],
    [['/opt/pressmark', 'open', '--sample'], false, ['open', '--sample'], null],
    [['/opt/pressmark', '--help'], false, ['--help'], '--help'],
    [['/opt/pressmark', '--enable-logging', 'check', '--to-complete', 'a'], false, ['check', '--to-complete', 'a'], 'check'],
    [['/dist/electron', '.'], true, [], null],
    [['/dist/electron', '--inspect', '.', 'summit'], true, ['summit'], 'summit'],
  ])('D30 %j', (argv, hasAppFolder, words, named) => {
    expect(commandWords(argv, hasAppFolder)).toEqual(words);
    expect(projectNamed(words)).toBe(named);
  });

  it('D30 a command runs without a window, a lock of its own or a display, and hands on its exit code', async () => {
    const good = await startMain(['check', project]);
    await good.ended;
    expect([good.log, good.windows, said]).toEqual([['exit 0'], [], ['Everything in this project is whole.']]);
    said.length = 0;
    const bad = await startMain(['--enable-logging', 'check', join(folder, 'nothing')]);
    await bad.ended;
    expect(bad.log).toEqual(['exit 1']);
    expect(said).toEqual([expect.stringContaining('is not a Pressmark project')]);
  });

  it('D30 open --sample opens the sample project, made the first time', async () => {
    const { shell, window } = await started(['open', '--sample']);
    const { project: sample, articles } = await workspaceOf(shell, window);
    expect([sample.place, articles.length]).toEqual([join(folder, 'home', 'projects', 'paris-summit-sample'), 5]);
    shell.quit();
    await shell.ended;
  });

  it('D34 the installed program does not open without its sandbox and says what to do; a command needs none', async () => {
    const shell = await startMain(['--no-sandbox', project], { isPackaged: true });
    await shell.ended;
    expect(shell.dialogs).toEqual([{ name: 'error', values: [expect.stringContaining('sandbox'), expect.stringContaining('.deb')] }]);
    expect([shell.log, shell.windows]).toEqual([['ready', 'exit 1'], []]);
    const command = await startMain(['--no-sandbox', 'check', project], { isPackaged: true });
    await command.ended;
    expect(command.log).toEqual(['exit 0']);
  });

  it('D30 a word that is no command names a project', async () => {
    const shell = await startMain(['summit']);
    await shell.ended;
    expect(shell.dialogs).toEqual([{ name: 'message', values: [expect.objectContaining({ message: expect.stringContaining('summit') })] }]);
  });
});

describe('ports', () => {
  it('D31 the desktop app listens on no port, and does not even load what could', async () => {
    const { shell } = await started([project]);
    shell.quit();
    await shell.ended;
    // The lock of the project is a socket with a name, which no other computer reaches.
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter(isPort)).toEqual([]);
    expect([...loadedBy('main.js')].filter((name) => /^(node:)?https?2?$/.test(name))).toEqual([]);
    // Nor does any other command but those that serve: their part of the build is there, and loads it.
    expect([...loadedBy('cli.js')]).not.toContain('node:http');
    const parts = await readdir(join(root, 'out', 'main'), { recursive: true });
    expect(parts.filter((name) => name.endsWith('.js')).some((name) => loadedBy(name).has('node:http'))).toBe(true);
  });

  it('D31 asked to serve, it listens on this computer only, until it is told to stop', async () => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const before = signals.map((signal) => process.listeners(signal));
    const serving = startMain(['serve', project, '--no-open']);
    await vi.waitFor(() => expect(said.join('\n')).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#token=/), { timeout: 20_000 });
    expect(places.filter(isPort)).toEqual([expect.objectContaining({ host: '127.0.0.1' })]);
    process.listeners('SIGTERM').at(-1)?.('SIGTERM');
    const shell = await serving;
    signals.forEach((signal, index) => {
      for (const listener of process.listeners(signal)) if (!before[index]?.includes(listener)) process.off(signal, listener);
    });
    await shell.ended;
    expect([shell.log, shell.windows]).toEqual([['exit 0'], []]);
  });
});
