import { join } from 'node:path';
import { type CodebookFile, currentCodebook } from '../../core/codebook/codebook-file.ts';
import type { ConflictCopy } from '../../core/contract/copies.ts';
import { AppError, type Notice } from '../../core/failure.ts';
import { type AnnotationSet, emptySet } from '../../core/model/annotation.ts';
import { layerOf } from '../../core/model/codebook.ts';
import { articlesOf, emptyWork, type Gesture, type Work } from '../../core/steps/edit.ts';
import { editsBetween, type LeftOver, type MergeSource, mergeWorks, replayMissing, sidesOf } from '../../core/steps/merge.ts';
import type { AnnotatorWork } from './annotator-work.ts';
import {
  type ConflictContent,
  type ConflictFile,
  conflictContent,
  conflictFiles,
  gesturesIn,
  mergedFolder,
  moveInto,
} from './conflict-files.ts';
import { durableFolder, durableWrite } from './durable-write.ts';
import { notSaved, reasonOf, unreadable } from './failures.ts';
import { codeOf, type FileSystem } from './file-system.ts';
import type { Layout } from './layout.ts';
import { decode } from './strict-json.ts';

/** What finding and merging conflicts needs. */
export interface ConflictGround {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly lead: string;
  readonly annotators: readonly { readonly id: string; readonly name: string }[];
  /** The annotator who works here. Only this annotator's files are merged. */
  readonly annotator: string;
  readonly codebookFile: CodebookFile;
  /** This annotator's work at the time of the call. */
  own(): AnnotatorWork;
  isDamaged(annotator: string): boolean;
}

/** What merging needs in addition: writing to the disk and making a gesture. */
export interface MergeHands {
  readonly now: () => string;
  readonly newId: () => string;
  apply(gesture: Gesture): Promise<number>;
  readAgain(): Promise<void>;
}

/** The result of a merge: the folder of the copies relative to the project, the step that was made if anything differed, and what did not fit. */
export interface MergeOutcome {
  readonly place: string | null;
  readonly gesture: Gesture | null;
  readonly left: readonly LeftOver[];
}

/** Every conflict file of the project, each with how it compares. @throws AppError `corrupt` if the disk cannot be read */
export async function conflictsOf(ground: ConflictGround): Promise<ConflictCopy[]> {
  const copies: ConflictCopy[] = [];
  for (const file of await filesIn(ground)) {
    const { place, annotator, kind } = file;
    copies.push({
      place,
      annotator,
      kind,
      onlyHere: 0,
      onlyThere: 0,
      different: 0,
      steps: 0,
      obstacle: null,
      ...(await compared(ground, file)),
    });
  }
  return copies;
}

/**
 * A notice that there are conflict files, followed by one for each journal with git's markers. The latter says that the journal is not damaged, and
 * replaces the notice that says it is. Empty if there are no conflict files. @throws AppError `corrupt` if the disk cannot be read
 */
export async function conflictNotices(ground: ConflictGround): Promise<Notice[]> {
  const files = await filesIn(ground);
  if (files.length === 0) return [];
  const marked = files.filter(({ base, kind }) => base === 'journal' && kind === 'markers');
  const what = files.length === 1 ? `${files[0]?.place} is` : `${files.length} files in this project are`;
  const all: Notice = {
    id: 'conflicts',
    severity: 'warning',
    message: `${what} a second version that a sync program or git left behind. Nothing of it is lost, and nothing of it is shown here yet.`,
    next: 'See what is in it, then merge it.',
    command: 'project.conflicts',
  };
  const journals = marked.map(({ place }): Notice => {
    const message = `${place} holds two versions between git’s conflict markers. Both are whole; until they are merged nothing can be changed here.`;
    return { id: `damaged:${place}`, severity: 'warning', message, next: 'Merge second versions of files.', command: 'project.conflicts' };
  });
  return [all, ...journals];
}

/**
 * Merges this annotator's conflict files in one step and moves the files to `merged-<time>`. A journal with git's markers is first replaced by our
 * side, with the other side as a copy next to it, so that a crash at any moment leaves both on the disk.
 * @throws AppError `not-saved`, `corrupt`, and anything the step is refused for; nothing was moved then
 */
export async function mergeConflicts(ground: ConflictGround, hands: MergeHands): Promise<MergeOutcome> {
  const { fileSystem, layout, annotator } = ground;
  const own = () => filesIn(ground).then((files) => files.filter((file) => file.annotator === annotator && file.base !== 'other'));
  const found = await own();
  if (found.length === 0) return { place: null, gesture: null, left: [] };
  const folder = mergedFolder(layout, annotator, hands.now());
  try {
    await durableFolder(fileSystem, folder, layout.root);
    const marked = found.find(({ base, kind }) => base === 'journal' && kind === 'markers');
    if (marked) await parted(ground, hands, marked, folder);
    // An interrupted merge may have repaired the journal without reading it again.
    else if (ground.isDamaged(annotator)) await hands.readAgain();
    const files: ConflictFile[] = [];
    const contents: ConflictContent[] = [];
    for (const file of marked ? await own() : found) {
      files.push(file);
      contents.push(await conflictContent(fileSystem, file, ground.codebookFile));
    }
    const { start, work, left } = await merged(ground, files, contents);
    const edits = editsBetween(start, work);
    const time = hands.now();
    const gesture: Gesture = {
      ...{
        id: hands.newId(),
        annotator,
        time,
        command: 'project.merge',
        title: 'Merge conflict copies',
        edits,
        undoes: null,
        redoes: null,
      },
    };
    if (edits.length > 0) await hands.apply(gesture);
    await moveInto(
      fileSystem,
      folder,
      files.map(({ path }) => path),
    );
    return { place: layout.named(folder), gesture: edits.length > 0 ? gesture : null, left };
  } catch (error) {
    throw notSaved(error, layout.named(folder), 'The copies are where they were, or in that folder.');
  }
}

