import type { ListedMeta } from '../model/article.ts';
import { type ArticleRecord, resolveArticle } from '../model/article-record.ts';
import type { Gesture } from '../steps/edit.ts';

/**
 * Those of `imported` that are not listed and that none of `gestures` ever spoke of: the import that brought them in was broken off before its step.
 * Whose import was undone has such a step. `records` are everybody's, by article.
 */
export function neverListed<M extends ListedMeta>(
  imported: readonly M[],
  records: ReadonlyMap<string, readonly ArticleRecord[]>,
  gestures: Iterable<Gesture>,
): M[] {
  const unlisted = imported.filter((meta) => !resolveArticle(meta, records.get(meta.id) ?? []).listed);
  if (unlisted.length === 0) return [];
  const spokenOf = new Set<string>();
  for (const { edits } of gestures) for (const edit of edits) if (edit.record === 'article') spokenOf.add(edit.id);
  return unlisted.filter(({ id }) => !spokenOf.has(id));
}

/** An article as it is named to a person: its title, with the name of its file where that says more. */
export const nameOfUnlisted = ({ title, originalName }: Pick<ListedMeta, 'title' | 'originalName'>): string =>
  title === originalName ? `“${title}”` : `“${title}” (${originalName})`;
