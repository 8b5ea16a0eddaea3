import type { ConflictCopy } from '../../core/contract/copies.ts';
import type { Client, Input, Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import type { LabelMap } from '../../core/formats/mapping.ts';
import type { Annotator } from '../../core/model/annotator.ts';
import { createHome, type Passage } from './home.ts';
import type { Saver } from './saver.ts';
import type { WorkspaceActions } from './workspace-actions.ts';

/**
 * Annotators, earlier states, conflicts left by other programs, dataset imports and switching projects: whatever reaches beyond the work on
 * screen.
 */
export function createOutside(client: Client, workspace: WorkspaceActions, saver: Saver, page: string, passage: Passage = nowhere) {
  // Work done as one annotator cannot be saved as another, and a merge needs everything on disk.
  const everythingSaved = async (next: string): Promise<void> => {
    await saver.settled();
    if (saver.store.getState().waiting === 0) return;
    throw new AppError('not-saved', 'Something that you did is not saved yet.', next, 'It is still in this window.');
  };
  const home = createHome(client, workspace.store, page, workspace.newId, passage);
  return {
    /** The Project home, and other projects. */
    home,
    /** Switches to another annotator. @throws AppError 'not-saved' while something is not saved */
    async switchTo(annotator: string): Promise<void> {
      await everythingSaved('Save it first, then switch.');
      await client.switchAnnotator({ page, annotator });
      await workspace.open();
    },
    /** Adds an annotator and switches to them. */
    async add(name: string, role: Annotator['role']): Promise<void> {
      const { id } = await client.addAnnotator({ page, name, role });
      await workspace.refreshOthers();
      await this.switchTo(id);
    },
    /** Renames the current annotator. */
    async rename(name: string): Promise<void> {
      await client.renameAnnotator({ page, name });
      await workspace.refreshOthers();
    },
    /** Saves the user's name. An annotator who still has the name of the system account is renamed too. */
    async introduce(name: string): Promise<void> {
      const { opened, writable, settings } = workspace.store.getState();
      workspace.saveSettings({ ...settings, person: name });
      if (opened && writable && opened.annotator.name === opened.account && name !== opened.account) await this.rename(name);
    },
    /** Reads everything from the disk again. What is not saved yet is applied again afterwards, if it still fits. */
    async reread(): Promise<void> {
      await client.reread({ page });
      await workspace.open();
    },
    /** Earlier states of the project. */
    earlier: {
      list: (): Promise<Output<'listEarlier'>> => client.listEarlier({ page }),
      compare: (state: string): Promise<Output<'compareEarlier'>> => client.compareEarlier({ state }),
      differences: (state: string, article: string | null): Promise<Output<'differencesEarlier'>> =>
        client.differencesEarlier({ state, article }),
      /**
       * Restores everything, or what is chosen, to an earlier state, as one step called `title`. @throws AppError 'not-saved' while something is
       * not saved
       */
      async restore(state: string, what: Input<'restoreEarlier'>['what'], title: string): Promise<Output<'restoreEarlier'>> {
        await everythingSaved('Save it first, then restore.');
        const outcome = await client.restoreEarlier({ page, state, gesture: crypto.randomUUID(), title, what });
        if (outcome.gesture) await workspace.open();
        return outcome;
      },
    },
    conflicts: (): Promise<ConflictCopy[]> => client.listConflicts({ page }).then(({ conflicts }) => conflicts),
    async merge(): Promise<Output<'mergeConflicts'>> {
      await everythingSaved('Save it first, then merge.');
      const outcome = await client.mergeConflicts({ page });
      await workspace.open();
      return outcome;
    },
    /** What importing the staged files as a dataset would do; see the contract. @throws AppError */
    lookAtDataset: (map: LabelMap | null): Promise<Output<'lookAtDataset'>> => client.lookAtDataset({ page, map }),
    /** Imports that dataset; see the contract. @throws AppError 'not-saved' while something is not saved */
    async importDataset(map: LabelMap, keepsAnnotators: boolean): Promise<Output<'importDataset'>> {
      await everythingSaved('Save it first, then import.');
      const outcome = await client.importDataset({ page, map, gesture: crypto.randomUUID(), keepsAnnotators });
      await workspace.open();
      return outcome;
    },
    /** Opens another known project, in place of this one or in a window of its own. @throws AppError 'not-saved' while something is not saved */
    async openKnown(project: string): Promise<void> {
      passage.settle();
      await everythingSaved('Save it first, then open the other project.');
      await home.open(project);
    },
    /** Goes to the Project home. @throws AppError 'not-saved' while something is not saved */
    async goHome(): Promise<void> {
      passage.settle();
      await everythingSaved('Save it first, then go to the Project home.');
      await home.show();
    },
  };
}

// For a page that shows only one project.
const nowhere: Passage = { settle: () => undefined, enter: () => undefined };

export type Outside = ReturnType<typeof createOutside>;
