import type { Notice } from '../../core/failure.ts';
import { recordsByArticle, resolveArticle } from '../../core/model/article-record.ts';
import type { Project } from '../storage/project.ts';

/** The id of the notice that an import was broken off before its articles were listed. */
export const unlistedId = 'unlisted-articles';

/** The project that is looked through: all of it has been read. */
export type UnlistedGround = Pick<Project, 'annotator' | 'importedArticles' | 'articleRecords' | 'gestures'>;

// So many are named; the others are counted.
const named = 3;

/**
 * What is to be said of the articles that this annotator imported up to the time `until` (ISO 8601) and that no step ever listed, since the program
 * was ended before; null when there are none. Whose import was undone has such a step, and what others import is theirs to hear of.
 */
export async function unlistedNotice(project: UnlistedGround, until: string): Promise<Notice | null> {
  const own = project.importedArticles().filter(({ importedBy, imported }) => importedBy === project.annotator.id && imported <= until);
  if (own.length === 0) return null;
  const records = recordsByArticle(await project.articleRecords());
  const unlisted = own.filter((meta) => !resolveArticle(meta, records.get(meta.id) ?? []).listed);
  if (unlisted.length === 0) return null;
  const listedOnce = new Set(
    project.gestures().flatMap(({ edits }) => edits.flatMap((edit) => (edit.record === 'article' ? [edit.id] : []))),
  );
  const left = unlisted.filter(({ id }) => !listedOnce.has(id));
  if (left.length === 0) return null;
  const names = left
    .slice(0, named)
    .map(({ title, originalName }) => (title === originalName ? `“${title}”` : `“${title}” (${originalName})`));
  const list = `${names.join(', ')}${left.length > named ? ' …' : ''}`;
  const [what, them] = left.length === 1 ? ['An article was', 'it'] : [`${left.length} articles were`, 'them'];
  return {
    id: unlistedId,
    severity: 'info',
    message: `${what} brought in by an import that was broken off, and ${left.length === 1 ? 'is' : 'are'} not listed: ${list}.`,
    next: `Import the same files again, which completes it and lists ${them}.`,
  };
}
