import { openProject, type Project } from '../../storage/project.ts';
import type { Author, Step } from '../../storage/testing/author.ts';
import { emptyDisk } from '../../storage/testing/fault-runs.ts';
import { first, folder, makeProject, second, testOptions } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import { StateKeeping } from '../state-keeping.ts';

/** Where the states of the test project are kept. */
export const keptIn = '/data/earlier/project-1';

/** A disk with the test project and its two articles. */
export async function diskWithProject(): Promise<SimulatedFileSystem> {
  const disk = emptyDisk();
  await makeProject(disk);
  const project = await opened(disk);
  for (const article of [first, second]) await project.addArticle(article);
  await project.close();
  return disk;
}

/** The test project, opened for writing. */
export function opened(disk: SimulatedFileSystem): Promise<Project> {
  return openProject(folder, testOptions(disk));
}

/** Does steps on the first article, each as a gesture of the author. */
export async function work(project: Project, author: Author, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const gesture = author.gesture(step, first.id, first.text);
    if (!gesture) throw new RangeError(`${step} cannot be done`);
    await project.apply(gesture);
    author.accept(gesture);
  }
}

/** The keeping of states of the test project on a disk. */
export function keepingOn(disk: SimulatedFileSystem, root = folder): StateKeeping {
  const lock = async () => ({ release: async () => undefined });
  return new StateKeeping({ fileSystem: disk, project: { id: 'project-1', name: 'Test' }, root, folder: keptIn, lock });
}

/** The moment `minutes` after the first of March. */
export function at(minutes: number): { time: string; codebook: number } {
  return { time: new Date(Date.UTC(2026, 2, 1) + minutes * 60_000).toISOString(), codebook: 1 };
}
