import { cueKind, isPlainCue, isSayingNoun } from './cues.ts';
import { isHead, isNominal, isPersonalPronoun, isTime, isYearBefore, type Phrase, phraseEndingAt, phraseStartingAt } from './phrases.ts';
import { endsInIng, isCommaOrDash, isGenitive, isRelativePronoun } from './word-forms.ts';
import type { Word } from './words.ts';

/** Adverbs and adverbial words that may stand between a subject and its verb. */
const between =
  /^(?:also|later|then|once|even|again|never|ever|still|now|just|only|often|always|simply|already|not|n't|’t|too|both|all|each|first|here|there|ago|instead|himself|herself|themselves|to|reportedly|allegedly)$/;

/** Whether `word` is a verb, or a form that reports. */
export function isVerb(word: Word): boolean {
  if (word.quote) return false;
  return word.pos === 'VERB' || (word.pos === 'AUX' && !/^(?:'s|’s)$/.test(word.text));
}

/** Whether `word` reports: a verb of reporting used as a verb; `next` is the word after it. */
export function isCue(word: Word, next?: Word): boolean {
  if (
    (next?.lower === 'back' && /^(?:shot|fired|hit|shoots|fires|hits|firing|shooting|hitting)$/.test(word.lower)) ||
    (next?.lower === 'it' && /^puts?$/.test(word.lower))
  )
    return true;
  if (word.quote || cueKind(word.lower) === undefined) return false;
  if (word.pos === 'VERB' || /^(?:said|says|told|tweeted|tweets|adds|notes|writes|argues|claims|asks|replies)$/.test(word.lower))
    return true;
  // “alleged that”, “concluded:” are often taken for other parts of speech.
  if (word.pos === 'PROPN' && /^states$/.test(word.lower)) return false;
  return isPlainCue(word.lower) && (!next || next.quote !== null || /^(?:that|,|:|he|she|they|it|the|a)$/.test(next.lower));
}

/** Before `verb`, the first word that is no part of the verb group (auxiliaries, negation, adverbs, words that say when). */
export function beforeVerbGroup(words: readonly Word[], verb: number, floor: number): number {
  let at = verb - 1;
  for (; at >= floor; at--) {
    const word = words[at] as Word;
    if (word.quote) break;
    if (word.pos === 'AUX' || word.pos === 'ADV' || between.test(word.lower)) continue;
    if (word.pos === 'PART' && !isGenitive(word)) continue;
    if (isTime(word) && !(word.lower === 'may')) {
      // “Smith on Tuesday said”
      if (/^(?:on|in|at|late|early|since)$/.test(words[at - 1]?.lower ?? '')) at--;
      continue;
    }
    break;
  }
  return at;
}

/**
 * The subject of the verb at `verb` in its sentence, looking no further left than `floor`: the phrase before its verb group, over what
 * stands between commas; for a second verb and for a participle that of the verb before. Null where none is found.
 */
export function subjectOf(words: readonly Word[], verb: number, floor: number, steps = 3): Phrase | null {
  // “went on to say”
  const goesOn =
    words[verb - 1]?.lower === 'to' && words[verb - 2]?.lower === 'on' && /^(?:went|goes|go)$/.test(words[verb - 3]?.lower ?? '');
  const at = beforeVerbGroup(words, goesOn ? verb - 3 : verb, floor);
  const isParticiple = endsInIng(words[verb]) && words[at + 1]?.pos !== 'AUX';
  const accompanying = isParticiple ? phraseEndingAt(words, at, floor) : null;
  // “… fell, with Smith saying”
  if (accompanying && words[accompanying.from - 1]?.lower === 'with' && accompanying.to === at + 1) return accompanying;
  const direct = subjectEndingAt(words, at, floor);
  if (direct && (!isParticiple || direct.pronoun || takesParticiple(words, direct, at))) return direct;
  if (steps === 0) return null;
  // “Smith said he would stay, adding …”: what hangs on the whole sentence has the subject of its first verb.
  const aside = isParticiple && isCommaOrDash(words[at]);
  // “…, Smith said, adding …”: unless the verb of who has just been named is there.
  const said = aside ? lastCue(words, at, floor) : null;
  const near = said === null ? null : subjectOf(words, said, floor, 0);
  if (near) return near;
  // “Smith said he would stay but added …”
  const hangs = aside || (/^(?:and|but)$/.test(words[at]?.lower ?? '') && isPlainCue((words[verb] as Word).lower));
  const from = hangs ? afterOpening(words, floor, verb) : floor;
  for (let step = 0, tried = 0; step < at + 1 - from && tried < 4; step++) {
    const index = hangs ? from + step : at - step;
    const word = words[index] as Word;
    if (word.text === ';' && !hangs) return null;
    if (!isVerb(word) || (index > floor && words[index - 1]?.lower === 'to')) continue;
    // A row of verbs that have none would be gone through again at each of them.
    tried++;
    const found = subjectOf(words, index, floor, hangs ? 0 : steps - 1);
    if (found && !/^(?:it|there)$/.test(words[found.from]?.lower ?? '')) return antecedentOf(words, found, floor) ?? found;
  }
  return null;
}

function lastCue(words: readonly Word[], comma: number, floor: number): number | null {
  for (let at = comma - 1; at >= Math.max(floor, comma - 3); at--)
    if (isPlainCue((words[at] as Word).lower) && isVerb(words[at] as Word)) return at;
  return null;
}

// “Republicans saying” speak, “a statement saying” does not, “with an ad saying” does.
function takesParticiple(words: readonly Word[], phrase: Phrase, at: number): boolean {
  if (phrase.to !== at + 1) return false;
  return words[phrase.from - 1]?.lower === 'with' || !isSayingNoun((words[at] as Word).lower);
}

// The subject of a main verb is not the pronoun of a relative clause before it.
function antecedentOf(words: readonly Word[], phrase: Phrase, floor: number): Phrase | null {
  if (!isRelativePronoun(words[phrase.from])) return null;
  const last = words[phrase.from - 1]?.text === ',' ? phrase.from - 2 : phrase.from - 1;
  return phraseEndingAt(words, last, floor);
}

// Over “While …,” and “In Iowa,” at the head of a sentence.
function afterOpening(words: readonly Word[], floor: number, limit: number): number {
  if (!/^(?:while|when|as|after|before|if|although|though|since|because|despite|in|on|at|asked|speaking)$/.test(words[floor]?.lower ?? ''))
    return floor;
  for (let index = floor; index < limit - 2; index++) if (words[index]?.text === ',') return index + 1;
  return floor;
}

function subjectEndingAt(words: readonly Word[], last: number, floor: number): Phrase | null {
  const end = words[last];
  if (!end || last < floor) return null;
  if (isCommaOrDash(end)) return subjectBeforeAside(words, last, floor, end.text === ',' ? ',' : 'dash');
  if (/^(?:which|that)$/.test(end.lower)) {
    const before = words[last - 1];
    const relative =
      before !== undefined &&
      last > floor &&
      (isCommaOrDash(before) || before.text === ')' || before.pos === 'NOUN' || before.pos === 'PROPN');
    return relative ? { from: last, to: last + 1, pronoun: true } : null;
  }
  const phrase = phraseEndingAt(words, last, floor);
  if (!phrase || phrase.pronoun) return phrase;
  const before = words[phrase.from - 1];
  if (!before || phrase.from === floor) return phrase;
  const and = words.findLastIndex((word, index) => index > phrase.from && index < phrase.to && word.lower === 'and');
  const isObject = before.pos === 'VERB' && !takesClause(before);
  if (and > 0 && (isGoverning(before) || isObject)) return { ...phrase, from: isYearBefore(words, and + 1) ? and + 2 : and + 1 };
  // “In Iowa, said” has no subject there; “a report by the office said” has, and the phrase then begins before the preposition.
  if (isGoverning(before)) return phrase.from - 1 === floor ? splitPhrase(words, phrase) : subjectEndingAt(words, phrase.from - 2, floor);
  return isObject ? null : phrase;
}

// “Smith said Jones told”: after such a verb a phrase may be a subject.
const takesClause = (word: Word) =>
  /^(?:say|think)$/.test(cueKind(word.lower) ?? '') ||
  /^(?:is|was|are|were|let|make|made|see|saw|show|shows|showed|means|meant|argued)$/.test(word.lower);

// Words such as “as” and “after” begin clauses too, whose subject follows.
const isGoverning = (word: Word) =>
  word.pos === 'ADP' && !/^(?:as|after|before|since|because|if|while|until|though|although|than|like)$/.test(word.lower);

// “In Iowa Smith said” read as one phrase: a name begins anew at a title or after a word that says when.
function splitPhrase(words: readonly Word[], phrase: Phrase): Phrase | null {
  for (let index = phrase.to - 1; index > phrase.from; index--) {
    if (isTime(words[index] as Word) && isHead(words[index + 1] as Word)) return { ...phrase, from: index + 1 };
  }
  return null;
}

function subjectBeforeAside(words: readonly Word[], comma: number, floor: number, mark: ',' | 'dash'): Phrase | null {
  let weak: Phrase | null = null;
  for (let index = comma - 1; index > floor; index--) {
    const word = words[index] as Word;
    if (word.quote && index < comma - 12) break;
    if (word.text === ';') break;
    if (!isCommaOrDash(word) || (word.text === ',') !== (mark === ',')) continue;
    if (!isAside(words, index + 1, comma)) continue;
    const phrase = phraseEndingAt(words, index - 1, floor);
    if (!phrase || isPartyAndPlace(words, phrase)) continue;
    const before = words[phrase.from - 1];
    // “In the report, released Monday, the senator …”: what a preposition governs is no subject.
    if (before && phrase.from > floor && isGoverning(before) && !phrase.pronoun) continue;
    const named = phrase.pronoun || words.slice(phrase.from, phrase.to).some((part) => part.pos === 'PROPN');
    if (named) return phrase;
    weak ??= phrase;
  }
  if (weak) return weak;
  // “Gov. John Lee (R), said”
  const phrase = mark === ',' ? phraseEndingAt(words, comma - 1, floor) : null;
  const isName =
    phrase && !phrase.pronoun && words[phrase.to - 1]?.pos !== 'NOUN' && (phrase.from === floor || words[phrase.from - 1]?.text === ',');
  return isName ? phrase : null;
}

// “Sen. Angela Brooks, D-Reno, said”
const isPartyAndPlace = (words: readonly Word[], { from }: Phrase): boolean =>
  /^[RDI]$/.test(words[from]?.text ?? '') && words[from + 1]?.text === '-';

function isAside(words: readonly Word[], from: number, to: number): boolean {
  const first = words[from];
  if (!first || from >= to) return false;
  if (
    /^(?:who|which|whose|whom|where|when|while|though|but|and|or|as|if|in|at|of|with|from|during|after|before|like|including|along|both|himself|herself|then|now|once|also)$/.test(
      first.lower,
    )
  )
    return true;
  return (
    isNominal(first) ||
    first.pos === 'VERB' ||
    first.pos === 'ADV' ||
    first.pos === 'ADJ' ||
    first.pos === 'PRON' ||
    first.quote !== null ||
    first.pos === 'ADP'
  );
}

/** The subject after an inverted verb (“said Smith”), which must end before `ceiling`. */
export function subjectAfter(words: readonly Word[], verb: number, ceiling: number): Phrase | null {
  let at = verb + 1;
  while (at < ceiling && /^(?:also|later|then|recently|again)$/.test(words[at]?.lower ?? '')) at++;
  const phrase = phraseStartingAt(words, at, ceiling);
  if (!phrase || phrase.pronoun) return phrase && isNominative(words[phrase.from] as Word) ? phrase : null;
  return phrase;
}

const isNominative = (word: Word) => /^(?:i|we|he|she|they)$/.test(word.lower);

/** The owner in “Smith’s assertion that”, with `noun` the index of the noun of saying; null where it has none. */
export function ownerOf(words: readonly Word[], noun: number, floor: number): Phrase | null {
  if (!isSayingNoun((words[noun] as Word).lower)) return null;
  for (let index = noun - 1; index >= Math.max(floor, noun - 5); index--) {
    const word = words[index] as Word;
    if (/^(?:his|her|their|my|our)$/.test(word.lower)) return { from: index, to: index + 1, pronoun: true };
    if (isGenitive(word)) return phraseEndingAt(words, index - 1, floor);
    if (!isNominal(word) && word.pos !== 'ADV' && word.pos !== 'VERB') return null;
  }
  // “a statement from the campaign”
  const after = words[noun + 1];
  if (after && /^(?:from|by)$/.test(after.lower)) return phraseStartingAt(words, noun + 2, words.length);
  return null;
}

/** Whether `phrase` may be a speaker: a person, a group, an organisation or a document, not “it” and not a time. */
export function canSpeak(words: readonly Word[], phrase: Phrase): boolean {
  if (phrase.pronoun) return true;
  const inside = words.slice(phrase.from, phrase.to);
  return inside.some((word) => isHead(word)) && !inside.every((word) => isTime(word) || isPersonalPronoun(word));
}
