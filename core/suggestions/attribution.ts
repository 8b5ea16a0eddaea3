import { isPassive } from './clauses.ts';
import { cueKind, isPlainCue } from './cues.ts';
import { isNominal, type Phrase, phraseEndingAt, phraseStartingAt } from './phrases.ts';
import { canSpeak, isCue, isVerb, ownerOf, subjectAfter, subjectOf } from './speakers.ts';
import type { Sentence, Word } from './words.ts';

/** Who says a marked run and by which cue, found in the run's own sentence. Indexes count the words of `sentence`. */
export interface Attribution {
  readonly sentence: Sentence;
  /** The cue's words, `to` excluded; null where nothing reports. */
  readonly cue: { readonly from: number; readonly to: number } | null;
  readonly speaker: Phrase | null;
  /** Where the cue stands; `adjacent` is before it with nothing between. */
  readonly place: 'after' | 'adjacent' | 'before' | 'label' | 'trailing' | 'owner' | 'subject';
}

/** The attribution of the marked run that is word `index` of `sentence`, by the first pattern that fits; null where its sentence says nothing of a speaker. */
export function attributionOf(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  const before = cueBefore(sentence, index);
  const after = before?.place === 'adjacent' && !followsWeakly(before, words, index) ? null : cueAfter(sentence, index);
  if (before?.place === 'adjacent' && !(after?.cue && isPlainCue((words[after.cue.from] as Word).lower))) return before;
  return (
    after ??
    before ??
    labelled(sentence, index) ??
    trailingCue(sentence, index) ??
    plainSubject(sentence, words, index) ??
    ownerBefore(sentence, index)
  );
}

// “She defends it in an advertisement: “We stay,” he says.”
const followsWeakly = ({ cue }: Attribution, words: readonly Word[], index: number): boolean =>
  cue !== null && leadsOn(words[index] as Word) && words[index - 1]?.text === ':' && !isPlainCue((words[cue.from] as Word).lower);

