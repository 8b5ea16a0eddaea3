import type { Client, Input, Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import type { Saver } from './saver.ts';
import type { WorkspaceStore } from './workspace.ts';

/** What is asked of the codebook: changes, or that a step of the history that changed it is undone or redone. */
export type CodebookWish = Input<'changeCodebook'>['what'];

/** Changing the project's codebook, and what there is to know before. Changes are the host's: the page reads everything anew after one. */
export function createCodebook(
  { getState }: WorkspaceStore,
  client: Client,
  saver: Saver,
  page: string,
  newId: () => string,
  reopen: () => Promise<void>,
) {
  return {
    /** Makes a wish come true, once everything is saved; the state then has the new codebook, and the step in its history. `made` is called when it is on the disk, before it is read. @throws AppError */
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
    /** A part of what changes would do; see the contract. */
    preview: (input: Input<'previewCodebook'>): Promise<Output<'previewCodebook'>> => client.previewCodebook(input),
    versions: (): Promise<Output<'codebookVersions'>> => client.codebookVersions({}),
    examples: (layer: string): Promise<Output<'layerExamples'>> => client.layerExamples({ layer }),
  };
}
