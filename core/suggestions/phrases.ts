import type { Word, WordRange } from './words.ts';

/** A noun phrase in a sentence. */
export interface Phrase extends WordRange {
  /** A pronoun that stands alone. */
  readonly pronoun: boolean;
}

const persons = /^(?:i|we|you|he|she|they|who|it)$/;
const possessives = /^(?:my|our|your|his|her|their|its)$/;
const times =
  /^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|jan\.?|feb\.?|aug\.?|sept\.?|oct\.?|nov\.?|dec\.?|yesterday|today|tonight|tomorrow|morning|afternoon|evening|night|week|month|year|earlier|later|recently|last|this|next|then|once)$/;
const joining = /^(?:of|for|at|in|from|with|on|to|by|about|against|behind|under|over|near|inside|outside|among|within|between|like|than)$/;
const honorific = /^(?:mr|mrs|ms|miss|dr|sir|sen|rep|gov|gen|president|senator|secretary)\.?$/;

/** Whether the word can only say when. */
export function isTime(word: Word): boolean {
  return times.test(word.lower) || (/^\d{1,4}$/.test(word.text) && word.pos === 'NUM');
}

/** Whether the word is a pronoun that a person can be. */
export function isPersonalPronoun(word: Word): boolean {
  return persons.test(word.lower);
}

/** Whether the word may stand inside a noun phrase, prepositions aside. */
export function isNominal(word: Word): boolean {
  if (word.quote) return false;
  if (/^(?:’s|'s|’|'|&)$/.test(word.text)) return true;
  switch (word.pos) {
    case 'PROPN':
    case 'NOUN':
    case 'NUM':
    case 'ADJ':
    case 'DET':
    case 'SYM':
      return !/^(?:there|that|which|both|either)$/.test(word.lower) || word.pos === 'NOUN';
    case 'PRON':
      return (
        possessives.test(word.lower) ||
        /^(?:one|some|many|others|another|none|all|several|most|few|everyone|someone|nobody)$/.test(word.lower)
      );
    case 'X':
      return /^\p{Lu}/u.test(word.text);
    default:
      return honorific.test(word.lower);
  }
}

/** Whether the word can head a noun phrase that names or stands for someone. */
export function isHead(word: Word): boolean {
  return (
    !isTime(word) &&
    (word.pos === 'PROPN' ||
      word.pos === 'NOUN' ||
      (word.pos === 'X' && /^\p{Lu}/u.test(word.text)) ||
      /^(?:one|some|many|others|another|several|most|few|all|everyone|someone|nobody)$/.test(word.lower) ||
      (word.pos === 'ADJ' && /^\p{Lu}/u.test(word.text)) ||
      (word.pos === 'NUM' && /^\p{L}/u.test(word.text)) ||
      word.lower === 'old' ||
      word.text === '%')
  );
}

/** The noun phrase that ends with word `last`, not reaching below word `floor`; null where none does. */
export function phraseEndingAt(words: readonly Word[], last: number, floor: number): Phrase | null {
  const end = words[last];
  if (!end || last < floor) return null;
  if (isPersonalPronoun(end)) return { from: last, to: last + 1, pronoun: true };
  let from = skipBracketsBack(words, last, floor);
  if (from < floor || !isNominal(words[from] as Word) || !isHead(words[from] as Word)) return null;
  for (;;) {
    const before = words[from - 1];
    if (!before || from - 1 < floor) break;
    if (isNominal(before) || joinsHyphen(words, from - 1) || describes(words, from - 1, floor)) from--;
    else if (before.text === ')') {
      const opened = skipBracketsBack(words, from - 1, floor);
      if (opened < floor || opened === from - 1) break;
      from = opened + 1;
    } else if (before.quote && !before.text.includes(' ') && from - 2 >= floor && /DET|ADJ|PROPN|PART/.test(words[from - 2]?.pos ?? ''))
      from--;
    else if (joining.test(before.lower) && from - 2 >= floor && isNoun(words[from - 2] as Word)) from -= 2;
    else if (before.lower === 'and' && from - 2 >= floor && isNoun(words[from - 2] as Word)) from -= 2;
    else break;
  }
  while (from < last && (!startsPhrase(words[from] as Word) || isYearBefore(words, from))) from++;
  return { from, to: last + 1, pronoun: false };
}

