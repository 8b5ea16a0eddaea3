import { type Phrase, phraseStartingAt } from './phrases.ts';
import { endsInIng, isGenitive } from './word-forms.ts';
import type { Word } from './words.ts';

/**
 * What an attitude is about whose words end before word `from`: a noun phrase with all that its owner has (“the council’s ‘shameful’ silence”),
 * something done (“the closing of a plant”), words in marks, or “it”. Null where it is a person’s pronoun, or nothing that can be told.
 */
export function attitudeTarget(words: readonly Word[], from: number): Phrase | null {
  const first = words[from];
  if (!first || (/^(?:him|her|them|me|us)$/.test(first.lower) === true && !isOwned(words, from))) return null;
  if (/^(?:it|this|that)$/.test(first.lower) && endsThere(words[from + 1])) return { from, to: from + 1, pronoun: true };
  if (first.quote) return first.text.split(/\s+/).length <= 6 ? { from, to: from + 1, pronoun: false } : null;
  const done = deed(words, from);
  if (done) return done;
  const phrase = phraseStartingAt(words, from, words.length) ?? phraseAroundMarks(words, from);
  if (!phrase || phrase.pronoun) return null;
  const rest = isGenitive(words[phrase.to]) ? phraseAroundMarks(words, phrase.to) : null;
  return rest ? { ...phrase, to: rest.to } : phrase;
}

const isOwned = (words: readonly Word[], from: number): boolean =>
  words[from]?.lower === 'her' && phraseStartingAt(words, from, words.length)?.pronoun === false;

const endsThere = (next: Word | undefined): boolean =>
  next === undefined || next.quote !== null || /^(?:PUNCT|CCONJ|ADP|SCONJ|ADV)$/.test(next.pos);

// “the ‘shameful’ silence”, “’s ‘shameful’ silence”
function phraseAroundMarks(words: readonly Word[], from: number): Phrase | null {
  const marks = from + 1;
  if (!words[marks]?.quote) return null;
  const rest = phraseStartingAt(words, marks + 1, words.length);
  return rest && !rest.pronoun ? { from, to: rest.to, pronoun: false } : null;
}

// “the closing of a plant”, “closing the plant”
function deed(words: readonly Word[], from: number): Phrase | null {
  const at = words[from]?.pos === 'DET' ? from + 1 : from;
  const word = words[at];
  if (!word || !endsInIng(word) || !/^(?:VERB|NOUN)$/.test(word.pos)) return null;
  const isNoun = words[at + 1]?.lower === 'of';
  if (!isNoun && (word.pos !== 'VERB' || at > from)) return null;
  const object = phraseStartingAt(words, isNoun ? at + 2 : at + 1, words.length);
  return object && !object.pronoun ? { from, to: object.to, pronoun: false } : null;
}
