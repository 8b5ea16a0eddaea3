import { changeArticle, changedDetails, listArticle } from '../../core/articles/article-changes.ts';
import { AppError } from '../../core/failure.ts';
import type { ReadingOptions } from '../../core/import/draft.ts';
import { formatOf } from '../../core/import/file-kinds.ts';
import { tidyDetails } from '../../core/model/article-record.ts';
import type { Edit } from '../../core/steps/edit.ts';
import type { ImportOutcome } from '../state/import-outcome.ts';
import {
  type BroughtArticle,
  choiceProblem,
  emptyPreview,
  type ImportPreview,
  outcomesOf,
  type PreviewedArticle,
  type PreviewProblem,
  previewedArticles,
} from '../state/import-preview.ts';
import type { ChosenFile } from './chosen-file.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

/** Previews files before they are imported: what each one contains, which lines to leave out, and what to call it. */
export function previewActions(desk: Desk, { openArticle }: Walking) {
  const { view, workspace } = desk;
  // Counts the previews, so that late results of an old one do not show up in a new one.
  let turn = 0;
  // The names of previewed files that the report does not list yet.
  let untold: readonly string[] = [];
  const set = (change: (preview: ImportPreview) => Partial<ImportPreview>) => {
    const { importPreview } = desk.shown();
    if (importPreview) view.set({ importPreview: { ...importPreview, ...change(importPreview) } });
  };

  const add = (articles: readonly PreviewedArticle[], problems: readonly PreviewProblem[]) =>
    set((preview) => ({
      articles: [...preview.articles, ...articles],
      problems: [...preview.problems, ...problems],
      shown: preview.shown ?? articles[0]?.id ?? null,
    }));

  const readStaged = async (file: string, place: string, options: ReadingOptions, isCurrent: () => boolean) => {
    const { drafts, problem } = await workspace.previewStaged(file, options);
    if (!isCurrent()) return;
    // A file that is read again replaces its previous result.
    set(({ articles, shown }) => {
      const others = articles.filter((article) => article.file !== file);
      const isGone = drafts.length === 0 && shown?.startsWith(`${file}/`);
      return { articles: others, ...(isGone ? { shown: others[0]?.id ?? null } : {}) };
    });
    add(previewedArticles(file, place, drafts, options.encoding ?? null), problem ? [{ file, problem }] : []);
  };

  const stageAndRead = async (file: ChosenFile, isCurrent: () => boolean) => {
    try {
      const { files, problems } = await workspace.stageFile(file.name, await file.bytes());
      if (!isCurrent()) return;
      add(
        [],
        problems.map((problem) => ({ file: null, problem })),
      );
      for (const { id, name } of files) if (isCurrent()) await readStaged(id, name, {}, isCurrent);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { message, next } = error.failure;
      const problem = {
        file: file.name,
        line: null,
        column: null,
        code: 'unsupported',
        message: `${file.name} was not imported: ${message}`,
        next,
      } as const;
      if (isCurrent()) add([], [{ file: null, problem }]);
    }
  };

  // If the report on files imported without a preview is open, add these files to it.
  const report = (outcomes: readonly ImportOutcome[]) => {
    const { imports } = desk.shown();
    if (imports) view.set({ imports: [...imports, ...outcomes] });
    const told = outcomes.map(({ name }) => name);
    untold = untold.filter((name) => !told.some((one) => one === name || one.startsWith(`${name}/`)));
  };

  const close = () => {
    report(untold.map((name) => ({ name, state: 'left', detail: '' })));
    turn++;
    view.set({ importPreview: null });
    void workspace.discardStaged().catch(() => undefined);
  };

  return {
    /** Reads the files one by one and shows what they contain. Files in folders that are of an unsupported type are reported in one line. */
    previewFiles: async (files: readonly ChosenFile[]): Promise<void> => {
      turn++;
      const own = turn;
      const isCurrent = () => turn === own;
      const others = files.filter(({ name }) => name.includes('/') && formatOf(name) === null);
      const wanted = files.filter((file) => !others.includes(file));
      untold = wanted.map(({ name }) => name);
      view.set({ importPreview: { ...emptyPreview, progress: { what: 'reading', done: 0, total: wanted.length } } });
      if (others.length > 0) add([], [{ file: null, problem: otherFiles(others) }]);
      for (const [index, file] of wanted.entries()) {
        if (!isCurrent()) return;
        await stageAndRead(file, isCurrent);
        if (isCurrent()) set(() => ({ progress: { what: 'reading', done: index + 1, total: wanted.length } }));
      }
      if (isCurrent()) set(() => ({ progress: null }));
    },

    /** Reads a staged file again with the user's options. */
    rereadStaged: (file: string, place: string, options: ReadingOptions): void =>
      desk.attempt(async () => {
        const own = turn;
        set((preview) => ({ problems: preview.problems.filter((problem) => problem.file !== file) }));
        await readStaged(file, place, options, () => turn === own);
      }),

    showPreviewed: (id: string): void => set(() => ({ shown: id })),

    /** Changes the user's choices for an article. */
    choosePreviewed: (id: string, change: Partial<Pick<PreviewedArticle, 'isChosen' | 'details' | 'leftOut'>>): void =>
      set(({ articles }) => ({ articles: articles.map((article) => (article.id === id ? { ...article, ...change } : article)) })),

    /** Discards the files being previewed. */
    closePreview: close,

    /** Imports what was chosen. Everything is listed in one undo step, with the details as changed by the user. */
    importPreviewed: (): void =>
      desk.attempt(async () => {
        const { importPreview: preview } = desk.shown();
        if (!preview || preview.progress) return;
        const chosen = preview.articles.filter((article) => article.isChosen && choiceProblem(article) === null);
        const byFile = Map.groupBy(chosen, ({ file }) => file);
        const brought: (BroughtArticle & { readonly id: string })[] = [];
        const isUntouched = ({ file }: PreviewedArticle) => !brought.some(({ article }) => article.file === file);
        try {
          let done = 0;
          for (const [file, articles] of byFile) {
            set(() => ({ progress: { what: 'importing', done, total: chosen.length } }));
            const choices = articles.map(({ index, leftOut }) => ({ index, leftOut: [...leftOut].sort((a, b) => a - b) }));
            for (const { index, summary, known } of await workspace.importStaged(file, choices)) {
              const article = articles.find((candidate) => candidate.index === index);
              if (article) brought.push({ id: summary.meta.id, article, known: known ? summary.meta.title : null });
            }
            done += articles.length;
          }
        } finally {
          list(desk, brought);
          const here = new Set(brought.map(({ article }) => article.id));
          set(({ articles }) => ({ progress: null, articles: articles.filter(({ id }) => !here.has(id)) }));
          report(
            outcomesOf(
              preview.articles.filter((article) => !isUntouched(article)),
              brought,
              [],
            ),
          );
        }
        report(outcomesOf(preview.articles.filter(isUntouched), [], preview.problems));
        close();
        const [first] = brought;
        if (first) await openArticle(first.id);
        const known = brought.filter((one) => one.known !== null).length;
        const count = `Imported ${brought.length - known} ${brought.length - known === 1 ? 'article' : 'articles'}`;
        view.say(known > 0 ? `${count}; ${known} ${known === 1 ? 'was' : 'were'} here already.` : `${count}.`);
      }),
  };
}

