import type { CodebookChange } from '../../core/codebook/codebook-change.ts';
import { type InUse, revise } from '../../core/codebook/codebook-revision.ts';
import { readCodebook } from '../../core/codebook/codebook-text.ts';
import type { Desk } from './desk.ts';

// The host decides in the preview whether something is in use.
const anything: InUse = { layers: new Set(), relations: new Set(), entityTypes: new Set() };

/** Edits the codebook: changes are collected, previewed and then made as one step. */
export function codebookActions(desk: Desk) {
  const { view, workspace } = desk;

  return {
    /** Shows a part of the codebook in the middle of its view. */
    choose: (codebookChoice: ReturnType<Desk['shown']>['codebookChoice']): void => view.set({ codebookChoice }),

    /** Adds a change to the collected ones. If it cannot be made, says so and leaves it out. Returns whether it was added. */
    stage(change: CodebookChange): boolean {
      const codebook = desk.codebook();
      if (!codebook) return false;
      const codebookChanges = [...desk.shown().codebookChanges, change];
      let made = false;
      desk.attempt(() => {
        revise(codebook, codebookChanges, anything);
        view.set({ codebookChanges, message: null });
        made = true;
      });
      return made;
    },

    /** Removes the last collected change. */
    unstage: (): void => view.set({ codebookChanges: desk.shown().codebookChanges.slice(0, -1) }),

    /** Discards all collected changes. */
    cancel: (): void => view.set({ codebookChanges: [] }),

    /** Makes the collected changes as one step that can be undone. */
    apply: (): void =>
      desk.attempt(async () => {
        const wish = { kind: 'change' as const, changes: [...desk.shown().codebookChanges] };
        const { title } = await workspace.codebook.change(wish, () => view.set({ codebookChanges: [] }));
        view.say(`Done: ${title}.`);
      }),

    /** Replaces the collected changes by the change to another codebook, read from a file. Returns what is wrong with the file, line by line. */
    async take(file: { readonly bytes: () => Promise<Uint8Array> }): Promise<string[]> {
      const read = readCodebook(new TextDecoder().decode(await file.bytes()));
      if (Array.isArray(read)) return read;
      view.set({ codebookChanges: [] });
      return this.stage({ change: 'replace', codebook: read }) ? [] : [desk.shown().message?.text ?? ''];
    },
  };
}
