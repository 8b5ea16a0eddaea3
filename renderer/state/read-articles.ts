import { dequal } from 'dequal';
import { createStore } from 'zustand/vanilla';
import type { OthersSet } from '../../core/contract/workspace.ts';
import type { Client, Output } from '../../core/contract.ts';
import { type AnnotationSet, byId, setFromRecord } from '../../core/model/annotation.ts';
import type { Article } from '../../core/model/article.ts';
import type { Work } from '../../core/steps/edit.ts';
import { isAllOff } from '../../core/suggestions/choice.ts';
import { whenIdle } from './after-paint.ts';
import { noSuggestions } from './article-suggestions.ts';
import { failureOf, type Notices } from './notices.ts';
import type { NextArticle } from './spreads.ts';
import type { Union } from './union.ts';
import type { OthersWork, Workspace, WorkspaceStore } from './workspace.ts';

// In milliseconds. Long enough to look at a row before pressing it.
const keptAhead = 5000;
// Whoever holds a row for longer does not open it at once.
const longestPress = 1000;

/** One article as it was read: its text, the annotator's own set and what the others wrote on it. */
interface ReadArticle {
  readonly article: Article;
  readonly set: AnnotationSet;
  readonly others: readonly OthersWork[];
}

/** An article that is probably about to be opened; `read` is null while it is being read. */
interface AheadArticle {
  readonly id: string;
  readonly reading: Promise<ReadArticle>;
  readonly read: ReadArticle | null;
  readonly isPressed: boolean;
}

/** The articles read so far, and which of them is on screen. */
export function createReadArticles(store: WorkspaceStore, client: Client, union: Union, notices: Notices) {
  const { getState, setState } = store;
  const texts = new Map<string, Article>();

  const isListed = (id: string) => getState().articles.some(({ meta }) => meta.id === id);

  // The same object as long as nothing is known differently, so that a text on screen stays.
  const lastKnown = new WeakMap<Article, Article>();
  const asKnown = (imported: Article, work: Work): Article => {
    const { meta } = union.resolved(imported.meta, work);
    const last = lastKnown.get(imported);
    if (last && dequal(last.meta, meta)) return last;
    const fresh = { ...imported, meta };
    lastKnown.set(imported, fresh);
    return fresh;
  };
  const known = (id: string, work: Work): Article | null => {
    const article = texts.get(id);
    return article ? asKnown(article, work) : null;
  };

  let forgetting = (): void => undefined;
  const rememberLast = () => {
    const { opened, settings, article } = getState();
    if (!opened || !article || settings.lastArticle[opened.project.id] === article.meta.id) return;
    notices.saveSettings({ ...settings, lastArticle: { ...settings.lastArticle, [opened.project.id]: article.meta.id } });
  };

  const readNow = async (id: string): Promise<ReadArticle> => {
    const { article, set, others } = await client.openArticle({ article: id });
    return { article, set: setFromRecord(set), others: worksOf(others) };
  };

  // Kept until it is opened or might have changed.
  const ahead = createStore<{ readonly article: AheadArticle | null }>(() => ({ article: null }));
  const aheadOf = (id: string): AheadArticle | null => {
    const { article } = ahead.getState();
    return article?.id === id ? article : null;
  };
  const setAhead = (article: AheadArticle | null) => {
    if (ahead.getState().article !== article) ahead.setState({ article });
  };

  // If several articles are being opened, the one requested last is shown.
  let wanted: string | null = null;

  const isLoaded = (id: string) => texts.has(id) && getState().work.sets.has(id);

  const including = (reads: ReadonlyMap<string, ReadArticle>): Pick<Workspace, 'work' | 'others'> => {
    const { work, others } = getState();
    if (reads.size === 0) return { work, others };
    const sets = new Map(work.sets);
    const othersNow = new Map(others);
    for (const [id, read] of reads) {
      othersNow.set(id, read.others);
      if (!sets.has(id)) sets.set(id, read.set);
    }
    return { work: { ...work, sets }, others: othersNow };
  };

  // The state including these articles, without setting it yet, so that the caller can make a single change.
  const withRead = async (ids: readonly string[]): Promise<Pick<Workspace, 'work' | 'others'>> => {
    const reads = new Map<string, ReadArticle>();
    for (const id of ids) if (!isLoaded(id)) reads.set(id, await (aheadOf(id)?.reading ?? readNow(id)));
    for (const [id, { article }] of reads) texts.set(id, article);
    return including(reads);
  };

  const asOpened = (): Workspace | null => {
    const { article: next } = ahead.getState();
    if (!next?.read) return null;
    const state = getState();
    const { id, read } = next;
    const { work, others } = isLoaded(id) ? state : including(new Map([[id, read]]));
    const suggestions = isAllOff(state.settings.suggestions) ? noSuggestions : ({ article: id, state: 'reading', all: [] } as const);
    return { ...state, work, others, article: asKnown(texts.get(id) ?? read.article, work), opening: null, suggestions };
  };

  const articles = {
    isListed,

    /** Begins to read an article that will probably be opened soon, for certain if its row is being pressed. If it is not, the result is dropped. */
    readAhead(id: string, isPressed = false): void {
      const begunBefore = aheadOf(id);
      if (begunBefore) {
        if (!isPressed || begunBefore.isPressed) return;
        setAhead({ ...begunBefore, isPressed });
        setTimeout(() => {
          const still = aheadOf(id);
          if (still) setAhead({ ...still, isPressed: false });
        }, longestPress);
        return;
      }
      const article = isLoaded(id) ? texts.get(id) : undefined;
      const set = getState().work.sets.get(id);
      const there = article && set ? { article, set, others: getState().others.get(id) ?? [] } : null;
      const begun: AheadArticle = { id, reading: there ? Promise.resolve(there) : readNow(id), read: there, isPressed: false };
      setAhead(begun);
      const forget = () => {
        if (aheadOf(id)?.reading === begun.reading) setAhead(null);
      };
      if (!there) {
        begun.reading.then((read) => {
          const still = aheadOf(id);
          if (still?.reading === begun.reading) setAhead({ ...still, read });
        }, forget);
      }
      setTimeout(forget, keptAhead);
    },

    /** Drops what was read ahead, because somebody has written something since. */
    forgetAhead: (): void => setAhead(null),

    /** The article that is probably about to be opened, for those who prepare something for that. */
    next: {
      subscribe: (listener: () => void): (() => void) => ahead.subscribe(listener),
      opened: asOpened,
      isPressed: () => ahead.getState().article?.isPressed ?? false,
    } satisfies NextArticle,

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
      setAhead(null);
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
      setAhead(null);
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
      if (!isLoaded(id) && !aheadOf(id)?.read) setState({ opening: id });
      try {
        const { work, others } = await withRead([id]);
        // A single change, so that everything is drawn in one go.
        setState(wanted === id ? { work, others, article: known(id, work), opening: null } : { work, others });
        if (aheadOf(id)) setAhead(null);
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
