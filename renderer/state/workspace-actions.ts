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

/** The workspace of one page: the state, and every change to it. */
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

  // A page that only shows the project follows the one that writes; sets that it has not loaded come whole when they are opened.
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
    /** The time, ISO 8601. */
    now,

    /** What core's gesture builders need, for the article on screen or a loaded one; null when there is none. */
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

    /** What core's builders of changes to articles need. */
    changeScene(): ChangeScene {
      return { work: getState().work, annotator: getState().opened?.annotator.id ?? '', now: now() };
    },

    /** A fresh id for a record. */
    newId,

    /** What everybody has written on an article; see the contract. */
    holdings: (article: string): Promise<Output<'articleHoldings'>> => client.articleHoldings({ article }),

    /** An imported article as all annotators together know it, listed or not; undefined when there is none. */
    resolved(id: string): ResolvedArticle | undefined {
      const { imported, work } = getState();
      const found = imported.find(({ meta }) => meta.id === id);
      return found && union.resolved(found.meta, work);
    },

    /** Imports one file; a gesture has to list its article. @throws AppError that names the file, the reason and the remedy. */
    async importFile(name: string, bytes: Uint8Array): Promise<Output<'importArticle'>> {
      steps.requireWritable();
      const outcome = await client.importArticle({ page, name }, bytes);
      workspace.receive({ event: 'article', summary: outcome.summary });
      return outcome;
    },

    /** Own articles that an import brought in and that no step ever listed; see the contract. */
    unlisted: (): Promise<Output<'unlistedArticles'>> => client.unlistedArticles({}),

    /** Gives a file to the host to be looked at before it is imported; see the contract. @throws AppError */
    async stageFile(name: string, bytes: Uint8Array): Promise<Output<'stageFile'>> {
      steps.requireWritable();
      return client.stageFile({ page, name }, bytes);
    },

    /** What a staged file holds; see the contract. */
    previewStaged: (file: string, options: ReadingOptions): Promise<Output<'previewStaged'>> =>
      client.previewStaged({ page, file, options }),

    /** Imports articles of a staged file; a gesture has to list them. @throws AppError */
    async importStaged(file: string, articles: Input<'importStaged'>['articles']): Promise<Output<'importStaged'>['imported']> {
      steps.requireWritable();
      const { imported } = await client.importStaged({ page, file, articles });
      for (const { summary } of imported) workspace.receive({ event: 'article', summary });
      return imported;
    },

    /** Gives up the files that wait to be imported. */
    discardStaged: (): Promise<unknown> => client.discardStaged({ page }),

    /** Where words stand in all articles, one part at a time; see the contract. */
    findOccurrences: (input: Input<'findOccurrences'>): Promise<Output<'findOccurrences'>> => client.findOccurrences(input),

    /** What the own annotations have to be completed for, one part at a time; see the contract. */
    listToComplete: (input: Input<'listToComplete'>): Promise<Output<'listToComplete'>> => client.listToComplete(input),
    /** An article with what was written on it, as the disk has it, without showing it. @throws AppError */
    readArticle: (article: string): Promise<Output<'openArticle'>> => client.openArticle({ article }),
    /** What the own work tells the suggester, one part at a time; see the contract. */
    listExperience: (input: Input<'listExperience'>): Promise<Output<'listExperience'>> => client.listExperience(input),
    /** How many places speak of each entity, one part at a time; see the contract. */
    countMentions: (input: Input<'countMentions'>): Promise<Output<'countMentions'>> => client.countMentions(input),

    /** How annotators agree on articles, one part at a time; see the contract. */
    readAgreement: (input: Input<'readAgreement'>): Promise<Output<'readAgreement'>> => client.readAgreement(input),

    /** The places that speak of an entity, one part at a time; see the contract. */
    listMentions: (input: Input<'listMentions'>): Promise<Output<'listMentions'>> => client.listMentions(input),

    /** What everybody said of one entity. */
    entityRecords: (id: string): EntityRecord[] => union.recordsOf(id, getState().work),

    /** Everybody's annotations in all articles, one part at a time; see the contract. */
    searchAnnotations: (input: Input<'searchAnnotations'>): Promise<Output<'searchAnnotations'>> => client.searchAnnotations(input),

    /** Those of these annotations that there are; see the contract. */
    readAnnotations: async (ends: Input<'readAnnotations'>['ends']): Promise<AnnotationHit[]> =>
      (await client.readAnnotations({ ends })).found,

    /** What an export would hold; it ends the preview before it. @throws AppError `cancelled` */
    /** What fits a query; see the contract. */
    search: (input: Input<'search'>): Promise<Output<'search'>> => client.search(input),

    /** Every annotation that fits a query, once the index is up to date; see the contract. */
    searchKeys: (query: string): Promise<Output<'searchKeys'>> => client.searchKeys({ query }),

    /** How many annotations that fit a query there are by one dimension or two; see the contract. */
    tally: (query: string, by: Input<'tally'>['by']): Promise<Output<'tally'>> => client.tally({ query, by }),

    /** A part of a concordance; see the contract. */
    concordance: (input: Input<'concordance'>): Promise<Output<'concordance'>> => client.concordance(input),

    /** How far each annotator is with the articles that fit a query; see the contract. */
    progress: (query: string): Promise<Output<'progress'>> => client.progress({ query }),

    /** How far each annotator is with each article that fits a query; see the contract. */
    progressByArticle: (query: string): Promise<Output<'progressByArticle'>> => client.progressByArticle({ query }),

    previewExport: (request: ExportRequest, who: Waiting): Promise<ExportPreview> =>
      jobs.run((owner) => client.previewExport({ ...owner, request }), who),

    /** Writes the dataset. On the loopback host the browser then saves it, by a link that works once. @throws AppError `cancelled`: nothing is left */
    exportDataset: (request: ExportRequest, who: Waiting): Promise<Output<'exportDataset'>> =>
      jobs.run((owner) => client.exportDataset({ ...owner, request }), who),

    /** Backs the project up, without the articles unless `text`. The browser saves it as it does an export. @throws AppError `cancelled`: nothing is left */
    backUp: (text: boolean, who: Waiting): Promise<Output<'backupProject'>> =>
      jobs.run((owner) => client.backupProject({ ...owner, text }), who),

    /** How the dataset would be split, or how far that is; see the contract. */
    previewSplits: (input: Omit<Input<'previewSplits'>, 'page'>): Promise<Output<'previewSplits'>> =>
      client.previewSplits({ page, ...input }),

    /** Publishes the splits of the dataset; see the contract. @throws AppError */
    async publishSplits(input: Omit<Input<'publishSplits'>, 'page'>): Promise<Output<'publishSplits'>> {
      steps.requireWritable();
      return client.publishSplits({ page, ...input });
    },

    /** States the licence of the project's datasets, or with null none. @throws AppError */
    async stateLicence(licence: string | null): Promise<void> {
      steps.requireWritable();
      await client.stateLicence({ page, licence });
      const { opened } = getState();
      if (!opened) return;
      const { licence: _, ...project } = opened.project;
      setState({ opened: { ...opened, project: { ...project, ...(licence === null ? {} : { licence }) } } });
    },

    /** Takes back the splits that were published at `published`. @throws AppError */
    async withdrawSplits(published: string): Promise<void> {
      steps.requireWritable();
      await client.withdrawSplits({ page, published });
    },

    async takeOver(): Promise<void> {
      await client.takeOver({ page });
    },

    /** Says whether the host can be reached. */
    setReached: (reached: boolean): void => setState({ reached }),

    /** Takes in an event of the host. */
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
          // While the project is being opened, the answer that is on its way may tell the same.
          if (getState().phase === 'opening') {
            receiveOpened(event);
            break;
          }
          // What another page wrote meanwhile is read anew before this one writes on.
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
