import { join, resolve } from 'node:path';
import { AppError } from '../../core/failure.ts';
import { type AnnotationSet, byId, emptySet } from '../../core/model/annotation.ts';
import { applyEdits, articlesOf, type Edit, emptyWork, type Gesture, GroundChanged, inverse, type Work } from '../../core/steps/edit.ts';
import { editsBetween } from '../../core/steps/merge.ts';
import { packedFileSystem } from '../backup/packed-project.ts';
import type { FileSystem } from '../storage/file-system.ts';
import { layoutOf } from '../storage/layout.ts';
import { openProject, type Project } from '../storage/project.ts';
import { linewise } from '../storage/strict-json.ts';
import { type EarlierState, readState } from './earlier-state.ts';
import { keptProject } from './kept-project.ts';

/** Where the states of a project are kept. */
export interface KeptIn {
  readonly fileSystem: FileSystem;
  readonly folder: string;
}

/** The own work now and in an earlier state, where they can differ, and the edits that lead from now back to the state. */
export interface Comparison {
  readonly state: EarlierState;
  readonly now: Work;
  readonly was: Work;
  readonly back: readonly Edit[];
}

/**
 * How the own work of `project` differs from the state with the id `id`, under the codebook in force.
 * @throws AppError `not-found`, `corrupt`, `newer-version`
 */
export async function comparedWith(project: Project, kept: KeptIn, id: string): Promise<Comparison> {
  const state = await readState(kept.fileSystem, kept.folder, id);
  const { now, was } = (await undoneTo(project, state)) ?? (await readFrom(project, kept, state));
  return { state, now, was, back: editsBetween(now, was) };
}

/** How many steps the own journal has gained since `state`; null if it does not continue from there. */
export function stepsSince(project: Project, state: EarlierState): number | null {
  const end = state.journals.find(({ annotator }) => annotator === project.annotator.id);
  const gestures = project.gestures();
  if (!end || end.steps === 0) return gestures.length;
  return end.last !== null && gestures[end.steps - 1]?.id === end.last ? gestures.length - end.steps : null;
}

// If the journal continues from the state, undoing its later steps gives the earlier work, and nothing has to be read.
async function undoneTo(project: Project, state: EarlierState): Promise<{ now: Work; was: Work } | null> {
  const since = stepsSince(project, state);
  if (since === null) return null;
  const gestures = project.gestures();
  const edits = gestures.slice(gestures.length - since).flatMap((gesture) => gesture.edits);
  const now = await ownWork(project, articlesOf(edits));
  try {
    return { now, was: applyEdits(now, inverse(edits)) };
  } catch (error) {
    if (error instanceof GroundChanged) return null;
    throw error;
  }
}

async function readFrom(project: Project, { fileSystem, folder }: KeptIn, state: EarlierState): Promise<{ now: Work; was: Work }> {
  const root = resolve('/earlier');
  const disk = packedFileSystem(await keptProject(fileSystem, folder, state), root, null);
  const codebook = Buffer.from(linewise(project.codebookFile));
  const isCodebook = (path: string) => path === layoutOf(root).codebook;
  // Read under the codebook in force, so that both sides are in the same terms.
  const underNow: FileSystem = { ...disk, readFile: async (path) => (isCodebook(path) ? codebook : disk.readFile(path)) };
  const earlier = await openedAs(project.annotator.id, root, underNow);
  if (!earlier) return { now: await ownWork(project, touched(project.gestures())), was: emptyWork };
  try {
    const [before, after] = [earlier.gestures(), project.gestures()];
    const common = before.findIndex(({ id }, index) => after[index]?.id !== id);
    const from = common < 0 ? before.length : common;
    const articles = [...new Set([...touched(before.slice(from)), ...touched(after.slice(from))])];
    return { now: await ownWork(project, articles), was: await ownWork(earlier, articles) };
  } finally {
    await earlier.close();
  }
}

// Null if there was no annotator with that id then.
async function openedAs(annotator: string, root: string, fileSystem: FileSystem): Promise<Project | null> {
  try {
    return await openProject(join(root), { fileSystem, annotator, readOnly: true, lock: false });
  } catch (error) {
    if (error instanceof AppError && error.failure.code === 'not-found') return null;
    throw error;
  }
}

const touched = (gestures: readonly Gesture[]) => articlesOf(gestures.flatMap(({ edits }) => edits));

async function ownWork(project: Project, articles: readonly string[]): Promise<Work> {
  const own = project.annotator.id;
  const mine = <R extends { readonly annotator: string }>(records: readonly R[]) => records.filter(({ annotator }) => annotator === own);
  const there = new Set(project.importedArticles().map(({ id }) => id));
  const sets = new Map<string, AnnotationSet>();
  for (const article of articles) sets.set(article, there.has(article) ? await project.set(article) : emptySet(article));
  return {
    sets,
    entities: byId(mine(await project.entities())),
    links: byId(await project.ownLinks()),
    articles: byId(mine(await project.articleRecords())),
  };
}
