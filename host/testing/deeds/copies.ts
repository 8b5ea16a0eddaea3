import { backupProject } from '../../backup/backup.ts';
import { restoreProject } from '../../backup/restore.ts';
import type { Author } from '../../storage/testing/author.ts';
import { first, folder, second } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import type { Deed } from '../trials.ts';
import { diskAfter, doSteps, journal, onDisk, onProject, snapshot } from './on-a-disk.ts';

/**
 * Merges the copies that a sync program made of two people's work on one file. A journal with git's markers cannot be opened for writing before the
 * merge: see merge-faults.test.ts.
 */
export async function conflictMerge(disk: SimulatedFileSystem, author: Author): Promise<Deed> {
  const other = await diskAfter(disk, (project) => doSteps(project, author.copy(), ['both', 'add']));
  const here = await diskAfter(disk, async (project) => {
    const mine = author.copy();
    // Ids are derived from the count, and the two made theirs separately.
    mine.count = 50;
    await doSteps(project, mine, ['add']);
  });
  const copyOf = (path: string) => path.replace(/\.(jsonl?)$/, ' (conflicted copy).$1');
  for (const path of [journal, snapshot]) here.put(copyOf(path), other.files().get(path) ?? new Uint8Array());
  return onProject('merge conflict copies', here, async (project, promise) => {
    await project.mergeConflicts();
    promise();
  });
}

/** Looks for what another program wrote, and reads everything again. */
export const lookingOutside = (disk: SimulatedFileSystem): Deed =>
  onProject('take in what another program did', disk, async (project) => {
    await project.look();
    await project.readAgain();
  });

/** Backs up with and without the texts, and restores both. */
export async function backups(disk: SimulatedFileSystem): Promise<Deed[]> {
  const zip = '/home/backup.zip';
  const backUp = (name: string, text: boolean) =>
    onDisk(name, disk, async (fileSystem, tell) => {
      for (const problem of (await backupProject(folder, zip, { fileSystem, text })).problems) tell(problem);
    });
  const backedUp = async (text: boolean) => {
    const copy = disk.copy();
    await backupProject(folder, zip, { text, fileSystem: copy });
    copy.putFolder('/home/texts');
    for (const { originalName, original } of [first, second]) copy.put(`/home/texts/${originalName}`, original);
    return copy;
  };
  const restore = (name: string, start: SimulatedFileSystem, articles?: string) =>
    onDisk(name, start, async (fileSystem, tell) => {
      const options = articles === undefined ? { fileSystem } : { fileSystem, articles };
      const { problems, withoutOriginal } = await restoreProject(zip, '/home/restored', options);
      for (const problem of [...problems, ...withoutOriginal]) tell(problem);
    });
  return [
    backUp('back up', true),
    backUp('back up without text', false),
    restore('restore', await backedUp(true)),
    restore('restore with texts', await backedUp(false), '/home/texts'),
  ];
}
