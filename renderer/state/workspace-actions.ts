import { createStore } from 'zustand/vanilla';
import type { AnnotationHit } from '../../core/annotations/hits.ts';
import type { ChangeScene } from '../../core/articles/article-changes.ts';
import type { ExportPreview } from '../../core/contract/dataset.ts';
import type { Client, HostEvent, Input, Output } from '../../core/contract.ts';
import type { ExportRequest } from '../../core/formats/export-request.ts';
import type { ReadingOptions } from '../../core/import/draft.ts';
import type { ResolvedArticle } from '../../core/model/article-record.ts';
import type { EntityRecord } from '../../core/model/entity.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import type { Scene } from '../../core/steps/gestures.ts';
import { createCodebook } from './codebook.ts';
import { createHistoryParts } from './history-parts.ts';
import { createJobs, type Waiting } from './jobs.ts';
import { createNotices, failureOf } from './notices.ts';
import { createReadArticles } from './read-articles.ts';
import { createReading } from './reading.ts';
import type { Saver } from './saver.ts';
import { createSteps } from './steps.ts';
import { createUnion } from './union.ts';
import { unopened, type Workspace } from './workspace.ts';

/** The workspace of one page: its state, and every change to it. */
export function createWorkspace(client: Client, saver: Saver, page: string, newId: () => string, now: () => string) {
  const store = createStore<Workspace>(() => unopened);
  const { getState, setState } = store;
  const jobs = createJobs(client, page, newId);
  const union = createUnion();
  const notices = createNotices(store, client);
  const articles = createReadArticles(store, client, union, notices);
  const codebook = createCodebook(store, client, saver, page, newId, () => reading.open());
  const parts = createHistoryParts(store, client);
  const steps = createSteps(store, union, articles, saver, newId, now, codebook.change, parts);
  const reading = createReading(store, client, union, articles, notices, saver, page);

  // A page that is read-only follows the one that writes. Sets that it has not loaded are read when the article is opened.
  const follow = (gesture: Gesture) => {
    articles.forgetAhead();
    const isLoaded = gesture.edits.every((edit) => !('article' in edit) || getState().work.sets.has(edit.article));
    const { past, future, earlier, later } = getState().history;
    const isKnown = !(gesture.undoes && past.length === 0 && earlier > 0) && !(gesture.redoes && future.length === 0 && later > 0);
    if (isLoaded && isKnown) steps.follow(gesture);
    else void reading.open();
  };

  const receiveOpened = (event: HostEvent) => {
    const stop = store.subscribe(({ phase }) => {
      if (phase === 'opening') return;
      stop();
      workspace.receive(event);
    });
  };

  const workspace = {
    store,
    codebook,
    open: reading.open,
    refreshOthers: reading.refreshOthers,
    openArticle: articles.openArticle,
    readAhead: articles.readAhead,
    next: articles.next,
    load: articles.load,
    articleOf: articles.articleOf,
    apply: steps.apply,
    undo: steps.undo,
    redo: steps.redo,
    travelTo: steps.travelTo,
    readHistory: parts.readAll,
    keptEdits: steps.keptEdits,
    takeKeptEdits: steps.takeKeptEdits,
    notify: notices.notify,
    dismiss: notices.dismiss,
    saveSettings: notices.saveSettings,
    /** The current time, in ISO 8601. */
    now,

    /** What core's gesture builders need, for a loaded article (default: the one on screen). Null if there is none. */
    scene(id?: string): Scene | null {
      const { work, registry, opened } = getState();
      const article = id === undefined ? getState().article : articles.imported(id);
      if (!article || !opened) return null;
      return {
        article: article.meta.id,
        text: article.text,
        work,
        registry,
        codebook: opened.codebook.codebook,
        codebookVersion: opened.codebook.version,
        annotator: opened.annotator.id,
        now: now(),
        newId,
      };
    },

    /** What core's builders of article changes need. */
    changeScene(): ChangeScene {
      return { work: getState().work, annotator: getState().opened?.annotator.id ?? '', now: now() };
    },

    /** A new id for a record. */
    newId,

    /** What everybody has written on an article; see the contract. */
    holdings: (article: string): Promise<Output<'articleHoldings'>> => client.articleHoldings({ article }),

    /** An imported article as all annotators together know it, listed or not. Undefined if there is none. */
    resolved(id: string): ResolvedArticle | undefined {
      const { imported, work } = getState();
      const found = imported.find(({ meta }) => meta.id === id);
      return found && union.resolved(found.meta, work);
    },

    /** The corrected version that stands in the place of an article today; the article itself if there is none. */
    successor: (id: string): string => union.successor(id, getState().work),

    /** The first article that a colleague replaced while own annotations were on it. */
    leftBehind: (): string | undefined => union.leftBehind(getState().imported, getState().work),

    /** Imports one file; a gesture must list its article. @throws AppError that names the file, the reason and the remedy */
    async importFile(name: string, bytes: Uint8Array): Promise<Output<'importArticle'>> {
      steps.requireWritable();
      const outcome = await client.importArticle({ page, name }, bytes);
      workspace.receive({ event: 'article', summary: outcome.summary });
      return outcome;
    },

    /** Own imported articles that no step ever listed; see the contract. */
    unlisted: (): Promise<Output<'unlistedArticles'>> => client.unlistedArticles({}),

    /** Sends a file to the host to be previewed before import; see the contract. @throws AppError */
    async stageFile(name: string, bytes: Uint8Array): Promise<Output<'stageFile'>> {
      steps.requireWritable();
      return client.stageFile({ page, name }, bytes);
    },

    /** What a staged file contains; see the contract. */
    previewStaged: (file: string, options: ReadingOptions): Promise<Output<'previewStaged'>> =>
      client.previewStaged({ page, file, options }),

    /** Imports articles of a staged file; a gesture must list them. @throws AppError */
    async importStaged(file: string, articles: Input<'importStaged'>['articles']): Promise<Output<'importStaged'>['imported']> {
      steps.requireWritable();
      const { imported } = await client.importStaged({ page, file, articles });
      for (const { summary } of imported) workspace.receive({ event: 'article', summary });
      return imported;
    },

    /** Discards the files that are waiting to be imported. */
    discardStaged: (): Promise<unknown> => client.discardStaged({ page }),

    /** The places of words in all articles, one part at a time; see the contract. */
    findOccurrences: (input: Input<'findOccurrences'>): Promise<Output<'findOccurrences'>> => client.findOccurrences(input),

    /** What needs completing in the annotator's own annotations, one part at a time; see the contract. */
    listToComplete: (input: Input<'listToComplete'>): Promise<Output<'listToComplete'>> => client.listToComplete(input),
    /** An article with everything written on it, as it is on disk, without showing it. @throws AppError */
    readArticle: (article: string): Promise<Output<'openArticle'>> => client.openArticle({ article }),
    /** What the suggester can learn from the annotator's own work, one part at a time; see the contract. */
    listExperience: (input: Input<'listExperience'>): Promise<Output<'listExperience'>> => client.listExperience(input),
    /** How many places refer to each entity, one part at a time; see the contract. */
    countMentions: (input: Input<'countMentions'>): Promise<Output<'countMentions'>> => client.countMentions(input),

    /** How far annotators agree on articles, one part at a time; see the contract. */
    readAgreement: (input: Input<'readAgreement'>): Promise<Output<'readAgreement'>> => client.readAgreement(input),

    /** Which articles have something to compare, one part at a time; see the contract. */
    listComparable: (input: Input<'listComparable'>): Promise<Output<'listComparable'>> => client.listComparable(input),

    /** What is compared of articles, and what may be the same; see the contract. */
    compareArticles: (input: Input<'compareArticles'>): Promise<Output<'compareArticles'>> => client.compareArticles(input),

    /** The places that refer to an entity, one part at a time; see the contract. */
    listMentions: (input: Input<'listMentions'>): Promise<Output<'listMentions'>> => client.listMentions(input),

    /** Every annotator's record of one entity. */
    entityRecords: (id: string): EntityRecord[] => union.recordsOf(id, getState().work),

    /** Everybody's annotations in all articles, one part at a time; see the contract. */
    searchAnnotations: (input: Input<'searchAnnotations'>): Promise<Output<'searchAnnotations'>> => client.searchAnnotations(input),

    /** Those of these annotations that exist; see the contract. */
    readAnnotations: async (ends: Input<'readAnnotations'>['ends']): Promise<AnnotationHit[]> =>
      (await client.readAnnotations({ ends })).found,

    /** What matches a query; see the contract. */
    search: (input: Input<'search'>): Promise<Output<'search'>> => client.search(input),

    /** Every annotation that matches a query, once the index is up to date; see the contract. */
    searchKeys: (query: string): Promise<Output<'searchKeys'>> => client.searchKeys({ query }),

    /** Counts the annotations that match a query by one or two dimensions; see the contract. */
    tally: (query: string, by: Input<'tally'>['by']): Promise<Output<'tally'>> => client.tally({ query, by }),

    /** Part of a concordance; see the contract. */
    concordance: (input: Input<'concordance'>): Promise<Output<'concordance'>> => client.concordance(input),

    /** The progress of each annotator with the articles that match a query; see the contract. */
    progress: (query: string): Promise<Output<'progress'>> => client.progress({ query }),

    /** The progress of each annotator with each article that matches a query; see the contract. */
    progressByArticle: (query: string): Promise<Output<'progressByArticle'>> => client.progressByArticle({ query }),

    /** What an export would contain. Cancels the previous preview. @throws AppError `cancelled` */
    previewExport: (request: ExportRequest, who: Waiting): Promise<ExportPreview> =>
      jobs.run((owner) => client.previewExport({ ...owner, request }), who),

    /**
     * Writes the dataset. On the loopback host, the browser then saves it through a one-use link. @throws AppError `cancelled`; nothing is left
     * behind
     */
    exportDataset: (request: ExportRequest, who: Waiting): Promise<Output<'exportDataset'>> =>
      jobs.run((owner) => client.exportDataset({ ...owner, request }), who),

    /**
     * Backs the project up, without the articles unless `text` is set. The browser saves it like an export. @throws AppError `cancelled`; nothing
     * is left behind
     */
    backUp: (text: boolean, who: Waiting): Promise<Output<'backupProject'>> =>
      jobs.run((owner) => client.backupProject({ ...owner, text }), who),

    /** How the dataset would be split, or null while that is computed; see the contract. */
    previewSplits: (input: Omit<Input<'previewSplits'>, 'page'>): Promise<Output<'previewSplits'>> =>
      client.previewSplits({ page, ...input }),

    /** Publishes the splits of the dataset; see the contract. @throws AppError */
    async publishSplits(input: Omit<Input<'publishSplits'>, 'page'>): Promise<Output<'publishSplits'>> {
      steps.requireWritable();
      return client.publishSplits({ page, ...input });
    },

    /** States the licence of the project's datasets; null for none. @throws AppError */
    async stateLicence(licence: string | null): Promise<void> {
      steps.requireWritable();
      await client.stateLicence({ page, licence });
      const { opened } = getState();
      if (!opened) return;
      const { licence: _, ...project } = opened.project;
      setState({ opened: { ...opened, project: { ...project, ...(licence === null ? {} : { licence }) } } });
    },

    /** Withdraws the splits that were published at `published`. @throws AppError */
    async withdrawSplits(published: string): Promise<void> {
      steps.requireWritable();
      await client.withdrawSplits({ page, published });
    },

    async takeOver(): Promise<void> {
      await client.takeOver({ page });
    },

    /** Records whether the host can be reached. */
    setReached: (reached: boolean): void => setState({ reached }),

    /** Handles an event from the host. */
    receive(event: HostEvent): void {
      switch (event.event) {
        case 'article': {
          const { imported, work } = getState();
          const others = imported.filter(({ meta }) => meta.id !== event.summary.meta.id);
          const all = [...others, event.summary].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
          setState({ imported: all, articles: union.listed(all, work) });
          break;
        }
        case 'gesture':
          if (event.page !== page) follow(event.gesture);
          break;
        case 'lease': {
          const writable = event.page === page;
          // While the project is being opened, its answer may already include this, so wait for it.
          if (getState().phase === 'opening') {
            receiveOpened(event);
            break;
          }
          // Read what another page has written before this one starts to write.
          if (writable && !getState().writable) void reading.open();
          else setState({ writable });
          break;
        }
        case 'notice':
          notices.show(event.notice);
          break;
        case 'notice-gone':
          notices.dismiss(event.id);
          break;
        case 'outside':
          if (event.articles === null) void reading.open();
          else void reading.refreshOthers().catch((error: unknown) => notices.notify('others', failureOf(error)));
          break;
        case 'progress':
          jobs.hear(event.job, event.progress);
          break;
        case 'command':
        case 'closing':
          break;
      }
    },
  };

  return workspace;
}

export type WorkspaceActions = ReturnType<typeof createWorkspace>;
