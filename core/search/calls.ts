import { z } from 'zod';
import { Id } from '../model/annotation.ts';

/** Indexing progress: how many articles are done out of how many. Null when the index is up to date. */
export const Indexing = z.strictObject({ done: z.int(), total: z.int() }).nullable();

/** What is wrong with a query; see `QueryProblem`. */
export const FoundProblem = z.strictObject({
  place: z.strictObject({ start: z.int(), end: z.int() }),
  message: z.string(),
  next: z.string(),
});

/** An article that was found. `snippet` shows where the words occur; null if the query has no words. */
export const FoundArticle = z.strictObject({
  article: Id,
  title: z.string(),
  source: z.string().nullable(),
  date: z.string().nullable(),
  snippet: z.strictObject({ before: z.string(), match: z.string(), after: z.string() }).nullable(),
});
export type FoundArticle = z.infer<typeof FoundArticle>;

/** An annotation that was found, without its words. Bulk changes need no more. */
export const FoundKey = z.strictObject({ article: Id, annotation: Id, annotator: Id, layer: z.string() });
export type FoundKey = z.infer<typeof FoundKey>;

/** How to sort annotations that were found: by article, by the date of the article, by layer, or by who speaks, holds or vouches. */
export const FoundOrder = z.enum(['article', 'date', 'layer', 'who']);
export type FoundOrder = z.infer<typeof FoundOrder>;

/** The searches that a user has saved in a project, and their recent ones, newest first. */
export const KeptSearches = z.strictObject({
  saved: z.array(z.strictObject({ name: z.string().min(1).max(100), query: z.string().max(2000) })).max(200),
  recent: z.array(z.string().max(2000)).max(12),
});
export type KeptSearches = z.infer<typeof KeptSearches>;

/** The query and the page of results to return: those from `skip` on, at most `limit`. The answer also says how many there are in all. */
export const SearchInput = z.strictObject({
  query: z.string().max(2000),
  what: z.array(z.enum(['articles', 'annotations'])).min(1),
  skip: z.int().min(0),
  limit: z.int().min(1).max(500),
  /** The default is by article. */
  order: FoundOrder.optional(),
});
export type SearchInput = z.infer<typeof SearchInput>;

/**
 * How far an annotator is with an article: the article and the annotator (as indexes of the lists next to it), the number of annotations, how many
 * of them need completing, and whether the article is done.
 */
export const ProgressCell = z.tuple([z.int(), z.int(), z.int(), z.int(), z.boolean()]);
export type ProgressCell = z.infer<typeof ProgressCell>;

/** Bins for lengths in UTF-16 code units: the width of a bin, and where the last one begins, which has no end. */
export const lengthBin = { width: 50, last: 500 } as const;

/**
 * What can be counted: a column of the project, an attribute (`attribute:polarity`), a role (`role:speaker`), or the length in bins, each
 * identified by where it begins (see `lengthBin`). A date without a month counts under its year.
 */
export const Dimension = z
  .string()
  .regex(/^(article|source|date|month|status|annotator|layer|length|origin|rule|attribute:[A-Za-z0-9_]+|role:[A-Za-z0-9_]+)$/);
export type Dimension = z.infer<typeof Dimension>;
