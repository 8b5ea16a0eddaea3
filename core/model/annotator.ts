import { z } from 'zod';
import { Id } from './annotation.ts';

export const Annotator = z.strictObject({ id: Id, name: z.string().min(1), role: z.enum(['annotator', 'adjudicator']) });
export type Annotator = z.infer<typeof Annotator>;

/**
 * The annotator whose decisions count: the current one if they are an adjudicator, otherwise the first adjudicator, or undefined if there is none.
 * The work of the others is compared, and this annotator's work is what the project considers right.
 */
export function deciderOf(annotators: readonly Annotator[], own: string): Annotator | undefined {
  const adjudicators = annotators.filter(({ role }) => role === 'adjudicator');
  return adjudicators.find(({ id }) => id === own) ?? adjudicators[0];
}