/** Whether word `at` is a year that only happens to stand before a name (“between 2017 and 2020 Shaw voted”). */
export const isYearBefore = (words: readonly Word[], at: number): boolean =>
  words[at]?.pos === 'NUM' && words[at + 1]?.pos === 'PROPN' && /^(?:19|20)\d\d$/.test(words[at]?.text ?? '');

/** The noun phrase that begins with word `first`, not reaching word `ceiling`; null where none does. */
export function phraseStartingAt(words: readonly Word[], first: number, ceiling: number): Phrase | null {
  const start = words[first];
  if (!start || first >= ceiling) return null;
  if (isPersonalPronoun(start)) return { from: first, to: first + 1, pronoun: true };
  // “this source” and “35 countries”, but not “this week”
  const points = (start.lower === 'this' || start.pos === 'NUM') && words[first + 1] !== undefined && isHead(words[first + 1] as Word);
  if (!startsPhrase(start) || (isTime(start) && !points)) return null;
  let to = first;
  let headed = -1;
  for (; to < ceiling; to++) {
    const word = words[to] as Word;
    if (isTime(word) && headed >= 0) break;
    if (isNominal(word) || joinsHyphen(words, to) || (to > first && describes(words, to, first))) {
      if (isHead(word)) headed = to;
    } else if (
      headed >= 0 &&
      headed === to - 1 &&
      /^(?:of|for|and)$/.test(word.lower) &&
      to + 1 < ceiling &&
      isNominal(words[to + 1] as Word)
    ) {
    } else break;
  }
  return headed < 0 ? null : { from: first, to: headed + 1, pronoun: false };
}

/** The word that `phrase` is about: its last one, or the last before “of”, “for” and the like. */
export function headOf(words: readonly Word[], { from, to }: WordRange): Word {
  const cut = words.slice(0, to).findIndex((word, index) => index > from && (word.pos === 'ADP' || /^[,(]$/.test(word.text)));
  return words[(cut < 0 ? to : cut) - 1] as Word;
}

function isNoun(word: Word): boolean {
  return (
    !word.quote &&
    (word.pos === 'PROPN' ||
      word.pos === 'NOUN' ||
      word.pos === 'NUM' ||
      /^(?:some|many|others|most|one|all|few|several)$/.test(word.lower))
  );
}

function startsPhrase(word: Word): boolean {
  return !word.quote && isNominal(word) && !/^(?:’s|'s|’|'|&)$/.test(word.text);
}

function joinsHyphen(words: readonly Word[], index: number): boolean {
  const word = words[index] as Word;
  return (
    (/^[-–/&.]$/.test(word.text) && words[index - 1]?.end === word.start && words[index + 1]?.start === word.end) ||
    (word.text === '.' &&
      words[index - 1]?.end === word.start &&
      (words[index - 1]?.text.length ?? 9) <= 4 &&
      words[index + 1]?.pos === 'PROPN')
  );
}

// “a retired general”, “the acting director”, “his newly named aide”
function describes(words: readonly Word[], index: number, floor: number): boolean {
  const word = words[index] as Word;
  const next = words[index + 1];
  const before = words[index - 1];
  if (!next || !before || index - 1 < floor || !isNominal(next)) return false;
  return (
    (word.pos === 'VERB' &&
      /(?:ed|ing|en)$/.test(word.lower) &&
      (before.pos === 'DET' || before.pos === 'ADJ' || before.pos === 'ADV' || possessives.test(before.lower) || before.text === '-')) ||
    (word.pos === 'ADV' && (next.pos === 'ADJ' || next.pos === 'VERB') && before.pos === 'DET')
  );
}

function skipBracketsBack(words: readonly Word[], last: number, floor: number): number {
  if (words[last]?.text !== ')') return last;
  for (let index = last - 1; index >= floor && index > last - 15; index--) if (words[index]?.text === '(') return index - 1;
  return floor - 1;
}
