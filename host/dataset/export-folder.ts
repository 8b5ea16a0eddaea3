import { resolve } from 'node:path';
import type { ExportProgress } from '../../core/contract/dataset.ts';
import type { ExportRequest } from '../../core/formats/export-request.ts';
import type { Loss } from '../../core/formats/ledger.ts';
import { expectNotCancelled } from '../cancellation.ts';
import { cleanTemporaryFor } from '../files/left-behind.ts';
import { expectEmpty, expectOutsideProjects, FolderWriter, putInPlace } from '../files/new-folder.ts';
import { notSaved } from '../storage/failures.ts';
import type { FileSystem } from '../storage/file-system.ts';
import { runExport } from './dataset-export.ts';
import type { DatasetProject } from './dataset-source.ts';

/**
 * Writes the dataset of `project` into the folder `target`, which must be empty or not exist yet; its parent folder must exist. Everything is first
 * written and flushed next to it and then takes its place in one step, so that a failed or cancelled export leaves nothing behind.
 * @returns the paths of the files, relative to `target` with `/`, and what the format could not represent
 * @throws AppError `bad-request` if the folder is not empty, `not-found` if there is no folder to write in, `cancelled` once `signal` is aborted,
 * `not-saved` if the disk refuses, `corrupt` if the project cannot be read
 */
export async function writeExport(
  project: DatasetProject,
  request: ExportRequest,
  target: string,
  fileSystem: FileSystem,
  onProgress: (progress: ExportProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<{ files: string[]; losses: readonly Loss[] }> {
  const folder = resolve(target);
  await expectOutsideProjects(fileSystem, folder, 'The dataset');
  const wasThere = await expectEmpty(fileSystem, folder, 'The dataset');
  const writer = new FolderWriter(fileSystem, await cleanTemporaryFor(fileSystem, folder));
  try {
    await writer.begin();
    const { losses } = await runExport(project, request, (chunk) => writer.write(chunk), onProgress, signal);
    await writer.finish();
    expectNotCancelled(signal);
    await putInPlace(fileSystem, writer.folder, folder, wasThere);
    return { files: [...writer.paths].sort(), losses };
  } catch (error) {
    const isClean = await writer.discard();
    const safe = isClean ? 'Nothing was left behind.' : `Remove the folder ${writer.folder} by hand: it could not be removed.`;
    throw notSaved(error, `The dataset in ${folder}`, `${safe} The project is as it was.`);
  }
}
