import { spanAt } from '../text/span.ts';
import { nameRuns } from './name-runs.ts';
import { isOffice } from './person-words.ts';
import { type Phrase, phraseStartingAt } from './phrases.ts';
import { phraseSpan } from './roles.ts';
import { ruleReasons } from './rules.ts';
import { rulesVersion, type Suggestion } from './suggestion.ts';
import type { Sentence, Word, WordRange } from './words.ts';

/**
 * Suggestions of FACT for who someone is, where it stands beside the name: “Ana Ruiz, a former mayor of the town, …”. They lie apart from
 * the ranges of words `taken` of their sentence.
 */
export function roleFacts(text: string, sentence: Sentence, taken: readonly WordRange[]): Suggestion[] {
  const { words } = sentence;
  return nameRuns(words).flatMap(({ from, to }) => {
    if (to - from < 2 || words[to]?.text !== ',') return [];
    const role = roleAfter(words, to + 1);
    if (!role || taken.some((other) => from < other.to && other.from < role.to)) return [];
    const attributes = {
      ...{ claim_type: 'event_property', attribution: 'asserted', certainty: 'certain', fact_polarity: 'positive' },
      checkworthiness: 'unimportant',
    };
    const spans = [spanAt(text, phraseSpan(text, sentence, { from, to: role.to }))];
    const rule = 'fact.role';
    return [{ layer: 'FACT', spans, attributes, roles: [], rule, version: rulesVersion, why: ruleReasons[rule], confidence: 0.45 }];
  });
}

// A phrase about an office or a family tie up to the next comma or the sentence's end.
function roleAfter(words: readonly Word[], first: number): Phrase | null {
  const isRole = /^(?:an?|the|his|her|their)$/.test(words[first]?.lower ?? '') || words[first]?.pos === 'PROPN';
  const phrase = isRole ? phraseStartingAt(words, first, words.length) : null;
  if (!phrase || phrase.pronoun) return null;
  const of = words.findIndex(({ lower }, index) => index > first && index < phrase.to && /^(?:of|for|and)$/.test(lower));
  const head = words[(of < 0 ? phrase.to : of) - 1] as Word;
  let to = phrase.to;
  while (to < words.length && to - first < 16 && !/^(?:[,.;:]|[—–-]+|who|which|that|and|but)$/.test(words[to]?.lower ?? '')) to++;
  const ends = words[to];
  const isWhole = ends !== undefined && /^[,.;]$/.test(ends.text);
  return head.pos === 'NOUN' &&
    isOffice(head.lower) &&
    isWhole &&
    !words.slice(first, to).some(({ quote, pos }) => quote !== null || pos === 'VERB')
    ? { ...phrase, to }
    : null;
}
