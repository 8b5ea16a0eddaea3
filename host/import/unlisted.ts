import { nameOfUnlisted, neverListed } from '../../core/articles/unlisted.ts';
import type { Notice } from '../../core/failure.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import { recordsByArticle } from '../../core/model/article-record.ts';
import type { Notices } from '../storage/notices.ts';
import type { Project } from '../storage/project.ts';

/** The id of the notice that an import was interrupted before its articles were listed. */
export const unlistedId = 'unlisted-articles';

type Ground = Pick<Project, 'annotator' | 'importedArticles' | 'articleRecords' | 'gestures' | 'isWhole'>;

// The number of articles that are named; the others are only counted.
const named = 3;

/**
 * The articles that the annotator of `project` imported up to the time `until` (ISO 8601) and that no step ever listed, because the program ended
 * before. A notice reports them until they are listed. An import that was undone has such a step. Articles that others imported are reported to them.
 */
export class Unlisted {
  readonly #project: Ground;
  readonly #notices: Notices;
  readonly #until: string;
  // Who was told, if anybody.
  #toldTo: string | null = null;

  /** Articles that are unlisted after `until` may belong to an import in progress. */
  constructor(project: Ground, notices: Notices, until: string) {
    this.#project = project;
    this.#notices = notices;
    this.#until = until;
  }

  /** Their ids, ascending. The whole project must have been read. */
  async articles(): Promise<string[]> {
    return (await this.#left()).map(({ id }) => id);
  }

  /** Reports them, unless this annotator was told already or the whole project has not been read yet. */
  async tellOnce(): Promise<void> {
    const { annotator, isWhole } = this.#project;
    if (this.#toldTo === annotator.id || !isWhole) return;
    this.#toldTo = annotator.id;
    await this.#tell();
  }

  /** Called when a step listed articles: updates an existing notice to those that are left. */
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
