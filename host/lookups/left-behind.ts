import { isLeftBehind } from '../../core/articles/left-behind.ts';
import { AppError, type Notice } from '../../core/failure.ts';
import type { ListedMeta } from '../../core/model/article.ts';
import { recordsByArticle, resolveArticle } from '../../core/model/article-record.ts';
import type { Notices } from '../storage/notices.ts';
import type { Project } from '../storage/project.ts';

/** The id of the notice that a colleague replaced articles on which the annotator has annotations. */
export const leftBehindId = 'left-behind';

type Ground = Pick<Project, 'annotator' | 'importedArticles' | 'articleRecords' | 'set' | 'isWhole'>;

/** Tells the annotator of `project` in a notice that their annotations are on articles that a colleague replaced, as long as they are there. */
export async function tellLeftBehind(project: Ground, notices: Notices): Promise<void> {
  if (!project.isWhole) return;
  const left = await leftBehind(project).catch((error: unknown) => {
    // A set that cannot be read has a notice of its own.
    if (error instanceof AppError) return [];
    throw error;
  });
  if (left.length === 0) return notices.remove(leftBehindId);
  const notice = noticeOf(left);
  // Whoever has dismissed it gets it again only when it says something else.
  if (!notices.list.some(({ id, message }) => id === notice.id && message === notice.message)) notices.add(notice);
}

interface Left {
  readonly meta: ListedMeta;
  readonly annotations: number;
}

async function leftBehind(project: Ground): Promise<Left[]> {
  const own = project.annotator.id;
  const records = recordsByArticle(await project.articleRecords());
  const left: Left[] = [];
  for (const imported of project.importedArticles()) {
    const all = records.get(imported.id);
    if (!all?.some(({ fields }) => fields.supersededBy?.value)) continue;
    const article = resolveArticle(imported, all);
    const isTheirs = isLeftBehind(
      article,
      all.find(({ annotator }) => annotator === own),
    );
    const annotations = isTheirs ? (await project.set(imported.id)).annotations.size : 0;
    if (annotations > 0) left.push({ meta: article.meta, annotations });
  }
  return left;
}

function noticeOf(left: readonly Left[]): Notice {
  const [first, ...more] = left as readonly [Left, ...Left[]];
  const count = left.reduce((sum, { annotations }) => sum + annotations, 0);
  const [what, is, where] =
    more.length === 0
      ? [`“${first.meta.title}”`, 'was', 'the old version']
      : [`“${first.meta.title}” and ${more.length} more`, 'were', 'the old versions'];
  return {
    id: leftBehindId,
    severity: 'warning',
    message: `${what} ${is} replaced by a corrected version. ${count === 1 ? '1 annotation of yours is' : `${count} annotations of yours are`} still on ${where}, which no list and no dataset has.`,
    next: 'Carry them over; you see what becomes of each before anything changes.',
    command: 'article.carry',
  };
}
