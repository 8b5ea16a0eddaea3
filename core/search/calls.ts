import { z } from 'zod';
import { Id } from '../model/annotation.ts';

/** How far the index is: articles done, of how many; null when it is up to date. */
export const Indexing = z.strictObject({ done: z.int(), total: z.int() }).nullable();

/** What is wrong with a query; see `QueryProblem`. */
export const FoundProblem = z.strictObject({
  place: z.strictObject({ start: z.int(), end: z.int() }),
  message: z.string(),
  next: z.string(),
});

/** An article that was found; `snippet` is where the words stand, null where no words were asked for. */
export const FoundArticle = z.strictObject({
  article: Id,
  title: z.string(),
  source: z.string().nullable(),
  date: z.string().nullable(),
  snippet: z.strictObject({ before: z.string(), match: z.string(), after: z.string() }).nullable(),
});
export type FoundArticle = z.infer<typeof FoundArticle>;

/** An annotation that was found, without its words: what is done to many at once needs no more. */
export const FoundKey = z.strictObject({ article: Id, annotation: Id, annotator: Id, layer: z.string() });
export type FoundKey = z.infer<typeof FoundKey>;

/** How annotations that were found are put in order: by article, by the date of the article, by layer, or by who speaks, holds or vouches. */
export const FoundOrder = z.enum(['article', 'date', 'layer', 'who']);
export type FoundOrder = z.infer<typeof FoundOrder>;

/** The searches that a person keeps of one project, and the last that they made, the newest first. */
export const KeptSearches = z.strictObject({
  saved: z.array(z.strictObject({ name: z.string().min(1).max(100), query: z.string().max(2000) })).max(200),
  recent: z.array(z.string().max(2000)).max(12),
});
export type KeptSearches = z.infer<typeof KeptSearches>;

/** What the search answers of articles and annotations: those from `skip` on, at most `limit`, and how many there are in all. */
export const SearchInput = z.strictObject({
  query: z.string().max(2000),
  what: z.array(z.enum(['articles', 'annotations'])).min(1),
  skip: z.int().min(0),
  limit: z.int().min(1).max(500),
  /** Without it by article. */
  order: FoundOrder.optional(),
});
export type SearchInput = z.infer<typeof SearchInput>;

/**
 * How far an annotator is with an article: which article and which annotator (places in the lists beside it), how many annotations, how many
 * of these are to complete, and whether the article is done.
 */
export const ProgressCell = z.tuple([z.int(), z.int(), z.int(), z.int(), z.boolean()]);
export type ProgressCell = z.infer<typeof ProgressCell>;

/** The width of one bin of lengths, and where the last begins, which has no end. UTF-16 code units. */
export const lengthBin = { width: 50, last: 500 } as const;

/**
 * What counts can be made by: a column of the project, an attribute (`attribute:polarity`), a role (`role:speaker`), the length in bins
 * (each under where it begins; see `lengthBin`). A date that says no month counts under its year.
 */
export const Dimension = z
  .string()
  .regex(/^(article|source|date|month|status|annotator|layer|length|origin|rule|attribute:[A-Za-z0-9_]+|role:[A-Za-z0-9_]+)$/);
export type Dimension = z.infer<typeof Dimension>;
