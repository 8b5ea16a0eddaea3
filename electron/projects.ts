import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BrowserWindow, type WebContents } from 'electron';
import type { Settings } from '../core/settings.ts';
import { backupProject } from '../host/backup/backup.ts';
import { writeExport } from '../host/dataset/export-folder.ts';
import type { Deliver, DeliverBackup } from '../host/handlers/desk.ts';
import { Home, type HomeWindow } from '../host/home/home.ts';
import { openHomeHost } from '../host/home/home-host.ts';
import { type Host, openHost } from '../host/host.ts';
import { backupName } from '../host/loopback/tickets.ts';
import { accountName, type Places } from '../host/places.ts';
import { openSettings, type SettingsStore } from '../host/settings.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { createProject, openProject, type Project } from '../host/storage/project.ts';
import { chooseBackup, chooseExport, chooseNewProject, chooseProject } from './dialogs.ts';
import { pageUrl } from './origin.ts';
import { createWindow, focusWindow } from './window.ts';
import { bindWorkbench, type Workbench } from './workbench.ts';

/** Where the shell finds its files. Absolute paths. */
export interface ShellPlaces extends Places {
  /** The built preload script. */
  readonly preload: string;
  /** The articles of the sample project. */
  readonly seeds: string;
  /** The file with the last window's position. */
  readonly windowState: string;
}

/** The open projects, each in a window of its own, and the Project home. */
export interface Projects {
  /** Opens the project at `path`, its folder or its project file. If it is open already, its window comes to the front. @throws AppError */
  open(path: string): Promise<void>;
  /** Shows the Project home, in a window of its own. */
  showHome(): Promise<void>;
  /** Asks for a project and opens it. @throws AppError */
  choose(): Promise<void>;
  /** Asks for a name and a place, creates a project there and opens it. @throws AppError */
  create(): Promise<void>;
  /** The workbench whose window the person works in; null if there is none. */
  focused(): Workbench | null;
  /** The workbench whose window shows `contents`. */
  of(contents: WebContents): Workbench | null;
  /** The number of workbenches that are open or still closing. */
  count(): number;
  /** Brings a window to the front. */
  focus(): void;
  /** Closes the workbenches one after the other. False if the person chose to keep one open. */
  closeAll(): Promise<boolean>;
}

