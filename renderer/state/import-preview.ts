import { type ArticleDraft, type ImportProblem, problemInWords, proposedOut } from '../../core/import/draft.ts';
import { type DetailName, detailNames, detailProblem, tidyDetails } from '../../core/model/article-record.ts';
import type { ImportOutcome } from './import-outcome.ts';

/** An article of a staged file, with the user's choices. */
export interface PreviewedArticle {
  /** The file's id, and the article's index within the file. */
  readonly id: string;
  readonly file: string;
  readonly index: number;
  /** The file's name, with its path through a folder or archive. */
  readonly place: string;
  /** The encoding that the user chose for the file. Null if it was read as declared or as UTF-8. */
  readonly encoding: string | null;
  readonly draft: ArticleDraft;
  readonly isChosen: boolean;
  /** The details as they are in their fields. */
  readonly details: Readonly<Record<DetailName, string>>;
  /** Indexes of the blocks to leave out. */
  readonly leftOut: ReadonlySet<number>;
}

/** A problem with a file. `file` is the id of a staged file that can be read again with other options, null for any other problem. */
export interface PreviewProblem {
  readonly file: string | null;
  readonly problem: ImportProblem;
}

/** The files that are previewed before they are imported. */
export interface ImportPreview {
  readonly articles: readonly PreviewedArticle[];
  readonly problems: readonly PreviewProblem[];
  /** The progress of reading or importing; null if neither is going on. */
  readonly progress: { readonly what: 'reading' | 'importing'; readonly done: number; readonly total: number } | null;
  /** The id of the article on display. */
  readonly shown: string | null;
}

export const emptyPreview: ImportPreview = { articles: [], problems: [], progress: null, shown: null };

/** The articles of a staged file, with the proposed choices. */
export function previewedArticles(
  file: string,
  place: string,
  drafts: readonly ArticleDraft[],
  encoding: string | null = null,
): PreviewedArticle[] {
  return drafts.map((draft, index) => {
    const { title, source, date, url, language } = draft;
    const details = { title, source: source ?? '', date: date ?? '', url: url ?? '', language: language ?? '' };
    const leftOut = new Set(proposedOut(draft));
    return { id: `${file}/${index}`, file, index, place, encoding, draft, isChosen: true, details, leftOut };
  });
}

/** Why an article cannot be imported as chosen, as a sentence; null if it can. */
export function choiceProblem({ draft, details, leftOut }: PreviewedArticle): string | null {
  const tidy = tidyDetails(details);
  const wrong = detailNames.map((name) => detailProblem(name, tidy[name])).find((problem) => problem !== null);
  if (wrong) return wrong;
  const isEmpty = draft.blocks.every(({ text }, index) => leftOut.has(index) || text.trim() === '');
  return isEmpty ? 'All of its text is left out.' : null;
}

/** The outcome for an article that was imported. */
export interface BroughtArticle {
  readonly article: PreviewedArticle;
  /** The title of the article that already had this text in the project; null if it is new. */
  readonly known: string | null;
}

/** The outcome for each file: the `articles` that were `brought` in, those that the user left out, and the `problems`. */
export function outcomesOf(
  articles: readonly PreviewedArticle[],
  brought: readonly BroughtArticle[],
  problems: readonly PreviewProblem[],
): ImportOutcome[] {
  const ofFiles = [...Map.groupBy(articles, ({ file }) => file)].map(([file, [first, ...more]]): ImportOutcome => {
    const here = brought.filter(({ article }) => article.file === file);
    const known = here.flatMap((one) => (one.known === null ? [] : [one.known]));
    const left = 1 + more.length - here.length;
    const state = here.length > known.length ? 'imported' : known.length > 0 ? 'known' : 'left';
    const name = first?.place ?? '';
    if (more.length === 0) return { name, state, detail: known.map((title) => `It is here already, as “${title}”.`).join('') };
    const counts = [
      `${here.length - known.length} of its ${1 + more.length} articles imported`,
      ...(known.length > 0 ? [`${known.length} here already`] : []),
      ...(left > 0 ? [`${left} left out`] : []),
    ];
    return { name, state, detail: `${counts.join(', ')}.` };
  });
  return [
    ...ofFiles,
    ...problems.map(
      ({ problem }): ImportOutcome => ({ name: problem.file, state: 'refused', detail: `${problemInWords(problem)} ${problem.next}` }),
    ),
  ];
}
