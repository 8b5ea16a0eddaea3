import { z } from 'zod';
import { Candidate } from '../comparison/candidate.ts';
import { Piece, Tie } from '../comparison/piece.ts';
import { Id } from '../model/annotation.ts';
import { method } from './method.ts';

/** The calls that compare how articles report the same event, in the annotator's own annotations. */
export const comparisonCalls = {
  /**
   * The listed articles in which something can be compared, with the events that they name and how many annotations are compared. In parts: `next` is
   * the `after` of the call for the next part, null after the last.
   */
  listComparable: method(
    z.strictObject({ after: Id.nullable() }),
    z.strictObject({
      articles: z.array(z.strictObject({ article: Id, events: z.array(Id), count: z.int().min(0) })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /**
   * What is compared of these articles (null: of all listed ones): annotations, the relations within articles, and the likeliest pairs that nobody has
   * judged. If there are more annotations than one answer holds, those without a relation or a candidate are left out first, and `left` says how many.
   */
  compareArticles: method(
    z.strictObject({ articles: z.array(Id).max(10_000).nullable() }),
    z.strictObject({
      pieces: z.array(Piece),
      ties: z.array(Tie),
      candidates: z.array(Candidate),
      /** How many candidates there are in all. */
      open: z.int().min(0),
      left: z.int().min(0),
    }),
  ),
} as const;
