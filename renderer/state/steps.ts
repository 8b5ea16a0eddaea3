import { stepLimit } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { applyEdits, articlesOf, changesCodebook, type Edit, type Gesture, GroundChanged, type Work } from '../../core/steps/edit.ts';
import { type History, record, redoOf, standing, undoOf } from '../../core/steps/history.ts';
import type { KeptEdits } from '../../core/steps/kept-edits.ts';
import type { CodebookWish } from './codebook.ts';
import type { HistoryParts } from './history-parts.ts';
import type { ReadArticles } from './read-articles.ts';
import type { Saver } from './saver.ts';
import type { Union } from './union.ts';
import type { WorkspaceStore } from './workspace.ts';

/** What the user did, before it gets an id and a time. */
export interface Deed {
  readonly command: string;
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Does, undoes and redoes steps in the project. Each step changes the state and is passed to the saver. */
export function createSteps(
  { getState, setState }: WorkspaceStore,
  union: Union,
  articles: ReadArticles,
  saver: Saver,
  newId: () => string,
  now: () => string,
  changeCodebook: (what: CodebookWish) => Promise<Gesture>,
  parts: HistoryParts,
) {
  const commit = (gesture: Gesture) => {
    const { work, history } = getState();
    settle(gesture.edits, applyEdits(work, gesture.edits), record(history, gesture));
  };

  // Updates the state after `edits` have led to the work `changed`.
  const settle = (edits: readonly Edit[], changed: Work, history: History) => {
    const { work, registry, imported, articles: listed, article } = getState();
    const isSameList = changed.articles === work.articles;
    const touchesShown = article !== null && edits.some((edit) => edit.record === 'article' && edit.id === article.meta.id);
    setState({
      articles: isSameList ? listed : union.listed(imported, changed),
      article: touchesShown ? articles.known(article.meta.id, changed) : article,
      work: changed,
      history,
      registry: changed.entities === work.entities ? registry : union.registryAfter(edits),
    });
  };

  // A step too large for the host must not appear as if it could be saved. Only long steps are measured.
  const requireSize = (gesture: Gesture) => {
    if (gesture.edits.length < 1000 || new Blob([JSON.stringify(gesture)]).size <= stepLimit) return;
    throw new AppError('too-large', 'This changes more at once than can be saved as one step.', 'Do it for fewer annotations at a time.');
  };

  const perform = (gesture: Gesture) => {
    requireSize(gesture);
    commit(gesture);
    saver.enqueue(gesture);
  };

  const requireWritable = () => {
    if (!getState().writable) {
      if (getState().opened?.locked)
        throw new AppError('read-only', 'The project is read-only here.', 'Close it in the other program, then open it here again.');
      throw new AppError(
        'read-only',
        'Another window is editing this project; this one only shows it.',
        'Choose “Take over” to edit here.',
      );
    }
  };

  const travel = async (gesture: Gesture | null): Promise<Gesture | null> => {
    if (!gesture) return null;
    requireWritable();
    if (changesCodebook(gesture.edits)) {
      if (gesture.undoes) await changeCodebook({ kind: 'undo', of: gesture.undoes });
      else if (gesture.redoes) await changeCodebook({ kind: 'redo', of: gesture.redoes });
      return gesture;
    }
    const touched = articlesOf(gesture.edits);
    await articles.load(touched);
    try {
      perform(gesture);
    } catch (error) {
      throw refusalOf(gesture, error);
    }
    await show(gesture);
    return gesture;
  };

  const refusalOf = ({ title, undoes }: Gesture, error: unknown): unknown =>
    error instanceof GroundChanged
      ? new AppError(
          'conflict',
          `“${title}” cannot be ${undoes ? 'undone' : 'redone'}: ${error.message}.`,
          'Undo what came after it first.',
        )
      : error;

  // Shows an article that the step was about.
  const show = async ({ edits }: Gesture) => {
    const changed = edits.flatMap((edit) => (edit.record === 'article' ? [edit.id] : []));
    const about = [...articlesOf(edits), ...changed].filter(articles.isListed);
    const shown = getState().article?.meta.id;
    const [article] = about;
    if (article && !(shown && about.includes(shown))) await articles.openArticle(article);
    await articles.leaveUnlisted();
  };

  // Applies steps one by one but updates the screen once. A thousand steps would otherwise be drawn a thousand times.
  const travelTo = async (count: number): Promise<void> => {
    requireWritable();
    await parts.reach(count);
    const { past, future, earlier } = getState().history;
    const own = count - earlier;
    const way = past.length > own ? past.slice(own) : future.slice(Math.max(0, future.length - (own - past.length)));
    if (way.some(({ edits }) => changesCodebook(edits))) return travelOneByOne(count);
    await articles.load(articlesOf(way.flatMap(({ edits }) => edits)));
    let { work, history } = getState();
    const taken: Gesture[] = [];
    let refusal: unknown = null;
    while (standing(history) !== count && !refusal) {
      const next = standing(history) > count ? undoOf(history, newId(), now()) : redoOf(history, newId(), now());
      if (!next) break;
      try {
        requireSize(next);
        work = applyEdits(work, next.edits);
        history = record(history, next);
        taken.push(next);
      } catch (error) {
        refusal = refusalOf(next, error);
      }
    }
    const last = taken.at(-1);
    if (last) {
      settle(
        taken.flatMap(({ edits }) => edits),
        work,
        history,
      );
      saver.enqueue(...taken);
      await show(last);
    }
    if (refusal) throw refusal;
  };

  // After each change of the codebook everything is read again, so later steps cannot be applied in advance.
  const travelOneByOne = async (count: number): Promise<void> => {
    const next = () => {
      const { history } = getState();
      return standing(history) > count ? undoOf(history, newId(), now()) : redoOf(history, newId(), now());
    };
    do {
      // After reading again, only the last steps are loaded.
      await parts.reach(count);
    } while (standing(getState().history) !== count && (await travel(next())));
  };

  const ownId = () => {
    const { opened } = getState();
    if (!opened) throw new RangeError('no project is open');
    return opened.annotator.id;
  };

  return {
    /** Returns if this page may write. @throws AppError 'read-only' */
    requireWritable,

    /** Applies a step that another page made and saved. Its articles must have been read. */
    follow(gesture: Gesture): void {
      commit(gesture);
      articles.leaveUnlistedSoon();
    },

    /** Applies a deed as one undo step and passes it to the saver. @throws AppError 'read-only' */
    apply({ command, title, edits }: Deed): void {
      if (edits.length === 0) return;
      requireWritable();
      perform({ id: newId(), annotator: ownId(), time: now(), command, title, edits: [...edits], undoes: null, redoes: null });
      articles.leaveUnlistedSoon();
    },

    /**
     * Undoes the last gesture, in whichever article it was made, and shows that article. Resolves to the undo, or null if there is nothing to
     * undo.
     */
    async undo(): Promise<Gesture | null> {
      await parts.reach(parts.after(-1));
      return travel(undoOf(getState().history, newId(), now()));
    },

    /** Redoes what was undone last. */
    async redo(): Promise<Gesture | null> {
      await parts.reach(parts.after(1));
      return travel(redoOf(getState().history, newId(), now()));
    },

    /**
     * Undoes or redoes step by step until `count` steps are in effect or there are no more, and shows the article of the last one.
     * @throws AppError if a step is refused; the steps before it are done
     */
    travelTo,

    /** The unsaved edits as the content of a file. Null if there are none. */
    keptEdits(): KeptEdits | null {
      const { opened } = getState();
      const gestures = [...saver.pending()];
      return opened && gestures.length > 0 ? { format: 1, project: { id: opened.project.id, name: opened.project.name }, gestures } : null;
    },

    /** Applies kept edits again, each as a step of its own. Returns how many could be applied, and the titles of those that no longer fit. */
    async takeKeptEdits({ gestures }: KeptEdits): Promise<{ taken: number; left: string[] }> {
      requireWritable();
      await parts.readAll();
      const left: string[] = [];
      let taken = 0;
      for (const gesture of gestures) {
        if (getState().history.past.some(({ id }) => id === gesture.id)) continue;
        await articles.load(articlesOf(gesture.edits));
        try {
          perform({ ...gesture, id: newId(), annotator: ownId(), undoes: null, redoes: null });
          taken++;
        } catch (error) {
          if (!(error instanceof GroundChanged)) throw error;
          left.push(gesture.title);
        }
      }
      return { taken, left };
    },
  };
}
