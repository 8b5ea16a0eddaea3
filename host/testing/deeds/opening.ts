import { openProject } from '../../storage/project.ts';
import type { Author } from '../../storage/testing/author.ts';
import { emptyDisk } from '../../storage/testing/fault-runs.ts';
import { first, folder, makeProject, testOptions } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import { contentOf } from '../disk-state.ts';
import type { Deed } from '../trials.ts';
import { diskAfter, doSteps, journal, onDisk, onProject, snapshot } from './on-a-disk.ts';

/** Making a project. */
export const creation = (): Deed => onDisk('create a project', emptyDisk(), (fileSystem) => makeProject(fileSystem));

/** Opening a project, a sound one and such as a crash, a bad disk or an earlier run left. */
export function openings(disk: SimulatedFileSystem, twoArticles: SimulatedFileSystem): Deed[] {
  const torn = disk.copy();
  torn.put(journal, Buffer.concat([torn.files().get(journal) ?? new Uint8Array(), Buffer.from('{"seq":5,"sha256":"00')]));
  const damaged = disk.copy();
  damaged.put(snapshot, new Uint8Array(100));
  const old = disk.copy();
  old.clock = Date.UTC(2025, 0, 1);
  old.put(`${folder}/.codebook.json.12-0123456789ab.tmp`, '{');
  return [
    load('load', twoArticles),
    load('recover a torn journal', torn),
    load('recover a damaged snapshot', damaged),
    load('sweep temporary files', old),
  ];
}

function load(name: string, start: SimulatedFileSystem): Deed {
  // What was read when nothing failed; a run in which nothing is told has to read the same.
  let whole: string | null = null;
  return onDisk(name, start, async (fileSystem, tell) => {
    const project = await openProject(folder, testOptions(fileSystem));
    project.onNotice(({ message }) => tell(message));
    const content = await contentOf(project);
    for (const { message } of project.notices) tell(message);
    whole ??= content;
    // An article whose record the disk does not have is one whose import was broken off, or that a sync has not brought yet.
    const isTold = project.notices.length > 0 || project.unfinishedArticles().length > 0;
    if (content !== whole && !isTold) throw new RangeError('something else was read, and nothing was told');
    await project.close();
  });
}

/** Annotating with undo and redo, until the snapshots are written. */
export function saving(disk: SimulatedFileSystem, author: Author): Deed {
  return onProject('save', disk, async (project, promise) => {
    await doSteps(project, author.copy(), ['redo', 'add', 'both', 'change', 'undo', 'remove'], first, promise);
    await project.flush();
  });
}

/** Closing a project in which steps were done that no snapshot holds. */
export async function closing(disk: SimulatedFileSystem, author: Author): Promise<Deed> {
  const unclosed = await diskAfter(disk, (project) => doSteps(project, author.copy(), ['add', 'both']), false);
  return onProject('close', unclosed, (project) => project.close());
}
