import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { KnownProject } from '../../core/project-home.ts';
import type { Settings } from '../../core/settings.ts';
import { codeOf, type FileSystem } from '../storage/file-system.ts';
import { isId, layoutOf, ProjectRecord } from '../storage/layout.ts';
import { readRecord } from '../storage/record-file.ts';
import { sha256 } from '../storage/strict-json.ts';

/** The key of the project in `folder`: the same for every path to it, and revealing nothing about it. */
export async function projectKey(folder: string): Promise<string> {
  const whole = resolve(folder);
  const real = await realpath(whole).catch(() => whole);
  return `at-${sha256(real).slice(0, 24)}`;
}

/** The disk to examine, and for how many milliseconds to wait: a network disk that does not answer must not delay the other projects. */
export interface Looking {
  readonly fileSystem: FileSystem;
  readonly patience: number;
}

// A project file has a few hundred bytes. A longer file is not one, and is not read.
const projectFileLimit = 100_000;
// If a folder of projects has more folders than this, only so many are shown.
const mostFolders = 300;

type Recent = Settings['recent'][number];

/** The projects opened last, in their current state. A project that does not answer in time counts as missing. */
export function recentProjects(recent: readonly Recent[], looking: Looking): Promise<KnownProject[]> {
  return Promise.all(recent.map(({ folder, name, id, time }) => knownAt(folder, { name, id, opened: time }, looking)));
}

/**
 * The list of projects opened last with `entry` in front, ten at most. An entry with the same key is the same project. An entry with only the same id
 * is a copy if its folder still holds a project; otherwise it is the project's place before it was moved.
 */
export async function withOpened(recent: readonly Recent[], entry: Recent, looking: Looking): Promise<Recent[]> {
  const stays = await Promise.all(
    recent.map(async ({ id, folder, key }) => {
      if (folder === entry.folder || (key !== undefined && key === entry.key)) return false;
      return id !== entry.id || isProject(folder, looking);
    }),
  );
  return [entry, ...recent.filter((_, index) => stays[index])].slice(0, 10);
}

/** The projects in the folder `place`, by name, except those whose key is in `except`. Empty if the folder cannot be read. */
export async function projectsIn(place: string, except: ReadonlySet<string>, looking: Looking): Promise<KnownProject[]> {
  const names = await inTime(looking.fileSystem.readdir(place), looking.patience).catch(() => []);
  const folders = names.filter((name) => !name.startsWith('.')).slice(0, mostFolders);
  const found = await Promise.all(
    folders.map(async (name) => {
      const folder = join(place, name);
      if (!(await isProject(folder, looking))) return null;
      return knownAt(folder, { name, id: null, opened: null }, looking);
    }),
  );
  const others = found.filter((project) => project !== null).filter(({ key }) => !except.has(key));
  return others.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.folder < b.folder ? -1 : 1));
}

/** Whether a folder has a project file, whatever that file contains. */
export async function isProject(folder: string, { fileSystem, patience }: Looking): Promise<boolean> {
  const file = layoutOf(folder).project;
  return inTime(fileSystem.stat(file), patience).then(
    ({ kind }) => kind === 'file',
    () => false,
  );
}

async function knownAt(
  folder: string,
  told: Pick<KnownProject, 'name' | 'id' | 'opened'>,
  { fileSystem, patience }: Looking,
): Promise<KnownProject> {
  const layout = layoutOf(folder);
  const look = async (): Promise<Pick<KnownProject, 'state' | 'id' | 'name' | 'articles'>> => {
    const { size } = await fileSystem.stat(layout.project);
    if (size > projectFileLimit) throw new SyntaxError('not a project file');
    const { id, name } = await readRecord(fileSystem, layout.project, layout.project, ProjectRecord);
    const articles = await fileSystem.readdir(layout.articles).then(
      (names) => names.filter(isId).length,
      (error: unknown) => (codeOf(error) === 'ENOENT' ? 0 : null),
    );
    return { state: 'there', id, name, articles };
  };
  const key = await inTime(projectKey(folder), patience).catch(() => `at-${sha256(folder).slice(0, 24)}`);
  try {
    return { key, folder, opened: told.opened, ...(await inTime(look(), patience)) };
  } catch (error) {
    const state = ['ENOENT', 'ENOTDIR', 'ETIMEDOUT'].includes(codeOf(error) ?? '') ? 'missing' : 'unreadable';
    return { key, folder, ...told, articles: null, state };
  }
}

async function inTime<T>(work: Promise<T>, patience: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
