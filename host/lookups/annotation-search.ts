import { hitOf, matchingAnnotations } from '../../core/annotations/annotation-search.ts';
import type { AnnotationHit } from '../../core/annotations/hits.ts';
import type { Input, Output } from '../../core/contract.ts';
import { recordsByArticle, successorOf } from '../../core/model/article-record.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import type { Project } from '../storage/project.ts';

// Limits of one answer, in milliseconds and annotations. A page continues where the answer ends, so that it can show progress and stop.
const longest = 150;
const most = 500;

/**
 * Everybody's annotations that fit, by article id and then in reading order, from the place `after` on (null: from the first). `next` is the place to
 * continue from, null if there are no more.
 * @throws AppError `corrupt`, `newer-version` for work that cannot be read
 */
export async function searchAnnotations(
  project: Project,
  { after, ...query }: Input<'searchAnnotations'>,
): Promise<Output<'searchAnnotations'>> {
  const rest = project.articles().filter(({ id }) => after === null || id >= after.article);
  const registry = resolveRegistry(await project.entities());
  const begin = Date.now();
  const hits: AnnotationHit[] = [];
  for (const [index, { id }] of rest.entries()) {
    const skipped = after?.article === id ? after.skip : 0;
    const found = matchingAnnotations(await project.setsOf(id), registry, query).slice(skipped);
    const room = most - hits.length;
    hits.push(...found.slice(0, room));
    if (found.length > room) return { hits, next: { article: id, skip: skipped + room }, searched: index };
    const following = rest[index + 1];
    const isFull = hits.length === most || Date.now() - begin > longest;
    if (isFull && following) return { hits, next: { article: following.id, skip: 0 }, searched: index + 1 };
  }
  return { hits, next: null, searched: rest.length };
}

/**
 * The annotations at `ends` that exist, whoever wrote them. Those that were carried over to a corrected version are found there. @throws AppError as
 * above
 */
export async function readAnnotations(project: Project, { ends }: Input<'readAnnotations'>): Promise<Output<'readAnnotations'>> {
  const registry = resolveRegistry(await project.entities());
  const records = recordsByArticle(await project.articleRecords());
  const known = new Set(project.importedArticles().map(({ id }) => id));
  const found: AnnotationHit[] = [];
  for (const { article, annotation } of ends) {
    const places = new Set([article, successorOf(article, records)]);
    for (const place of places) {
      if (!known.has(place)) continue;
      const holder = (await project.setsOf(place)).find(({ set }) => set.annotations.has(annotation));
      const there = holder?.set.annotations.get(annotation);
      if (holder && there) found.push(hitOf(there, { set: holder.set, registry }));
    }
  }
  return { found };
}
