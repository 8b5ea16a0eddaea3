import { openProject } from '../../storage/project.ts';
import type { Author } from '../../storage/testing/author.ts';
import { emptyDisk } from '../../storage/testing/fault-runs.ts';
import { first, folder, makeProject, testOptions } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import { contentOf } from '../disk-state.ts';
import type { Deed } from '../trials.ts';
import { diskAfter, doSteps, journal, onDisk, onProject, snapshot } from './on-a-disk.ts';

/** Creates a project. */
export const creation = (): Deed => onDisk('create a project', emptyDisk(), (fileSystem) => makeProject(fileSystem));

/** Opens a project: a sound one, and ones as a crash, a bad disk or an earlier run left them. */
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
  // What was read without any fault. A run that reports nothing must read the same.
  let whole: string | null = null;
  return onDisk(name, start, async (fileSystem, tell) => {
    const project = await openProject(folder, testOptions(fileSystem));
    project.onNotice(({ message }) => tell(message));
    const content = await contentOf(project);
    for (const { message } of project.notices) tell(message);
    whole ??= content;
    // If the disk does not have an article's record, its import was interrupted, or a sync has not brought it yet.
    const isTold = project.notices.length > 0 || project.unfinishedArticles().length > 0;
    if (content !== whole && !isTold) throw new RangeError('something else was read, and nothing was told');
    await project.close();
  });
}

/** Annotates with undo and redo, until the snapshots are written. */
export function saving(disk: SimulatedFileSystem, author: Author): Deed {
  return onProject('save', disk, async (project, promise) => {
    await doSteps(project, author.copy(), ['redo', 'add', 'both', 'change', 'undo', 'remove'], first, promise);
    await project.flush();
  });
}

/** Closes a project with steps that no snapshot holds. */
export async function closing(disk: SimulatedFileSystem, author: Author): Promise<Deed> {
  const unclosed = await diskAfter(disk, (project) => doSteps(project, author.copy(), ['add', 'both']), false);
  return onProject('close', unclosed, (project) => project.close());
}
