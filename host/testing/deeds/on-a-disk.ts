import type { Edit, Gesture } from '../../../core/steps/edit.ts';
import type { FileSystem } from '../../storage/file-system.ts';
import { openProject, type Project } from '../../storage/project.ts';
import type { Author, Step } from '../../storage/testing/author.ts';
import { annotator, first, folder, type TestArticle, testOptions } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import type { Deed } from '../trials.ts';

/** The time of everything in these deeds. */
export const time = '2026-03-01T00:00:00.000Z';

/** The journal of the test project's annotator. */
export const journal = `${folder}/annotators/${annotator}/journal.jsonl`;

/** The snapshot of that annotator's work on the first article. */
export const snapshot = `${folder}/annotators/${annotator}/articles/${first.id}.json`;

/** What a deed on a project works with, and what has been reported to the person so far. */
export interface BegunProject {
  readonly project: Project;
  readonly disk: SimulatedFileSystem;
  readonly told: string[];
}

/**
 * A deed on the project of `start`, which is opened beforehand without any fault. `act` is called again after a fault, and must skip what is already
 * done.
 */
export function onProject(
  name: string,
  start: SimulatedFileSystem,
  act: (project: Project, promise: () => void, disk: SimulatedFileSystem) => Promise<void>,
): Deed<BegunProject> {
  return {
    ...{ name, start },
    async begin(disk) {
      const project = await openProject(folder, { ...testOptions(disk), newId: () => 'id-1' });
      const told = project.notices.map(({ message }) => message);
      // A notice that is withdrawn later was still reported.
      project.onNotice(({ message }) => told.push(message));
      return { project, disk, told };
    },
    act: ({ project, disk }, promise) => act(project, promise, disk),
    told: ({ told }) => told,
    end: ({ project }) => project.close(),
  };
}

/** A deed that needs nothing opened beforehand. `act` reports to the person with `tell`, and everything is promised once it is done. */
export function onDisk(
  name: string,
  start: SimulatedFileSystem,
  act: (fileSystem: FileSystem, tell: (message: string) => void) => Promise<void>,
): Deed<{ readonly fileSystem: FileSystem; readonly told: string[] }> {
  return {
    ...{ name, start },
    begin: async (fileSystem) => ({ fileSystem, told: [] }),
    act: async ({ fileSystem, told }, promise) => {
      await act(fileSystem, (message) => told.push(message));
      promise();
    },
    told: ({ told }) => told,
    end: async () => undefined,
  };
}

/** Makes `author` do `steps` on `article` in `project`, one gesture each; `promise` is called after each is acknowledged. */
export async function doSteps(
  project: Project,
  author: Author,
  steps: readonly Step[],
  article: TestArticle = first,
  promise = () => {},
): Promise<void> {
  for (const step of steps) {
    const gesture = author.gesture(step, article.id, article.text);
    if (!gesture) continue;
    await project.apply(gesture);
    author.accept(gesture);
    promise();
  }
}

/**
 * A copy of `disk` with what `doing` does to its project, as the start of a deed. With `closes` false, the copy is as if the program had been killed
 * then.
 */
export async function diskAfter(
  disk: SimulatedFileSystem,
  doing: (project: Project) => Promise<unknown>,
  closes = true,
): Promise<SimulatedFileSystem> {
  const copy = disk.copy();
  const project = await openProject(folder, testOptions(copy));
  await doing(project);
  if (!closes) return copy.copy();
  await project.close();
  return copy;
}

/** A gesture of `edits` with an id that is the same each time the deed is repeated. */
export function gestureOf(id: string, edits: readonly Edit[]): Gesture {
  return { id, annotator, time, command: 'test.step', title: 'Step', edits: [...edits], undoes: null, redoes: null };
}
