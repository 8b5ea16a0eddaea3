import { isLeftBehind } from '../../core/articles/left-behind.ts';
import type { ArticleSummary } from '../../core/contract/workspace.ts';
import type { ListedMeta } from '../../core/model/article.ts';
import {
  type ArticleRecord,
  type ResolvedArticle,
  recordsByArticle,
  resolveArticle,
  successorOf,
} from '../../core/model/article-record.ts';
import type { EntityRecord, Registry } from '../../core/model/entity.ts';
import { RegistryResolver } from '../../core/registry/registry-resolver.ts';
import type { Edit, Work } from '../../core/steps/edit.ts';

/** What all annotators together know about entities and articles. Keeps the records of the others and combines them with the annotator's own work. */
export function createUnion() {
  let othersEntities: readonly EntityRecord[] = [];
  let othersChanges: readonly ArticleRecord[] = [];
  let resolver = new RegistryResolver([]);

  const recordsWith = (work: Work) => recordsByArticle([...othersChanges, ...work.articles.values()]);

  return {
    /** Sets what the annotators other than `own` wrote, replacing what was set before. */
    keepOthers(own: string, entities: readonly EntityRecord[], articleRecords: readonly ArticleRecord[]): void {
      othersEntities = entities.filter(({ annotator }) => annotator !== own);
      othersChanges = articleRecords.filter(({ annotator }) => annotator !== own);
    },

    /** Every annotator's record of one entity. */
    recordsOf: (id: string, work: Work): EntityRecord[] => {
      const own = work.entities.get(id);
      return [...othersEntities.filter((record) => record.id === id), ...(own ? [own] : [])];
    },

    /** The registry including the annotator's own work, resolved from scratch. */
    registry(work: Work): Registry {
      resolver = new RegistryResolver([...othersEntities, ...work.entities.values()]);
      return resolver.registry;
    },

    /** The registry after `edits` to the own work it was last resolved with. */
    registryAfter(edits: readonly Edit[]): Registry {
      return resolver.change(
        edits.flatMap((edit) => {
          const annotator = edit.record === 'entity' ? (edit.after ?? edit.before)?.annotator : undefined;
          return edit.record === 'entity' && annotator ? [{ id: edit.id, annotator, record: edit.after }] : [];
        }),
      );
    },

    /** An imported article as it is known today. */
    resolved: <M extends ListedMeta>(meta: M, work: Work): ResolvedArticle<M> => resolveArticle(meta, recordsWith(work).get(meta.id) ?? []),

    /** The corrected version that stands in the place of an article today; the article itself if there is none. */
    successor: (id: string, work: Work): string => successorOf(id, recordsWith(work)),

    /** The first of the imported articles that a colleague replaced while own annotations were on it. */
    leftBehind(imported: readonly ArticleSummary[], work: Work): string | undefined {
      const records = recordsWith(work);
      const left = imported.find(
        ({ meta, counts }) =>
          Object.keys(counts).length > 0 && isLeftBehind(resolveArticle(meta, records.get(meta.id) ?? []), work.articles.get(meta.id)),
      );
      return left?.meta.id;
    },

    /** The listed ones of the imported articles, as they are known today. Articles that nobody changed are the same objects. */
    listed(imported: readonly ArticleSummary[], work: Work): ArticleSummary[] {
      const records = recordsWith(work);
      return imported.flatMap((summary) => {
        const { meta, listed } = resolveArticle(summary.meta, records.get(summary.meta.id) ?? []);
        return listed ? [meta === summary.meta ? summary : { ...summary, meta }] : [];
      });
    },
  };
}

export type Union = ReturnType<typeof createUnion>;
