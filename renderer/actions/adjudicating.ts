import { type Taken, takeOver } from '../../core/agreement/adoption.ts';
import { removeAnnotations, setDone } from '../../core/steps/gestures.ts';
import type { AgreementState } from '../state/view-store.ts';
import type { Desk } from './desk.ts';

/** Looking at what annotators made of an article, and deciding between them. Each decision is one step. */
export function adjudicationActions(desk: Desk) {
  const { view, workspace } = desk;
  const set = (change: Partial<AgreementState>) => view.set({ agreement: { ...desk.shown().agreement, ...change } });

  return {
    /** Shows which cases of the article, and which one is in turn. */
    show: set,

    /** Shows the cases of an article. */
    open(article: string): void {
      set({ article, chosen: null });
      view.set({ message: null });
    },

    /** Reads everybody's work on an article. */
    read: (article: string): void => desk.attempt(() => workspace.load([article])),

    /** Takes annotations of others over as decisions; `title` says so in the history. Whether it was done: a failure is told. */
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

    /** Marks an article done, so that what has no decision is left out, or no longer done. */
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

    /** Takes a decision back: the own annotation goes. */
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
