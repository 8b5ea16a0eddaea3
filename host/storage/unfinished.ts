import type { Notice } from '../../core/failure.ts';
import { titleOf } from '../../core/model/article.ts';
import type { ArticleStore } from './article-store.ts';
import { unreadable } from './failures.ts';
import { codeOf, type FileSystem, namesIn } from './file-system.ts';
import type { Layout } from './layout.ts';
import { decode } from './strict-json.ts';

/** The id of the notice that articles were imported in part. */
export const unfinishedId = 'unfinished-articles';

/** An article without its record. `title` is that of its text, null where there is no text that can be read. */
interface Unfinished {
  readonly id: string;
  readonly title: string | null;
}

// So many are named; the others are counted.
const named = 3;

/** The articles whose record was not there when the project was opened: told until each is whole, is there under another name, or is gone. */
export class UnfinishedArticles {
  readonly #fileSystem: FileSystem;
  readonly #layout: Layout;
  /** Those of the opening that are not complete yet, ascending; null before they are first asked for. What comes later may be a sync at work. */
  #waiting: readonly string[] | null = null;

  constructor(fileSystem: FileSystem, layout: Layout) {
    this.#fileSystem = fileSystem;
    this.#layout = layout;
  }

  /** What is to be said of them now; null when there are none. `told` are those of which more is said elsewhere. @throws AppError `corrupt` */
  async notice(articles: ArticleStore, told: () => readonly string[]): Promise<Notice | null> {
    const waiting = this.#waiting ?? articles.unfinished.filter((id) => ownForm.test(id)).sort();
    const texts = waiting.length > 0 ? new Set(articles.metas.map(({ id }) => id.slice(-8))) : null;
    const still: string[] = [];
    for (const id of waiting) {
      // The same text under another name is an article of its own: nothing is missing.
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
      // It is said not to be there, which is what the person can do something about.
      return null;
    }
  }
}

// The form of the ids that we give; any other folder was put there by somebody else.
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
