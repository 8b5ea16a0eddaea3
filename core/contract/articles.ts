import { z } from 'zod';
import { DatasetLook } from '../formats/dataset-look.ts';
import { LabelMap } from '../formats/mapping.ts';
import { ArticleDraft, ImportProblem, ReadingOptions } from '../import/draft.ts';
import { Id } from '../model/annotation.ts';
import { method, nothing } from './method.ts';
import { ArticleSummary, OpenedArticle } from './workspace.ts';

/** The calls that open an article, and those that import articles and datasets. */
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
  /**
   * Imports one file, completely or not at all. The article is listed once a gesture lists it. `known` is true if the project already had the same
   * text.
   */
  importArticle: method(
    z.strictObject({ page: Id, name: z.string().min(1).max(255) }),
    z.strictObject({ summary: ArticleSummary, known: z.boolean(), changed: z.array(z.string()) }),
    true,
  ),
  /** Articles imported by the annotator that no gesture lists, because the import was interrupted before the project was opened. Ids, ascending. */
  unlistedArticles: method(nothing, z.strictObject({ articles: z.array(Id) })),
  /**
   * Stages a file of any type that can be imported (or all files of an archive) so that it can be previewed. `name` may be a path. This does not
   * change the project. The file waits until it is imported or discarded, or another page stages one.
   */
  stageFile: method(
    z.strictObject({ page: Id, name: z.string().min(1).max(1000) }),
    z.strictObject({ files: z.array(z.strictObject({ id: Id, name: z.string() })), problems: z.array(ImportProblem) }),
    true,
  ),
  /** The articles in a staged file, or the reason why it has none. */
  previewStaged: method(
    z.strictObject({ page: Id, file: Id, options: ReadingOptions }),
    z.strictObject({ drafts: z.array(ArticleDraft), problem: ImportProblem.nullable() }),
  ),
  /** Imports chosen articles of a staged file as last previewed, without the blocks in `leftOut`. A gesture must list them afterwards. */
  importStaged: method(
    z.strictObject({
      page: Id,
      file: Id,
      articles: z.array(z.strictObject({ index: z.int().min(0), leftOut: z.array(z.int().min(0)) })),
    }),
    z.strictObject({ imported: z.array(z.strictObject({ index: z.int(), summary: ArticleSummary, known: z.boolean() })) }),
  ),
  /**
   * Whether the files that this page staged form a dataset, and what importing it with `map` would do; null if they do not. Missing parts of the
   * map are filled with proposals. `others` are the staged files that are read as articles instead.
   */
  lookAtDataset: method(
    z.strictObject({ page: Id, map: LabelMap.nullable() }),
    z.strictObject({ dataset: DatasetLook.nullable(), others: z.array(z.string()) }),
  ),
  /**
   * Imports the dataset in the staged files as one step of the history with the id `gesture`, and releases the files. With `keepsAnnotators`, the
   * others whom it names become annotators of the project with their own work, one step each. The page must then open the workspace again.
   * `annotations` counts the new ones, `articles` are the new ones, `annotators` the names of new annotators; all empty if the files are no longer
   * staged.
   */
  importDataset: method(
    z.strictObject({ page: Id, map: LabelMap.nullable(), gesture: Id, keepsAnnotators: z.boolean() }),
    z.strictObject({ annotations: z.int().min(0), articles: z.array(Id), annotators: z.array(z.string()) }),
  ),
  /** Discards the files that this page staged and did not import. */
  discardStaged: method(z.strictObject({ page: Id }), nothing),
} as const;
