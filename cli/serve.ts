import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { type Command, InvalidArgumentError } from 'commander';
import openInBrowser from 'open';
import { AppError } from '../core/failure.ts';
import { Home } from '../host/home/home.ts';
import { serveProjects } from '../host/home/served-projects.ts';
import { startLoopback } from '../host/loopback/http.ts';
import { createTickets, deliverBackupByTicket, deliverByTicket } from '../host/loopback/tickets.ts';
import { accountName, placesOf } from '../host/places.ts';
import { openSettings } from '../host/settings.ts';
import type { Project } from '../host/storage/project.ts';
import { version } from '../host/version.ts';
import { home, pageFolder, projectFolder, seedsFolder } from './places.ts';
import { isSystemError, tell } from './terminal.ts';

// How many milliseconds the address waits for the project, which is enough for a small one.
const soon = 50;

/** Adds `pressmark serve`. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('open a project in the browser')
    .description(
      'Serves a project (or the Project home, if you name none) to the browser on this computer, until Ctrl-C. Nobody else can reach it.',
    )
    .argument('[project]', 'the folder of a project, or its project.pressmark')
    .option('--port <number>', 'the port to listen on (default: a free one)', portNumber)
    .option('--no-open', 'only print the address')
    .addHelpText('after', '\nExample:\n  $ pressmark serve ~/summit --no-open\n')
    .action(async (project: string | undefined, { port = 0, open }: { port?: number; open: boolean }) => {
      await serveInBrowser(project === undefined ? null : projectFolder(project), { port, open });
    });
}

/**
 * Serves the project in the folder `start`, or the Project home if that is null. Prints the address, opens the browser if allowed, and returns once
 * it was told to stop and everything is closed.
 */
export async function serveInBrowser(start: string | null, options: { port: number; open: boolean }): Promise<void> {
  const tickets = createTickets();
  const places = placesOf();
  const settings = await openSettings(places.settings);
  const shared = { settings, version, account: accountName() };
  const opened: Project[] = [];
  const projects = serveProjects({
    home: new Home({ ...shared, places, seeds: seedsFolder, kind: 'loopback' }),
    start,
    options: {
      ...shared,
      // The formats are loaded when the first dataset is exported.
      deliver: deliverByTicket(tickets, async (...given) => (await import('../host/dataset/export-zip.ts')).zipExport(...given)),
      deliverBackup: deliverBackupByTicket(tickets),
      cache: places.cache,
      earlier: places.earlier,
    },
    onOpen: (project) => opened.push(project),
  });
  try {
    const opening = projects.hostOf(null);
    // The browser can load the page while a large project is being read. Most errors in opening a project show up at once.
    const isOpen = await Promise.race([opening.then(() => true), setTimeout(soon, false)]);
    const tellAll = () => {
      for (const notice of [...(opened[0]?.notices ?? []), ...settings.notices]) tell(notice);
    };
    if (isOpen) tellAll();
    buildPageOnce();
    const loopback = await startLoopback({ host: projects.hostOf, tickets, pageFolder, port: options.port }).catch((error: unknown) => {
      throw portTaken(error, options.port) ?? error;
    });
    try {
      const stopped = stopSignal();
      console.log(`Pressmark ${shows(start, opened[0])} at\n${loopback.url}\nCtrl-C ends it.`);
      const ready = opening.then((host) => {
        if (!isOpen) tellAll();
        host.prepare?.();
        // From now on nobody waits for garbage collection. Without this, hundreds of megabytes of garbage would pile up while the index of a large
        // project is made.
        setFlagsFromString('--heap-growing-percent=60');
      });
      // A rejection is handled below, where it is awaited.
      ready.catch(() => undefined);
      if (options.open && hasBrowser()) await openBrowser(loopback.url);
      await Promise.race([ready, stopped]);
      await stopped;
      await projects.close();
    } finally {
      await loopback.close();
    }
  } finally {
    await projects.close();
  }
}

function shows(start: string | null, project: Project | undefined): string {
  if (project) return `shows "${project.info.name}"`;
  return start === null ? 'shows your projects' : `opens ${start}`;
}

/** A port number from the command line. @throws InvalidArgumentError */
function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

// In a source checkout, the page is built the first time it is needed.
function buildPageOnce(): void {
  if (existsSync(join(pageFolder, 'index.html'))) return;
  const builder = join(home, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  console.error('Building the page, once…');
  const built = existsSync(builder)
    ? spawnSync(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: home, stdio: ['ignore', 2, 2] }).status === 0
    : false;
  if (!built || !existsSync(join(pageFolder, 'index.html'))) {
    throw new AppError('internal', 'The page of Pressmark could not be built.', `Run "npm ci" and "npm run build" in ${home}.`);
  }
}

function portTaken(error: unknown, port: number): AppError | null {
  if (!isSystemError(error) || (error.code !== 'EADDRINUSE' && error.code !== 'EACCES')) return null;
  return new AppError('conflict', `Port ${port} cannot be used: ${error.code}.`, 'Choose another --port, or leave it out for a free one.');
}

// A second Ctrl-C, for someone who does not want to wait, ends the program in the usual way.
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function hasBrowser(): boolean {
  const { CI, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  if (CI) return false;
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME);
}

async function openBrowser(url: string): Promise<void> {
  const cannot = (error: Error) => console.error(`No browser could be opened (${error.message}). Open the address above in one.`);
  try {
    const child = await openInBrowser(url);
    child.once('error', cannot);
    child.unref();
  } catch (error) {
    cannot(error instanceof Error ? error : new Error(String(error)));
  }
}
