import type { Client, Input, Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import type { Saver } from './saver.ts';
import type { WorkspaceStore } from './workspace.ts';

/** A request to the codebook: to make changes, or to undo or redo a step of the history that changed it. */
export type CodebookWish = Input<'changeCodebook'>['what'];

/** Changes the project's codebook and previews changes. The host makes the changes; after one, the page reads everything again. */
export function createCodebook(
  { getState }: WorkspaceStore,
  client: Client,
  saver: Saver,
  page: string,
  newId: () => string,
  reopen: () => Promise<void>,
) {
  return {
    /**
     * Sends a request once everything is saved. Afterwards the state has the new codebook, and its history has the step. `made` is called when the
     * change is on disk, before the page reads it. @throws AppError
     */
    async change(what: CodebookWish, made: () => void = () => {}): Promise<Gesture> {
      const { opened } = getState();
      if (!opened) throw new RangeError('no project is open');
      await saver.settled();
      if (saver.store.getState().waiting > 0) {
        const message = 'Something that you did is not saved yet.';
        throw new AppError('not-saved', message, 'Save it first, then change the codebook.', 'It is still in this window.');
      }
      const { gesture } = await client.changeCodebook({ page, version: opened.codebook.version, gesture: newId(), what });
      made();
      await reopen();
      return gesture;
    },
    /** Part of what the changes would do; see the contract. */
    preview: (input: Input<'previewCodebook'>): Promise<Output<'previewCodebook'>> => client.previewCodebook(input),
    versions: (): Promise<Output<'codebookVersions'>> => client.codebookVersions({}),
    examples: (layer: string): Promise<Output<'layerExamples'>> => client.layerExamples({ layer }),
  };
}
