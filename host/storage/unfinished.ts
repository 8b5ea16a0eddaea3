import type { Notice } from '../../core/failure.ts';
import { titleOf } from '../../core/model/article.ts';
import type { ArticleStore } from './article-store.ts';
import { unreadable } from './failures.ts';
import { codeOf, type FileSystem, namesIn } from './file-system.ts';
import type { Layout } from './layout.ts';
import { decode } from './strict-json.ts';

/** The id of the notice that articles were imported only in part. */
export const unfinishedId = 'unfinished-articles';

/** An article without its record. `title` comes from its text; null if there is no readable text. */
interface Unfinished {
  readonly id: string;
  readonly title: string | null;
}

// The number of articles that are named; the others are only counted.
const named = 3;

/** The articles that had no record when the project was opened. They are reported until each is complete, exists under another name, or is gone. */
export class UnfinishedArticles {
  readonly #fileSystem: FileSystem;
  readonly #layout: Layout;
  /**
   * The articles found at the opening that are not complete yet, ascending; null before the first request. Later ones are not added, because a sync
   * program may still be bringing them.
   */
  #waiting: readonly string[] | null = null;

  constructor(fileSystem: FileSystem, layout: Layout) {
    this.#fileSystem = fileSystem;
    this.#layout = layout;
  }

  /**
   * The notice about these articles at this moment; null if there are none. Articles that `told` returns are reported elsewhere. @throws AppError
   * `corrupt`
   */
  async notice(articles: ArticleStore, told: () => readonly string[]): Promise<Notice | null> {
    const waiting = this.#waiting ?? articles.unfinished.filter((id) => ownForm.test(id)).sort();
    const texts = waiting.length > 0 ? new Set(articles.metas.map(({ id }) => id.slice(-8))) : null;
    const still: string[] = [];
    for (const id of waiting) {
      // If the same text exists under another name, nothing is missing.
      if (!texts?.has(id.slice(-8)) && (await this.#isUnfinished(id))) still.push(id);
    }
    this.#waiting = still;
    const elsewhere = still.length > 0 ? told() : [];
    const toTell = still.filter((id) => !elsewhere.includes(id));
    const some: Unfinished[] = [];
    for (const id of toTell.slice(0, named)) some.push({ id, title: await this.#title(id) });
    return noticeOf(some, toTell.length);
  }

  async #isUnfinished(id: string): Promise<boolean> {
    const folder = this.#layout.article(id);
    try {
      const names = await namesIn(this.#fileSystem, folder);
      return names.length > 0 && !names.includes('article.json');
    } catch (error) {
      if (codeOf(error) === 'ENOTDIR') return false;
      throw unreadable(error, this.#layout.named(folder));
    }
  }

  async #title(id: string): Promise<string | null> {
    try {
      return titleOf(decode(await this.#fileSystem.readFile(this.#layout.text(id))), id);
    } catch {
      // The notice says that the text is missing, which is what the person can do something about.
      return null;
    }
  }
}

// The form of the ids that we assign; a folder with any other name was put there by somebody else.
const ownForm = /-[0-9a-f]{8}$/;

function noticeOf(some: readonly Unfinished[], count: number): Notice | null {
  const [first] = some;
  if (!first) return null;
  const list = some.map(({ id, title }) =>
    title === null ? `articles/${id} (its text is not there yet)` : `“${title}” (articles/${id}, its text is there)`,
  );
  const places = `${list.join(', ')}${count > some.length ? ' …' : ''}`;
  const message =
    count === 1
      ? `An article was imported in part and is not listed: ${places}. Its record, article.json, is missing.`
      : `${count} articles were imported in part and are not listed: ${places}. Their records, article.json, are missing.`;
  const next = `If the folder is synced, wait until all of it is there. Else import the same ${count === 1 ? 'file' : 'files'} again, which completes ${count === 1 ? 'it' : 'them'}.`;
  return { id: unfinishedId, severity: 'info', message, next };
}
