import type { Attribution } from './attribution.ts';
import { cueKind, isPlainCue } from './cues.ts';
import { type Phrase, phraseStartingAt } from './phrases.ts';
import { canSpeak, isCue, subjectAfter, subjectOf } from './speakers.ts';
import { endsInIng, isAccordingTo, isCommaOrDash, leadsOn } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

/** What follows a marked run, up to the next run, semicolon or colon. */
interface Continuation {
  readonly sentence: Sentence;
  readonly words: readonly Word[];
  /** The first word behind the run and its comma. */
  readonly first: number;
  /** Where it ends, excluded. */
  readonly ceiling: number;
  /** Whether the run ends with a comma or the like, or with a question: who says it may follow. */
  readonly leadsOn: boolean;
  /** The same, or the comma stands behind the closing mark. */
  readonly isParted: boolean;
  /** Whether the run is the head of its sentence, and so a statement of its own. */
  readonly isHead: boolean;
}

/** The cue behind the marked run that is word `run` of `sentence` (“…,” said Smith; “…,” Smith said); null where none belongs to it. */
export function cueAfter(sentence: Sentence, run: number): Attribution | null {
  const rest = continuationOf(sentence, run);
  return rest && (accordingTo(rest) ?? invertedCue(rest) ?? phraseWithCue(rest));
}

