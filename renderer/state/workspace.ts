import { dequal } from 'dequal';
import { createStore } from 'zustand/vanilla';
import { type AnnotationSet, emptySet, setFromRecord, statusOf } from '../../core/annotation.ts';
import type { Article } from '../../core/article.ts';
import type { ChangeScene } from '../../core/article-changes.ts';
import { type ArticleRecord, type ResolvedArticle, recordsByArticle, resolveArticle } from '../../core/article-record.ts';
import {
  AppError,
  type ArticleSummary,
  type Client,
  defaultSettings,
  type ExportPreview,
  type Failure,
  type FormatName,
  type HostEvent,
  type Input,
  type Notice,
  type OthersSet,
  type Output,
  type Settings,
} from '../../core/contract.ts';
import { applyEdits, articlesOf, type Edit, emptyWork, type Gesture, GroundChanged, type Work } from '../../core/edit.ts';
import { type EntityRecord, type Registry, resolveRegistry } from '../../core/entity.ts';
import type { Scene } from '../../core/gestures.ts';
import { emptyHistory, type History, historyOf, record, redoOf, undoOf } from '../../core/history.ts';
import type { KeptEdits } from '../../core/kept-edits.ts';
import type { Saver } from './saver.ts';

type Opened = Output<'openWorkspace'>;

/** The project as this page holds it. `work` is the annotator's own, with the sets of the articles opened so far. */
export interface Workspace {
  readonly phase: 'opening' | 'ready' | 'failed';
  readonly failure: Failure | null;
  readonly opened: Opened | null;
  /** The listed articles, as all annotators together know them. */
  readonly articles: readonly ArticleSummary[];
  /** Every article as it was imported, those removed, superseded or taken back included. */
  readonly imported: readonly ArticleSummary[];
  readonly work: Work;
  readonly registry: Registry;
  /** What the other annotators wrote on the articles opened so far, by article; read-only. */
  readonly others: ReadonlyMap<string, readonly OthersWork[]>;
  readonly history: History;
  /** The article on screen; null while the first one opens or when there is none. */
  readonly article: Article | null;
  /** The article that is being opened, if it takes a while. */
  readonly opening: string | null;
  readonly notices: readonly Notice[];
  readonly writable: boolean;
  /** Whether the host answers; on the desktop it always does. */
  readonly reached: boolean;
  readonly settings: Settings;
}

/** What one other annotator wrote on one article. */
export interface OthersWork {
  readonly annotator: string;
  readonly set: AnnotationSet;
}

/** What a person did, before it has an id and a time. */
export interface Deed {
  readonly command: string;
  readonly title: string;
  readonly edits: readonly Edit[];
}

const failureOf = (error: unknown): Failure =>
  error instanceof AppError
    ? error.failure
    : {
        code: 'internal',
        message: error instanceof Error ? error.message : String(error),
        safe: 'Nothing on disk was changed.',
        next: 'Reload this window.',
      };

