import { dirname } from 'node:path';
import type { Gesture } from '../../../core/steps/edit.ts';
import { checkProject } from '../check.ts';
import { openProject, type Project, type ProjectOptions } from '../project.ts';
import { Author } from './author.ts';
import { baseDisk } from './random-sequences.ts';
import { annotator, first, folder, testOptions } from './scenario.ts';
import type { SimulatedFileSystem } from './simulated-file-system.ts';

const own = `${folder}/annotators/${annotator}`;
const journal = `${own}/journal.jsonl`;

/** The annotations of our side and of the other side. */
export const sides = { ours: ['o-a1', 'o-a2'], theirs: ['t-a1', 't-a2'] };

/** A disk with a journal that git has marked: two computers continued from the same annotation, `a1`, with two annotations each. */
export async function markedDisk(): Promise<SimulatedFileSystem> {
  const shared = await baseDisk();
  const author = new Author(annotator);
  await work(shared, async (project) => {
    const gesture = author.gesture('add', first.id, first.text) as Gesture;
    await project.apply(gesture);
    author.accept(gesture);
  });
  const here = shared.copy();
  const there = shared.copy();
  await work(here, (project) => goOn(project, author.copy(), 'o', 1));
  await work(there, (project) => goOn(project, author.copy(), 't', 2));
  const lines = (disk: SimulatedFileSystem) => linesIn(disk, journal);
  const [common, ours, theirs] = [lines(shared), lines(here), lines(there)];
  const added = (all: string[]) => all.slice(common.length).join('\n');
  here.put(journal, `${common.join('\n')}\n<<<<<<< HEAD\n${added(ours)}\n=======\n${added(theirs)}\n>>>>>>> laptop\n`);
  return here;
}

let merges = 0;

/** Options under which each merge is a separate step. */
export const mergeOptions = (disk: SimulatedFileSystem): ProjectOptions => ({ ...testOptions(disk), newId: () => `merge-${++merges}` });

/**
 * Every broken promise of a disk on which a merge of the marked journal was interrupted: each side that is missing on it, and what is missing after
 * the next merge.
 */
export async function brokenMerge(disk: SimulatedFileSystem): Promise<string[]> {
  const broken: string[] = [];
  const kept = [...disk.files()].filter(([path]) => path.startsWith(own)).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]);
  for (const id of [...sides.ours, ...sides.theirs].flatMap((annotation) => [annotation, annotation.replace('a', 'g')])) {
    // The annotation and its own step must be in a journal or a copy of one, because snapshots are rebuilt from those.
    const isThere = kept.some(([path, text]) => path?.includes('journal') && text?.includes(`"${id}"`));
    if (!isThere) broken.push(`${id} is in no journal`);
  }
  try {
    const project = await openProject(folder, mergeOptions(disk));
    await project.mergeConflicts();
    broken.push(...(await whatLacks(project)));
    await project.close();
    for await (const problem of checkProject(folder, disk)) broken.push(`check: ${problem}`);
  } catch (error) {
    broken.push(String(error));
  }
  return broken;
}

/** What the merged `project` lacks of either side, one sentence each. */
export async function whatLacks(project: Project): Promise<string[]> {
  const lacks: string[] = [];
  if (project.readOnly) lacks.push('the project is read-only');
  if ((await project.conflicts()).length > 0) lacks.push('there are conflicts left');
  const { annotations } = await project.set(first.id);
  const wanted = ['a1', ...sides.ours, ...sides.theirs];
  for (const id of wanted) if (!annotations.has(id)) lacks.push(`${id} is not there`);
  if (annotations.size > wanted.length) lacks.push(`there is more than both sides: ${[...annotations.keys()]}`);
  return lacks;
}

async function work(disk: SimulatedFileSystem, doing: (project: Project) => Promise<void>): Promise<void> {
  const project = await openProject(folder, testOptions(disk));
  await doing(project);
  await project.close();
}

// Adds two annotations named after the computer. The numbers differ, so that the times do too.
async function goOn(project: Project, author: Author, prefix: string, from: number): Promise<void> {
  for (const number of [1, 2]) {
    author.count = from * 10 + number;
    const made = author.gesture('add', first.id, first.text) as Gesture;
    const [annotation] = made.edits.map(({ id }) => id);
    const json = JSON.stringify({ ...made, id: `${prefix}-g${number}` }).replaceAll(`"${annotation}"`, `"${prefix}-a${number}"`);
    await project.apply(JSON.parse(json));
  }
}

const linesIn = (disk: SimulatedFileSystem, path: string): string[] => {
  const bytes = disk.files().get(path);
  if (!bytes) throw new RangeError(`${path} is not in ${dirname(path)}`);
  return Buffer.from(bytes).toString().trimEnd().split('\n');
};
