import type { ArticleSummary } from '../../core/contract/workspace.ts';
import type { ListedMeta } from '../../core/model/article.ts';
import { type ArticleRecord, type ResolvedArticle, recordsByArticle, resolveArticle } from '../../core/model/article-record.ts';
import type { EntityRecord, Registry } from '../../core/model/entity.ts';
import { RegistryResolver } from '../../core/registry/registry-resolver.ts';
import type { Edit, Work } from '../../core/steps/edit.ts';

/** What all annotators together know of entities and articles: the records of the others, kept here, united with the own work that is given. */
export function createUnion() {
  let othersEntities: readonly EntityRecord[] = [];
  let othersChanges: readonly ArticleRecord[] = [];
  let resolver = new RegistryResolver([]);

  const recordsWith = (work: Work) => recordsByArticle([...othersChanges, ...work.articles.values()]);

  return {
    /** Keeps what the annotators other than `own` wrote, in place of what was kept before. */
    keepOthers(own: string, entities: readonly EntityRecord[], articleRecords: readonly ArticleRecord[]): void {
      othersEntities = entities.filter(({ annotator }) => annotator !== own);
      othersChanges = articleRecords.filter(({ annotator }) => annotator !== own);
    },

    /** What everybody said of one entity. */
    recordsOf: (id: string, work: Work): EntityRecord[] => {
      const own = work.entities.get(id);
      return [...othersEntities.filter((record) => record.id === id), ...(own ? [own] : [])];
    },

    /** The registry with the own work, resolved anew. */
    registry(work: Work): Registry {
      resolver = new RegistryResolver([...othersEntities, ...work.entities.values()]);
      return resolver.registry;
    },

    /** The registry after `edits` of the own work that it was last resolved with. */
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

    /** Those of the imported articles that are listed, as they are known today; one that nobody changed is the same object. */
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
