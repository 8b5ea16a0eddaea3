import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Input, Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { folderNameProblem, type OpenedProject } from '../../core/project-home.ts';
import { lookAtBackup } from '../backup/look.ts';
import { textsBy } from '../backup/read-texts.ts';
import { restoreProject } from '../backup/restore.ts';
import { expectOutsideProjects } from '../files/new-folder.ts';
import { createReader } from '../import/reader.ts';
import { Jobs, type Work } from '../jobs.ts';
import { type Places, sampleFolder } from '../places.ts';
import { openOrCreateSample } from '../sample.ts';
import type { SettingsStore } from '../settings.ts';
import { notSaved } from '../storage/failures.ts';
import { nodeFileSystem } from '../storage/file-system.ts';
import { createProject } from '../storage/project.ts';
import { isProject, type Looking, projectKey, projectsIn, recentProjects } from './known-projects.ts';
import { typedFolder } from './typed-folder.ts';
import { Uploads } from './uploads.ts';

/** What the Project home needs. */
export interface HomeOptions {
  readonly places: Pick<Places, 'projects'>;
  readonly settings: SettingsStore;
  /** The articles of the sample project. */
  readonly seeds: string;
  /** The name of a new project's annotator if the person has not given theirs. */
  readonly account: string;
  readonly kind: 'electron' | 'loopback';
  readonly version: string;
  /** The person's home folder, where `~` is. */
  readonly home?: string;
  /** How folders are examined; tests pass their own. */
  readonly looking?: Partial<Looking>;
}

/** The surroundings of the page that asks: how a project is opened there, and the system's dialogs if the host has them. */
export interface HomeWindow {
  /** Opens the project in `folder`, whose key is `project`. @throws AppError */
  open(folder: string, project: string): Promise<OpenedProject>;
  /** Shows the Project home. */
  showHome(): Promise<OpenedProject>;
  /** Called when the page leaves its project. */
  leave(page: string): Promise<void>;
  readonly ask: Asking | null;
}

/** The system's dialogs. Each returns a path, or null if the person cancelled. */
export interface Asking {
  project(start: string): Promise<string | null>;
  /** The place for a new folder; `start` is the suggestion. */
  place(start: string): Promise<string | null>;
}

/**
 * The projects that this computer knows, and ways to create more; the same for all windows. Pages refer to projects by key, and to places only by the
 * name of a new folder.
 */
export class Home {
  /** The jobs that pages at the Project home wait for. */
  readonly jobs = new Jobs(() => undefined);
  readonly #options: HomeOptions;
  readonly #looking: Looking;
  readonly #uploads = new Uploads();
  /** The projects opened, created and restored since the start, by key, because the list on the disk may be full or fail to be written. */
  readonly #met = new Map<string, string>();

  constructor(options: HomeOptions) {
    this.#options = options;
    this.#looking = { fileSystem: nodeFileSystem, patience: 1500, ...options.looking };
  }

  get settings(): SettingsStore {
    return this.#options.settings;
  }

