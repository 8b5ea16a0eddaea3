import type { ListedMeta } from '../model/article.ts';
import { type ArticleDetails, type ArticleRecord, detailNames, type ResolvedArticle } from '../model/article-record.ts';
import type { Edit, Work } from '../steps/edit.ts';

/** What the builders of changes to articles need to know. `now` is ISO 8601 and stamps what is changed. */
export interface ChangeScene {
  readonly work: Pick<Work, 'articles'>;
  readonly annotator: string;
  readonly now: string;
}

/** New values of the fields of an article record; a field that is missing is left alone. */
export type FieldChanges = Partial<ArticleDetails & { readonly removed: boolean; readonly supersededBy: string | null }>;

/** The edit by which this annotator gives fields of the article `id` new values. */
export function changeArticle({ work, annotator, now }: ChangeScene, id: string, changes: FieldChanges): Edit {
  const before = work.articles.get(id) ?? null;
  const given = Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, { value, time: now }]));
  const after: ArticleRecord = { id, annotator, fields: { ...before?.fields, ...given } };
  return { record: 'article', id, before, after };
}

/** What decides whether an article is listed. */
type Listing = Pick<ResolvedArticle, 'listed' | 'supersededBy'> & { readonly meta: Pick<ListedMeta, 'id'> };

/** The edit that lists an article again, whether its import was undone, it was removed or superseded; null when it is listed. */
export function listArticle(scene: ChangeScene, article: Listing): Edit | null {
  if (article.listed) return null;
  return changeArticle(scene, article.meta.id, { removed: false, ...(article.supersededBy === null ? {} : { supersededBy: null }) });
}

/** The edit that takes an article out of the list with all that was written on it, which stays on the disk and comes back with it. */
export function removeArticle(scene: ChangeScene, id: string): Edit {
  return changeArticle(scene, id, { removed: true });
}

/** The details of `wanted` that differ from what `meta` has. */
export function changedDetails(meta: ListedMeta, wanted: Partial<ArticleDetails>): Partial<ArticleDetails> {
  const changes = detailNames.filter((name) => wanted[name] !== undefined && wanted[name] !== meta[name]);
  return Object.fromEntries(changes.map((name) => [name, wanted[name]]));
}

/** The edit that gives an article other details than `meta` (as resolved) has; null when nothing differs. */
export function setDetails(scene: ChangeScene, meta: ListedMeta, wanted: Partial<ArticleDetails>): Edit | null {
  const changes = changedDetails(meta, wanted);
  return Object.keys(changes).length > 0 ? changeArticle(scene, meta.id, changes) : null;
}
