import type { Edit, Gesture } from '../../../core/steps/edit.ts';
import type { FileSystem } from '../../storage/file-system.ts';
import { openProject, type Project } from '../../storage/project.ts';
import type { Author, Step } from '../../storage/testing/author.ts';
import { annotator, first, folder, type TestArticle, testOptions } from '../../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../../storage/testing/simulated-file-system.ts';
import type { Deed } from '../trials.ts';

/** When everything in these deeds happens. */
export const time = '2026-03-01T00:00:00.000Z';

/** The journal of the test project's annotator. */
export const journal = `${folder}/annotators/${annotator}/journal.jsonl`;

/** The snapshot of that annotator's work on the first article. */
export const snapshot = `${folder}/annotators/${annotator}/articles/${first.id}.json`;

/** What a deed on a project works on, and what a person was told of it so far. */
export interface BegunProject {
  readonly project: Project;
  readonly disk: SimulatedFileSystem;
  readonly told: string[];
}

/** A deed on the project of `start`, opened before with nothing failing. `act` is called again after a fault: what is done already it has to pass over. */
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
      // One that was put right later was told all the same.
      project.onNotice(({ message }) => told.push(message));
      return { project, disk, told };
    },
    act: ({ project, disk }, promise) => act(project, promise, disk),
    told: ({ told }) => told,
    end: ({ project }) => project.close(),
  };
}

/** A deed that needs nothing opened before: `act` says by `tell` what a person is told, and all of it is promised once it is done. */
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

/** Has `author` do `steps` on `article` in `project`, one gesture each; `promise` is called when one was acknowledged. */
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

/** A copy of `disk` with what `doing` does to its project, for a deed to begin on; with `closes` false as if the program had been killed then. */
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

/** A gesture of `edits` under an id that is the same whenever the deed is done again. */
export function gestureOf(id: string, edits: readonly Edit[]): Gesture {
  return { id, annotator, time, command: 'test.step', title: 'Step', edits: [...edits], undoes: null, redoes: null };
}
