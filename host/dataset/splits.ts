import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../core/failure.ts';
import type { Splits } from '../../core/formats/format.ts';
import { recordsByArticle, successorOf } from '../../core/model/article-record.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { type SplitDocument, splitDocument } from '../../core/splits/document.ts';
import { areSameOptions, defaultSplitOptions, type SplitOptions } from '../../core/splits/options.ts';
import { planSplits, type SplitPlan } from '../../core/splits/plan.ts';
import type { PublishedSplits } from '../../core/splits/published.ts';
import type { Project } from '../storage/project.ts';

/** The parts of a project that splits are planned from. */
export type SplitProject = Pick<
  Project,
  'codebook' | 'articles' | 'importedArticles' | 'readArticle' | 'setsOf' | 'entities' | 'articleRecords' | 'publishedSplits'
>;

/** A request for splits. */
export interface SplitRequest {
  /** Null for the options of the published splits, or the usual ones if none are published. */
  readonly options: SplitOptions | null;
  /** Whether to ignore the published splits, as when they are to be replaced. */
  readonly anew: boolean;
}

/** Planned splits, and the published ones that they keep or ignore. */
export interface PlannedSplits {
  readonly plan: SplitPlan;
  readonly published: PublishedSplits | null;
}

/**
 * The splits of all listed articles of `project`, with everybody's work as it is on disk now. `onArticle` is called before each article is read, with
 * its number, from 1.
 * @throws AppError `conflict` if splits with other options are published, `cancelled` once `signal` is aborted, `corrupt`
 */
export async function projectSplits(
  project: SplitProject,
  { options, anew }: SplitRequest,
  onArticle: (number: number) => void = () => {},
  signal?: AbortSignal,
): Promise<PlannedSplits> {
  const published = await project.publishedSplits();
  if (published && options && !anew && !areSameOptions(published.options, options)) {
    const message = 'The published splits of this project were made with other options.';
    throw new AppError('conflict', message, 'Use the published ones, or replace them first.');
  }
  const pause = async () => {
    if (signal?.aborted) throw new AppError('cancelled', 'Making the splits was cancelled.', 'Start again whenever you like.');
    await setImmediate();
  };
  const documents = splitDocuments(project, onArticle, pause);
  const ground = { newHash: newSha256, published: anew ? null : published, pause };
  return { plan: await planSplits(documents, options ?? published?.options ?? defaultSplitOptions, ground), published };
}

/**
 * Publishes the splits of `project` as they are now, in place of those published at `instead` (null: there are none). Articles that are already in
 * the published splits stay in theirs and later articles join them, unless `anew`.
 * @throws AppError as projectSplits and `Project.publishSplits` do
 */
export async function publishSplits(
  project: SplitProject & Pick<Project, 'publishSplits'>,
  request: SplitRequest,
  instead: string | null,
  onArticle: (number: number) => void = () => {},
  signal?: AbortSignal,
): Promise<PlannedSplits> {
  const { plan, published } = await projectSplits(project, request, onArticle, signal);
  const found = new Map(plan.assignments);
  // Assignments of articles that are not listed now are kept, so that an article that comes back is where it was.
  const gone = request.anew ? [] : (published?.assignments ?? []).filter(({ doc_id }) => !found.has(doc_id));
  const assignments = [...[...found].map(([doc_id, assignment]) => ({ doc_id, ...assignment })), ...gone];
  assignments.sort((a, b) => (a.doc_id < b.doc_id ? -1 : 1));
  const made = await project.publishSplits({ codebook: project.codebook.version, options: plan.options, assignments }, instead);
  return { plan, published: made };
}

/** A plan in the form that a dataset contains. */
export function datasetSplits({ plan: { options, assignments }, published }: PlannedSplits): Splits {
  const { fractions, group, stratify } = options;
  const made = stratify ? 'greedy, stratified by layer' : 'sha256 of qds-split-v1 and the group';
  const method = { method: made, ...fractions, grouped_by: group.join(', ') || 'nothing' };
  return { method: published ? { ...method, published: published.published } : method, assignments };
}

async function* splitDocuments(
  project: SplitProject,
  onArticle: (number: number) => void,
  pause: () => Promise<void>,
): AsyncGenerator<SplitDocument> {
  // Reading everybody's entities also updates which articles are listed, so this comes first.
  const registry = resolveRegistry(await project.entities());
  const records = recordsByArticle(await project.articleRecords());
  const earlier = new Map<string, string[]>();
  for (const { id } of project.importedArticles()) {
    const successor = successorOf(id, records);
    if (successor !== id) earlier.set(successor, [...(earlier.get(successor) ?? []), id]);
  }
  const { codebook } = project.codebook;
  for (const [index, { id }] of project.articles().entries()) {
    onArticle(index + 1);
    const article = { article: await project.readArticle(id), sets: await project.setsOf(id) };
    yield splitDocument(article, { registry, codebook }, earlier.get(id) ?? []);
    await pause();
  }
}

function newSha256(): { update(text: string): void; hex(): string } {
  const hash = createHash('sha256');
  return { update: (text) => void hash.update(text, 'utf8'), hex: () => hash.digest('hex') };
}
