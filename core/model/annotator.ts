import { z } from 'zod';
import { Id } from './annotation.ts';

export const Annotator = z.strictObject({ id: Id, name: z.string().min(1), role: z.enum(['annotator', 'adjudicator']) });
export type Annotator = z.infer<typeof Annotator>;

/** `name` as it is stored: in NFC, on one line, without space around it, marks that turn the direction of what follows, and half characters. */
export function tidyName(name: string): string {
  return name
    .replace(/[\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/** What is equal for names that look alike: letter case, forms of one letter and what cannot be seen set aside. Empty if nothing can be seen. */
export function lookOfName(name: string): string {
  return tidyName(name)
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
}

/**
 * The annotator whose decisions count: the current one if they are an adjudicator, otherwise the first adjudicator, or undefined if there is none.
 * The work of the others is compared, and this annotator's work is what the project considers right.
 */
export function deciderOf(annotators: readonly Annotator[], own: string): Annotator | undefined {
  const adjudicators = annotators.filter(({ role }) => role === 'adjudicator');
  return adjudicators.find(({ id }) => id === own) ?? adjudicators[0];
}