async function filesIn({ fileSystem, layout, annotators, lead, isDamaged }: ConflictGround): Promise<ConflictFile[]> {
  const ids = annotators.map(({ id }) => id);
  try {
    return await conflictFiles(fileSystem, layout, ids, lead, isDamaged);
  } catch (error) {
    throw codeOf(error) ? unreadable(error, layout.root) : error;
  }
}

async function compared(ground: ConflictGround, file: ConflictFile): Promise<Partial<ConflictCopy>> {
  if (file.base === 'other') return { obstacle: 'Compare it with the one beside it by hand, then remove one of them.' };
  const owner = ground.annotators.find(({ id }) => id === file.annotator);
  const foreign = file.annotator === ground.annotator ? null : `Only ${owner?.name ?? file.annotator} can merge it.`;
  try {
    const content = await conflictContent(ground.fileSystem, file, ground.codebookFile);
    if (foreign) return { obstacle: foreign };
    const known = new Set(ground.own().gestures.map(({ id }) => id));
    const steps = new Set(content.gestures.map(({ id }) => id).filter((id) => !known.has(id))).size;
    const [first, ...rest] = content.works;
    if (!first) return { steps };
    const theirs = rest.reduce((work, version) => mergeWorks(work, version, sourceOf(ground, file.place)).work, first);
    const { onlyHere, onlyThere, different } = mergeWorks(await scopeOf(ground.own(), theirs), theirs, sourceOf(ground, file.place));
    return { onlyHere, onlyThere, different };
  } catch (error) {
    if (error instanceof AppError) return { obstacle: error.failure.message };
    throw error;
  }
}

// Journals come first, because they hold more than the copies of snapshots. Those then add only what is still missing.
async function merged(ground: ConflictGround, files: readonly ConflictFile[], contents: readonly ConflictContent[]) {
  const own = ground.own();
  const gestures = contents.flatMap((content) => content.gestures);
  const articles = new Set([
    ...gestures.flatMap(({ edits }) => articlesOf(edits)),
    ...contents.flatMap(({ works }) => works.flatMap(({ sets }) => [...sets.keys()])),
  ]);
  const start: Work = { sets: await setsOf(own, articles), entities: own.entities, links: own.links, articles: own.articles };
  const replayed = replayMissing(start, new Set(own.gestures.map(({ id }) => id)), gestures);
  let { work } = replayed;
  for (const [index, content] of contents.entries()) {
    for (const theirs of content.works) work = mergeWorks(work, theirs, sourceOf(ground, files[index]?.place ?? '')).work;
  }
  return { start, work, left: replayed.left };
}

// Replaces the journal with our side, puts the other side next to it as a copy, and the file as git left it into `folder`.
async function parted(ground: ConflictGround, hands: MergeHands, { path, place }: ConflictFile, folder: string): Promise<void> {
  const { fileSystem, codebookFile } = ground;
  const bytes = await fileSystem.readFile(path);
  const sides = sidesOf(decode(bytes));
  if (!sides) throw new RangeError(`${place} has no conflict markers`);
  for (const side of [sides.ours, sides.theirs]) {
    try {
      gesturesIn(side, codebookFile);
    } catch (error) {
      const message = `${place} cannot be merged: one of its two sides is damaged (${reasonOf(error)}).`;
      throw new AppError('corrupt', message, 'Restore this file from a backup, then read the project again.');
    }
  }
  await durableWrite(fileSystem, join(folder, 'journal-with-markers.jsonl'), bytes);
  await durableWrite(fileSystem, path.replace(/\.jsonl$/, ' (conflicted copy by git).jsonl'), Buffer.from(sides.theirs));
  await durableWrite(fileSystem, path, Buffer.from(sides.ours));
  await hands.readAgain();
}

async function scopeOf(own: AnnotatorWork, theirs: Work): Promise<Work> {
  return {
    ...emptyWork,
    sets: await setsOf(own, theirs.sets.keys()),
    ...(theirs.entities.size > 0 ? { entities: own.entities } : {}),
    ...(theirs.links.size > 0 ? { links: own.links } : {}),
    ...(theirs.articles.size > 0 ? { articles: own.articles } : {}),
  };
}

async function setsOf(own: AnnotatorWork, articles: Iterable<string>): Promise<Map<string, AnnotationSet>> {
  const sets = new Map<string, AnnotationSet>();
  for (const article of articles) sets.set(article, (await own.set(article)) ?? emptySet(article));
  return sets;
}

function sourceOf({ codebookFile }: ConflictGround, name: string): MergeSource {
  const { codebook } = currentCodebook(codebookFile);
  return {
    name,
    hasUnsure: (id) => layerOf(codebook, id)?.attributes.some((one) => one.name === 'unsure' && one.type === 'boolean') ?? false,
  };
}
