import type { OthersSet } from '../../core/contract/workspace.ts';
import type { Client, Output } from '../../core/contract.ts';
import { type AnnotationSet, byId, setFromRecord } from '../../core/model/annotation.ts';
import type { Article } from '../../core/model/article.ts';
import type { Work } from '../../core/steps/edit.ts';
import { whenIdle } from './after-paint.ts';
import { failureOf, type Notices } from './notices.ts';
import type { Union } from './union.ts';
import type { OthersWork, Workspace, WorkspaceStore } from './workspace.ts';

// Long enough to look at a row before it is pressed; in milliseconds.
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

  // An article that is about to be opened, until it is or something might have changed it.
  let ahead: { readonly id: string; readonly reading: Promise<Output<'openArticle'>>; isRead: boolean } | null = null;
  const read = (id: string): Promise<Output<'openArticle'>> => {
    if (ahead?.id !== id) return client.openArticle({ article: id });
    const { reading } = ahead;
    ahead = null;
    return reading;
  };

  // Of several articles that are being opened the last one asked for is shown.
  let wanted: string | null = null;

  const isLoaded = (id: string) => texts.has(id) && getState().work.sets.has(id);

  // What the page knows with these articles read, which is told at once with what is done about them.
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

    /** Begins to read an article that is probably opened soon; when it is not, what was read is forgotten. */
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

    /** Forgets what was read ahead: somebody wrote something since. */
    forgetAhead(): void {
      ahead = null;
    },

    /** An article read so far, as all annotators together know it; null for one that was not read. */
    known,

    /** The text of an article read so far, with what its import knew. */
    imported: (id: string): Article | undefined => texts.get(id),

    /** Reads `ids` anew, in place of all that was read, but for the one that is `given`: everybody's sets on them, by article. @throws AppError */
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

    /** Forgets all but one, so that the others are read anew when they are asked for. */
    forgetAllBut(kept: string | null): void {
      ahead = null;
      for (const id of texts.keys()) if (id !== kept) texts.delete(id);
    },

    /** Reads those of `ids` that are not in `work` yet, so that `scene` can be asked for them. @throws AppError when one cannot be read */
    async load(ids: readonly string[]): Promise<void> {
      const { work, others } = await withRead(ids);
      if (work !== getState().work) setState({ work, others });
    },

    /** Puts an article on screen. @throws AppError when it cannot be read; what was on screen stays. */
    async openArticle(id: string): Promise<void> {
      wanted = id;
      // What is at hand is on screen before anybody could read that it is being opened.
      if (!isLoaded(id) && !(ahead?.id === id && ahead.isRead)) setState({ opening: id });
      try {
        const { work, others } = await withRead([id]);
        // All in one change, which is drawn in one go.
        setState(wanted === id ? { work, others, article: known(id, work), opening: null } : { work, others });
      } finally {
        if (getState().opening === id) setState({ opening: null });
      }
      forgetting();
      forgetting = whenIdle(rememberLast);
    },

    /** An article that is not listed any more leaves the screen for the one that stood beside it. @throws AppError when that cannot be read */
    async leaveUnlisted(): Promise<void> {
      const { article, articles: listed } = getState();
      if (!article || isListed(article.meta.id)) return;
      const next = listed.find(({ meta }) => meta.id > article.meta.id) ?? listed.at(-1);
      if (next) await articles.openArticle(next.meta.id);
      else setState({ article: null });
    },

    /** The same without waiting; a failure is told in a notice. */
    leaveUnlistedSoon(): void {
      void articles.leaveUnlisted().catch((error: unknown) => notices.notify('action', failureOf(error)));
    },

    /** An article, opened before or not, listed or not, with the own set in `work`. @throws AppError when it cannot be read */
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

/** What the other annotators wrote on one article, as the page holds it. */
export const worksOf = (others: readonly OthersSet[]): OthersWork[] =>
  others.map(({ annotator, set, links }) => ({ annotator, set: setFromRecord(set), links: byId(links) }));
