import { setImmediate } from 'node:timers/promises';
import type { Candidate } from '../../core/comparison/candidate.ts';
import { candidatesAmong } from '../../core/comparison/candidates.ts';
import { comparable } from '../../core/comparison/meanings.ts';
import type { Piece, Tie } from '../../core/comparison/piece.ts';
import { eventsOf, type Ground, piecesOf } from '../../core/comparison/pieces-of-set.ts';
import { settledBy } from '../../core/comparison/settled.ts';
import { tieOf } from '../../core/comparison/tie.ts';
import type { Input, Output } from '../../core/contract.ts';
import type { AnnotationSet, Relation } from '../../core/model/annotation.ts';
import type { Project } from '../storage/project.ts';
import { registryOf } from './registry.ts';

// Limits of one answer: milliseconds, articles, annotations, candidates.
const longest = 150;
const mostArticles = 2000;
const mostPieces = 3000;
const mostCandidates = 200;

type ComparedProject = Pick<Project, 'articles' | 'set' | 'setsOf' | 'entities' | 'codebook' | 'ownLinks'>;

/**
 * The listed articles after `after` (null: from the first) in which own annotations can be compared or an event is named. `next` is the last article of
 * the answer, and null when there is no more. @throws AppError `corrupt`, `newer-version` for work that cannot be read
 */
export async function listComparable(project: ComparedProject, { after }: Input<'listComparable'>): Promise<Output<'listComparable'>> {
  const rest = project.articles().filter(({ id }) => after === null || id > after);
  const ground = await groundOf(project);
  const begin = Date.now();
  const articles: Output<'listComparable'>['articles'] = [];
  for (const [index, { id }] of rest.entries()) {
    const { pieces, events } = comparedIn(await project.set(id), ground);
    if (pieces.length > 0 || events.length > 0) articles.push({ article: id, events: [...events], count: pieces.length });
    const isFull = articles.length >= mostArticles || Date.now() - begin > longest;
    if (isFull && index + 1 < rest.length) return { articles, next: id, searched: index + 1 };
  }
  return { articles, next: null, searched: rest.length };
}

/**
 * What is compared of listed articles; see the contract. Own annotations, and those of others that own relations lead to. @throws AppError as above
 */
export async function compareArticles(
  project: ComparedProject,
  { articles }: Input<'compareArticles'>,
): Promise<Output<'compareArticles'>> {
  const wanted = articles && new Set(articles);
  const listed = project.articles().flatMap(({ id }) => (!wanted || wanted.has(id) ? [id] : []));
  const ground = await groundOf(project);
  const plan = comparable(ground.codebook);
  const links = (await project.ownLinks()).filter(({ type }) => plan.meanings.has(type));
  const lists: (readonly Piece[])[] = [];
  const inner: Tie[] = [];
  for (const id of listed) {
    const set = await project.set(id);
    const { pieces } = comparedIn(set, ground);
    if (pieces.length > 0) lists.push(pieces);
    for (const relation of set.relations.values()) if (plan.meanings.has(relation.type)) inner.push(tieOf(relation));
  }
  const own = lists.flat();
  const borrowed = await othersAt(project, links, new Set(listed), new Set(own.map(({ annotation }) => annotation)), ground);
  const ties = [...links.map(tieOf), ...inner];
  const isSettled = settledBy(ties, plan);
  const open = (await candidatesIn(project, lists, ground)).filter(({ one, other }) => !isSettled(one, other));
  const candidates = open.slice(0, mostCandidates);
  const all = [...own, ...borrowed];
  const first = new Set([...ties.flatMap(({ from, to }) => [from, to]), ...candidates.flatMap(({ one, other }) => [one, other])]);
  const isFirst = ({ annotation }: Piece) => first.has(annotation);
  const pieces = all.length <= mostPieces ? all : [...all.filter(isFirst), ...all.filter((piece) => !isFirst(piece))].slice(0, mostPieces);
  return { pieces, ties: inner, candidates, open: open.length, left: all.length - pieces.length };
}

async function groundOf(project: ComparedProject): Promise<Ground> {
  return { codebook: project.codebook.codebook, registry: await registryOf(project) };
}

// What others wrote at the other ends of own relations.
async function othersAt(
  project: ComparedProject,
  links: readonly Relation[],
  listed: ReadonlySet<string>,
  own: ReadonlySet<string>,
  ground: Ground,
): Promise<Piece[]> {
  const ends = links.flatMap(({ from, to }) => [from, to]).filter(({ article, annotation }) => listed.has(article) && !own.has(annotation));
  const found: Piece[] = [];
  for (const [article, wanted] of Map.groupBy(ends, (end) => end.article)) {
    const only = new Set(wanted.map(({ annotation }) => annotation));
    for (const { set } of await project.setsOf(article)) found.push(...piecesOf(set, ground, only));
  }
  return found;
}

interface Compared extends Ground {
  readonly pieces: readonly Piece[];
  readonly events: readonly string[];
}

// Sets, codebooks and registries are replaced, never changed, so their identity can be the key.
const compared = new WeakMap<AnnotationSet, Compared>();
function comparedIn(set: AnnotationSet, ground: Ground): Compared {
  const before = compared.get(set);
  if (before?.codebook === ground.codebook && before.registry === ground.registry) return before;
  const made = { ...ground, pieces: piecesOf(set, ground), events: eventsOf(set, ground) };
  compared.set(set, made);
  return made;
}

// Judging a candidate changes relations, not what is compared, so the next question has the same pairs.
const known = new WeakMap<ComparedProject, { readonly lists: readonly (readonly Piece[])[]; readonly candidates: readonly Candidate[] }>();
async function candidatesIn(
  project: ComparedProject,
  lists: readonly (readonly Piece[])[],
  { codebook }: Ground,
): Promise<readonly Candidate[]> {
  const before = known.get(project);
  if (before?.lists.length === lists.length && before.lists.every((list, at) => list === lists[at])) return before.candidates;
  const search = candidatesAmong(lists.flat(), comparable(codebook));
  let step = search.next();
  while (!step.done) {
    // Other calls are answered in between.
    await setImmediate();
    step = search.next();
  }
  known.set(project, { lists, candidates: step.value });
  return step.value;
}
