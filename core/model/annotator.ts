import { z } from 'zod';
import { Id } from './annotation.ts';

export const Annotator = z.strictObject({ id: Id, name: z.string().min(1), role: z.enum(['annotator', 'adjudicator']) });
export type Annotator = z.infer<typeof Annotator>;

/**
 * Whose decisions stand: the annotator who works here where they adjudicate, else the first adjudicator; undefined where nobody is one. The
 * others' work is compared, and what this one annotates is what the project holds to be right.
 */
export function deciderOf(annotators: readonly Annotator[], own: string): Annotator | undefined {
  const adjudicators = annotators.filter(({ role }) => role === 'adjudicator');
  return adjudicators.find(({ id }) => id === own) ?? adjudicators[0];
}
