import type { ArticleRecord, ResolvedArticle } from '../model/article-record.ts';

/**
 * Whether a colleague put a corrected version in the place of this article, and the annotator has not carried their own work over to it yet. `own`
 * is the annotator's record of the article, if there is one.
 */
export function isLeftBehind({ supersededBy }: Pick<ResolvedArticle, 'supersededBy'>, own: ArticleRecord | undefined): boolean {
  return supersededBy !== null && !own?.fields.supersededBy?.value;
}
