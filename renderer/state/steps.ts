import { AppError, stepLimit } from '../../core/contract.ts';
import { applyEdits, articlesOf, type Edit, type Gesture, GroundChanged } from '../../core/edit.ts';
import { record, redoOf, undoOf } from '../../core/history.ts';
import type { KeptEdits } from '../../core/kept-edits.ts';
import type { ReadArticles } from './read-articles.ts';
import type { Saver } from './saver.ts';
import type { Union } from './union.ts';
import type { WorkspaceStore } from './workspace.ts';

/** What a person did, before it has an id and a time. */
export interface Deed {
  readonly command: string;
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What is done, undone and redone in the project: each step changes the state and goes to the saver. */
export function createSteps(
  { getState, setState }: WorkspaceStore,
  union: Union,
  articles: ReadArticles,
  saver: Saver,
  newId: () => string,
  now: () => string,
) {
  const commit = (gesture: Gesture) => {
    const { work, history, registry, imported, articles: listed, article } = getState();
    const changed = applyEdits(work, gesture.edits);
    const isSameList = changed.articles === work.articles;
    const touchesShown = article !== null && gesture.edits.some((edit) => edit.record === 'article' && edit.id === article.meta.id);
    setState({
      articles: isSameList ? listed : union.listed(imported, changed),
      article: touchesShown ? articles.known(article.meta.id, changed) : article,
      work: changed,
      history: record(history, gesture),
      registry: changed.entities === work.entities ? registry : union.registryAfter(gesture.edits),
    });
  };

  // A step that the host would refuse for its size must not stand on the screen as if it could be saved. Only long ones are measured.
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
      throw new AppError('read-only', 'Another window writes this project; this one only shows it.', 'Choose “Take over” to write here.');
    }
  };

  const travel = async (gesture: Gesture | null): Promise<Gesture | null> => {
    if (!gesture) return null;
    requireWritable();
    const touched = articlesOf(gesture.edits);
    await articles.load(touched);
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
    const changed = gesture.edits.flatMap((edit) => (edit.record === 'article' ? [edit.id] : []));
    const about = [...touched, ...changed].filter(articles.isListed);
    const shown = getState().article?.meta.id;
    const [article] = about;
    if (article && !(shown && about.includes(shown))) await articles.openArticle(article);
    await articles.leaveUnlisted();
    return gesture;
  };

  const ownId = () => getState().opened?.annotator.id as string;

  return {
    /** Passes while this page may write. @throws AppError 'read-only' */
    requireWritable,

    /** Takes in a step that another page made and saved. Its articles must have been read. */
    follow(gesture: Gesture): void {
      commit(gesture);
      articles.leaveUnlistedSoon();
    },

    /** Applies a deed and hands it to the saver: one undo step. @throws AppError 'read-only' */
    apply({ command, title, edits }: Deed): void {
      if (edits.length === 0) return;
      requireWritable();
      perform({ id: newId(), annotator: ownId(), time: now(), command, title, edits: [...edits], undoes: null, redoes: null });
      articles.leaveUnlistedSoon();
    },

    /** Takes back the last gesture, wherever it was made, and shows its article. Resolves to it, or null when there is none. */
    undo: () => travel(undoOf(getState().history, newId(), now())),

    /** Does again what was last taken back. */
    redo: () => travel(redoOf(getState().history, newId(), now())),

    /** The edits that are not on the disk, as a file's content. Null when there are none. */
    keptEdits(): KeptEdits | null {
      const { opened } = getState();
      const gestures = [...saver.pending()];
      return opened && gestures.length > 0 ? { format: 1, project: { id: opened.project.id, name: opened.project.name }, gestures } : null;
    },

    /** Makes kept edits again, each as a step of its own. Answers how many there were ground for, and which were left out. */
    async takeKeptEdits({ gestures }: KeptEdits): Promise<{ taken: number; left: string[] }> {
      requireWritable();
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