// A name without the characters that some systems forbid in file names.
function fileName(name: string): string {
  return (
    name
      .replaceAll(/[\\/:*?"<>|]+/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim() || 'Dataset'
  );
}

/** Called when something happens to a project or the settings. */
export interface ShellListeners {
  /** Called when a project could not be closed properly. */
  failed(error: unknown): Promise<void>;
  /** Called with the person's settings when the first project opens, and after each change. */
  settled(settings: Settings): void;
}

/** Starts without any open project. */
export function createProjects(places: ShellPlaces, version: string, { failed, settled }: ShellListeners): Projects {
  const workbenches = new Map<number, Workbench>();
  // Shared by all windows, so that none overwrites what another has just saved.
  let shared: Promise<{ settings: SettingsStore; home: Home }> | null = null;
  const account = accountName();

  const of = (contents: WebContents): Workbench | null => workbenches.get(contents.id) ?? null;
  const focused = (): Workbench | null => {
    const window = BrowserWindow.getFocusedWindow();
    return window && of(window.webContents);
  };
  const owner = (): BrowserWindow | null => focused()?.window ?? null;
  const all = (): Workbench[] => [...workbenches.values()];
  const showing = (folder: string | null): Workbench | undefined => all().find((workbench) => workbench.folder === folder);

  const settle = () => {
    shared ??= openSettings(places.settings, settled).then((settings) => ({
      settings,
      home: new Home({ places, settings, seeds: places.seeds, account, kind: 'electron', version }),
    }));
    return shared;
  };

  // The surroundings of the page in `window`. From the Project home, a project opens in the same window; from another project, in a new one.
  const around = (window: BrowserWindow): HomeWindow => ({
    async open(path, key) {
      const here = of(window.webContents);
      const project = await openProject(path, { cache: places.cache, whole: false });
      const folder = await realpath(project.folder);
      const known = showing(folder);
      if (!known && here?.folder === null) {
        await here.turn(folder, await hostFor(project, folder, window));
        return { kind: 'here', project: key };
      }
      await bringUp(project, folder, known);
      return { kind: 'window' };
    },
    async showHome() {
      await showHome();
      return { kind: 'window' };
    },
    leave: async () => undefined,
    ask: {
      project: (start) => chooseProject(window, start),
      place: (start) => chooseNewProject(window, start),
    },
  });

  async function hostFor(project: Project, folder: string, window: BrowserWindow): Promise<Host> {
    const deliver: Deliver = async (_, request, { report, signal }) => {
      const place = await chooseExport(window, join(dirname(folder), `${fileName(project.info.name)} ${request.format}`));
      if (place === null) return { kind: 'cancelled' };
      const { files } = await writeExport(project, request, place, nodeFileSystem, report, signal);
      return { kind: 'written', place, files };
    };
    const deliverBackup: DeliverBackup = async (_, text, { signal }) => {
      const place = await chooseBackup(window, join(dirname(folder), backupName(project.info.name, text)));
      if (place === null) return { kind: 'cancelled' };
      const { files, leftOut, problems } = await backupProject(folder, place, { text, signal });
      return { kind: 'written', place, files, leftOut: [...leftOut], problems: [...problems] };
    };
    const { settings, home } = await settle();
    const host = openHost({
      project,
      settings,
      kind: 'electron',
      version,
      deliver,
      deliverBackup,
      others: { home, window: around(window) },
      account,
      cache: places.cache,
      earlier: places.earlier,
    });
    // Runs while the window loads its page.
    host.prepare?.();
    return host;
  }

  async function show(folder: string | null, hostIn: (window: BrowserWindow) => Promise<Host>): Promise<void> {
    const window = createWindow(places.preload, places.windowState);
    const { id } = window.webContents;
    const closed = async (error: unknown): Promise<void> => {
      if (error !== null) await failed(error);
      workbenches.delete(id);
    };
    workbenches.set(id, bindWorkbench({ folder, host: await hostIn(window) }, window, closed));
    try {
      await window.loadURL(pageUrl);
    } catch (error) {
      window.destroy();
      throw error;
    }
  }

  // Opens the project in a new window, or focuses the one that shows it already. Then the Project home is no longer needed.
  async function bringUp(project: Project, folder: string, known: Workbench | undefined): Promise<void> {
    if (known) {
      await project.close();
      focusWindow(known.window);
    } else await show(folder, (window) => hostFor(project, folder, window));
    void showing(null)?.close();
  }

  async function open(path: string): Promise<void> {
    const project = await openProject(path, { cache: places.cache, whole: false });
    const folder = await realpath(project.folder);
    await bringUp(project, folder, showing(folder));
  }

  async function showHome(): Promise<void> {
    const known = showing(null);
    if (known) return focusWindow(known.window);
    const { home } = await settle();
    await show(null, async (window) => openHomeHost(home, around(window)));
  }

  return {
    open,
    showHome,
    choose: async () => {
      const folder = await chooseProject(owner(), places.projects);
      if (folder !== null) await open(folder);
    },
    create: async () => {
      const folder = await chooseNewProject(owner(), join(places.projects, 'New project'));
      if (folder === null) return;
      await createProject(folder, { name: basename(folder), annotator: { name: account } });
      await open(folder);
    },
    focused,
    of,
    count: () => workbenches.size,
    focus: () => {
      const window = owner() ?? all().at(-1)?.window;
      if (window) focusWindow(window);
    },
    closeAll: async () => {
      for (const workbench of all()) if (!(await workbench.close())) return false;
      await (await shared)?.home.close();
      return true;
    },
  };
}
