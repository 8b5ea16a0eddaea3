import { AppError } from '../../core/failure.ts';
import type { LabelMap } from '../../core/formats/mapping.ts';
import { mayBeDataset } from '../../core/import/file-kinds.ts';
import { keptEditsEnding } from '../../core/steps/kept-edits.ts';
import { emptyPreview } from '../state/import-preview.ts';
import type { Outside } from '../state/outside.ts';
import type { ChosenFile } from './chosen-file.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

// If a file cannot be staged, the preview of articles reports the reason for each file.
function refused(error: unknown): false {
  if (error instanceof AppError) return false;
  throw error;
}

/** Previews files that form a dataset before importing them: what their labels become, and what the import would bring. */
export function datasetPreviewActions(desk: Desk, { openArticle }: Walking, outside: Outside) {
  const { view, workspace } = desk;
  // The files that are not part of the dataset. They are read as articles after it is imported.
  let others: readonly ChosenFile[] = [];
  // Counts the choices, so that a late answer to an older one is ignored.
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
    /** Whether the files were taken: either they form a dataset, which is now shown, or the user cancelled in the meantime. */
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
        view.set({ datasetPreview: { look: dataset, busy: null, keepsAnnotators: false } });
        return true;
      } catch (error) {
        if (!isCancelled()) view.set({ importPreview: null });
        await workspace.discardStaged().catch(() => undefined);
        throw error;
      }
    },

    /** Changes the map of labels and previews the result. */
    chooseMap: (map: LabelMap): void =>
      desk.attempt(async () => {
        const preview = desk.shown().datasetPreview;
        if (!preview || preview.busy === 'importing') return;
        turn++;
        const own = turn;
        // Show the choice immediately, and its counts when they arrive.
        view.set({ datasetPreview: { ...preview, look: { ...preview.look, map }, busy: 'looking' } });
        try {
          const { dataset } = await outside.lookAtDataset(map);
          const now = desk.shown().datasetPreview;
          if (own === turn && dataset && now) view.set({ datasetPreview: { ...now, look: dataset, busy: null } });
        } catch (error) {
          if (own === turn) view.set({ datasetPreview: { ...preview, busy: null } });
          throw error;
        }
      }),

    /** Chooses whether the people whom the dataset names become annotators of the project. */
    keepAnnotators(keepsAnnotators: boolean): void {
      const preview = desk.shown().datasetPreview;
      if (preview && preview.busy !== 'importing') view.set({ datasetPreview: { ...preview, keepsAnnotators } });
    },

    /** Discards the dataset being previewed. */
    closeDataset: close,

    /** Imports the dataset as one undo step, then passes the other files to `importRest` to be read as articles. */
    importDataset: (importRest: (files: readonly ChosenFile[]) => void): void =>
      desk.attempt(async () => {
        const preview = desk.shown().datasetPreview;
        if (!preview || preview.busy) return;
        view.set({ datasetPreview: { ...preview, busy: 'importing' } });
        const rest = others;
        try {
          const { annotations: sum, articles, annotators } = await outside.importDataset(preview.look.map, preview.keepsAnnotators);
          close();
          const [first] = articles;
          if (first) await openArticle(first);
          const what = sum === 0 ? 'the dataset' : `${sum.toLocaleString('en')} ${sum === 1 ? 'annotation' : 'annotations'}`;
          const end =
            annotators.length > 0
              ? `, and ${annotators.join(', ')} with their own work. Undo takes back only your part`
              : '. Undo takes all of it back';
          view.say(`Imported ${what}${end}.`);
        } catch (error) {
          view.set({ datasetPreview: { ...preview, busy: null } });
          throw error;
        }
        if (rest.length > 0) importRest(rest);
      }),
  };
}
