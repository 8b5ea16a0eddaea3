import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundles, ensureBuilt, root } from './testing/bundles.ts';

const folder = join(root, 'electron');
const sources = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(folder, name), 'utf8'));
const taken = new Set(
  sources.flatMap((source) =>
    [...source.matchAll(/^import \{([^}]*)\} from 'electron';$/gm)].flatMap(([, names = '']) =>
      names.split(',').flatMap((name) => (/^\s*type /.test(name) || name.trim() === '' ? [] : [name.trim()])),
    ),
  ),
);

describe('what the shell asks of Electron', () => {
  beforeAll(ensureBuilt, 60_000);

  it('D62 is its windows, dialogs, menu, protocol and channel: no other program, clipboard, network or debugger', () => {
    expect([...taken].sort()).toEqual(
      [
        'BrowserWindow',
        'Menu',
        'app',
        'contextBridge',
        'dialog',
        'ipcMain',
        'ipcRenderer',
        'nativeTheme',
        'protocol',
        'screen',
        'session',
      ].sort(),
    );
  });

  it('D62 never runs code in a page, loads a file or another address, or turns a guard off', () => {
    const forbidden =
      /executeJavaScript|insertCSS|openExternal|openPath|loadFile|openDevTools|setWebRTC|disable-web-security|appendSwitch|remote-debugging|ignore-certificate|certificate-error|enableRemote|nodeIntegration: true|contextIsolation: false|webviewTag: true|sandbox: false|webSecurity: false/;
    for (const source of sources) expect(source).not.toMatch(forbidden);
    expect(sources.join('\n').match(/\.loadURL\(/g)?.length).toBe(1);
  });

  it('D63 windows are made in one place, with the one set of preferences', () => {
    expect(sources.join('\n').match(/new BrowserWindow\(/g)?.length).toBe(1);
    expect(sources.join('\n')).not.toMatch(/WebContentsView|BrowserView|new Worker\(|utilityProcess/);
    expect(sources.join('\n')).toMatch(/app\.on\('web-contents-created', \(_, contents\) => guardNavigation\(contents\)\)/);
  });

  it('D62 the built bundle keeps to the same', () => {
    for (const name of readdirSync(dirname(bundles.main)).filter((file) => file.endsWith('.js')))
      expect(readFileSync(join(dirname(bundles.main), name), 'utf8'), name).not.toMatch(/\bshell\.openExternal|\.executeJavaScript\(/);
  });
});
