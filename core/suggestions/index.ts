import type { Registry } from '../model/entity.ts';
import type { Range, Span } from '../text/span.ts';
import { factSuggestions } from './facts.ts';
import { indirectSuggestions, type Report, reportsOf } from './indirect.ts';
import { type Experience, learned, noExperience } from './learning.ts';
import { markedSpans } from './marks.ts';
import { Names } from './names.ts';
import { isEnglish, unreadSuggestions } from './other-language.ts';
import type { Phrase } from './phrases.ts';
import { quoteSuggestions } from './quote-suggestions.ts';
import type { QuotedRun } from './quoted-run.ts';
import { quotedRuns } from './quotes.ts';
import { peopleIn } from './roles.ts';
import { stanceSuggestions } from './stances.ts';
import { withRelations } from './suggested-relations.ts';
import type { Suggestion } from './suggestion.ts';
import { type Sentence, sentencesOf } from './words.ts';

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
  const runs = quotedRuns(text, sentences);
  const reports = reportsOf(sentences);
  for (const { sentence, phrase } of inOrder(speakersOf(runs, reports)))
    for (const one of peopleIn(sentence, phrase)) names.listen(sentence, one);
  const suggestions = [
    ...quoteSuggestions(text, runs, names),
    ...indirectSuggestions(text, reports, names),
    ...factSuggestions(text, sentences, names),
    ...stanceSuggestions(text, sentences, names),
  ].sort(byPlace);
  return learned(withRelations(text, suggestions), options.experience ?? noExperience);
}

interface Speaker {
  readonly sentence: Sentence;
  readonly phrase: Phrase;
}

const speakersOf = (runs: readonly QuotedRun[], reports: readonly Report[]): Speaker[] => [
  ...runs.flatMap(({ speaker }) => speaker ?? []),
  ...reports.map(({ sentence, speaker }) => ({ sentence, phrase: speaker })),
];

const inOrder = (speakers: readonly Speaker[]): Speaker[] => {
  const startOf = ({ sentence, phrase }: Speaker) => sentence.words[phrase.from]?.start ?? 0;
  return speakers.toSorted((a, b) => startOf(a) - startOf(b));
};

const byPlace = (a: Suggestion, b: Suggestion) =>
  first(a).start - first(b).start || first(b).end - first(a).end || (a.layer < b.layer ? -1 : 1);
const first = ({ spans }: Suggestion): Range => spans[0] as Span;
