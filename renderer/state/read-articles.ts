import type { OthersSet } from '../../core/contract/workspace.ts';
import type { Client, Output } from '../../core/contract.ts';
import { type AnnotationSet, byId, setFromRecord } from '../../core/model/annotation.ts';
import type { Article } from '../../core/model/article.ts';
import type { Work } from '../../core/steps/edit.ts';
import { whenIdle } from './after-paint.ts';
import { failureOf, type Notices } from './notices.ts';
import type { Union } from './union.ts';
import type { OthersWork, Workspace, WorkspaceStore } from './workspace.ts';

// In milliseconds. Long enough to look at a row before pressing it.
const keptAhead = 5000;

/** The articles read so far, and which of them is on screen. */
export function createReadArticles(store: WorkspaceStore, client: Client, union: Union, notices: Notices) {
  const { getState, setState } = store;
  const texts = new Map<string, Article>();

  const isListed = (id: string) => getState().articles.some(({ meta }) => meta.id === id);

  const known = (id: string, work: Work): Article | null => {
    const article = texts.get(id);
    return article ? { ...article, meta: union.resolved(article.meta, work).meta } : null;
  };

  let forgetting = (): void => undefined;
  const rememberLast = () => {
    const { opened, settings, article } = getState();
    if (!opened || !article || settings.lastArticle[opened.project.id] === article.meta.id) return;
    notices.saveSettings({ ...settings, lastArticle: { ...settings.lastArticle, [opened.project.id]: article.meta.id } });
  };

  // An article that is probably about to be opened. Kept until it is opened or might have changed.
  let ahead: { readonly id: string; readonly reading: Promise<Output<'openArticle'>>; isRead: boolean } | null = null;
  const read = (id: string): Promise<Output<'openArticle'>> => {
    if (ahead?.id !== id) return client.openArticle({ article: id });
    const { reading } = ahead;
    ahead = null;
    return reading;
  };

  // If several articles are being opened, the one requested last is shown.
  let wanted: string | null = null;

  const isLoaded = (id: string) => texts.has(id) && getState().work.sets.has(id);

  // The state including these articles, without setting it yet, so that the caller can make a single change.
  const withRead = async (ids: readonly string[]): Promise<Pick<Workspace, 'work' | 'others'>> => {
    const answers = new Map<string, Output<'openArticle'>>();
    for (const id of ids) if (!isLoaded(id)) answers.set(id, await read(id));
    const { work, others } = getState();
    if (answers.size === 0) return { work, others };
    const sets = new Map(work.sets);
    const othersNow = new Map(others);
    for (const [id, { article, set, others: theirs }] of answers) {
      texts.set(id, article);
      othersNow.set(id, worksOf(theirs));
      if (!sets.has(id)) sets.set(id, setFromRecord(set));
    }
    return { work: { ...work, sets }, others: othersNow };
  };

  const articles = {
    isListed,

    /** Begins to read an article that will probably be opened soon. If it is not, the result is dropped. */
    readAhead(id: string): void {
      if (ahead?.id === id || isLoaded(id)) return;
      const begun = { id, reading: client.openArticle({ article: id }), isRead: false };
      ahead = begun;
      const forget = () => {
        if (ahead === begun) ahead = null;
      };
      begun.reading.then(() => {
        begun.isRead = true;
      }, forget);
      setTimeout(forget, keptAhead);
    },

    /** Drops what was read ahead, because somebody has written something since. */
    forgetAhead(): void {
      ahead = null;
    },

    /** An article read so far, as all annotators together know it; null if it was not read. */
    known,

    /** The text of an article read so far, with its details as imported. */
    imported: (id: string): Article | undefined => texts.get(id),

    /**
     * Reads `ids` again, replacing everything read before. The article in `given` need not be read. Returns everybody's sets on them, by article.
     * @throws AppError
     */
    async readAnew(
      ids: Iterable<string>,
      given: Output<'openArticle'> | null,
    ): Promise<{ sets: Map<string, AnnotationSet>; others: Map<string, readonly OthersWork[]> }> {
      const sets = new Map<string, AnnotationSet>();
      const others = new Map<string, readonly OthersWork[]>();
      texts.clear();
      ahead = null;
      for (const id of new Set([...ids, ...(given ? [given.article.meta.id] : [])])) {
        const read = given?.article.meta.id === id ? given : await client.openArticle({ article: id });
        texts.set(id, read.article);
        sets.set(id, setFromRecord(read.set));
        others.set(id, worksOf(read.others));
      }
      return { sets, others };
    },

    /** Drops all articles but one. The others are read again when needed. */
    forgetAllBut(kept: string | null): void {
      ahead = null;
      for (const id of texts.keys()) if (id !== kept) texts.delete(id);
    },

    /** Reads those of `ids` that are not in `work` yet, so that `scene` can be called for them. @throws AppError if one cannot be read */
    async load(ids: readonly string[]): Promise<void> {
      const { work, others } = await withRead(ids);
      if (work !== getState().work) setState({ work, others });
    },

    /** Shows an article. @throws AppError if it cannot be read; the screen then stays as it is */
    async openArticle(id: string): Promise<void> {
      wanted = id;
      // An article that is already in memory is shown so fast that an “opening” message would only flicker.
      if (!isLoaded(id) && !(ahead?.id === id && ahead.isRead)) setState({ opening: id });
      try {
        const { work, others } = await withRead([id]);
        // A single change, so that everything is drawn in one go.
        setState(wanted === id ? { work, others, article: known(id, work), opening: null } : { work, others });
      } finally {
        if (getState().opening === id) setState({ opening: null });
      }
      forgetting();
      forgetting = whenIdle(rememberLast);
    },

    /** If the article on screen is no longer listed, shows the one that was next to it. @throws AppError if that one cannot be read */
    async leaveUnlisted(): Promise<void> {
      const { article, articles: listed } = getState();
      if (!article || isListed(article.meta.id)) return;
      const next = listed.find(({ meta }) => meta.id > article.meta.id) ?? listed.at(-1);
      if (next) await articles.openArticle(next.meta.id);
      else setState({ article: null });
    },

    /** Does the same without waiting. A failure is shown as a notice. */
    leaveUnlistedSoon(): void {
      void articles.leaveUnlisted().catch((error: unknown) => notices.notify('action', failureOf(error)));
    },

    /** An article, opened before or not, listed or not. Loads the annotator's own set into `work`. @throws AppError if it cannot be read */
    async articleOf(id: string): Promise<Article> {
      await articles.load([id]);
      const article = known(id, getState().work);
      if (!article) throw new RangeError(`no article ${id}`);
      return article;
    },
  };
  return articles;
}

export type ReadArticles = ReturnType<typeof createReadArticles>;

/** What the other annotators wrote on one article, in the form that the page holds. */
export const worksOf = (others: readonly OthersSet[]): OthersWork[] =>
  others.map(({ annotator, set, links }) => ({ annotator, set: setFromRecord(set), links: byId(links) }));
