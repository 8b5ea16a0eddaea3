import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { importText } from './import/article-import.ts';
import { codeOf } from './storage/file-system.ts';
import { projectFileName } from './storage/layout.ts';
import { createProject, openProject, type Project } from './storage/project.ts';

/** The name of the sample project, unless it is given another. */
export const sampleName = 'Sample: Paris summit';

export { sampleFolderName } from '../core/settings.ts';

/**
 * Opens the sample project in `folder`. If necessary it is created there from the `.txt` files of `seedsFolder`, with the same import as every
 * article. Existing articles are left as they are, so that a half-made project is completed. A project that is locked elsewhere is opened for reading
 * and not changed.
 * @param annotator the name of the person whose work it will hold
 */
export async function openOrCreateSample(folder: string, seedsFolder: string, annotator: string, name = sampleName): Promise<Project> {
  if (!(await isThere(join(folder, projectFileName)))) await createProject(folder, { name, annotator: { name: annotator } });
  const project = await openProject(folder);
  if (project.readOnly) return project;
  const seeds = (await readdir(seedsFolder)).filter((file) => file.endsWith('.txt')).sort();
  try {
    for (const seed of seeds) await importText(project, seed, await readFile(join(seedsFolder, seed)));
  } catch (error) {
    await project.close();
    throw error;
  }
  return project;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
