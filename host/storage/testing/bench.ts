import { checkProject } from '../check.ts';
import { openProject, type Project, type ProjectOptions } from '../project.ts';
import { Author, type Step } from './author.ts';
import { emptyDisk } from './fault-runs.ts';
import { annotator, first, folder, makeProject, type TestArticle, testOptions } from './scenario.ts';
import type { SimulatedFileSystem } from './simulated-file-system.ts';

/** The path of the test annotator's journal. */
export const journalPath = `${folder}/annotators/${annotator}/journal.jsonl`;
/** The path of the test annotator's snapshot of the first article. */
export const snapshotPath = `${folder}/annotators/${annotator}/articles/${first.id}.json`;

/** A disk with a closed project that holds the first article and the result of `steps`. */
export async function diskWith(steps: readonly Step[] = []): Promise<{ disk: SimulatedFileSystem; author: Author }> {
  const disk = emptyDisk();
  await makeProject(disk);
  const author = new Author(annotator);
  const project = await openOn(disk);
  await project.addArticle(first);
  for (const step of steps) await applyStep(project, author, step);
  await project.close();
  return { disk, author };
}

/** Adds the records of `count` articles to a project that holds the first one; only the first has a text. Their ids are `many-0000`… */
export function putMany(disk: SimulatedFileSystem, count: number): void {
  const record = textOn(disk, `${folder}/articles/${first.id}/article.json`) ?? '';
  for (let index = 0; index < count; index++) {
    const id = `many-${String(index).padStart(4, '0')}`;
    disk.putFolder(`${folder}/articles/${id}`);
    disk.put(`${folder}/articles/${id}/article.json`, record.replace(`"id":"${first.id}"`, `"id":"${id}"`));
  }
}

/** Opens the test project on `disk`. */
export function openOn(disk: SimulatedFileSystem, options: ProjectOptions = {}): Promise<Project> {
  return openProject(folder, { ...testOptions(disk), ...options });
}

/** Applies the author's next gesture and returns its number. */
export async function applyStep(project: Project, author: Author, step: Step, article: TestArticle = first): Promise<number> {
  const gesture = author.gesture(step, article.id, article.text);
  if (!gesture) throw new RangeError(`nothing to ${step}`);
  const seq = await project.apply(gesture);
  author.accept(gesture);
  return seq;
}

/** What the check finds wrong on `disk`. */
export async function problemsOf(disk: SimulatedFileSystem): Promise<string[]> {
  const problems: string[] = [];
  for await (const problem of checkProject(folder, disk)) problems.push(problem);
  return problems;
}

/** The content of a file on `disk` as text; undefined if it does not exist. */
export function textOn(disk: SimulatedFileSystem, path: string): string | undefined {
  const bytes = disk.files().get(path);
  return bytes && Buffer.from(bytes).toString();
}
