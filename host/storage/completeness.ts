import { type Problem, problemsOf } from '../../core/annotations/validation.ts';
import type { AnnotationSet, Relation } from '../../core/model/annotation.ts';
import { type ArticleRecord, recordsByArticle, successorOf } from '../../core/model/article-record.ts';
import { type Registry, resolveRegistry } from '../../core/model/entity.ts';
import type { Project } from './project-interface.ts';

type View = Pick<Project, 'set' | 'setsOf' | 'codebook' | 'entities' | 'ownLinks' | 'articleRecords' | 'importedArticles'>;

/** What the annotations of every article are looked at with, read once for many articles. */
export interface Completeness {
  readonly registry: Registry;
  readonly links: ReadonlyMap<string, Relation>;
  readonly records: ReadonlyMap<string, ArticleRecord[]>;
}

/** Reads what the annotations of a project are looked at with, as it is now. @throws AppError as Project.entities */
export async function completenessOf(project: View): Promise<Completeness> {
  return {
    registry: resolveRegistry(await project.entities()),
    links: new Map((await project.ownLinks()).map((link) => [link.id, link])),
    records: recordsByArticle(await project.articleRecords()),
  };
}

/**
 * What the own annotations on an article have to be completed for, by annotation in reading order; `known` is their set where it is at hand.
 * @throws AppError `not-found`, `corrupt`
 */
export async function problemsOn(
  project: View,
  article: string,
  { registry, links, records }: Completeness,
  known?: AnnotationSet,
): Promise<ReadonlyMap<string, readonly Problem[]>> {
  const set = known ?? (await project.set(article));
  const ground = { set, links, registry, codebook: project.codebook.codebook };
  // Most articles have no end outside of them, so the other sets are read only when one is asked for.
  const asked: { article: string; annotation: string }[] = [];
  const problems = problemsOf({
    ...ground,
    exists: (place, annotation) => {
      asked.push({ article: place, annotation });
      return undefined;
    },
  });
  if (asked.length === 0) return problems;
  const imported = new Set(project.importedArticles().map(({ id }) => id));
  const there = new Set<string>();
  for (const end of asked) {
    for (const place of new Set([end.article, successorOf(end.article, records)])) {
      if (!imported.has(place)) continue;
      if ((await project.setsOf(place)).some((each) => each.set.annotations.has(end.annotation))) there.add(end.annotation);
    }
  }
  return problemsOf({ ...ground, exists: (_, annotation) => there.has(annotation) });
}
