import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dequal } from 'dequal';
import { app, ipcMain, Menu, protocol, session } from 'electron';
import { z } from 'zod';
import type { KeySettings } from '../core/key-bindings.ts';
import { defaultSettings } from '../core/settings.ts';
import { accountName, placesOf, sampleFolder } from '../host/places.ts';
import { openOrCreateSample } from '../host/sample.ts';
import { commandWords, projectNamed, ranCommand } from './command-line.ts';
import { showFailure, showNoSandbox } from './dialogs.ts';
import { answerCalls } from './ipc.ts';
import { menuOf, shellCommands } from './menu.ts';
import { guardNavigation } from './navigation.ts';
import { refuseNetwork } from './network.ts';
import { denyPermissions } from './permissions.ts';
import { createProjects } from './projects.ts';
import { pagePrivileges, servePage } from './protocol.ts';

// The built page and preload script are next to this bundle, the sample's articles at the top of the checkout.
const fromHere = (path: string): string => resolve(import.meta.dirname, path);
const places = placesOf();
const seeds = fromHere('../../seeds');
const shellFolder = join(places.settings, 'desktop');

/** What a second start sends to the first. */
const Start = z.object({ path: z.string().nullable() });

const projects = createProjects(
  { ...places, preload: fromHere('../preload/preload.cjs'), seeds, windowState: join(shellFolder, 'window.json') },
  app.getVersion(),
  { failed: (error) => showFailure(null, error), settled: showMenu },
);

// Requests run one after the other, so that asking for a project twice does not open it twice.
let doing: Promise<void> = Promise.resolve();

/** Runs a request of the person after the earlier ones, and shows a message if it fails. Quits if no window is left. */
function attempt(task: () => Promise<void>): void {
  doing = doing.then(async () => {
    try {
      await task();
    } catch (error) {
      await showFailure(projects.focused()?.window ?? null, error);
    }
    if (projects.count() === 0) app.quit();
  });
}

const words = commandWords(process.argv, process.defaultApp);
const named = projectNamed(words);
const wantsSample = words[0] === 'open' && words.includes('--sample');
let asked = wantsSample ? sampleFolder(places) : named === null ? null : resolve(named);
let quitting = false;

async function quit(): Promise<void> {
  if (quitting) return;
  quitting = true;
  const closed = await projects.closeAll();
  quitting = false;
  if (closed) app.quit();
}

// The menu is rebuilt only when its keys change, because rebuilding it closes an open menu.
let shownKeys: KeySettings | null = null;

function showMenu({ keys, letterKeys }: KeySettings): void {
  if (dequal(shownKeys, { keys, letterKeys })) return;
  shownKeys = { keys, letterKeys };
  const menu = menuOf(shellCommands(shownKeys), process.platform, {
    run: (id) => projects.focused()?.run(id),
    openProject: () => attempt(projects.choose),
    newProject: () => attempt(projects.create),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
}

async function start(): Promise<void> {
  await app.whenReady();
  refuseNetwork(session.defaultSession);
  denyPermissions(session.defaultSession);
  servePage(protocol, fromHere('../renderer'));
  answerCalls(ipcMain, (contents) => projects.of(contents)?.receive ?? null);
  showMenu(defaultSettings);
  const path = asked;
  attempt(async () => {
    // An existing sample is left as it is.
    if (wantsSample && path !== null) await (await openOrCreateSample(path, seeds, accountName())).close();
    await (path === null ? projects.showHome() : projects.open(path));
  });
}

// Electron becomes ready only after this module, so a command runs before there is a window, and needs no display.
const wasCommand = await ranCommand(words, new URL('./cli.js', import.meta.url));
if (wasCommand) app.exit(Number(process.exitCode ?? 0));
// Some launchers, such as an AppImage's, switch off the sandbox by themselves if the system does not allow it.
else if (app.isPackaged && process.argv.includes('--no-sandbox')) void refuse();
else startShell();

async function refuse(): Promise<void> {
  await app.whenReady();
  showNoSandbox();
  app.exit(1);
}

function startShell(): void {
  app.enableSandbox();
  app.setName('Pressmark');
  mkdirSync(shellFolder, { recursive: true });
  app.setPath('userData', shellFolder);
  protocol.registerSchemesAsPrivileged([pagePrivileges]);

  if (app.requestSingleInstanceLock({ path: asked })) {
    app.on('web-contents-created', (_, contents) => guardNavigation(contents));
    app.on('second-instance', (_event, _words, _folder, other) => {
      const path = Start.safeParse(other).data?.path ?? null;
      if (path === null) projects.focus();
      else attempt(() => projects.open(path));
    });
    // macOS passes a project that was opened in the Finder here, before or after the app is ready.
    app.on('open-file', (event, path) => {
      event.preventDefault();
      if (app.isReady()) attempt(() => projects.open(path));
      else asked = path;
    });
    app.on('window-all-closed', () => app.quit());
    // Quitting waits until every page has sent what it holds and every project is closed.
    app.on('before-quit', (event) => {
      if (projects.count() === 0) return;
      event.preventDefault();
      void quit();
    });
    start().catch((error: unknown) => {
      console.error(error);
      app.exit(1);
    });
  } else {
    app.quit();
  }
}
