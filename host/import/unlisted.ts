import { nameOfUnlisted, neverListed } from '../../core/articles/unlisted.ts';
import type { Notice } from '../../core/failure.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import { recordsByArticle } from '../../core/model/article-record.ts';
import type { Notices } from '../storage/notices.ts';
import type { Project } from '../storage/project.ts';

/** The id of the notice that an import was broken off before its articles were listed. */
export const unlistedId = 'unlisted-articles';

type Ground = Pick<Project, 'annotator' | 'importedArticles' | 'articleRecords' | 'gestures' | 'isWhole'>;

// So many are named; the others are counted.
const named = 3;

/**
 * The articles that the annotator of `project` imported up to the time `until` (ISO 8601) and that no step ever listed, since the program was ended
 * before: told in a notice until they are listed. Whose import was undone has such a step, and what others import is theirs to hear of.
 */
export class Unlisted {
  readonly #project: Ground;
  readonly #notices: Notices;
  readonly #until: string;
  #isTold = false;

  /** What an import leaves unlisted after `until` may be on its way. */
  constructor(project: Ground, notices: Notices, until: string) {
    this.#project = project;
    this.#notices = notices;
    this.#until = until;
  }

  /** Their ids, ascending. All of the project has been read. */
  async articles(): Promise<string[]> {
    return (await this.#left()).map(({ id }) => id);
  }

  /** Tells of them, where that was not done yet and all of the project has been read. */
  async tellOnce(): Promise<void> {
    if (this.#isTold || !this.#project.isWhole) return;
    this.#isTold = true;
    await this.#tell();
  }

  /** Tells of those that are left where it told of them before: a step listed articles. */
  async tellAgain(): Promise<void> {
    if (this.#notices.list.some(({ id }) => id === unlistedId)) await this.#tell();
  }

  async #tell(): Promise<void> {
    const left = await this.#left();
    if (left.length > 0) this.#notices.add(noticeOf(left));
    else this.#notices.remove(unlistedId);
  }

  async #left(): Promise<readonly ArticleMeta[]> {
    const { annotator } = this.#project;
    const isOwn = ({ importedBy, imported }: ArticleMeta) => importedBy === annotator.id && imported <= this.#until;
    const own = this.#project.importedArticles().filter(isOwn);
    if (own.length === 0) return [];
    return neverListed(own, recordsByArticle(await this.#project.articleRecords()), this.#project.gestures());
  }
}

function noticeOf(left: readonly ArticleMeta[]): Notice {
  const names = left.slice(0, named).map(nameOfUnlisted);
  const list = `${names.join(', ')}${left.length > named ? ' …' : ''}`;
  const [what, are, them] = left.length === 1 ? ['An article was', 'is', 'it'] : [`${left.length} articles were`, 'are', 'them'];
  return {
    id: unlistedId,
    severity: 'info',
    message: `${what} brought in by an import that was broken off, and ${are} not listed: ${list}.`,
    next: `List ${them} here, or import the same files again, which also brings the annotations of a dataset.`,
    command: 'article.list',
  };
}
