import { type ArticleDraft, type ImportProblem, proposedOut } from '../../core/import/draft.ts';
import { type DetailName, detailNames, detailProblem, tidyDetails } from '../../core/model/article-record.ts';

/** An article of a staged file, with what the person chose of it. */
export interface PreviewedArticle {
  /** The file's id and the article's index among those of the file. */
  readonly id: string;
  readonly file: string;
  readonly index: number;
  /** The file's name, with its way through a folder or archive. */
  readonly place: string;
  readonly draft: ArticleDraft;
  readonly isChosen: boolean;
  /** The details as they stand in their fields. */
  readonly details: Readonly<Record<DetailName, string>>;
  /** Indexes of the blocks that are left out. */
  readonly leftOut: ReadonlySet<number>;
}

/** A problem of a file that was given; `file` is the id of a staged file that may be read again in another way, null for any other. */
export interface PreviewProblem {
  readonly file: string | null;
  readonly problem: ImportProblem;
}

/** The files that are looked at before they are imported. */
export interface ImportPreview {
  readonly articles: readonly PreviewedArticle[];
  readonly problems: readonly PreviewProblem[];
  /** How far the reading or the import is; null when neither is under way. */
  readonly progress: { readonly what: 'reading' | 'importing'; readonly done: number; readonly total: number } | null;
  /** The id of the article that is shown. */
  readonly shown: string | null;
}

export const emptyPreview: ImportPreview = { articles: [], problems: [], progress: null, shown: null };

/** The articles of a staged file, chosen as they are proposed. */
export function previewedArticles(file: string, place: string, drafts: readonly ArticleDraft[]): PreviewedArticle[] {
  return drafts.map((draft, index) => {
    const { title, source, date, url, language } = draft;
    const details = { title, source: source ?? '', date: date ?? '', url: url ?? '', language: language ?? '' };
    return { id: `${file}/${index}`, file, index, place, draft, isChosen: true, details, leftOut: new Set(proposedOut(draft)) };
  });
}

/** Why an article cannot be imported as it is chosen, as a sentence; null when it can be. */
export function choiceProblem({ draft, details, leftOut }: PreviewedArticle): string | null {
  const tidy = tidyDetails(details);
  const wrong = detailNames.map((name) => detailProblem(name, tidy[name])).find((problem) => problem !== null);
  if (wrong) return wrong;
  const isEmpty = draft.blocks.every(({ text }, index) => leftOut.has(index) || text.trim() === '');
  return isEmpty ? 'All of its text is left out.' : null;
}
