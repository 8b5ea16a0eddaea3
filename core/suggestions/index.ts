import type { Registry } from '../model/entity.ts';
import type { Range, Span } from '../text/span.ts';
import { factSuggestions } from './facts.ts';
import { indirectSuggestions, reportsOf } from './indirect.ts';
import { type Experience, learned, noExperience } from './learning.ts';
import { markedSpans } from './marks.ts';
import { Names } from './names.ts';
import { isEnglish, unreadSuggestions } from './other-language.ts';
import { quoteSuggestions } from './quote-suggestions.ts';
import { quotedRuns } from './quotes.ts';
import { stanceSuggestions } from './stances.ts';
import { withRelations } from './suggested-relations.ts';
import type { Suggestion } from './suggestion.ts';
import { sentencesOf } from './words.ts';

export { rulesVersion, type SuggestedEntity, type SuggestedRole, type Suggestion } from './suggestion.ts';

/** What the suggester may know beside the text. */
export interface SuggestOptions {
  /** The project's registry, for canonical names. */
  readonly registry?: Registry;
  /** What the annotator's work tells; see learning.ts. */
  readonly experience?: Experience;
}

/**
 * What may be annotated in the article `text` (as `normalise` leaves it), ascending by where it begins. Pure: the same text, registry
 * and experience give the same suggestions. Linear in the length of the text. The first call reads the language model, which takes about half a second.
 */
export function suggest(text: string, options: SuggestOptions = {}): Suggestion[] {
  const marked = markedSpans(text);
  if (!isEnglish(text)) return learned(unreadSuggestions(text, marked), options.experience ?? noExperience);
  const sentences = sentencesOf(text, marked);
  const names = new Names(sentences, options.registry ?? new Map());
  const suggestions = [
    ...quoteSuggestions(text, quotedRuns(text, sentences), names),
    ...indirectSuggestions(text, reportsOf(sentences), names),
    ...factSuggestions(text, sentences, names),
    ...stanceSuggestions(text, sentences, names),
  ].sort(byPlace);
  return learned(withRelations(text, suggestions), options.experience ?? noExperience);
}

const byPlace = (a: Suggestion, b: Suggestion) =>
  first(a).start - first(b).start || first(b).end - first(a).end || (a.layer < b.layer ? -1 : 1);
const first = ({ spans }: Suggestion): Range => spans[0] as Span;