function continuationOf(sentence: Sentence, run: number): Continuation | null {
  const { words } = sentence;
  const end = words.findIndex(({ quote, text }, at) => at > run && (quote !== null || /^[;:]$/.test(text)));
  const ceiling = end < 0 ? words.length : end;
  let first = run + 1;
  while (first < ceiling && /^(?:,|[—–-]+|\.|['’])$/.test(words[first]?.text ?? '')) first++;
  if (first >= ceiling) return null;
  const leads = leadsOn(words[run] as Word);
  return { sentence, words, first, ceiling, leadsOn: leads, isParted: leads || isCommaOrDash(words[first - 1]), isHead: run === 0 };
}

const cued = ({ sentence }: Continuation, from: number, to: number, speaker: Phrase): Attribution => ({
  ...{ sentence, speaker },
  cue: { from, to },
  place: 'after',
});

// “…,” according to Smith
function accordingTo(rest: Continuation): Attribution | null {
  const { words, first, ceiling } = rest;
  const speaker = isAccordingTo(words, first) ? phraseStartingAt(words, first + 2, ceiling) : null;
  return speaker && cued(rest, first, first + 2, speaker);
}

// “…,” said Smith
function invertedCue(rest: Continuation): Attribution | null {
  const { words, first, ceiling } = rest;
  let verb = first;
  while (verb < ceiling && words[verb]?.pos === 'ADV') verb++;
  const word = words[verb];
  if (!word || verb >= ceiling) return null;
  // After a whole statement with its comma any verb reports: “…,” thundered Smith.
  const reports = isCue(word, words[verb + 1]) || (rest.leadsOn && rest.isHead && word.pos === 'VERB');
  // Behind “told” stands who hears it; a participle goes on with what went before.
  if (!reports || /^(?:told|tells)$/.test(word.lower) || endsInIng(word)) return null;
  const speaker = subjectAfter(words, verb, ceiling);
  return speaker && canSpeak(words, speaker) ? cued(rest, verb, verb + 1, speaker) : null;
}

// “…,” Smith said
function phraseWithCue(rest: Continuation): Attribution | null {
  const { words, first, ceiling } = rest;
  const whole = phraseStartingAt(words, first, ceiling);
  if (!whole || !canSpeak(words, whole)) return subjectOfAnyWords(rest);
  const phrase = withoutShotBack(words, whole);
  const misread = cueTakenForNoun(rest, phrase);
  if (misread) return misread;
  const cue = cueBehindPhrase(rest, phrase);
  return cue === null ? anyVerbBehindPhrase(rest, phrase) : attributionByCueBehind(rest, phrase, cue);
}

// “…,” the forward said; “…,” From said: what the tagger takes for other words is a subject where nothing else can stand.
function subjectOfAnyWords(rest: Continuation): Attribution | null {
  const { words, first, ceiling } = rest;
  if (!rest.isParted || !rest.isHead) return null;
  const cue = words.findIndex(({ lower }, at) => at > first && at < Math.min(ceiling, first + 5) && isPlainCue(lower));
  const after = words[cue + 1];
  if (cue < 0 || (after && !/^(?:[.,]|in|on|at|to|during|after|of)$/.test(after.lower))) return null;
  const inside = words.slice(first, cue);
  const isName = cue === first + 1 && /^\p{Lu}\p{Ll}/u.test(words[first]?.text ?? '');
  const isWhole = inside.length > 1 && inside[0]?.pos === 'DET' && inside.every(({ pos }) => !/^(?:VERB|AUX|PUNCT|PRON|QUOTE)$/.test(pos));
  return isName || isWhole ? cued(rest, cue, cue + 1, { from: first, to: cue, pronoun: false }) : null;
}

// “Smith shot back”: a verb that reports with “back” alone is taken for a part of the name.
function withoutShotBack(words: readonly Word[], phrase: Phrase): Phrase {
  const back = words.findIndex(
    ({ lower }, at) =>
      at > phrase.from &&
      at < phrase.to &&
      words[at + 1]?.lower === 'back' &&
      isCue(words[at] as Word, words[at + 1]) &&
      cueKind(lower) === undefined,
  );
  return back > 0 ? { ...phrase, to: back } : phrase;
}

// “Smith notes.”: the tagger takes the verb for a noun, so that it is the end of the phrase.
function cueTakenForNoun(rest: Continuation, phrase: Phrase): Attribution | null {
  const { words } = rest;
  const verb = phrase.to - 1;
  const word = words[verb] as Word;
  const speaker = { ...phrase, to: verb };
  const isMisread =
    rest.isParted &&
    rest.isHead &&
    word.pos === 'NOUN' &&
    cueKind(word.lower) === 'say' &&
    canSpeak(words, speaker) &&
    /^(?:[.,]|in|on|at|of|to)$/.test(words[phrase.to]?.lower ?? '.');
  return isMisread ? cued(rest, verb, phrase.to, speaker) : null;
}

// The first verb behind `phrase` that reports; a run without a comma has it within three words.
function cueBehindPhrase(rest: Continuation, phrase: Phrase): number | null {
  const { words, ceiling } = rest;
  const limit = rest.isParted ? ceiling : Math.min(ceiling, phrase.to + 3);
  for (let at = phrase.to; at < limit; at++) {
    const word = words[at] as Word;
    if (!isCue(word, words[at + 1]) && !endsAsCue(rest, at)) continue;
    // Behind a run within a sentence these carry the sentence on, and say nothing of the run.
    const carriesOn = /^(?:think|label)$/.test(cueKind(word.lower) ?? '') || (endsInIng(word) && words[at - 1]?.pos !== 'AUX');
    if (rest.isHead || !carriesOn) return at;
  }
  return null;
}

// “…,” a voice in the film states.
const endsAsCue = ({ words, isParted, isHead }: Continuation, at: number) =>
  isParted && isHead && isPlainCue((words[at] as Word).lower) && /^[.?!]$/.test(words[at + 1]?.text ?? '');

function attributionByCueBehind(rest: Continuation, phrase: Phrase, cue: number): Attribution | null {
  const { words, first } = rest;
  // “… a “step forward,” he noted that …”: what follows is said, not what went before.
  if (!rest.isHead && /^(?:that|how|whether)$/.test(words[cue + 1]?.lower ?? '')) return null;
  // “He “felt a duty to act on” the climate, she said.”: the phrase ends the statement, and its speaker follows the comma.
  if (!rest.isParted && words[phrase.to]?.text === ',') {
    const speaker = subjectOf(words, cue, phrase.to + 1, 0);
    return speaker && canSpeak(words, speaker) ? cued(rest, cue, cue + 1, speaker) : null;
  }
  const subject = subjectOf(words, cue, first);
  return cued(rest, cue, cue + 1, subject && subject.from <= first + 1 ? subject : phrase);
}

// “…,” Smith laughed and went on: after a whole statement with its comma any verb of the phrase reports.
function anyVerbBehindPhrase(rest: Continuation, phrase: Phrase): Attribution | null {
  const { words, first, ceiling } = rest;
  if (!rest.leadsOn || !rest.isHead) return null;
  for (let at = phrase.to; at < ceiling; at++) {
    if (words[at]?.pos !== 'VERB') continue;
    const speaker = subjectOf(words, at, first);
    return speaker && speaker.from <= first + 1 ? cued(rest, at, at + 1, speaker) : null;
  }
  return null;
}

/** The cue at the end of the sentence, words behind the marked run (“The plan is “a disaster” for the region, Smith said.”); null where none is. */
export function trailingCue(sentence: Sentence, run: number): Attribution | null {
  const { words } = sentence;
  for (let at = words.length - 1; at > run + 1; at--) {
    const word = words[at] as Word;
    if (word.quote) return null;
    if (isAccordingTo(words, at - 1)) {
      const speaker = phraseStartingAt(words, at + 1, words.length);
      if (speaker) return { sentence, cue: { from: at - 1, to: at + 1 }, speaker, place: 'trailing' };
    }
    if (!isCue(word, words[at + 1])) continue;
    const isInverted = isCommaOrDash(words[at - 1]);
    const speaker = isInverted ? subjectAfter(words, at, words.length) : subjectOf(words, at, run + 1, 0);
    if (speaker && (isInverted || words[speaker.from - 1]?.text === ','))
      return { sentence, cue: { from: at, to: at + 1 }, speaker, place: 'trailing' };
  }
  return null;
}