/** The workspace of one page: the state, and every change to it. */
export function createWorkspace(client: Client, saver: Saver, page: string, newId: () => string, now: () => string) {
  const store = createStore<Workspace>(() => ({
    phase: 'opening',
    failure: null,
    opened: null,
    articles: [],
    imported: [],
    work: emptyWork,
    registry: new Map(),
    others: new Map(),
    history: emptyHistory,
    article: null,
    opening: null,
    notices: [],
    writable: false,
    reached: true,
    settings: defaultSettings,
  }));
  const { getState, setState } = store;
  const texts = new Map<string, Article>();
  let othersEntities: readonly EntityRecord[] = [];
  let othersChanges: readonly ArticleRecord[] = [];

  const registryWith = (work: Work): Registry => resolveRegistry([...othersEntities, ...work.entities.values()]);

  const recordsWith = (work: Work) => recordsByArticle([...othersChanges, ...work.articles.values()]);

  const listedOf = (imported: readonly ArticleSummary[], work: Work): ArticleSummary[] => {
    const records = recordsWith(work);
    return imported.flatMap((summary) => {
      const { meta, listed } = resolveArticle(summary.meta, records.get(summary.meta.id) ?? []);
      return listed ? [meta === summary.meta ? summary : { ...summary, meta }] : [];
    });
  };

  const articleWith = (id: string, work: Work): Article | null => {
    const article = texts.get(id);
    return article ? { ...article, meta: resolveArticle(article.meta, recordsWith(work).get(id) ?? []).meta } : null;
  };

  const isListed = (id: string) => getState().articles.some(({ meta }) => meta.id === id);

  // An article that is not listed any more leaves the screen for the one that stood beside it.
  const leaveUnlisted = async (): Promise<void> => {
    const { article, articles } = getState();
    if (!article || isListed(article.meta.id)) return;
    const next = articles.find(({ meta }) => meta.id > article.meta.id) ?? articles.at(-1);
    if (next) await workspace.openArticle(next.meta.id);
    else setState({ article: null });
  };

  /** Loads the sets of `articles` that are not in `work` yet. */
  const load = async (articles: readonly string[]): Promise<void> => {
    for (const id of articles) {
      if (texts.has(id) && getState().work.sets.has(id)) continue;
      const { article, set, others } = await client.openArticle({ article: id });
      texts.set(id, article);
      const { work } = getState();
      setState({ others: new Map(getState().others).set(id, others.map(worksOf)) });
      if (!work.sets.has(id)) setState({ work: { ...work, sets: new Map(work.sets).set(id, setFromRecord(set)) } });
    }
  };

  const commit = (gesture: Gesture) => {
    const { work, history, registry, imported, articles, article } = getState();
    const changed = applyEdits(work, gesture.edits);
    const isSameList = changed.articles === work.articles;
    const touchesShown = article !== null && gesture.edits.some(({ record, id }) => record === 'article' && id === article.meta.id);
    setState({
      articles: isSameList ? articles : listedOf(imported, changed),
      article: touchesShown ? articleWith(article.meta.id, changed) : article,
      work: changed,
      history: record(history, gesture),
      registry: changed.entities === work.entities ? registry : registryWith(changed),
    });
  };

  const requireWritable = () => {
    if (!getState().writable) {
      throw new AppError('read-only', 'Another window writes this project; this one only shows it.', 'Choose “Take over” to write here.');
    }
  };

  const perform = (gesture: Gesture) => {
    commit(gesture);
    saver.enqueue(gesture);
  };

  const travel = async (gesture: Gesture | null): Promise<Gesture | null> => {
    if (!gesture) return null;
    requireWritable();
    const touched = articlesOf(gesture.edits);
    await load(touched);
    try {
      perform(gesture);
    } catch (error) {
      if (!(error instanceof GroundChanged)) throw error;
      throw new AppError(
        'conflict',
        `“${gesture.title}” cannot be ${gesture.undoes ? 'undone' : 'redone'}: ${error.message}.`,
        'Undo what came after it first.',
      );
    }
    const about = [...touched, ...gesture.edits.flatMap((edit) => (edit.record === 'article' ? [edit.id] : []))].filter(isListed);
    const shown = getState().article?.meta.id;
    const [article] = about;
    if (article && !(shown && about.includes(shown))) await workspace.openArticle(article);
    await leaveUnlisted();
    return gesture;
  };

  const workspace = {
    store,

    /**
     * Opens the project, or opens it anew: the article on screen stays, and what is not saved yet is done again on the new ground, where it
     * still fits. The state's `phase` tells how it went.
     */
    async open(): Promise<void> {
      try {
        const opened = await client.openWorkspace({ page });
        const own = opened.annotator.id;
        const ownEntities = opened.entities.filter(({ annotator }) => annotator === own);
        const ownChanges = opened.articleRecords.filter(({ annotator }) => annotator === own);
        const known = new Set(opened.gestures.map(({ id }) => id));
        const pending = saver.pending().filter((gesture) => !known.has(gesture.id) && gesture.annotator === own);
        const shown = getState().article?.meta.id;
        const wanted = new Set([...articlesOf(pending.flatMap(({ edits }) => edits)), ...(shown ? [shown] : [])]);
        const sets = new Map<string, AnnotationSet>();
        const others = new Map<string, readonly OthersWork[]>();
        texts.clear();
        for (const id of wanted) {
          if (!opened.articles.some(({ meta }) => meta.id === id)) continue;
          const read = await client.openArticle({ article: id });
          texts.set(id, read.article);
          sets.set(id, setFromRecord(read.set));
          others.set(id, read.others.map(worksOf));
        }
        othersEntities = opened.entities.filter(({ annotator }) => annotator !== own);
        othersChanges = opened.articleRecords.filter(({ annotator }) => annotator !== own);
        const saved: Work = {
          sets,
          entities: new Map(ownEntities.map((entity) => [entity.id, entity])),
          links: new Map(opened.links.map((link) => [link.id, link])),
          articles: new Map(ownChanges.map((change) => [change.id, change])),
        };
        const { work, history } = redone(saved, historyOf(opened.gestures), pending);
        const articles = listedOf(opened.articles, work);
        const before = getState().article;
        const again = shown ? articleWith(shown, work) : null;
        setState({
          phase: 'ready',
          failure: null,
          opened,
          articles,
          imported: opened.articles,
          work,
          others,
          registry: registryWith(work),
          history,
          notices: opened.notices,
          writable: opened.writable,
          settings: opened.settings,
          // The same object where nothing changed, so that caret and scrolling stay.
          article: dequal(again, before) ? before : again,
        });
        if (pending.length > 0 && opened.writable) saver.retry();
        if (getState().article) return await leaveUnlisted();
        const last = opened.settings.lastArticle[opened.project.id];
        const first = articles.find(({ meta }) => meta.id === last) ?? articles[0];
        if (first) await workspace.openArticle(first.meta.id);
      } catch (error) {
        if (getState().phase === 'ready') workspace.notify('reopen', failureOf(error));
        else setState({ phase: 'failed', failure: failureOf(error) });
      }
    },

    /** Reads what the other annotators have written, and who there is. The own work, the selection and the screen stay as they are. */
    async refreshOthers(): Promise<void> {
      const shown = getState().article?.meta.id ?? null;
      const read = await client.readOthers({ article: shown });
      const { opened, work } = getState();
      if (!opened || opened.annotator.id !== read.annotator.id) return;
      const own = read.annotator.id;
      othersEntities = read.entities.filter(({ annotator }) => annotator !== own);
      othersChanges = read.articleRecords.filter(({ annotator }) => annotator !== own);
      // Those of other articles are read when they are opened again.
      for (const id of texts.keys()) if (id !== shown) texts.delete(id);
      setState({
        opened: { ...opened, annotator: read.annotator, annotators: read.annotators },
        imported: read.articles,
        articles: listedOf(read.articles, work),
        registry: registryWith(work),
        others: shown === null ? new Map() : new Map([[shown, read.others.map(worksOf)]]),
      });
      await leaveUnlisted();
    },

    /** Puts an article on screen. @throws AppError when it cannot be read; what was on screen stays. */
    async openArticle(id: string): Promise<void> {
      setState({ opening: id });
      try {
        await load([id]);
        if (getState().opening === id) setState({ article: articleWith(id, getState().work) });
      } finally {
        if (getState().opening === id) setState({ opening: null });
      }
      const { opened, settings, article } = getState();
      if (opened && article && settings.lastArticle[opened.project.id] !== article.meta.id) {
        workspace.saveSettings({ ...settings, lastArticle: { ...settings.lastArticle, [opened.project.id]: article.meta.id } });
      }
    },

    /** Applies a deed and hands it to the saver: one undo step. @throws AppError 'read-only' */
    apply(deed: Deed): void {
      if (deed.edits.length === 0) return;
      requireWritable();
      const annotator = getState().opened?.annotator.id as string;
      perform({
        id: newId(),
        annotator,
        time: now(),
        command: deed.command,
        title: deed.title,
        edits: [...deed.edits],
        undoes: null,
        redoes: null,
      });
      void leaveUnlisted().catch((error: unknown) => workspace.notify('action', failureOf(error)));
    },

    /** The edits that are not on the disk, as a file's content. Null when there are none. */
    keptEdits(): KeptEdits | null {
      const { opened } = getState();
      const gestures = [...saver.waiting()];
      return opened && gestures.length > 0 ? { format: 1, project: { id: opened.project.id, name: opened.project.name }, gestures } : null;
    },

    /** Makes kept edits again, each as a step of its own. Answers how many there were ground for, and which were left out. */
    async takeKeptEdits({ gestures }: KeptEdits): Promise<{ taken: number; left: string[] }> {
      requireWritable();
      const left: string[] = [];
      let taken = 0;
      for (const gesture of gestures) {
        const { past } = getState().history;
        if (past.some(({ id }) => id === gesture.id)) continue;
        await load(articlesOf(gesture.edits));
        try {
          perform({ ...gesture, id: newId(), annotator: getState().opened?.annotator.id as string, undoes: null, redoes: null });
          taken++;
        } catch (error) {
          if (!(error instanceof GroundChanged)) throw error;
          left.push(gesture.title);
        }
      }
      return { taken, left };
    },

    /** Takes back the last gesture, wherever it was made, and shows its article. Resolves to it, or null when there is none. */
    undo: () => travel(undoOf(getState().history, newId(), now())),

    /** Does again what was last taken back. */
    redo: () => travel(redoOf(getState().history, newId(), now())),

    /** Loads articles with their sets, so that `scene` can be asked for them. @throws AppError when one cannot be read */
    load,

    /** What core's gesture builders need, for the article on screen or a loaded one; null when there is none. */
    scene(id?: string): Scene | null {
      const { work, registry, opened } = getState();
      const article = id === undefined ? getState().article : texts.get(id);
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
      return found && resolveArticle(found.meta, recordsWith(work).get(id) ?? []);
    },

    /** An article, opened before or not, listed or not, with the own set in `work`. @throws AppError when it cannot be read */
    async articleOf(id: string): Promise<Article> {
      await load([id]);
      const article = articleWith(id, getState().work);
      if (!article) throw new RangeError(`no article ${id}`);
      return article;
    },

    /** Imports one file; a gesture has to list its article. @throws AppError that names the file, the reason and the remedy. */
    async importFile(name: string, bytes: Uint8Array): Promise<Output<'importArticle'>> {
      requireWritable();
      const outcome = await client.importArticle({ page, name }, bytes);
      workspace.receive({ event: 'article', summary: outcome.summary });
      return outcome;
    },

    /** Where words stand in all articles, one part at a time; see the contract. */
    findOccurrences: (input: Input<'findOccurrences'>): Promise<Output<'findOccurrences'>> => client.findOccurrences(input),

    previewExport: (format: FormatName): Promise<ExportPreview> => client.previewExport({ format }),

    /** Writes the dataset. On the loopback host the browser then saves it, by a link that works once. */
    async exportDataset(format: FormatName): Promise<Output<'exportDataset'>> {
      return client.exportDataset({ format });
    },

    async takeOver(): Promise<void> {
      await client.takeOver({ page });
    },

    saveSettings(settings: Settings): void {
      setState({ settings });
      client.saveSettings({ settings }).catch((error: unknown) => workspace.notify('settings', failureOf(error)));
    },

    /** Shows a failure as a notice that stays until it is dismissed. */
    notify(id: string, failure: Failure): void {
      const notice: Notice = { id, severity: 'warning', message: `${failure.message} ${failure.safe}`, next: failure.next };
      workspace.receive({ event: 'notice', notice });
    },

    /** Says whether the host can be reached. */
    setReached: (reached: boolean): void => setState({ reached }),

    dismiss(id: string): void {
      setState({ notices: getState().notices.filter((notice) => notice.id !== id) });
    },

    /** Takes in an event of the host. */
    receive(event: HostEvent): void {
      switch (event.event) {
        case 'article': {
          const { imported, work } = getState();
          const others = imported.filter(({ meta }) => meta.id !== event.summary.meta.id);
          const all = [...others, event.summary].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
          setState({ imported: all, articles: listedOf(all, work) });
          break;
        }
        case 'gesture':
          if (event.page !== page) followGesture(event.gesture);
          break;
        case 'lease': {
          const writable = event.page === page;
          // What another page wrote meanwhile is read anew before this one writes on.
          if (writable && !getState().writable) void workspace.open();
          else setState({ writable });
          break;
        }
        case 'notice':
          setState({ notices: [...getState().notices.filter(({ id }) => id !== event.notice.id), event.notice] });
          break;
        case 'outside':
          if (event.articles === null) void workspace.open();
          else void workspace.refreshOthers().catch((error: unknown) => workspace.notify('others', failureOf(error)));
          break;
        case 'command':
        case 'closing':
          break;
      }
    },
  };

  // A page that only shows the project follows the one that writes; sets that it has not loaded come whole when they are opened.
  const followGesture = (gesture: Gesture) => {
    const loaded = gesture.edits.filter((edit) => !('article' in edit) || getState().work.sets.has(edit.article));
    if (loaded.length === gesture.edits.length) {
      commit(gesture);
      void leaveUnlisted().catch((error: unknown) => workspace.notify('action', failureOf(error)));
    } else void workspace.open();
  };

  return workspace;
}

const worksOf = ({ annotator, set }: OthersSet): OthersWork => ({ annotator, set: setFromRecord(set) });

// What is not saved yet, done again; from the first step on that no longer fits it is left to the host to say why.
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

export type WorkspaceActions = ReturnType<typeof createWorkspace>;

/** The set of the article on screen; empty when nothing is. */
export function currentSet(state: Workspace): AnnotationSet {
  return (state.article && state.work.sets.get(state.article.meta.id)) ?? noSet;
}
const noSet = emptySet('none');

/** Status and counts of an article as they are now: from its set when it is loaded, else as the host told at opening. */
export function progressOf(state: Workspace, summary: ArticleSummary): Pick<ArticleSummary, 'status' | 'counts'> {
  const set = state.work.sets.get(summary.meta.id);
  if (!set) return summary;
  const known = progress.get(set);
  if (known) return known;
  const counts: Record<string, number> = {};
  for (const { layer } of set.annotations.values()) counts[layer] = (counts[layer] ?? 0) + 1;
  const fresh = { status: statusOf(set), counts };
  progress.set(set, fresh);
  return fresh;
}
const progress = new WeakMap<AnnotationSet, Pick<ArticleSummary, 'status' | 'counts'>>();