  /** Every known project, for a page; see the contract. */
  async look(window: HomeWindow): Promise<Output<'openHome'>> {
    const { places, settings, kind, version } = this.#options;
    const current = settings.current();
    const sample = sampleFolder(places);
    const recent = await recentProjects(current.recent, this.#looking);
    const others = await projectsIn(places.projects, new Set(recent.map(({ key }) => key)), this.#looking);
    return {
      recent,
      others,
      sample: { key: await projectKey(sample), isMade: await isProject(sample, this.#looking) },
      place: places.projects,
      asks: window.ask !== null,
      settings: current,
      host: kind,
      version,
    };
  }

  /** The folder of a known project. @throws AppError `not-found` */
  async folderOf(key: string): Promise<string> {
    const met = this.#met.get(key);
    if (met !== undefined) return met;
    const { places, settings } = this.#options;
    const sample = sampleFolder(places);
    if (key === (await projectKey(sample))) return sample;
    const recent = await recentProjects(settings.current().recent, this.#looking);
    const inPlace = await projectsIn(places.projects, new Set(), this.#looking);
    const found = [...recent, ...inPlace].find((project) => project.key === key) ?? recent.find(({ id }) => id === key);
    if (found) return found.folder;
    throw new AppError('not-found', 'This project is not in Pressmark’s list.', 'Open it by its folder.');
  }

  /** Opens a known project. The sample is created first if it does not exist. */
  async openKnown(project: string, window: HomeWindow): Promise<OpenedProject> {
    const folder = await this.folderOf(project);
    const { places, seeds } = this.#options;
    if (folder === sampleFolder(places) && !(await isProject(folder, this.#looking)))
      await (await openOrCreateSample(folder, seeds, this.#annotator())).close();
    return this.#open(folder, window);
  }

  /** Opens the project in a folder that the person chooses in a dialog, or types if the host has no dialogs. */
  async openFolder(typed: string | null, window: HomeWindow): Promise<OpenedProject> {
    const { places, home = homedir() } = this.#options;
    if (window.ask) {
      if (typed !== null)
        throw new AppError('bad-request', 'Choose the folder in the dialog; it cannot be typed here.', 'Reload this window.');
      const folder = await window.ask.project(places.projects);
      return folder === null ? { kind: 'cancelled' } : this.#open(folder, window);
    }
    if (typed === null)
      throw new AppError('bad-request', 'Type the path of the folder; it cannot be chosen in a dialog here.', 'Reload this page.');
    const folder = typedFolder(typed, home);
    // What else may be at that place is not revealed to the page.
    if (!(await isProject(folder, this.#looking)))
      throw new AppError('not-found', 'There is no Pressmark project here.', 'Type the folder that has a project.pressmark in it.');
    return this.#open(folder, window);
  }

  /** Creates a project and opens it. */
  async create({ name, folder, elsewhere }: Input<'createProject'>, window: HomeWindow): Promise<OpenedProject> {
    const plain = name.trim();
    if (plain === '') throw new AppError('bad-request', 'The project needs a name.', 'Give it one.');
    const place = await this.#newPlace(folder, elsewhere, window);
    if (place === null) return { kind: 'cancelled' };
    await expectOutsideProjects(this.#looking.fileSystem, place, 'The project');
    await createProject(place, { name: plain, annotator: { name: this.#annotator() } }, { fileSystem: this.#looking.fileSystem });
    return this.#open(place, window);
  }

  /** Removes a project from the list of those opened last. @throws AppError `not-saved` */
  async forget(key: string): Promise<void> {
    const { settings } = this.#options;
    const entries = settings.current().recent;
    const known = await recentProjects(entries, this.#looking);
    const gone = new Set(entries.filter((_, index) => known[index]?.key === key));
    // Keeps what was opened in the meantime.
    await settings.save({ ...settings.current(), recent: settings.current().recent.filter((entry) => !gone.has(entry)) });
  }

  /** Stores a piece of a backup that is being uploaded. */
  async put({ page, ...piece }: Input<'sendPiece'>, bytes: Uint8Array): Promise<void> {
    await this.#uploads.put(page, piece, bytes);
  }

  /** What the backup that `page` sent contains. */
  lookAtBackup(page: string, { signal }: Work): Promise<Output<'lookAtBackup'>> {
    return this.#withBackup(page, (backup, sources) => lookAtBackup(backup, { ...sources, signal })).then(({ lacking, ...look }) => ({
      ...look,
      lacking: [...lacking],
    }));
  }

  /** Restores the backup that `page` sent. */
  async restore(
    { page, folder, elsewhere }: Omit<Input<'restoreBackup'>, 'job'>,
    window: HomeWindow,
    { signal }: Work,
  ): Promise<Output<'restoreBackup'>> {
    const place = await this.#newPlace(folder, elsewhere, window);
    if (place === null) return null;
    const restored = await this.#withBackup(page, (backup, sources) =>
      restoreProject(backup, place, { ...sources, signal, fileSystem: this.#looking.fileSystem }),
    );
    await this.discard(page);
    const { files, withoutOriginal, problems } = restored;
    return { project: await this.#meet(place), files, withoutOriginal: [...withoutOriginal], problems: [...problems] };
  }

  /** Discards what `page` sent. */
  async discard(page: string): Promise<void> {
    await this.#uploads.discard(page);
  }

  /** A page at the Project home went away: ends its jobs and discards its uploads. */
  leave(page: string): void {
    this.jobs.leave(page);
    void this.#uploads.discard(page);
  }

  /** Ends all jobs and removes everything that was sent. */
  async close(): Promise<void> {
    await this.jobs.close();
    this.#uploads.close();
  }

  async #open(folder: string, window: HomeWindow): Promise<OpenedProject> {
    return window.open(folder, await this.#meet(folder));
  }

  async #meet(folder: string): Promise<string> {
    const key = await projectKey(folder);
    this.#met.set(key, folder);
    return key;
  }

  // The name of a new project's annotator.
  #annotator(): string {
    return this.#options.settings.current().person ?? this.#options.account;
  }

  // The place for a new folder, whose parent folder is created if necessary; null if the person cancelled.
  async #newPlace(folder: string, elsewhere: boolean, window: HomeWindow): Promise<string | null> {
    const problem = folderNameProblem(folder);
    if (problem !== null) throw new AppError('bad-request', problem, 'Give it another name.');
    const { projects } = this.#options.places;
    try {
      await mkdir(projects, { recursive: true });
    } catch (error) {
      throw notSaved(error, `The folder ${projects}`, 'Nothing was written.');
    }
    const place = join(projects, folder);
    if (!elsewhere) return place;
    if (!window.ask) throw new AppError('bad-request', 'You cannot choose another place here.', 'Leave it in your folder of projects.');
    return window.ask.place(place);
  }

  async #withBackup<T>(
    page: string,
    work: (backup: string, sources: { articles?: string; readTexts: ReturnType<typeof textsBy> }) => Promise<T>,
  ): Promise<T> {
    const { backup, articles } = await this.#uploads.of(page);
    const reader = createReader();
    try {
      return await work(backup, { ...(articles === undefined ? {} : { articles }), readTexts: textsBy(reader) });
    } finally {
      await reader.close();
    }
  }
}
