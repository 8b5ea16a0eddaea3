import { Zip, ZipPassThrough } from 'fflate';
import { expect } from 'vitest';
import { AppError } from '../../../core/failure.ts';
import { openProject } from '../../storage/project.ts';
import { emptyDisk } from '../../storage/testing/fault-runs.ts';
import { folder, makeProject, nothingPromised, runScenario, second, testOptions } from '../../storage/testing/scenario.ts';
import type { Fault, SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import { type BackupOptions, backupProject } from '../backup.ts';
import { type RestoreOptions, restoreProject } from '../restore.ts';

/** Where a backup is made. */
export const archive = '/home/a.zip';
/** Where it is restored to. */
export const target = '/home/restored';

/** Two disks with a project in `folder`: with all kinds of work, and, for tests that go through every operation, one with an article and no work. */
export async function disks(): Promise<{ project: SimulatedFileSystem; small: SimulatedFileSystem }> {
  const project = emptyDisk();
  await runScenario(project, nothingPromised());
  const small = emptyDisk();
  await makeProject(small);
  const opened = await openProject(folder, testOptions(small));
  await opened.addArticle(second);
  await opened.close();
  return { project, small };
}

/** A backup of the project on `disk`, in `archive`. */
export const backup = (disk: SimulatedFileSystem, options: BackupOptions = {}) =>
  backupProject(folder, archive, { ...options, fileSystem: disk });
/** A project restored from the backup in `archive`, at `target`. */
export const restore = (disk: SimulatedFileSystem, options: RestoreOptions = {}) =>
  restoreProject(archive, target, { ...options, fileSystem: disk });

/** The files below `root` on a disk, by path relative to it. */
export function below(disk: SimulatedFileSystem, root: string): Record<string, string> {
  const files = [...disk.files()].filter(([path]) => path.startsWith(`${root}/`));
  return Object.fromEntries(files.map(([path, bytes]) => [path.slice(root.length + 1), Buffer.from(bytes).toString('latin1')]));
}

/** The failure that `work` ends with, which must be an expected one. */
export const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return (error as AppError).failure;
};

/** A zip of `files`, each with these entry attributes. */
export function zipOf(files: Record<string, string | Uint8Array>, attributes = 0): Uint8Array {
  const parts: Uint8Array[] = [];
  const zip = new Zip((_, part) => parts.push(part));
  for (const [path, content] of Object.entries(files)) {
    const entry = Object.assign(new ZipPassThrough(path), attributes ? { os: 3, attrs: attributes } : {});
    zip.add(entry);
    entry.push(new Uint8Array(Buffer.from(content)), true);
  }
  zip.end();
  return Buffer.concat(parts);
}

/** Runs `work` with a fault at each of its operations. `judge` checks the disk, which works again then, and whether `work` failed. */
export async function runFaults(
  start: SimulatedFileSystem,
  work: (disk: SimulatedFileSystem) => Promise<unknown>,
  judge: (disk: SimulatedFileSystem, failed: boolean, run: string) => void,
): Promise<number> {
  const counting = start.copy();
  await work(counting);
  const total = counting.operations;
  for (let at = 0; at < total; at++) {
    const fault: Fault = at % 2 === 0 ? 'EIO' : 'ENOSPC';
    const disk = start.copy();
    let struck = '';
    disk.fault = (index, operation, path) => {
      if (index !== at) return null;
      struck = `${operation} ${path}`;
      return fault;
    };
    const failed = await work(disk).then(
      () => false,
      (error: unknown) => {
        expect(error).toBeInstanceOf(AppError);
        return true;
      },
    );
    disk.fault = null;
    judge(disk, failed, `${fault} at ${at} (${struck})`);
  }
  return total;
}
