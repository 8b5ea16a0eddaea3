import { type Span, spanAt } from '../text/span.ts';
import { nameBeside } from './apposition.ts';
import type { Names } from './names.ts';
import { type Phrase, phraseStartingAt } from './phrases.ts';
import { canSpeak } from './speakers.ts';
import type { SuggestedRole } from './suggestion.ts';
import type { Sentence, Word, WordRange } from './words.ts';

/** The span of the words `from` to `to` (excluded) of a sentence. */
export function phraseSpan(text: string, { words }: Sentence, { from, to }: WordRange): Span {
  return spanAt(text, { start: words[from]?.start ?? 0, end: words[to - 1]?.end ?? 0 });
}

/** Where a cue ends, with the particle that belongs to its verb (“pointed out”). */
export function cueEnd(words: readonly Word[], cue: WordRange): number {
  return /^(?:out|back)$/.test(words[cue.to]?.lower ?? '') ? cue.to + 1 : cue.to;
}

/** The codebook's `speaker_form` of the speaker `phrase` of `sentence`. */
export function speakerForm(text: string, sentence: Sentence, phrase: Phrase): 'pronoun' | 'named' | 'nominal' {
  if (phrase.pronoun) return 'pronoun';
  const [first = phrase] = peopleIn(sentence, phrase);
  // At the head of a sentence the article is a capital too.
  const mention = phraseSpan(text, sentence, first).text.replace(/^(?:the|an?)\s+/i, '');
  return /\p{Lu}/u.test(mention) ? 'named' : 'nominal';
}

/** Who `phrase` of `sentence` names, one phrase for each: the name beside a description, and both of “Ana Ruiz and Tom Berg”. */
export function peopleIn({ words }: Sentence, phrase: Phrase): Phrase[] {
  const name = nameBeside(words, phrase);
  return name ? [name] : bothOf(words, phrase);
}

/** The roles named `role` that `phrase` of `sentence`, which speaks or has a mind of its own, gives: one, or two where it names two people. */
export function personRoles(
  text: string,
  role: string,
  sentence: Sentence,
  phrase: Phrase,
  names: Names,
  confidence: number,
): SuggestedRole[] {
  return peopleIn(sentence, phrase).map((one) => ({
    ...{ role, confidence },
    span: phraseSpan(text, sentence, one),
    entity: names.entityOf(sentence, one),
  }));
}

/** Who is spoken to, by the cue `cue` (“told reporters”) or at the head of its sentence (“Speaking to reporters, …”); none where that is not said. */
export function addresseeRoles(text: string, sentence: Sentence, cue: WordRange, names: Names, confidence: number): SuggestedRole[] {
  const { words } = sentence;
  const telling = /^(?:told|tells?|telling|informed|assured|reminded)$/.test(words[cue.from]?.lower ?? '');
  const saying = /^(?:said|says|saying)$/.test(words[cue.from]?.lower ?? '') && words[cue.to]?.lower === 'to';
  const opening = words[0]?.lower === 'speaking' && words[1]?.lower === 'to';
  const first = telling ? cue.to : saying ? cue.to + 1 : opening ? 2 : null;
  const phrase = first === null || words[first]?.quote ? null : phraseStartingAt(words, first, words.length);
  if (!phrase || !canSpeak(words, phrase) || /^(?:that|i|we|he|she|they)$/.test(words[phrase.from]?.lower ?? '')) return [];
  return [{ role: 'addressee', span: phraseSpan(text, sentence, phrase), entity: names.whoIs(sentence, phrase), confidence }];
}

function bothOf(words: readonly Word[], phrase: Phrase): Phrase[] {
  const and = words.findIndex(({ lower }, index) => index > phrase.from && index < phrase.to - 1 && lower === 'and');
  const isName = (at: number) => words[at]?.pos === 'PROPN';
  // “the Department of Health and Human Services” is one.
  if (and < 0 || !isName(and - 1) || !isName(phrase.to - 1) || words.slice(phrase.from, and).some(({ pos }) => pos === 'ADP'))
    return [phrase];
  return [
    { ...phrase, to: and },
    { ...phrase, from: and + 1 },
  ];
}
