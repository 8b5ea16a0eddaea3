import type { Attribution } from './attribution.ts';
import { isPassive } from './clauses.ts';
import { cueKind, isPlainCue } from './cues.ts';
import { type Phrase, phraseEndingAt, phraseStartingAt } from './phrases.ts';
import { canSpeak, isCue, isVerb, ownerOf, subjectAfter, subjectOf } from './speakers.ts';
import { endsInIng, isAccordingTo, isCommaOrDash } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

/**
 * The cue before the marked run that is word `run` of `sentence` (Smith said: “…”; according to Smith, …), `adjacent` where nothing stands
 * between them. Words are gone through from the run to the head of the sentence: of clauses side by side the nearest reports, of clauses within
 * each other (Smith said that Jones hopes “…”) the outermost. Null where none is found.
 */
export function cueBefore(sentence: Sentence, run: number): Attribution | null {
  const { words } = sentence;
  let found: Attribution | null = null;
  let bySayingNoun: Attribution | null = null;
  const cued = (from: number, to: number, speaker: Phrase, place: 'adjacent' | 'before'): Attribution => ({
    ...{ sentence, speaker, place },
    cue: { from, to },
  });
  for (let at = run - 1; at >= 0; at--) {
    const word = words[at] as Word;
    if (word.text === ';') break;
    if (found?.speaker && startsClauseBeside(words, at, found.speaker)) break;
    if (isAccordingTo(words, at - 1)) {
      const speaker = phraseStartingAt(words, at + 1, run);
      if (speaker) found = cued(at - 1, at + 1, speaker, 'before');
      continue;
    }
    const owner = ownerOf(words, at, 0);
    if (owner && canSpeak(words, owner)) bySayingNoun ??= cued(at, at + 1, owner, 'before');
    if (!isCue(word, words[at + 1]) || labelsNoun(words, at) || isPassive(words, at)) continue;
    const inserted = insertedSpeaker(words, at, run);
    const speaker = inserted ?? subjectOf(words, at, 0);
    if (speaker && canSpeak(words, speaker)) {
      if (!found && labelsRun(words, at, run, speaker)) return cued(at, at + 1, speaker, 'adjacent');
      if (found?.speaker && hasSameSubject(words, speaker, found.speaker)) continue;
      const isAdjacent = !inserted && standsRightBefore(words, at, run);
      found = cued(at, at + 1, speaker, isAdjacent ? 'adjacent' : 'before');
      // “said that he hopes “…””: the pronoun is who said it, so that the outer verb is looked for.
      if (isAdjacent && !(at === run - 1 && isPersonalSubject(words[speaker.from]))) return found;
      continue;
    }
    // “…,” said Smith, “…”
    const inverted = (words[at - 1]?.quote || at === 0) && !endsInIng(word) ? subjectAfter(words, at, run) : null;
    if (inverted && canSpeak(words, inverted)) return cued(at, at + 1, inverted, 'adjacent');
  }
  return found ?? bySayingNoun;
}

// “…, and Smith said “…””: a clause beside those before it, with a comma or at the head.
function startsClauseBeside(words: readonly Word[], at: number, speaker: Phrase): boolean {
  const before = words[at - 1];
  return (
    at === speaker.from - 1 &&
    /^(?:and|but|while|whereas|although|though)$/.test(words[at]?.lower ?? '') &&
    (!before || isCommaOrDash(before) || /,["'”’»]*$/.test(before.text))
  );
}

// “a group called”, “items labeled”: nobody speaks.
function labelsNoun(words: readonly Word[], at: number): boolean {
  const { lower } = words[at] as Word;
  return /ed$/.test(lower) && cueKind(lower) === 'label' && words[at - 1]?.pos === 'NOUN' && phraseEndingAt(words, at - 1, 0)?.from !== 0;
}

// “a plan, which he described as “…””: the relative clause is about the run, whatever reports the sentence.
const labelsRun = (words: readonly Word[], cue: number, run: number, speaker: Phrase): boolean =>
  cueKind((words[cue] as Word).lower) === 'label' && run - cue <= 2 && /^(?:which|what|whom)$/.test(words[speaker.from - 1]?.lower ?? '');

// Of two verbs of one subject the nearer is the cue; “who” has it in the words before.
const hasSameSubject = (words: readonly Word[], speaker: Phrase, nearer: Phrase): boolean =>
  words[speaker.from]?.lower === 'who' || speaker.from === nearer.from;

const isPersonalSubject = (word: Word | undefined): boolean => word !== undefined && /^(?:he|she|they|it|we|i)$/.test(word.lower);

// “The plan, says Ana Ruiz, is …”: the speaker behind an inserted cue, between commas.
function insertedSpeaker(words: readonly Word[], at: number, run: number): Phrase | null {
  const word = words[at] as Word;
  if (at < 2 || words[at - 1]?.text !== ',' || !isPlainCue(word.lower) || endsInIng(word)) return null;
  const speaker = subjectAfter(words, at, run);
  if (!speaker || words[speaker.to]?.text !== ',') return null;
  return speaker.pronoun || words.slice(speaker.from, speaker.to).some(({ pos }) => pos === 'PROPN') ? speaker : null;
}

// Whether nothing but stops, or words without a verb and then a comma or colon, is between cue and run.
function standsRightBefore(words: readonly Word[], cue: number, run: number): boolean {
  if (run === cue + 1) {
    const { lower } = words[cue] as Word;
    // A verb that often does something else reports here only if the run begins as a sentence does.
    return isPlainCue(lower) || cueKind(lower) !== 'say' || /^[“"'‘«„]*\p{Lu}/u.test((words[run] as Word).text);
  }
  const last = words[run - 1];
  if (run === cue + 2) return last?.text === ':' || isCommaOrDash(last);
  if (!/^[,:]$/.test(last?.text ?? '')) return false;
  return !words.slice(cue + 1, run).some((word) => isVerb(word) || word.quote);
}
