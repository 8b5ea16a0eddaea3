import { type Problem, problemsOf } from '../../core/annotations/validation.ts';
import type { AnnotationSet, Relation } from '../../core/model/annotation.ts';
import { type ArticleRecord, recordsByArticle, successorOf } from '../../core/model/article-record.ts';
import { type Registry, resolveRegistry } from '../../core/model/entity.ts';
import type { Project } from './project-interface.ts';

type View = Pick<Project, 'set' | 'setsOf' | 'codebook' | 'entities' | 'ownLinks' | 'articleRecords' | 'importedArticles'>;

/** What is needed to check the annotations of any article for completeness, read once for many articles. */
export interface Completeness {
  readonly registry: Registry;
  readonly links: ReadonlyMap<string, Relation>;
  readonly records: ReadonlyMap<string, ArticleRecord[]>;
}

/** Reads what is needed to check the annotations of a project for completeness. @throws AppError as Project.entities */
export async function completenessOf(project: View): Promise<Completeness> {
  return {
    registry: resolveRegistry(await project.entities()),
    links: new Map((await project.ownLinks()).map((link) => [link.id, link])),
    records: recordsByArticle(await project.articleRecords()),
  };
}

/**
 * What is left to complete in the own annotations on an article, by annotation in reading order. `known` is the own set on it, if the caller has it.
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
  // Most articles have no relation to another article, so the other sets are read only if one is asked for.
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
