import type { Client } from '../../core/contract.ts';
import { type History, redoable, standing } from '../../core/steps/history.ts';
import type { WorkspaceStore } from './workspace.ts';

/** The undo history beyond the part that came with the project. It is read as far as the user goes back or looks. */
export function createHistoryParts({ getState, setState }: WorkspaceStore, client: Client) {
  // Reads the next part on one side. Steps made in the meantime are kept. If the project was opened again in the meantime, the answer is dropped.
  const more = async (towards: 'past' | 'future'): Promise<void> => {
    const { history: before } = getState();
    const at = towards === 'past' ? before.earlier : standing(before) + before.future.length;
    const { steps } = await client.readHistory({ at, towards });
    const { history } = getState();
    const isSame =
      towards === 'past' ? history.earlier === at : history.later === before.later && standing(history) + history.future.length === at;
    if (!isSame) return;
    if (steps.length === 0) throw new RangeError(`no steps beside ${at}`);
    const read: History =
      towards === 'past'
        ? { ...history, past: [...steps, ...history.past], earlier: at - steps.length }
        : { ...history, future: [...steps.toReversed(), ...history.future], later: history.later - steps.length };
    setState({ history: read });
  };

  return {
    /** Loads the steps between the current position and the one with `count` steps in effect. @throws AppError */
    async reach(count: number): Promise<void> {
      while (count < getState().history.earlier) await more('past');
      for (let { history } = getState(); history.later > 0 && count > standing(history) + history.future.length; { history } = getState())
        await more('future');
    },

    /** Loads all steps, or until `isWanted` returns false. @throws AppError */
    async readAll(isWanted: () => boolean = () => true): Promise<void> {
      while (getState().history.earlier > 0 && isWanted()) await more('past');
      while (getState().history.later > 0 && isWanted()) await more('future');
    },

    /** How many steps would be in effect after redoing (1) or undoing (-1) one, within the steps that exist. */
    after(by: 1 | -1): number {
      const { history } = getState();
      return Math.max(0, Math.min(standing(history) + by, standing(history) + redoable(history)));
    },
  };
}

export type HistoryParts = ReturnType<typeof createHistoryParts>;
