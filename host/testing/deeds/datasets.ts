import type { FormatName } from '../../../core/formats/export-request.ts';
import { writeExport } from '../../dataset/export-folder.ts';
import { zipExport } from '../../dataset/export-zip.ts';
import { importDataset, type ReadDataset, readDatasetFiles } from '../../import/datasets.ts';
import { readDataset } from '../../import/read-dataset.ts';
import { openProject } from '../../storage/project.ts';
import { Author } from '../../storage/testing/author.ts';
import { emptyDisk } from '../../storage/testing/fault-runs.ts';
import { annotator, first, folder, makeProject, testArticle, testOptions } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import type { Deed } from '../trials.ts';
import { doSteps, onProject, time } from './on-a-disk.ts';

const third = testArticle('Third.txt', 'The harbour closes in May.\nThe port said so on Friday.\n');

/** Imports a dataset with the work of others. */
export async function datasetImport(disk: SimulatedFileSystem): Promise<Deed> {
  const dataset = await foreignDataset();
  return onProject('import annotations', disk, async (project, promise) => {
    await importDataset(project, dataset, null, { id: 'import-1', now: time });
    promise();
  });
}

// A dataset of Pressmark made elsewhere: one article that the project has and one that it has not, with annotations, an entity and a link.
async function foreignDataset(): Promise<ReadDataset> {
  const disk = emptyDisk();
  await makeProject(disk);
  const project = await openProject(folder, testOptions(disk));
  const author = new Author(annotator);
  for (const article of [first, third]) {
    await project.addArticle(article);
    await doSteps(project, author, ['add', 'both'], article);
  }
  await writeExport(project, { format: 'jsonl' }, '/home/foreign', disk);
  await project.close();
  const files = [...disk.files()].filter(([path]) => path.startsWith('/home/foreign/'));
  // Read here instead of in the product's separate thread.
  const reader = { readDataset } as Parameters<typeof readDatasetFiles>[0];
  return readDatasetFiles(
    reader,
    files.map(([path, bytes]) => ({ path: path.slice('/home/foreign/'.length), bytes })),
    'jsonl',
  );
}

/** Exports to a format, into a folder and as a zip. */
export function exports(disk: SimulatedFileSystem, format: FormatName): Deed[] {
  const zips = disk.copy();
  zips.putFolder('/home/zip');
  // A download is fetched at once and need not survive a power cut, but it must be complete.
  let whole: Buffer | null = null;
  return [
    onProject(`export ${format} to a folder`, disk, async (project, promise, fileSystem) => {
      await writeExport(project, { format }, '/home/dataset', fileSystem);
      promise();
    }),
    onProject(`export ${format} as a zip`, zips, async (project, promise, fileSystem) => {
      // A failed export is removed together with its folder, and each export has a new one.
      for (const path of fileSystem.files().keys()) if (path.startsWith('/home/zip/')) fileSystem.remove(path);
      const { path } = await zipExport(project, { format }, '/home/zip', undefined, undefined, fileSystem);
      const bytes = Buffer.from(fileSystem.files().get(path) ?? []);
      whole ??= bytes;
      if (!whole.equals(bytes)) throw new RangeError('another zip was made, and nothing was told');
      promise();
    }),
  ];
}
