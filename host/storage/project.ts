import { randomUUID } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import type { CreationOptions } from './creation.ts';
import { unreadable } from './failures.ts';
import { codeOf, nodeFileSystem } from './file-system.ts';
import { layoutOf, projectFileName } from './layout.ts';
import { Notices } from './notices.ts';
import { OpenProject } from './open-project.ts';
import { expectProject, lockOrNotice, reasonNotOpened } from './opening.ts';
import { OpeningCache } from './opening-cache.ts';
import type { Project } from './project-interface.ts';
import { sha256 } from './strict-json.ts';

export { createProject, type ProjectInit } from './creation.ts';
export type { Project } from './project-interface.ts';

/** How a project is opened. `lock` (default true) keeps a second program from writing; `readOnly` asks for no right to write. */
export interface ProjectOptions extends CreationOptions {
  readonly readOnly?: boolean;
  readonly lock?: boolean;
  /** The id of the annotator who works here; by default the project's lead. */
  readonly annotator?: string;
  /** Whether to read everybody's work (the default) or, if there is much of it, only the own: see `Project.isWhole`. */
  readonly whole?: boolean;
  /** The folder, outside of the project, for what an opening finds out to save time at the next one; see OpeningCache. */
  readonly cache?: string;
}

/**
 * Opens the project in `folder`, which may also be the path of its `project.pressmark`. If another program has it open, it is opened read-only.
 * @throws AppError `not-found`, `corrupt`, `newer-version`
 */
export async function openProject(folder: string, options: ProjectOptions = {}): Promise<Project> {
  const { fileSystem = nodeFileSystem, lock: wantsLock = true, readOnly = false } = options;
  const given = resolve(folder);
  const layout = layoutOf(basename(given) === projectFileName ? dirname(given) : given);
  const notices = new Notices();
  await expectProject(fileSystem, layout);
  const lock = readOnly || !wantsLock ? null : await lockOrNotice(layout.root, notices);
  try {
    const mayWrite = !readOnly && (lock !== null || !wantsLock);
    const cache = new OpeningCache(options.cache === undefined ? null : cacheFile(options.cache, layout.root));
    return await OpenProject.open(
      layout,
      { fileSystem, now: options.now ?? isoNow, newId: options.newId ?? randomUUID, mayWrite, isReader: readOnly, lock, notices, cache },
      options.annotator ?? null,
      options.whole ?? true,
    );
  } catch (error) {
    await lock?.release();
    throw await reasonNotOpened(codeOf(error) ? unreadable(error, layout.root) : error, fileSystem, layout);
  }
}

// Named after the folder, because copies of a project have the same id but other files.
const cacheFile = (folder: string, root: string) => join(folder, `${sha256(root).slice(0, 32)}.opening`);

const isoNow = () => new Date().toISOString();