/** Whether the marked run `word` ends in a way that its sentence goes on after it. */
export function leadsOn(word: Word): boolean {
  return /[,?!—–-]["'”’»“‘„]*$/.test(word.text);
}

function limitAfter(words: readonly Word[], index: number): number {
  for (let at = index + 1; at < words.length; at++) if (words[at]?.quote || /^[;:]$/.test(words[at]?.text ?? '')) return at;
  return words.length;
}

function cueAfter(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  const quote = words[index] as Word;
  const ceiling = limitAfter(words, index);
  let first = index + 1;
  while (first < ceiling && /^(?:,|[—–-]+|\.|['’])$/.test(words[first]?.text ?? '')) first++;
  const open = leadsOn(quote) || /^(?:,|[—–-]+)$/.test(words[first - 1]?.text ?? '');
  const next = words[first];
  if (!next || first >= ceiling) return null;
  const at = (from: number, to: number, speaker: Phrase): Attribution => ({ sentence, cue: { from, to }, speaker, place: 'after' });
  if (next.lower === 'according' && words[first + 1]?.lower === 'to') {
    const speaker = phraseStartingAt(words, first + 2, ceiling);
    if (speaker) return at(first, first + 2, speaker);
  }
  let verb = first;
  while (verb < ceiling && words[verb]?.pos === 'ADV') verb++;
  const head = words[verb];
  if (head && verb < ceiling && (isCue(head, words[verb + 1]) || (leadsOn(quote) && index === 0 && head.pos === 'VERB'))) {
    const speaker = /^(?:told|tells)$|ing$/.test(head.lower) ? null : subjectAfter(words, verb, ceiling);
    if (speaker && canSpeak(words, speaker)) return at(verb, verb + 1, speaker);
  }
  const long = phraseStartingAt(words, first, ceiling);
  if (!long || !canSpeak(words, long)) return null;
  // “Smith shot back”
  const back = words.findIndex((_, at) => at > first && at < long.to && isBack(words, at));
  const phrase = back > 0 ? { ...long, to: back } : long;
  // “Smith notes”: the tagger takes the verb for a noun.
  const last = words[phrase.to - 1] as Word;
  if (
    open &&
    index === 0 &&
    canSpeak(words, { ...phrase, to: phrase.to - 1 }) &&
    cueKind(last.lower) === 'say' &&
    last.pos === 'NOUN' &&
    /^(?:[.,]|in|on|at|of|to)$/.test(words[phrase.to]?.lower ?? '.')
  ) {
    return at(phrase.to - 1, phrase.to, { ...phrase, to: phrase.to - 1 });
  }
  for (let cue = phrase.to; cue < ceiling; cue++) {
    const word = words[cue] as Word;
    // “a voice in the film states.”
    const ends = open && index === 0 && isPlainCue(word.lower) && /^[.?!]$/.test(words[cue + 1]?.text ?? '');
    if (!(isCue(word, words[cue + 1]) || ends) || !(open || cue <= phrase.to + 2)) continue;
    if (index > 0 && /^(?:think|label)$/.test(cueKind(word.lower) ?? '')) continue;
    if (index > 0 && /ing$/.test(word.lower) && words[cue - 1]?.pos !== 'AUX') continue;
    // “… a “step forward,” he noted that …”: what follows is said, not what went before.
    if (index > 0 && /^(?:that|how|whether)$/.test(words[cue + 1]?.lower ?? '')) return null;
    // “He “felt a duty to act on” the climate, she said.”
    if (!open && words[phrase.to]?.text === ',') {
      const speaker = subjectOf(words, cue, phrase.to + 1, 0);
      return speaker && canSpeak(words, speaker) ? at(cue, cue + 1, speaker) : null;
    }
    const subject = subjectOf(words, cue, first);
    return at(cue, cue + 1, subject && subject.from <= first + 1 ? subject : phrase);
  }
  if (!leadsOn(quote) || index > 0) return null;
  for (let cue = phrase.to; cue < ceiling; cue++) {
    if (words[cue]?.pos !== 'VERB') continue;
    const speaker = subjectOf(words, cue, first);
    return speaker && speaker.from <= first + 1 ? at(cue, cue + 1, speaker) : null;
  }
  return null;
}

function cueBefore(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  let found: Attribution | null = null;
  let owned: Attribution | null = null;
  for (let at = index - 1; at >= 0; at--) {
    const word = words[at] as Word;
    if (word.text === ';') break;
    // Of two clauses side by side the nearer reports; of clauses within each other the outermost.
    if (found?.speaker && at < found.speaker.from && startsAnew(words, at, found.speaker.from)) break;
    if (word.lower === 'to' && words[at - 1]?.lower === 'according') {
      const speaker = phraseStartingAt(words, at + 1, index);
      if (speaker) found = { sentence, cue: { from: at - 1, to: at + 1 }, speaker, place: 'before' };
      continue;
    }
    const owner = ownerOf(words, at, 0);
    if (owner && canSpeak(words, owner)) owned ??= { sentence, cue: { from: at, to: at + 1 }, speaker: owner, place: 'before' };
    if (!isCue(word, words[at + 1]) || isNamed(words, at) || isPassive(words, at)) continue;
    const inserted = insertedSpeaker(words, at, index);
    const speaker = inserted ?? subjectOf(words, at, 0);
    const adjacent = isAdjacent(words, at, index) && !inserted;
    if (speaker && canSpeak(words, speaker)) {
      // “a plan, which he described as “…””
      const own = cueKind(word.lower) === 'label' && index - at <= 2 && /^(?:which|what|whom)$/.test(words[speaker.from - 1]?.lower ?? '');
      if (own && !found) return { sentence, cue: { from: at, to: at + 1 }, speaker, place: 'adjacent' };
      // Of two verbs of one subject the nearer is the cue.
      if (found && (words[speaker.from]?.lower === 'who' || found.speaker?.from === speaker.from)) continue;
      found = { sentence, cue: { from: at, to: at + 1 }, speaker, place: adjacent ? 'adjacent' : 'before' };
      // “said that he hopes “…””: the pronoun is who said it.
      if (adjacent && !(at === index - 1 && /^(?:he|she|they|it|we|i)$/.test(words[speaker.from]?.lower ?? ''))) return found;
      continue;
    }
    // “…,” said Smith, “…”
    const inverted = (words[at - 1]?.quote || at === 0) && !/ing$/.test(word.lower) ? subjectAfter(words, at, index) : null;
    if (inverted && canSpeak(words, inverted)) return { sentence, cue: { from: at, to: at + 1 }, speaker: inverted, place: 'adjacent' };
  }
  return found ?? owned;
}

const isBack = (words: readonly Word[], at: number) =>
  words[at + 1]?.lower === 'back' && isCue(words[at] as Word, words[at + 1]) && cueKind((words[at] as Word).lower) === undefined;

// “The plan, says Ana Ruiz, is …”
function insertedSpeaker(words: readonly Word[], at: number, index: number): Phrase | null {
  if (words[at - 1]?.text !== ',' || !isPlainCue((words[at] as Word).lower) || /ing$/.test((words[at] as Word).lower)) return null;
  const speaker = subjectAfter(words, at, index);
  if (!speaker || words[speaker.to]?.text !== ',' || at < 2) return null;
  return speaker.pronoun || words.slice(speaker.from, speaker.to).some(({ pos }) => pos === 'PROPN') ? speaker : null;
}

// “a group called”, “items labeled”: nobody speaks.
function isNamed(words: readonly Word[], at: number): boolean {
  const before = words[at - 1];
  return (
    /ed$/.test((words[at] as Word).lower) &&
    cueKind((words[at] as Word).lower) === 'label' &&
    before?.pos === 'NOUN' &&
    phraseEndingAt(words, at - 1, 0)?.from !== 0
  );
}

function startsAnew(words: readonly Word[], at: number, speaker: number): boolean {
  return (
    at === speaker - 1 &&
    /^(?:and|but|while|whereas|although|though)$/.test(words[at]?.lower ?? '') &&
    /^(?:,|[—–-]+)$|,["'”’»]*$/.test(words[at - 1]?.text ?? ',')
  );
}

function isAdjacent(words: readonly Word[], cue: number, quote: number): boolean {
  if (quote === cue + 1) {
    const { lower } = words[cue] as Word;
    return isPlainCue(lower) || cueKind(lower) !== 'say' || /^[“"'‘«„]*\p{Lu}/u.test((words[quote] as Word).text);
  }
  const last = words[quote - 1]?.text ?? '';
  if (quote === cue + 2) return /^(?:,|:|[—–-]+)$/.test(last);
  if (!/^[,:]$/.test(last)) return false;
  for (let at = cue + 1; at < quote; at++) if (isVerb(words[at] as Word) || words[at]?.quote) return false;
  return true;
}

// “Smith: ‘Never again’”, “The senator hit back at once: “…””
function labelled(sentence: Sentence, index: number): Attribution | null {
  const { words } = sentence;
  const colon = words.findIndex(({ text }) => text === ':');
  if (colon < 1 || colon > index) return null;
  const opening = phraseStartingAt(words, 0, colon);
  const topic = opening && /^(?:on|to|about|in|at)$/.test(words[opening.to]?.lower ?? '');
  if (opening && (opening.to === colon || topic) && canSpeak(words, opening))
    return { sentence, cue: null, speaker: opening, place: 'label' };
  if (colon !== index - 1) return null;
  for (let at = 0; at < colon; at++) {
    if (!isVerb(words[at] as Word)) continue;
    const speaker = subjectOf(words, at, 0);
    if (speaker && canSpeak(words, speaker)) return { sentence, cue: { from: at, to: at + 1 }, speaker, place: 'label' };
  }
  return null;
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
    if (!isCue(word, words[at + 1])) continue;
    const isFree = /^(?:,|[—–-]+)$/.test(words[at - 1]?.text ?? '');
    const speaker = isFree ? subjectAfter(words, at, words.length) : subjectOf(words, at, index + 1, 0);
    if (speaker && (isFree || words[speaker.from - 1]?.text === ','))
      return { sentence, cue: { from: at, to: at + 1 }, speaker, place: 'trailing' };
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

// The subject of the sentence before it: a guess.
function plainSubject(sentence: Sentence, words: readonly Word[], index: number): Attribution | null {
  for (let at = 0; at < index; at++) {
    if (!isVerb(words[at] as Word)) continue;
    const speaker = subjectOf(words, at, 0);
    if (!speaker || !canSpeak(words, speaker) || /^(?:who|which|that|it)$/.test(words[speaker.from]?.lower ?? '')) continue;
    if (!mayReport(words, speaker)) return null;
    const cue = cueKind((words[at] as Word).lower) ? { from: at, to: at + 1 } : null;
    return { sentence, cue, speaker, place: 'subject' };
  }
  return null;
}

// People, groups and documents have words of their own; plans and days do not.
function mayReport(words: readonly Word[], phrase: Phrase): boolean {
  const inside = words.slice(phrase.from, phrase.to);
  const people =
    /(?:er|or|ist|man|men|woman|women|people|ant|ent|ian)s?$|^(?:ad|ads|article|bill|campaign|committee|complaint|council|court|crowd|department|email|essay|government|group|law|lawsuit|letter|memo|message|ministry|one|party|poll|report|sign|site|some|statement|story|text|tweet|video|website)$/;
  return phrase.pronoun || inside.some((word) => word.pos === 'PROPN' || people.test(word.lower));
}
