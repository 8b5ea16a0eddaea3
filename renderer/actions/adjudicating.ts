import { type Taken, takeOver } from '../../core/agreement/adoption.ts';
import type { Reading } from '../../core/agreement/meaning.ts';
import { removeAnnotations, setDone } from '../../core/steps/gestures.ts';
import type { AgreementState } from '../state/view-store.ts';
import type { Desk } from './desk.ts';

/** Reviews what annotators made of an article and decides between them. Each decision is one step. */
export function adjudicationActions(desk: Desk) {
  const { view, workspace } = desk;
  const set = (change: Partial<AgreementState>) => view.set({ agreement: { ...desk.shown().agreement, ...change } });

  return {
    /** Sets which cases of the article are shown, and which one is current. */
    show: set,

    /** Shows the cases of an article. */
    open(article: string): void {
      set({ article, chosen: null });
      view.set({ message: null });
    },

    /** Reads everybody's work on an article. */
    read: (article: string): void => desk.attempt(() => workspace.load([article])),

    /**
     * Adopts annotations of others as decisions. `title` is the title in the history. Returns whether it was done; a failure is reported to the
     * user.
     */
    take(article: string, list: readonly Taken[], title: string): boolean {
      let isDone = false;
      desk.attempt(() => {
        const scene = workspace.scene(article);
        if (!scene) return;
        workspace.apply({ command: 'adjudication.take', title, edits: takeOver(scene, list).edits });
        isDone = true;
      });
      return isDone;
    },

    /** Takes another annotator's annotation of the article on screen over as one's own, and makes that the active one. */
    adopt: (reading: Reading, annotation: string): void =>
      desk.attempt(() => {
        const scene = workspace.scene(reading.set.article);
        if (!scene) return;
        const { ids, edits } = takeOver(scene, [{ reading, annotation, replaces: null }]);
        workspace.apply({ command: 'annotation.adopt', title: 'Take an annotation over', edits });
        const name = desk.state().opened?.annotators.find(({ id }) => id === reading.annotator)?.name ?? reading.annotator;
        view.set({ active: ids[0] ?? null });
        desk.editor?.focus();
        view.say(`Taken over from ${name}: it is yours now.`);
      }),

    /** Marks an article done (so that cases without a decision are left out) or no longer done. */
    finish: (article: string, done: boolean): void =>
      desk.attempt(() => {
        const scene = workspace.scene(article);
        if (!scene) return;
        workspace.apply({
          command: 'article.done',
          title: done ? 'Mark article done' : 'Reopen article',
          edits: setDone(scene, done),
        });
        set({ chosen: null });
        view.say(done ? 'Marked done: what has no decision is left out.' : 'No longer done.');
      }),

    /** Withdraws a decision: removes the adjudicator's own annotation. */
    withdraw: (article: string, annotation: string): void =>
      desk.attempt(() => {
        const scene = workspace.scene(article);
        if (!scene) return;
        const edits = removeAnnotations(scene, [annotation]);
        workspace.apply({ command: 'adjudication.withdraw', title: 'Take a decision back', edits });
        view.say('The decision is taken back.');
      }),
  };
}
