import { z } from 'zod';
import { Id } from '../annotation.ts';

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

/** What counts can be made by: a column of the project, an attribute (`attribute:polarity`), a role (`role:speaker`). */
export const Dimension = z
  .string()
  .regex(/^(article|source|date|month|status|annotator|layer|origin|rule|attribute:[A-Za-z0-9_]+|role:[A-Za-z0-9_]+)$/);
export type Dimension = z.infer<typeof Dimension>;
