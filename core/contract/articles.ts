import { z } from 'zod';
import { DatasetLook } from '../formats/dataset-look.ts';
import { LabelMap } from '../formats/mapping.ts';
import { ArticleDraft, ImportProblem, ReadingOptions } from '../import/draft.ts';
import { Id } from '../model/annotation.ts';
import { method, nothing } from './method.ts';
import { ArticleSummary, OpenedArticle } from './workspace.ts';

/** The calls that open an article, and that bring articles and datasets in. */
export const articleCalls = {
  openArticle: method(z.strictObject({ article: Id }), OpenedArticle),
  /** What everybody has written on an article: annotations by layer for each annotator who has any, and links that end there. */
  articleHoldings: method(
    z.strictObject({ article: Id }),
    z.strictObject({
      annotators: z.array(z.strictObject({ name: z.string(), counts: z.record(z.string(), z.int().min(1)) })),
      links: z.int().min(0),
    }),
  ),
  /** Imports one file, all or nothing; the article is listed once a gesture lists it. `known` is true when the project had the same text already. */
  importArticle: method(
    z.strictObject({ page: Id, name: z.string().min(1).max(255) }),
    z.strictObject({ summary: ArticleSummary, known: z.boolean(), changed: z.array(z.string()) }),
    true,
  ),
  /** Articles of the annotator's imports that were broken off before a gesture listed them, up to when the project was opened; ids, ascending. */
  unlistedArticles: method(nothing, z.strictObject({ articles: z.array(Id) })),
  /**
   * Takes in a file of any kind that can be imported (or all files of an archive) to be looked at before it is imported. `name` may be a
   * path. Nothing is in the project yet; a file waits until it is imported or discarded, or another page stages one.
   */
  stageFile: method(
    z.strictObject({ page: Id, name: z.string().min(1).max(1000) }),
    z.strictObject({ files: z.array(z.strictObject({ id: Id, name: z.string() })), problems: z.array(ImportProblem) }),
    true,
  ),
  /** The articles that a staged file holds, or the problem for which it holds none. */
  previewStaged: method(
    z.strictObject({ page: Id, file: Id, options: ReadingOptions }),
    z.strictObject({ drafts: z.array(ArticleDraft), problem: ImportProblem.nullable() }),
  ),
  /** Imports chosen articles of a staged file as it was previewed last, without the blocks `leftOut`; a gesture has to list them. */
  importStaged: method(
    z.strictObject({
      page: Id,
      file: Id,
      articles: z.array(z.strictObject({ index: z.int().min(0), leftOut: z.array(z.int().min(0)) })),
    }),
    z.strictObject({ imported: z.array(z.strictObject({ index: z.int(), summary: ArticleSummary, known: z.boolean() })) }),
  ),
  /**
   * Whether the files that this page staged are a dataset together, and what importing it with `map` would do; null where they are none. What
   * the map does not say is proposed. `others` are the staged files from which articles are read besides.
   */
  lookAtDataset: method(
    z.strictObject({ page: Id, map: LabelMap.nullable() }),
    z.strictObject({ dataset: DatasetLook.nullable(), others: z.array(z.string()) }),
  ),
  /**
   * Imports the dataset that the staged files are, as one step of the history with the id `gesture`, and lets go of the files. The page
   * opens the workspace anew. `articles` are those that are new; `look` is null where the files wait no longer.
   */
  importDataset: method(
    z.strictObject({ page: Id, map: LabelMap.nullable(), gesture: Id }),
    z.strictObject({ look: DatasetLook.nullable(), articles: z.array(Id) }),
  ),
  /** Gives up the files that this page staged and did not import. */
  discardStaged: method(z.strictObject({ page: Id }), nothing),
} as const;
