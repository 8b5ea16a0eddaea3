import { addRelation, OverrideNeeded, relationsOf, removeRelation } from '../../core/annotations/relations.ts';
import { differingNumbers } from '../../core/comparison/counted-things.ts';
import { comparable, joining, type Meaning, typeSaying } from '../../core/comparison/meanings.ts';
import type { Piece } from '../../core/comparison/piece.ts';
import { layerOf } from '../../core/model/codebook.ts';
import { Refusal } from '../../core/steps/gestures.ts';
import { onlyShows } from '../state/only-shows.ts';
import { endIn } from '../state/relation-ends.ts';
import type { CompareState } from '../state/view-store.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

/** What came of judging two annotations: it was done, a reason must be given first (with why), or it could not be done, which was told. */
export type Judged = { readonly kind: 'done' } | { readonly kind: 'needs-reason'; readonly why: string } | { readonly kind: 'failed' };

const failed: Judged = { kind: 'failed' };

const saidOf: Readonly<Record<Meaning, string>> = {
  same: 'is the same as',
  agrees: 'supports',
  conflicts: 'conflicts with',
  refines: 'is more exact than',
  apart: 'is not the same as',
};

/** Compares articles: what the view shows, and saying of two annotations what they are to each other. Each judgement is one step. */
export function comparisonActions(desk: Desk, walk: Walking) {
  const { view, workspace } = desk;
  const set = (change: Partial<CompareState>): void => view.set({ compare: { ...desk.shown().compare, ...change } });

  const judge = async (meaning: Meaning, from: Piece, to: Piece, reason: string): Promise<Judged> => {
    const codebook = desk.codebook();
    if (!codebook) return failed;
    if (!desk.state().writable) {
      view.say(onlyShows(desk.state()));
      return failed;
    }
    const type = typeSaying(codebook, meaning, from.layer, to.layer);
    if (!type) {
      const other = from.layer === to.layer ? 'another' : `one ${layerName(to.layer)}`;
      throw new Refusal(`The codebook has no relation that says that one ${layerName(from.layer)} ${saidOf[meaning]} ${other}`);
    }
    await workspace.load([from.article, to.article]);
    const scene = workspace.scene(from.article);
    const [one, other] = [endIn(desk.state(), from), endIn(desk.state(), to)];
    if (!scene || !one || !other) throw new Refusal('One of the two annotations is gone');
    const basis = meaning === 'conflicts' && differingNumbers(from, to).length > 0 ? { basis: 'number' } : {};
    try {
      const { edits } = addRelation(scene, type.id, one, other, reason, basis);
      workspace.apply({ command: 'compare.judge', title: `Relate: ${type.title.toLowerCase()}`, edits });
      return { kind: 'done' };
    } catch (error) {
      if (error instanceof OverrideNeeded) return { kind: 'needs-reason', why: `${error.message}.` };
      throw error;
    }
  };

  const layerName = (layer: string): string => {
    const codebook = desk.codebook();
    return (codebook && layerOf(codebook, layer)?.title.toLowerCase()) ?? layer;
  };

  return {
    /** Changes what the view shows. */
    show: set,

    /** Says of two annotations what they are to each other. `reason` is why, if a rule stands against it. A failure is told. */
    judge: (meaning: Meaning, from: Piece, to: Piece, reason = ''): Promise<Judged> =>
      new Promise((resolve) =>
        desk.attempt(async () => {
          try {
            resolve(await judge(meaning, from, to, reason));
          } catch (error) {
            resolve(failed);
            throw error;
          }
        }),
      ),

    /** Takes annotations of one article out of their row: removes the annotator's relations that tie them there, as one step. */
    takeOut: (pieces: readonly Piece[]): void =>
      desk.attempt(async () => {
        const codebook = desk.codebook();
        if (!codebook) return;
        if (!desk.state().writable) return view.say(onlyShows(desk.state()));
        await workspace.load([...new Set(pieces.map(({ article }) => article))]);
        const { meanings } = comparable(codebook);
        const { work } = desk.state();
        const tying = pieces
          .flatMap(({ article, annotation }) => relationsOf(work, article, annotation, codebook))
          .filter(({ type }) => joining.includes(meanings.get(type) ?? 'apart'));
        const ids = [...new Set(tying.map(({ id }) => id))];
        if (ids.length === 0) return view.say('No relation of yours ties it to this row.');
        const edits = ids.flatMap((id) => removeRelation({ work }, id));
        workspace.apply({ command: 'compare.release', title: 'Take out of a comparison', edits });
        view.say(`Taken out: ${ids.length === 1 ? 'one relation' : `${ids.length} relations`} removed. One undo puts it back.`);
      }),

    /** Opens an annotation in its article; the way back leads to the same cell. */
    open({ article, annotation, annotator, start }: Piece): void {
      const { shownOthers, wayBack } = desk.shown();
      const isOwn = annotator === desk.state().opened?.annotator.id;
      if (!isOwn && !shownOthers.includes(annotator)) view.set({ shownOthers: [...shownOthers, annotator] });
      view.set({ wayBack: [...wayBack, 'compare'] });
      desk.attempt(() => walk.showPlace(article, annotation, { start, end: start }));
    },

    /** Opens an article at its beginning. */
    openArticle(article: string): void {
      view.set({ wayBack: [...desk.shown().wayBack, 'compare'] });
      desk.attempt(() => walk.showPlace(article, null, { start: 0, end: 0 }));
    },
  };
}
