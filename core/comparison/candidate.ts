import { z } from 'zod';
import { Id } from '../model/annotation.ts';

/** Why two annotations may be the same, with what was found. */
export const CandidateReason = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), match: z.enum(['verbatim', 'near_verbatim', 'part', 'shared']), words: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('count'),
    match: z.enum(['equal', 'compatible', 'different']),
    thing: z.string(),
    numbers: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('speaker'), match: z.enum(['same', 'differs']) }),
  z.strictObject({ kind: z.literal('event'), event: Id }),
]);
export type CandidateReason = z.infer<typeof CandidateReason>;

/** Two annotations in different articles that a person should judge. `score` is from 0 to 1; the higher, the likelier they belong together. */
export const Candidate = z.strictObject({
  one: Id,
  other: Id,
  score: z.number(),
  reasons: z.array(CandidateReason).min(1),
  /** What to try first. `refines` means that `one` refines `other`. */
  proposes: z.enum(['same', 'conflicts', 'refines']),
});
export type Candidate = z.infer<typeof Candidate>;

/** The key of two annotations, whichever is named first. */
export function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
