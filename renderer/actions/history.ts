import { AppError } from '../../core/failure.ts';
import { standing } from '../../core/steps/history.ts';
import type { Desk } from './desk.ts';

/** Undoing and redoing several steps at once. */
export function historyActions(desk: Desk) {
  const { view, workspace } = desk;
  let isUnderway = false;
  const steps = () => standing(desk.state().history);

  return {
    openHistory: (): void => view.set({ history: { problem: null } }),
    /**
     * Undoes or redoes step by step until `count` steps are in effect. Stops at a step that is refused; the list then says why. Does nothing while
     * a previous call is running.
     */
    goToStep(count: number): void {
      if (isUnderway) return;
      isUnderway = true;
      const start = steps();
      const go = async () => {
        view.set({ history: desk.shown().history && { problem: null } });
        try {
          await workspace.travelTo(count);
        } catch (error) {
          if (!(error instanceof AppError) || !desk.shown().history) throw error;
          view.set({ history: { problem: `${error.failure.message} ${error.failure.next}` } });
        } finally {
          isUnderway = false;
        }
        // The active annotation may no longer exist.
        if (!desk.active()) view.set({ active: null, armed: null });
        const taken = Math.abs(steps() - start);
        if (taken > 0) view.say(`${steps() < start ? 'Undid' : 'Redid'} ${taken} ${taken === 1 ? 'step' : 'steps'}.`);
      };
      desk.attempt(go);
    },
  };
}
