import type { Output } from '../../core/contract.ts';
import type { Annotator } from '../../core/model/annotator.ts';
import type { Outside } from '../state/outside.ts';
import type { Desk } from './desk.ts';
import { saveDownload } from './exporting.ts';

/** Annotators, changes by other programs, and other projects. */
export function outsideActions(desk: Desk, outside: Outside) {
  const { view } = desk;
  const name = () => desk.state().opened?.annotator.name ?? '';
  return {
    switchAnnotator: (id: string): void =>
      desk.attempt(async () => {
        await outside.switchTo(id);
        view.set({ active: null, shownOthers: desk.shown().shownOthers.filter((other) => other !== id) });
        view.say(`You annotate as ${name()} now.`);
      }),
    /** Resolves when it is done, so that a dialog can stay open until then. @throws AppError */
    async addAnnotator(added: string, role: Annotator['role']): Promise<void> {
      await outside.add(added, role);
      view.set({ active: null });
      view.say(`You annotate as ${name()} now.`);
    },
    renameAnnotator: (renamed: string): Promise<void> => outside.rename(renamed),
    introduce: (said: string): void => desk.attempt(() => outside.introduce(said)),
    showOthers: (id: string, isShown: boolean): void => {
      const others = desk.shown().shownOthers.filter((other) => other !== id);
      view.set({ shownOthers: isShown ? [...others, id] : others });
    },
    reread: (): void =>
      desk.attempt(async () => {
        await outside.reread();
        view.say('The project was read again.');
      }),
    /** Backs the project up, without the articles unless `text` is set. @throws AppError */
    async backUp(text: boolean, signal: AbortSignal): Promise<Output<'backupProject'>> {
      const made = await desk.workspace.backUp(text, { signal, onProgress: () => undefined });
      if (made.kind === 'download') saveDownload(made.ticket, made.name);
      if (made.kind !== 'cancelled') view.say('The project is backed up.');
      return made;
    },
    earlier: outside.earlier,
    conflicts: outside.conflicts,
    merge: outside.merge,
    /** The Project home, and other projects. */
    home: outside.home,
    openKnown: (project: string): void => desk.attempt(() => outside.openKnown(project)),
    goHome: (): void => desk.attempt(outside.goHome),
  };
}
