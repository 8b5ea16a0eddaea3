import { z } from 'zod';
import { AnnotationHit } from '../annotations/hits.ts';
import { Id } from '../model/annotation.ts';
import { Dimension, FoundArticle, FoundKey, FoundProblem, Indexing, ProgressCell, SearchInput } from '../search/calls.ts';
import { ConcordanceLine, ConcordanceOf } from '../search/concordance.ts';
import { method } from './method.ts';

/** The calls that the index answers. `indexing` is the progress while the index is being built; until then, only what is indexed is found. */
export const searchCalls = {
  /** What matches a query (see core/search). A query with problems finds nothing. */
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
  /** Every annotation that matches, without its words, at most 20,000, for changing all of them. Waits until the index is up to date. */
  searchKeys: method(
    z.strictObject({ query: z.string().max(2000) }),
    z.strictObject({ problems: z.array(FoundProblem), found: z.array(FoundKey) }),
  ),
  /** The annotations that match a query, counted by up to two dimensions, with the sum of their lengths in UTF-16 code units. */
  tally: method(
    z.strictObject({ query: z.string().max(2000), by: z.array(Dimension).max(2) }),
    z.strictObject({
      problems: z.array(FoundProblem),
      rows: z.array(z.strictObject({ keys: z.array(z.string().nullable()), count: z.int(), length: z.int() })),
      indexing: Indexing,
    }),
  ),
  /**
   * The places of words, of words in all their forms, of words with a given beginning, or of an entity in all articles; in parts, as described in
   * lookups.ts.
   */
  concordance: method(
    z.strictObject({ of: ConcordanceOf, after: Id.nullable() }),
    z.strictObject({ lines: z.array(ConcordanceLine), next: Id.nullable(), indexing: Indexing }),
  ),
  /** How many of the articles that match a query each annotator has done, and how many they have begun but not done. */
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
   * The progress of each annotator with each article that matches a query. `annotators` are those who have work on any; there is no cell for an
   * annotator without work on an article. Only annotations that match the query too are counted.
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
