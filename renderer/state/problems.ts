import { type Problem, problemsOf } from '../../core/annotations/validation.ts';
import type { ArticleSummary } from '../../core/contract/workspace.ts';
import type { AnnotationSet } from '../../core/model/annotation.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import type { Workspace } from './workspace.ts';

type Problems = ReadonlyMap<string, readonly Problem[]>;
const none: Problems = new Map();

/** What the own annotations on an article have to be completed for, by annotation in reading order; nothing for an article that is not loaded. */
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

// Of the other articles and annotators only what was asked of them counts: they change whenever an article is read.
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

// What stood on an article that is no longer listed may have gone along to another, and of one that is not loaded nothing is known.
function exists({ work, others, articles }: Workspace, article: string, annotation: string): boolean | undefined {
  const own = work.sets.get(article);
  if (!own || !articles.some(({ meta }) => meta.id === article)) return undefined;
  return own.annotations.has(annotation) || (others.get(article) ?? []).some(({ set }) => set.annotations.has(annotation));
}

/** How many of the own annotations on an article have something to complete: as they are now where the article is loaded, else as the host told. */
export function toCompleteOn(state: Workspace, { meta, toComplete }: ArticleSummary): number {
  return state.work.sets.has(meta.id) ? problemsIn(state, meta.id).size : toComplete;
}

/** How many there are in all listed articles. */
export function toCompleteInAll(state: Workspace): number {
  const ground = [state.articles, state.work, state.registry, state.others, state.opened];
  if (!last || ground.some((part, index) => part !== last?.ground[index])) {
    last = { ground, count: state.articles.reduce((sum, summary) => sum + toCompleteOn(state, summary), 0) };
  }
  return last.count;
}
let last: { readonly ground: readonly unknown[]; readonly count: number } | null = null;
