import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BrowserWindow, type WebContents } from 'electron';
import type { Settings } from '../core/contract.ts';
import { backupProject } from '../host/backup/backup.ts';
import type { Deliver, DeliverBackup } from '../host/desk.ts';
import { writeExport } from '../host/export-folder.ts';
import { openHost } from '../host/host.ts';
import { accountName, type Places, sampleFolder } from '../host/places.ts';
import { openOrCreateSample } from '../host/sample.ts';
import { openSettings, type SettingsStore } from '../host/settings.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { createProject, openProject, type Project } from '../host/storage/project.ts';
import { backupName } from '../host/tickets.ts';
import { chooseBackup, chooseExport, chooseNewProject, chooseProject } from './dialogs.ts';
import { pageUrl } from './origin.ts';
import { createWindow, focusWindow } from './window.ts';
import { bindWorkbench, type Workbench } from './workbench.ts';

/** Where the shell finds what it needs. Absolute paths. */
export interface ShellPlaces extends Places {
  /** The built preload script. */
  readonly preload: string;
  /** The articles of the sample project. */
  readonly seeds: string;
  /** The file that keeps the last window's place. */
  readonly windowState: string;
}

/** The open projects, each in a window of its own. */
export interface Projects {
  /** Opens the project at `path`, its folder or its project file; one that is open comes to the front. @throws AppError */
  open(path: string): Promise<void>;
  /** Opens the sample project, made the first time. @throws AppError */
  openSample(): Promise<void>;
  /** Asks for a project and opens it. @throws AppError */
  choose(): Promise<void>;
  /** Asks for a name and a place, makes a project there and opens it. @throws AppError */
  create(): Promise<void>;
  /** The one whose window the person works in; null when there is none. */
  focused(): Workbench | null;
  /** The one whose window shows `contents`. */
  of(contents: WebContents): Workbench | null;
  /** How many are open, or not closed to the end. */
  count(): number;
  /** Brings a window to the front. */
  focus(): void;
  /** Closes one after the other. False when the person chose to keep one open. */
  closeAll(): Promise<boolean>;
}

// A name without the signs that some system forbids in file names.
function fileName(name: string): string {
  return (
    name
      .replaceAll(/[\\/:*?"<>|]+/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim() || 'Dataset'
  );
}

/** What the shell does when something happens to a project or the settings. */
export interface ShellListeners {
  /** A project could not be closed well. */
  failed(error: unknown): Promise<void>;
  /** The person's settings as they are once the first project opens, and after each change. */
  settled(settings: Settings): void;
}

/** No project is open yet. */
export function createProjects(places: ShellPlaces, version: string, { failed, settled }: ShellListeners): Projects {
  const workbenches = new Map<number, Workbench>();
  // One for all windows, so that none writes over what another has just kept.
  let settings: Promise<SettingsStore> | null = null;
  const annotator = accountName();

  const of = (contents: WebContents): Workbench | null => workbenches.get(contents.id) ?? null;
  const focused = (): Workbench | null => {
    const window = BrowserWindow.getFocusedWindow();
    return window && of(window.webContents);
  };
  const owner = (): BrowserWindow | null => focused()?.window ?? null;

  async function show(project: Project): Promise<void> {
    const folder = await realpath(project.folder);
    const window = createWindow(places.preload, places.windowState);
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
    settings ??= openSettings(places.settings, settled);
    const host = openHost({
      project,
      settings: await settings,
      kind: 'electron',
      version,
      deliver,
      deliverBackup,
      openWindow: open,
      account: annotator,
      cache: places.cache,
      earlier: places.earlier,
    });
    const { id } = window.webContents;
    const closed = async (error: unknown): Promise<void> => {
      if (error !== null) await failed(error);
      workbenches.delete(id);
    };
    workbenches.set(id, bindWorkbench(folder, window, host, closed));
    try {
      await window.loadURL(pageUrl);
    } catch (error) {
      window.destroy();
      throw error;
    }
  }

  async function open(path: string): Promise<void> {
    const project = await openProject(path);
    const folder = await realpath(project.folder);
    const known = [...workbenches.values()].find((workbench) => workbench.folder === folder);
    if (!known) return show(project);
    await project.close();
    focusWindow(known.window);
  }

  return {
    open,
    openSample: async () => show(await openOrCreateSample(sampleFolder(places), places.seeds, annotator)),
    choose: async () => {
      const folder = await chooseProject(owner(), places.projects);
      if (folder !== null) await open(folder);
    },
    create: async () => {
      const folder = await chooseNewProject(owner(), join(places.projects, 'New project'));
      if (folder === null) return;
      await createProject(folder, { name: basename(folder), annotator: { name: annotator } });
      await open(folder);
    },
    focused,
    of,
    count: () => workbenches.size,
    focus: () => {
      const window = owner() ?? [...workbenches.values()].at(-1)?.window;
      if (window) focusWindow(window);
    },
    closeAll: async () => {
      for (const workbench of [...workbenches.values()]) if (!(await workbench.close())) return false;
      return true;
    },
  };
}
