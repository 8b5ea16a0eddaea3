import { dequal } from 'dequal';
import type { Client, Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { byId } from '../../core/model/annotation.ts';
import { applyEdits, articlesOf, type Gesture, GroundChanged, type Work } from '../../core/steps/edit.ts';
import { type History, record } from '../../core/steps/history.ts';
import { failureOf, type Notices } from './notices.ts';
import { type ReadArticles, worksOf } from './read-articles.ts';
import type { Saver } from './saver.ts';
import type { Union } from './union.ts';
import type { WorkspaceStore } from './workspace.ts';

/** Reads the project: when it is opened, again when it changed on disk, and what the others have written in the meantime. */
export function createReading(
  { getState, setState }: WorkspaceStore,
  client: Client,
  union: Union,
  articles: ReadArticles,
  notices: Notices,
  saver: Saver,
  page: string,
) {
  const readAnew = async (): Promise<void> => {
    const answer = await client.openWorkspace({ page });
    // A list that is on screen stays until the new one is there. If there is none yet, the first article comes before the list.
    const isBrief = !answer.listed && getState().phase !== 'ready';
    const opened = answer.listed || isBrief ? answer : { ...answer, ...(await client.listArticles({})), listed: true };
    const toShow = await take(opened);
    if (isBrief) await readList();
    const next = toShow ?? getState().articles[0]?.meta.id;
    if (getState().article) await articles.leaveUnlisted();
    else if (next !== undefined) await articles.openArticle(next);
    // This also reads the progress.
    if (!opened.whole) await refreshOthers();
    else if (!answer.listed) await readProgress();
  };

  // Replaces the page's state with what the host opened, and applies unsaved steps again. Returns the id of the article to show.
  const take = async (opened: Output<'openWorkspace'>): Promise<string | null> => {
    const own = opened.annotator.id;
    const known = new Set(opened.saved);
    const pending = saver.pending().filter((gesture) => !known.has(gesture.id) && gesture.annotator === own);
    const shown = getState().article?.meta.id;
    const wanted = new Set([...articlesOf(pending.flatMap(({ edits }) => edits)), ...(shown ? [shown] : [])]);
    const there = new Set(opened.articles.map(({ meta }) => meta.id));
    const { sets, others } = await articles.readAnew(
      [...wanted].filter((id) => there.has(id)),
      opened.first,
    );
    union.keepOthers(own, opened.entities, opened.articleRecords);
    const { work, history } = redone({ ...ownWork(opened), sets }, opened.history, pending);
    const listed = union.listed(opened.articles, work);
    const before = getState().article;
    const first = (listed.find(({ meta }) => meta.id === opened.first?.article.meta.id) ?? listed[0])?.meta.id ?? null;
    const toShow = shown && there.has(shown) ? shown : first;
    // An article in memory is drawn together with the lists. Otherwise the host reads it while the lists are drawn.
    const article = toShow === null ? null : articles.known(toShow, work);
    if (toShow !== null && !article) articles.readAhead(toShow);
    setState({
      phase: 'ready',
      failure: null,
      opened,
      articles: listed,
      imported: opened.articles,
      work,
      others,
      registry: union.registry(work),
      history,
      notices: opened.notices,
      writable: opened.writable,
      settings: opened.settings,
      // Keep the same object if nothing changed, so that the caret and the scroll position stay.
      article: dequal(article, before) ? before : article,
    });
    if (pending.length > 0 && opened.writable) saver.retry();
    return toShow;
  };

  const readList = async (): Promise<void> => {
    const { articles: imported } = await client.listArticles({});
    const { work, opened } = getState();
    // The project was read again in the meantime, including the list.
    if (!opened || opened.listed) return;
    setState({ opened: { ...opened, listed: true }, imported, articles: union.listed(imported, work) });
  };

  const readProgress = async (): Promise<void> => {
    const { opened } = getState();
    const read = await client.readProgress({});
    const { imported, work, opened: now } = getState();
    // The workspace was opened again in the meantime, perhaps for another annotator.
    if (now !== opened) return;
    const counted = imported.map((summary) => ({ ...summary, ...read.articles[summary.meta.id] }));
    setState({ imported: counted, articles: union.listed(counted, work) });
  };

  const refreshOthers = async (): Promise<void> => {
    const shown = getState().article?.meta.id ?? null;
    const read = await client.readOthers({ article: shown });
    const { opened, work } = getState();
    if (!opened || opened.annotator.id !== read.annotator.id) return;
    union.keepOthers(read.annotator.id, read.entities, read.articleRecords);
    // Sets on other articles are read when those are opened again.
    articles.forgetAllBut(shown);
    setState({
      opened: { ...opened, listed: true, annotator: read.annotator, annotators: read.annotators },
      imported: read.articles,
      articles: union.listed(read.articles, work),
      registry: union.registry(work),
      others: shown === null ? new Map() : new Map([[shown, worksOf(read.others)]]),
    });
    await articles.leaveUnlisted();
  };

  return {
    /**
     * Opens the project, or opens it again. The article on screen stays, and unsaved steps are applied again if they still fit. The state's
     * `phase` tells how it went.
     */
    async open(): Promise<void> {
      try {
        await readAnew();
      } catch (error) {
        const isHome = error instanceof AppError && error.failure.code === 'no-project';
        if (isHome) setState({ phase: 'home' });
        else if (getState().phase === 'ready') notices.notify('reopen', failureOf(error));
        else setState({ phase: 'failed', failure: failureOf(error) });
      }
    },

    /**
     * Reads what the other annotators have written, and the list of annotators. The annotator's own work, the selection and the screen stay as
     * they are.
     */
    refreshOthers,
  };
}

// The annotator's own work across articles, as the host has it.
function ownWork({ annotator, entities, links, articleRecords }: Output<'openWorkspace'>): Omit<Work, 'sets'> {
  const isOwn = (record: { annotator: string }) => record.annotator === annotator.id;
  return {
    entities: byId(entities.filter(isOwn)),
    links: byId(links),
    articles: byId(articleRecords.filter(isOwn)),
  };
}

// Applies unsaved steps again, up to the first that no longer fits. For that one, the host will say why.
function redone(saved: Work, past: History, pending: readonly Gesture[]): { work: Work; history: History } {
  let now = { work: saved, history: past };
  for (const gesture of pending) {
    try {
      now = { work: applyEdits(now.work, gesture.edits), history: record(now.history, gesture) };
    } catch (error) {
      if (error instanceof GroundChanged || error instanceof RangeError) return now;
      throw error;
    }
  }
  return now;
}
