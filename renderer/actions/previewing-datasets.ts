import { AppError } from '../../core/failure.ts';
import { freshAnnotations } from '../../core/formats/dataset-look.ts';
import type { LabelMap } from '../../core/formats/mapping.ts';
import { mayBeDataset } from '../../core/import/file-kinds.ts';
import { keptEditsEnding } from '../../core/steps/kept-edits.ts';
import { emptyPreview } from '../state/import-preview.ts';
import type { Outside } from '../state/outside.ts';
import type { Desk } from './desk.ts';
import type { ChosenFile } from './importing.ts';
import type { Walking } from './walking.ts';

// Why a file cannot be looked at is told file by file, where articles are looked for in it.
function refused(error: unknown): false {
  if (error instanceof AppError) return false;
  throw error;
}

/** Looks at files that are a dataset together before it is imported: what its labels become, and what that brings. */
export function datasetPreviewActions(desk: Desk, { openArticle }: Walking, outside: Outside) {
  const { view, workspace } = desk;
  // The files beside the dataset, from which articles are read once it is in.
  let others: readonly ChosenFile[] = [];
  // Counts the choices, so that the answer to an old one does not take the place of a new one.
  let turn = 0;
  const close = () => {
    turn++;
    others = [];
    view.set({ datasetPreview: null });
    void workspace.discardStaged().catch(() => undefined);
  };

  const notTaken = async (): Promise<false> => {
    view.set({ importPreview: null });
    await workspace.discardStaged();
    return false;
  };

  return {
    /** Whether the files were taken: they are a dataset, which is shown then, or the person cancelled while it was found out. */
    async takeAsDataset(files: readonly ChosenFile[]): Promise<boolean> {
      if (!mayBeDataset(files.map(({ name }) => name)) || files.some(({ name }) => name.endsWith(keptEditsEnding))) return false;
      const isCancelled = () => desk.shown().importPreview === null;
      const progress = (done: number) => ({ ...emptyPreview, progress: { what: 'reading' as const, done, total: files.length } });
      view.set({ importPreview: progress(0) });
      try {
        for (const [index, file] of files.entries()) {
          const isStaged = await workspace.stageFile(file.name, await file.bytes()).then(() => true, refused);
          if (!isStaged) return await notTaken();
          if (isCancelled()) return true;
          view.set({ importPreview: progress(index + 1) });
        }
        const { dataset, others: rest } = await outside.lookAtDataset(null);
        if (isCancelled()) return true;
        view.set({ importPreview: null });
        if (!dataset) return await notTaken();
        others = files.filter(({ name }) => rest.some((other) => name === other || name.endsWith(`/${other}`)));
        view.set({ datasetPreview: { look: dataset, busy: null } });
        return true;
      } catch (error) {
        if (!isCancelled()) view.set({ importPreview: null });
        await workspace.discardStaged().catch(() => undefined);
        throw error;
      }
    },

    /** Maps the labels otherwise and looks at what that brings. */
    chooseMap: (map: LabelMap): void =>
      desk.attempt(async () => {
        const preview = desk.shown().datasetPreview;
        if (!preview || preview.busy === 'importing') return;
        turn++;
        const own = turn;
        // The choice is seen at once, and its counts when they come.
        view.set({ datasetPreview: { look: { ...preview.look, map }, busy: 'looking' } });
        try {
          const { dataset } = await outside.lookAtDataset(map);
          if (own === turn && dataset) view.set({ datasetPreview: { look: dataset, busy: null } });
        } catch (error) {
          if (own === turn) view.set({ datasetPreview: { ...preview, busy: null } });
          throw error;
        }
      }),

    /** Gives up the dataset that is looked at. */
    closeDataset: close,

    /** Imports the dataset as one undo step, then reads articles from the files beside it with `importRest`. */
    importDataset: (importRest: (files: readonly ChosenFile[]) => void): void =>
      desk.attempt(async () => {
        const preview = desk.shown().datasetPreview;
        if (!preview || preview.busy) return;
        view.set({ datasetPreview: { ...preview, busy: 'importing' } });
        const rest = others;
        try {
          const { look, articles } = await outside.importDataset(preview.look.map);
          close();
          const [first] = articles;
          if (first) await openArticle(first);
          const sum = freshAnnotations(look?.layers ?? {});
          const what = sum === 0 ? 'the dataset' : `${sum.toLocaleString('en')} ${sum === 1 ? 'annotation' : 'annotations'}`;
          view.say(`Imported ${what}. Undo takes all of it back.`);
        } catch (error) {
          view.set({ datasetPreview: { ...preview, busy: null } });
          throw error;
        }
        if (rest.length > 0) importRest(rest);
      }),
  };
}
