import type { CodebookChange } from '../../core/codebook/codebook-change.ts';
import { type InUse, revise } from '../../core/codebook/codebook-revision.ts';
import { readCodebook } from '../../core/codebook/codebook-text.ts';
import type { Desk } from './desk.ts';

// Whether something is in use is the host's to say, in the preview.
const anything: InUse = { layers: new Set(), relations: new Set(), entityTypes: new Set() };

/** Keeping the codebook: changes are gathered, looked at with what they do, and then made as one step. */
export function codebookActions(desk: Desk) {
  const { view, workspace } = desk;

  return {
    /** Puts a part of the codebook in the middle of its view. */
    choose: (codebookChoice: ReturnType<Desk['shown']>['codebookChoice']): void => view.set({ codebookChoice }),

    /** Adds a change to those gathered. One that cannot be made is said and left out; answers whether it could. */
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

    /** Takes the last gathered change away again. */
    unstage: (): void => view.set({ codebookChanges: desk.shown().codebookChanges.slice(0, -1) }),

    /** Lets go of all gathered changes. */
    cancel: (): void => view.set({ codebookChanges: [] }),

    /** Makes the gathered changes, as one step that undo takes back. */
    apply: (): void =>
      desk.attempt(async () => {
        const wish = { kind: 'change' as const, changes: [...desk.shown().codebookChanges] };
        const { title } = await workspace.codebook.change(wish, () => view.set({ codebookChanges: [] }));
        view.say(`Done: ${title}.`);
      }),

    /** Gathers the change to another codebook in place of what was gathered. Answers what is wrong with the file, line by line. */
    async take(file: { readonly bytes: () => Promise<Uint8Array> }): Promise<string[]> {
      const read = readCodebook(new TextDecoder().decode(await file.bytes()));
      if (Array.isArray(read)) return read;
      view.set({ codebookChanges: [] });
      return this.stage({ change: 'replace', codebook: read }) ? [] : [desk.shown().message?.text ?? ''];
    },
  };
}