function otherFiles(files: readonly ChosenFile[]) {
  const names = files.slice(0, 5).map(({ name }) => name);
  const many = files.length === 1 ? '1 file of the folder cannot' : `${files.length} files of the folder cannot`;
  const message = `${many} be imported: ${names.join(', ')}${files.length > 5 ? ' …' : '.'}`;
  return { file: files[0]?.name ?? '', line: null, column: null, code: 'unsupported', message, next: 'The others can be.' } as const;
}

function list({ workspace }: Desk, brought: readonly (BroughtArticle & { readonly id: string })[]): void {
  const scene = workspace.changeScene();
  // Several of the files may have the same text.
  const once = [...Map.groupBy(brought, ({ id }) => id).values()].flatMap(([first]) => first ?? []);
  const edits = once.flatMap(({ id, article, known }): Edit[] => {
    const resolved = workspace.resolved(id);
    if (!resolved) return [];
    // An article that already exists keeps its details, which may be somebody's work.
    const changes = known !== null ? {} : changedDetails(resolved.meta, tidyDetails(article.details));
    if (Object.keys(changes).length === 0) return [listArticle(scene, resolved) ?? []].flat();
    return [changeArticle(scene, id, { ...changes, ...(resolved.listed ? {} : { removed: false }) })];
  });
  if (edits.length === 0) return;
  workspace.apply({
    command: 'article.import',
    title: edits.length === 1 ? 'Import 1 article' : `Import ${edits.length} articles`,
    edits,
  });
}
