import { z } from 'zod';
import { AnnotationHit } from '../annotations/hits.ts';
import { Id } from '../model/annotation.ts';
import { Dimension, FoundArticle, FoundKey, FoundProblem, Indexing, ProgressCell, SearchInput } from '../search/calls.ts';
import { ConcordanceLine, ConcordanceOf } from '../search/concordance.ts';
import { method } from './method.ts';

/** The calls that the index answers. */
export const searchCalls = {
  /** What fits a query (see core/search). With problems nothing is looked for. While the index is made, `indexing` says how far, and what is there is found. */
  search: method(
    SearchInput,
    z.strictObject({
      problems: z.array(FoundProblem),
      articles: z.array(FoundArticle),
      annotations: z.array(AnnotationHit),
      totals: z.strictObject({ articles: z.int(), annotations: z.int() }),
      indexing: Indexing,
    }),
  ),
  /** Every annotation that fits, without its words, up to 20,000: for what is done to all of them. Waits until the index is up to date. */
  searchKeys: method(
    z.strictObject({ query: z.string().max(2000) }),
    z.strictObject({ problems: z.array(FoundProblem), found: z.array(FoundKey) }),
  ),
  /** How many annotations that fit a query there are by one or two dimensions, and the sum of their lengths in UTF-16 code units. */
  tally: method(
    z.strictObject({ query: z.string().max(2000), by: z.array(Dimension).max(2) }),
    z.strictObject({
      problems: z.array(FoundProblem),
      rows: z.array(z.strictObject({ keys: z.array(z.string().nullable()), count: z.int(), length: z.int() })),
      indexing: Indexing,
    }),
  ),
  /** Where words, words in all their forms, words that begin so, or mentions of an entity stand in all articles, in parts: `next` is what to give as `after` for the part that follows. */
  concordance: method(
    z.strictObject({ of: ConcordanceOf, after: Id.nullable() }),
    z.strictObject({ lines: z.array(ConcordanceLine), next: Id.nullable(), indexing: Indexing }),
  ),
  /** How many of the articles that fit a query each annotator has done, and how many they have begun and not done. */
  progress: method(
    z.strictObject({ query: z.string().max(2000) }),
    z.strictObject({
      problems: z.array(FoundProblem),
      articles: z.int(),
      rows: z.array(z.strictObject({ annotator: Id, done: z.int(), begun: z.int() })),
      indexing: Indexing,
    }),
  ),
  /**
   * How far each annotator is with each article that fits a query: `annotators` are those with work, and where there is none of both there is
   * no cell. Annotations count that fit the query too.
   */
  progressByArticle: method(
    z.strictObject({ query: z.string().max(2000) }),
    z.strictObject({
      problems: z.array(FoundProblem),
      articles: z.array(Id),
      annotators: z.array(Id),
      cells: z.array(ProgressCell),
      indexing: Indexing,
    }),
  ),
} as const;
