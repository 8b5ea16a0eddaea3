import { z } from 'zod';
import type { Suggestion } from './suggestion.ts';

/** The kinds of suggestions that a person switches on and off, in the order in which they are listed. */
export const suggestionFamilies = ['quote', 'indirect', 'term', 'stance', 'fact'] as const;
export type SuggestionFamily = (typeof suggestionFamilies)[number];

/** The families as a person reads them: one, and several. */
export const familyNames: Readonly<Record<SuggestionFamily, readonly [one: string, several: string]>> = {
  quote: ['quote', 'quotes'],
  indirect: ['indirect quote', 'indirect quotes'],
  term: ['quoted term', 'quoted terms'],
  stance: ['stance', 'stances'],
  fact: ['fact', 'facts'],
};

/** What a person wants suggested: what is at least as sure as `threshold`, from 0 to 1, but for the families that are `off`. */
export const SuggestionChoice = z.strictObject({
  threshold: z.number().min(0).max(1).default(0.5),
  off: z.array(z.enum(suggestionFamilies)).default([]),
});
export type SuggestionChoice = z.infer<typeof SuggestionChoice>;

/** The family of a suggestion: words in quotation marks, words reported without them, marked terms, stances, facts. */
export function familyOf({ layer, attributes }: Pick<Suggestion, 'layer' | 'attributes'>): SuggestionFamily {
  if (layer === 'QUOTE') return attributes['type'] === 'indirect' ? 'indirect' : 'quote';
  return layer === 'QUOTED_TERM' ? 'term' : layer === 'STANCE' ? 'stance' : 'fact';
}

/** Whether every family is off. */
export function isAllOff({ off }: SuggestionChoice): boolean {
  return suggestionFamilies.every((family) => off.includes(family));
}

/** Those of `suggestions` that the person wants, without the roles that are less sure than the threshold: better none than a wrong one. */
export function chosenSuggestions<S extends Suggestion>(suggestions: readonly S[], choice: SuggestionChoice): S[] {
  const { threshold, off } = choice;
  return suggestions
    .filter((suggestion) => suggestion.confidence >= threshold && !off.includes(familyOf(suggestion)))
    .map((suggestion) => {
      const roles = suggestion.roles.filter(({ confidence }) => confidence >= threshold);
      return roles.length === suggestion.roles.length ? suggestion : { ...suggestion, roles };
    });
}
