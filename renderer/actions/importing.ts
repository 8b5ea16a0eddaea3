import { listArticle } from '../../core/articles/article-changes.ts';
import { AppError } from '../../core/failure.ts';
import { formatOf } from '../../core/import/file-kinds.ts';
import { keptEditsEnding, readKeptEdits } from '../../core/steps/kept-edits.ts';
import { onlyShows } from '../state/only-shows.ts';
import type { Outside } from '../state/outside.ts';
import type { ChosenFile } from './chosen-file.ts';
import type { Desk } from './desk.ts';
import { previewActions } from './previewing.ts';
import { datasetPreviewActions } from './previewing-datasets.ts';
import type { Walking } from './walking.ts';

/**
 * Imports plain text files one by one and reports how each one went. All files of one choice or drop are listed in one undo step. Files of other
 * types and texts in other encodings are previewed afterwards. Files that together form a dataset are previewed first.
 */
export function importActions(desk: Desk, walk: Walking, outside: Outside) {
  const { view, workspace } = desk;
  const { openArticle } = walk;
  const preview = previewActions(desk, walk);
  const { importDataset, takeAsDataset, ...datasets } = datasetPreviewActions(desk, walk, outside);
  let isStopped = false;
  const importArticles = async (chosen: readonly ChosenFile[]): Promise<void> => {
    const isAtOnce = ({ name }: ChosenFile) => formatOf(name) === 'text' || name.endsWith(keptEditsEnding);
    const files = chosen.filter(isAtOnce);
    const others = chosen.filter((file) => !isAtOnce(file));
    if (files.length === 0) return preview.previewFiles(others);
    isStopped = false;
    view.set({ imports: files.map(({ name }) => ({ name, state: 'waiting', detail: '' })) });
    const brought = new Set<string>();
    const undecoded = new Set<number>();
    for (const [index, file] of files.entries()) {
      const report = (state: 'imported' | 'known' | 'refused' | 'stopped', detail: string) =>
        view.set({ imports: (desk.shown().imports ?? []).map((row, at) => (at === index ? { ...row, state, detail } : row)) });
      if (isStopped) {
        report('stopped', '');
        continue;
      }
      try {
        if (file.name.endsWith(keptEditsEnding)) {
          report(...(await takeKept(desk, file)));
          continue;
        }
        const { summary, known, changed } = await workspace.importFile(file.name.split('/').at(-1) ?? file.name, await file.bytes());
        brought.add(summary.meta.id);
        if (known) report('known', `It is here already, as “${summary.meta.title}”.`);
        else report('imported', changed.join(' '));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.failure.code === 'encoding') undecoded.add(index);
        else report('refused', `${error.failure.message} ${error.failure.next}`);
      }
    }
    listAll(desk, [...brought]);
    const toLookAt = [...others, ...files.filter((_, index) => undecoded.has(index))];
    const left = isStopped ? toLookAt.map(({ name }) => ({ name, state: 'stopped', detail: '' }) as const) : [];
    view.set({ imports: [...(desk.shown().imports ?? []).filter((_, index) => !undecoded.has(index)), ...left] });
    // If everything went well, nothing needs to be shown. Anything else stays until the user has read it.
    const imports = desk.shown().imports ?? [];
    if (imports.every(({ state, detail }) => state === 'imported' && !detail)) {
      if (imports.length > 0) view.say(imports.length === 1 ? 'Imported 1 article.' : `Imported ${imports.length} articles.`);
      view.set({ imports: null });
    }
    const looking = isStopped || toLookAt.length === 0 ? null : preview.previewFiles(toLookAt);
    const [first] = brought;
    if (first) await openArticle(first);
    await looking;
  };
  // Check this before sending anything to the host, which would refuse it.
  const attempt = (deed: () => Promise<void>): void => (desk.state().writable ? desk.attempt(deed) : view.say(onlyShows(desk.state())));
  const importFiles = (chosen: readonly ChosenFile[]): void =>
    attempt(async () => {
      if (!(await takeAsDataset(chosen))) await importArticles(chosen);
    });
  return {
    /** Stops the running import after the current file. What was imported stays. */
    stopImport: (): void => {
      isStopped = true;
    },
    ...preview,
    /** Previews what was pasted before it is imported, whatever its type. */
    importPasted: (files: readonly ChosenFile[]): void => attempt(() => preview.previewFiles(files)),
    ...datasets,
    importDataset: (): void => importDataset(importFiles),
    importFiles,
    /** Lists articles whose import was interrupted before that step. */
    listUnlisted: (): void =>
      attempt(async () => {
        const { articles } = await workspace.unlisted();
        const count = listAll(desk, articles);
        view.say(count === 0 ? 'None of your articles is left to list.' : count === 1 ? 'Listed 1 article.' : `Listed ${count} articles.`);
      }),
  };
}

async function takeKept({ workspace }: Desk, file: ChosenFile): Promise<['imported' | 'refused', string]> {
  const text = new TextDecoder().decode(await file.bytes());
  const kept = readKeptEdits(text, workspace.store.getState().opened?.project.id ?? '');
  if (typeof kept === 'string') return ['refused', `${file.name} was not loaded: ${kept}. Nothing was changed.`];
  const { taken, left } = await workspace.takeKeptEdits(kept);
  const leftOut = left.length > 0 ? ` Left out, because what they changed is different now: ${left.join(', ')}.` : '';
  return ['imported', `Loaded ${taken} kept ${taken === 1 ? 'edit' : 'edits'}.${leftOut}`];
}

// Lists them in one step. Returns how many were not listed before.
function listAll({ workspace }: Desk, ids: readonly string[]): number {
  const scene = workspace.changeScene();
  const edits = ids.flatMap((id) => {
    const article = workspace.resolved(id);
    return (article && listArticle(scene, article)) ?? [];
  });
  workspace.apply({ command: 'article.import', title: edits.length === 1 ? 'Import 1 article' : `Import ${edits.length} articles`, edits });
  return edits.length;
}
