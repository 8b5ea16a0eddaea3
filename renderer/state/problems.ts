import { type Problem, problemsOf } from '../../core/annotations/validation.ts';
import type { ArticleSummary } from '../../core/contract/workspace.ts';
import type { AnnotationSet } from '../../core/model/annotation.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import type { Workspace } from './workspace.ts';

type Problems = ReadonlyMap<string, readonly Problem[]>;
const none: Problems = new Map();

/**
 * What needs completing in the annotator's own annotations on an article, by annotation in reading order. Empty for an article that is not loaded.
 */
export function problemsIn(state: Workspace, article: string): Problems {
  const set = state.work.sets.get(article);
  const codebook = state.opened?.codebook.codebook;
  if (!set || !codebook) return none;
  const known = knownProblems(state, set, codebook);
  if (known) return known;
  const { registry, work } = state;
  const asked: Asked[] = [];
  const ask = (place: string, id: string) => {
    const answer = exists(state, place, id);
    asked.push({ place, id, answer });
    return answer;
  };
  const problems = problemsOf({ set, links: work.links, registry, codebook, exists: ask });
  kept.set(set, { ground: [registry, codebook, work.links], asked, problems });
  return problems;
}

// Everything about other articles and annotators changes whenever an article is read. So a result stays valid as long as the answers that it asked
// for are the same.
function knownProblems(state: Workspace, set: AnnotationSet, codebook: Codebook): Problems | null {
  const known = kept.get(set);
  const ground = [state.registry, codebook, state.work.links];
  if (!known) return null;
  const isSame =
    known.ground.every((part, index) => part === ground[index]) &&
    known.asked.every(({ place, id, answer }) => exists(state, place, id) === answer);
  return isSame ? known.problems : null;
}

interface Asked {
  readonly place: string;
  readonly id: string;
  readonly answer: boolean | undefined;
}
const kept = new WeakMap<
  AnnotationSet,
  { readonly ground: readonly unknown[]; readonly asked: readonly Asked[]; readonly problems: Problems }
>();

// An annotation on an article that is no longer listed may have moved to another one, and nothing is known about articles that are not loaded.
function exists({ work, others, articles }: Workspace, article: string, annotation: string): boolean | undefined {
  const own = work.sets.get(article);
  if (!own || !articles.some(({ meta }) => meta.id === article)) return undefined;
  return own.annotations.has(annotation) || (others.get(article) ?? []).some(({ set }) => set.annotations.has(annotation));
}

/**
 * How many of the annotator's own annotations on an article need completing: the current number if the article is loaded, otherwise the one
 * reported by the host.
 */
export function toCompleteOn(state: Workspace, { meta, toComplete }: ArticleSummary): number {
  return state.work.sets.has(meta.id) ? problemsIn(state, meta.id).size : toComplete;
}

/** The total over all listed articles. */
export function toCompleteInAll(state: Workspace): number {
  const ground = [state.articles, state.work, state.registry, state.others, state.opened];
  if (!last || ground.some((part, index) => part !== last?.ground[index])) {
    last = { ground, count: state.articles.reduce((sum, summary) => sum + toCompleteOn(state, summary), 0) };
  }
  return last.count;
}
let last: { readonly ground: readonly unknown[]; readonly count: number } | null = null;
