import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Command, fixedCommands } from '../core/commands.ts';
import { contract } from '../core/contract.ts';
import { ensureBuilt } from './testing/bundles.ts';
import { type Double, DoubleEvent, type DoubleItem, type DoubleWindow } from './testing/electron-double.ts';
import { call, started, workspaceOf } from './testing/page.ts';

let folder: string;
let shell: Double;
let window: DoubleWindow;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'pressmark-shell-'));
  process.env['PRESSMARK_HOME'] = folder;
  ({ shell, window } = await started());
}, 60_000);

afterAll(async () => {
  shell.quit();
  await shell.ended;
  delete process.env['PRESSMARK_HOME'];
  await rm(folder, { recursive: true });
});

describe('the window', () => {
  it('D2 its page may do nothing that a web page could not', () => {
    const { preload, ...preferences } = window.options.webPreferences;
    expect(preload).toMatch(/out.preload.preload\.cjs$/);
    expect(preferences).toEqual({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      webviewTag: false,
      spellcheck: false,
    });
  });

  it('D2 the sandbox and the scheme are settled before the app is ready', () => {
    const ready = shell.log.indexOf('ready');
    for (const step of ['enableSandbox', 'schemes']) {
      expect(shell.log).toContain(step);
      expect(shell.log.indexOf(step)).toBeLessThan(ready);
    }
    expect(shell.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
    expect(shell.log).toContain('load app://pressmark/');
  });
});

describe("the page's protocol", () => {
  const get = async (url: string, method = 'GET'): Promise<Response> => {
    const handler = shell.protocols.get('app');
    if (!handler) throw new TypeError('no handler');
    return handler({ method, url });
  };

  it('D3 serves the page with its rules', async () => {
    const response = await get('app://pressmark/');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const [, nonce] = /nonce-([^']+)'/.exec(policy) ?? [];
    const page = await response.text();
    expect(page).toContain(`nonce="${nonce}"`);
    const [script] = /assets\/[^"]+\.js/.exec(page) ?? [];
    const loaded = await get(`app://pressmark/${script}`);
    expect([loaded.status, loaded.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(loaded.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('Z42 serves the worker of suggestions, which alone has the language model, by the same rules', async () => {
    const [script] = /assets\/[^"]+\.js/.exec(await (await get('app://pressmark/')).text()) ?? [];
    const page = await (await get(`app://pressmark/${script}`)).text();
    const [worker] = /worker-[\w-]+\.js/.exec(page) ?? [];
    const loaded = await get(`app://pressmark/assets/${worker}`);
    expect([loaded.status, loaded.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(loaded.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    const model = await loaded.text();
    expect([model.length > 3_000_000, model.includes('wink'), page.includes('wink')]).toEqual([true, true, false]);
    // It makes no code from words, which the rules would refuse.
    expect(model).not.toMatch(/\bnew Function\(|\beval\(/);
  });

  it.each([
    ['a folder above', 'app://pressmark/../main/main.js'],
    ['an encoded folder above', 'app://pressmark/%2e%2e%2fmain%2fmain.js'],
    ['a doubly encoded folder above', 'app://pressmark/%252e%252e%252fmain%252fmain.js'],
    ['a backslash', 'app://pressmark/..\\main\\main.js'],
    ['an encoded backslash', 'app://pressmark/..%5cmain%5cmain.js'],
    ['a NUL', 'app://pressmark/index.html%00.js'],
    ['broken encoding', 'app://pressmark/%e0%a4%a.html'],
    ['an absolute path', 'app://pressmark//etc/passwd'],
    ['another host', 'app://pressmark.example/index.html'],
    ['no host', 'app:///index.html'],
    ['a user', 'app://pressmark@example/index.html'],
    ['a port', 'app://pressmark:80/index.html'],
    ['another method', 'app://pressmark/', 'POST'],
  ])('D3 refuses %s', async (_, url, method = 'GET') => {
    const response = await get(url, method);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).toBe('');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('what the page may not do', () => {
  const handlerOf = (name: string): ((...values: unknown[]) => unknown) => {
    const handler = shell.session.get(name);
    if (!handler) throw new TypeError(`no ${name} handler`);
    return handler as (...values: unknown[]) => unknown;
  };
  const permissions = [
    'geolocation',
    'media',
    'notifications',
    'midi',
    'openExternal',
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'hid',
  ];

  it.each(permissions)('D4 has no permission for %s, asked for or checked', (permission) => {
    const answer = vi.fn();
    handlerOf('permission-request')(window.webContents, permission, answer, {});
    expect(answer.mock.calls).toEqual([[false]]);
    expect(handlerOf('permission-check')(window.webContents, permission, 'app://pressmark/', {})).toBe(false);
  });

  it('D4 only our page may put text on the clipboard', () => {
    const check = handlerOf('permission-check');
    expect(check(window.webContents, 'clipboard-sanitized-write', 'app://pressmark/', {})).toBe(true);
    expect(check(window.webContents, 'clipboard-sanitized-write', 'https://example.org/', {})).toBe(false);
  });

  it('D4 saves what our page made itself, and downloads nothing else', () => {
    const isSaved = (url: string, contents: unknown) => {
      const download = new DoubleEvent();
      handlerOf('will-download')(download, { getURL: () => url }, contents);
      return !download.defaultPrevented;
    };
    const stranger = { getURL: () => 'https://example.org/' };
    expect(isSaved('blob:app://pressmark/5f0c', window.webContents)).toBe(true);
    expect(isSaved('blob:app://pressmark/5f0c', stranger)).toBe(false);
    expect(isSaved('blob:https://example.org/5f0c', window.webContents)).toBe(false);
    expect(isSaved('https://example.org/app://pressmark/', window.webContents)).toBe(false);
  });

  it('D4 gets no device, no screen and no Bluetooth', () => {
    expect(handlerOf('device')({ deviceType: 'usb' })).toBe(false);
    const answer = vi.fn();
    handlerOf('display-media')({}, answer);
    handlerOf('bluetooth')({}, answer);
    expect(answer.mock.calls).toEqual([[null], [{ confirmed: false }]]);
  });

  const strangers = [
    'https://example.org/',
    'http://127.0.0.1:8080/',
    'file:///etc/passwd',
    'about:blank',
    'data:text/html,hello',
    'javascript:alert(1)',
    'app://pressmark.example/',
    'app://pressmarks/',
    'app://pressmark@example/',
    'app://example@pressmark/',
    'app://pressmark:1/',
    'app:pressmark',
    'apps://pressmark/',
    'not an address',
  ];

  it.each(strangers)('D5 does not go to %s in any frame', (url) => {
    for (const way of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      const departure = new DoubleEvent(url);
      expect(window.webContents.emit(way, departure)).toBe(true);
      expect(departure.defaultPrevented).toBe(true);
    }
  });

  it('D5 may load itself again', () => {
    const departure = new DoubleEvent('app://pressmark/');
    window.webContents.emit('will-navigate', departure);
    expect(departure.defaultPrevented).toBe(false);
  });

  it.each([...strangers, 'app://pressmark/'])('D5 opens no window on %s', (url) => {
    expect(window.webContents.openHandler?.({ url })).toEqual({ action: 'deny' });
  });

  it('D5 attaches no web view', () => {
    const event = new DoubleEvent();
    expect(window.webContents.emit('will-attach-webview', event)).toBe(true);
    expect(event.defaultPrevented).toBe(true);
  });

  it.each([
    ['https://example.org/', 'xhr', true],
    ['http://127.0.0.1/', 'image', true],
    ['ws://example.org/', 'webSocket', true],
    ['wss://example.org/', 'webSocket', true],
    ['file:///etc/passwd', 'mainFrame', true],
    ['ftp://example.org/', 'other', true],
    ['app://pressmark.example/', 'script', true],
    ['data:text/javascript,alert(1)', 'script', true],
    ['data:text/html,hello', 'subFrame', true],
    ['blob:app://pressmark/1', 'script', true],
    ['blob:app://pressmark/1', 'other', false],
    ['blob:https://example.org/1', 'other', true],
    ['data:image/png;base64,AA', 'image', false],
    ['blob:app://pressmark/1', 'image', false],
    ['app://pressmark/assets/index.js', 'script', false],
    ['devtools://devtools/bundled/inspector.html', 'mainFrame', false],
  ])('D6 a request of %s as %s is cancelled: %s', (url, resourceType, cancel) => {
    const answer = vi.fn();
    handlerOf('before-request')({ url, resourceType }, answer);
    expect(answer.mock.calls).toEqual([[{ cancel }]]);
  });

  it('D6 no dictionary is fetched', () => {
    expect(shell.log).toContain('spell checker false');
  });
});

describe('calls of the page', () => {
  it('D7 our page is answered by the project on the disk', async () => {
    const workspace = await workspaceOf(shell, window);
    expect(workspace).toMatchObject({ host: 'electron', version: '0.1.0', writable: true });
    expect(workspace.articles).toHaveLength(5);
    expect(workspace.project.place.startsWith(folder)).toBe(true);
  });

  it.each([
    ['a frame that has gone', null],
    ['a frame inside the page', { origin: 'app://pressmark', url: 'app://pressmark/' }],
  ])('D7 %s is refused', async (_, frame) => {
    expect(await call(shell, window, 'openWorkspace', { page: 'page-1' }, frame)).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
  });

  it.each([
    ['an empty page that inherits our origin', { origin: 'app://pressmark', url: 'about:blank' }],
    ['a document that has no origin of its own', { origin: 'null', url: 'app://pressmark/' }],
    ['an empty page', { origin: 'null', url: 'about:blank' }],
    ['a file', { origin: 'file://', url: 'file:///tmp/page.html' }],
    ['a look-alike host', { origin: 'app://pressmark.example', url: 'app://pressmark.example/' }],
    ['a look-alike beginning', { origin: 'app://pressmarks', url: 'app://pressmarks/' }],
    ['a web page', { origin: 'https://example.org', url: 'https://example.org/' }],
  ])('D7 the main frame showing %s is refused', async (_, shown) => {
    const ours = { ...window.webContents.mainFrame };
    Object.assign(window.webContents.mainFrame, shown);
    try {
      expect(await call(shell, window, 'openWorkspace', { page: 'page-1' })).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    } finally {
      Object.assign(window.webContents.mainFrame, ours);
    }
  });

  it('D8 whatever the page sends that is no call is a bad request', async () => {
    const methods = fc.oneof(fc.constantFrom(...Object.keys(contract), '__proto__', 'constructor', 'toString'), fc.string(), fc.anything());
    await fc.assert(
      fc.asyncProperty(methods, fc.anything({ withDate: true, withMap: true, withNullPrototype: true }), async (method, input) => {
        // Some methods take nothing, so that an empty object or map is a call of theirs.
        const known = Object.entries(contract).find(([name]) => name === method)?.[1];
        fc.pre(!known?.input.safeParse(input).success);
        expect(await call(shell, window, method, input)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      }),
      { numRuns: 500 },
    );
    expect(await call(shell, window, ['openWorkspace'], { page: 'page-1' })).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    for (const bytes of ['text', 5, [1, 2], { byteLength: 3 }, null]) {
      const reply = await call(shell, window, 'importArticle', { page: 'page-1', name: 'a.txt' }, undefined, bytes);
      expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    }
  });

  it('D9 an export goes where the person chose, and nowhere when they change their mind', async () => {
    shell.answers.set('save', { canceled: true, filePath: '' });
    expect(await call(shell, window, 'exportDataset', { page: 'page-1', job: 'job-1', request: { format: 'jsonl' } })).toEqual({
      ok: true,
      value: { kind: 'cancelled' },
    });
    const place = join(folder, 'dataset');
    shell.answers.set('save', { canceled: false, filePath: place });
    const reply = await call(shell, window, 'exportDataset', { page: 'page-1', job: 'job-1', request: { format: 'jsonl' } });
    expect(reply).toMatchObject({ ok: true, value: { kind: 'written', place } });
    expect(shell.dialogs.at(-1)?.values[1]).toMatchObject({ defaultPath: join(folder, 'projects', 'Sample Paris summit jsonl') });
    const { files } = (reply as { value: { files: string[] } }).value;
    expect(files.length).toBeGreaterThan(0);
    expect((await readdir(place, { recursive: true })).map((name) => name.replaceAll('\\', '/'))).toEqual(expect.arrayContaining(files));
  });
});

describe('the application menu', () => {
  const flat = (items: readonly DoubleItem[]): DoubleItem[] => items.flatMap((item) => [item, ...flat(item.submenu ?? [])]);

  it("D11 each command's item runs it in the page", () => {
    const items = flat(shell.menu);
    for (const { id, menu } of fixedCommands as readonly Command[]) {
      if (menu === null) continue;
      window.webContents.sent.length = 0;
      items.find((item) => item.id === id)?.click?.();
      expect(window.webContents.sent).toEqual([{ channel: 'event', event: { event: 'command', id } }]);
    }
  });

  it('D12 registers no key of the page', () => {
    const registered = flat(shell.menu).filter(({ accelerator, registerAccelerator }) => accelerator && registerAccelerator !== false);
    expect(registered.map(({ id }) => id)).toEqual(['project.new', 'project.open']);
  });
});
