import { cueKind } from './cues.ts';
import { isNominal, isPersonalPronoun, type Phrase, phraseEndingAt, phraseStartingAt } from './phrases.ts';
import { canSpeak, isCue, isVerb, ownerOf, subjectAfter, subjectOf } from './speakers.ts';
import type { Sentence, Word } from './words.ts';

/** Who says a marked run and by which cue, found in the run's own sentence. Indexes count the words of `sentence`. */
export interface Attribution {
  readonly sentence: Sentence;
  /** The cue's words, `to` excluded; null where nothing reports. */
  readonly cue: { readonly from: number; readonly to: number } | null;
  readonly speaker: Phrase | null;
  /** Where the cue stands; `adjacent` is before it with nothing between. */
  readonly place: 'after' | 'adjacent' | 'before' | 'trailing' | 'owner' | 'subject';
}

/** The attribution of the marked run that is word `index` of `sentence`, by the first pattern that fits; null where its sentence says nothing of a speaker. */
export function attributionOf(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  const before = cueBefore(sentence, index);
  if (before?.place === 'adjacent') return before;
  return (
    cueAfter(sentence, index) ??
    before ??
    trailingCue(sentence, index) ??
    ownerBefore(sentence, index) ??
    plainSubject(sentence, words, index)
  );
}

/** Whether the marked run `word` ends in a way that its sentence goes on after it. */
export function leadsOn(word: Word): boolean {
  return /[,?!—–-]["'”’»“‘„]*$/.test(word.text);
}

function limitAfter(words: readonly Word[], index: number): number {
  for (let at = index + 1; at < words.length; at++) if (words[at]?.quote || words[at]?.text === ';') return at;
  return words.length;
}

function cueAfter(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  const quote = words[index] as Word;
  const ceiling = limitAfter(words, index);
  let first = index + 1;
  while (first < ceiling && /^(?:,|[—–-]+|\.)$/.test(words[first]?.text ?? '')) first++;
  const open = leadsOn(quote) || first > index + 1;
  const next = words[first];
  if (!next || first >= ceiling) return null;
  if (next.lower === 'according' && words[first + 1]?.lower === 'to') {
    const speaker = phraseStartingAt(words, first + 2, ceiling);
    if (speaker) return { sentence, cue: { from: first, to: first + 2 }, speaker, place: 'after' };
  }
  let verb = first;
  while (verb < ceiling && words[verb]?.pos === 'ADV') verb++;
  if (verb < ceiling && (isCue(words[verb] as Word) || (open && isVerb(words[verb] as Word) && leadsOn(quote)))) {
    const speaker = /^(?:told|tells)$|ing$/.test((words[verb] as Word).lower) ? null : subjectAfter(words, verb, ceiling);
    if (speaker && canSpeak(words, speaker)) return { sentence, cue: { from: verb, to: verb + 1 }, speaker, place: 'after' };
  }
  const phrase = phraseStartingAt(words, first, ceiling);
  if (!phrase || !canSpeak(words, phrase)) return null;
  for (let at = phrase.to; at < ceiling; at++) {
    const word = words[at] as Word;
    if (!isCue(word)) continue;
    const speaker = subjectOf(words, at, first);
    if (speaker && speaker.from <= first + 1 && (open || at <= phrase.to + 2))
      return { sentence, cue: { from: at, to: at + 1 }, speaker, place: 'after' };
  }
  if (!open || !leadsOn(quote)) return null;
  for (let at = phrase.to; at < ceiling; at++) {
    const word = words[at] as Word;
    if (word.pos === 'VERB') {
      const speaker = subjectOf(words, at, first);
      return speaker && speaker.from <= first + 1 ? { sentence, cue: { from: at, to: at + 1 }, speaker, place: 'after' } : null;
    }
  }
  return null;
}

function cueBefore(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  for (let at = index - 1; at >= 0; at--) {
    const word = words[at] as Word;
    if (word.text === ';') break;
    if (word.lower === 'to' && words[at - 1]?.lower === 'according') {
      const speaker = phraseStartingAt(words, at + 1, index);
      if (speaker) return { sentence, cue: { from: at - 1, to: at + 1 }, speaker, place: 'before' };
    }
    const owner = ownerOf(words, at, 0);
    if (owner && canSpeak(words, owner)) return { sentence, cue: { from: at, to: at + 1 }, speaker: owner, place: 'before' };
    if (!isCue(word)) continue;
    const speaker = subjectOf(words, at, 0);
    const adjacent = isAdjacent(words, at, index);
    if (speaker && canSpeak(words, speaker))
      return { sentence, cue: { from: at, to: at + 1 }, speaker, place: adjacent ? 'adjacent' : 'before' };
    // “said Smith, “…””
    const inverted = words[at - 1]?.quote || at === 0 ? subjectAfter(words, at, index) : null;
    if (inverted && canSpeak(words, inverted)) return { sentence, cue: { from: at, to: at + 1 }, speaker: inverted, place: 'adjacent' };
  }
  return null;
}

function isAdjacent(words: readonly Word[], cue: number, quote: number): boolean {
  if (quote === cue + 1) return true;
  const last = words[quote - 1]?.text ?? '';
  if (quote === cue + 2) return /^(?:,|:|[—–-]+)$/.test(last);
  if (!/^[,:]$/.test(last)) return false;
  for (let at = cue + 1; at < quote; at++) if (isVerb(words[at] as Word) || words[at]?.quote) return false;
  return true;
}

// “The plan is “a disaster” for the region, Smith said.”
function trailingCue(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  for (let at = words.length - 1; at > index + 1; at--) {
    const word = words[at] as Word;
    if (word.quote) return null;
    if (word.lower === 'to' && words[at - 1]?.lower === 'according') {
      const speaker = phraseStartingAt(words, at + 1, words.length);
      if (speaker) return { sentence, cue: { from: at - 1, to: at + 1 }, speaker, place: 'trailing' };
    }
    if (!isCue(word)) continue;
    const speaker = subjectOf(words, at, index + 1, 0);
    if (speaker && words[speaker.from - 1]?.text === ',') return { sentence, cue: { from: at, to: at + 1 }, speaker, place: 'trailing' };
  }
  return null;
}

// “Smith’s “…””, “his “…” speech”
function ownerBefore(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  for (let at = index - 1; at >= Math.max(0, index - 4); at--) {
    const word = words[at] as Word;
    if (/^(?:his|her|their|my)$/.test(word.lower))
      return { sentence, cue: null, speaker: { from: at, to: at + 1, pronoun: true }, place: 'owner' };
    if (/^(?:’s|'s|’|')$/.test(word.text)) {
      const speaker = phraseEndingAt(words, at - 1, 0);
      return speaker && canSpeak(words, speaker) ? { sentence, cue: null, speaker, place: 'owner' } : null;
    }
    if (!isNominal(word)) return null;
  }
  return null;
}

// The subject of the nearest verb before it: a guess.
function plainSubject(sentence: Sentence, words: readonly Word[], index: number): Attribution | null {
  for (let at = index - 1; at >= 0; at--) {
    const word = words[at] as Word;
    if (word.text === ';') return null;
    if (!isVerb(word)) continue;
    const speaker = subjectOf(words, at, 0);
    if (!speaker || !canSpeak(words, speaker)) continue;
    const person = speaker.pronoun || words.slice(speaker.from, speaker.to).some((part) => part.pos === 'PROPN' || isPersonalPronoun(part));
    return person ? { sentence, cue: cueKind(word.lower) ? { from: at, to: at + 1 } : null, speaker, place: 'subject' } : null;
  }
  return null;
}
