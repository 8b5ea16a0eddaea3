import type { Range } from '../text/span.ts';
import { nonQuantities } from './non-quantities.ts';
import { type Numeral, numeralAt, type Token, tokensOf } from './numerals.ts';
import { closing, currencyBefore, longUnits, units } from './quantity-words.ts';

/** An English text with its tokens. */
export interface NumberText {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Indexes of the tokens of numbers that are no quantities. */
  readonly nonQuantities: ReadonlySet<number>;
}

/** `text` made ready to be read for quantities. */
export function numberText(text: string): NumberText {
  const tokens = tokensOf(text);
  return { text, tokens, nonQuantities: tokensIn(tokens, nonQuantities(text)) };
}

// Both ascend by where they start, so that one walk finds what lies in what: an article may have thousands of each.
function tokensIn(tokens: readonly Token[], ranges: readonly Range[]): ReadonlySet<number> {
  const found = new Set<number>();
  let next = 0;
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    for (let range = ranges[next]; range && range.start < token.end; range = ranges[++next]) end = Math.max(end, range.end);
    if (token.start < end) found.add(index);
  }
  return found;
}

/** A number with what is written right at it, from token `from` up to, not including, `to`. */
export interface Amount {
  readonly value: number;
  /** As the record names it: an ISO code for money, `share` for a part of a whole. Null where none is written. */
  readonly unit: string | null;
  readonly from: number;
  readonly to: number;
  /** What it counts: “28-point plan” counts points, “a four-year conflict” nothing (''). Null where the words behind it say what. */
  readonly counts: string | null;
}

/**
 * The amount that begins at token `at`: a number with its currency and unit, if it can be a quantity; null otherwise. `before` is the token that
 * stands before it, null where it is read as if none did.
 */
export function amountAt(read: NumberText, at: number, before: Token | null = read.tokens[at - 1] ?? null): Amount | null {
  const { tokens } = read;
  if (/^[-−]$/.test(tokens[at]?.text ?? '')) return amountBelowZero(read, at);
  const money = currencyAt(tokens, at);
  const numeral = numeralAt(tokens, money?.to ?? at);
  if (!numeral || isNonQuantity(read, numeral) || !(money || standsAlone(read, numeral, before))) return null;
  const { value } = numeral;
  const unit = unitAt(tokens, numeral.to);
  if (unit) {
    if (namesWhatIsKnown(tokens, unit, before)) return null;
    return { value, unit: money?.unit ?? unit.name, from: at, to: unit.to, counts: unit.counts };
  }
  if (money) return { value, unit: money.unit, from: at, to: numeral.to, counts: null };
  if (hasHyphenedNoun(tokens, numeral)) return amountOfNoun(tokens, numeral);
  const plus = tokens[numeral.to];
  const isPlus = plus?.text === '+' && plus.start === tokens[numeral.to - 1]?.end;
  return { value, unit: numeral.isShare ? 'share' : null, from: at, to: isPlus ? numeral.to + 1 : numeral.to, counts: null };
}

function isNonQuantity({ nonQuantities }: NumberText, { from, to }: Numeral): boolean {
  for (let at = from; at < to; at++) if (nonQuantities.has(at)) return true;
  return false;
}

// A minus stands right at its number and after white space; only what has a unit can be below zero.
function amountBelowZero({ text, tokens }: NumberText, at: number): Amount | null {
  const [minus, number] = [tokens[at] as Token, tokens[at + 1]];
  if (number?.kind !== 'digits' || number.start !== minus.end || /\S/.test(text[minus.start - 1] ?? ' ')) return null;
  const numeral = numeralAt(tokens, at + 1);
  const unit = numeral && unitAt(tokens, numeral.to);
  return unit ? { value: -numeral.value, unit: unit.name, from: at, to: unit.to, counts: unit.counts } : null;
}

function currencyAt(tokens: readonly Token[], at: number): { unit: string; to: number } | null {
  const [sign, next] = [tokens[at], tokens[at + 1]];
  if (!sign || !next) return null;
  if (sign.lower === 'us' && next.text === '$') return { unit: 'USD', to: at + 2 };
  // A code is written in capitals: “EUR 5”.
  const isSmall = sign.kind === 'word' && sign.text !== sign.text.toUpperCase();
  const unit = isSmall ? undefined : currencyBefore.get(sign.lower);
  return unit && next.kind === 'digits' ? { unit, to: at + 1 } : null;
}

/** A unit behind a number; `counts` as in `Amount`. */
interface Unit {
  readonly name: string;
  readonly to: number;
  readonly counts: string | null;
}

function unitAt(tokens: readonly Token[], at: number): Unit | null {
  const isHyphened = tokens[at]?.text === '-' && tokens[at]?.start === tokens[at - 1]?.end;
  const first = isHyphened ? at + 1 : at;
  for (const [words, name] of longUnits) {
    const to = endOfWords(tokens, first, words);
    if (to !== null) return { name, to, counts: null };
  }
  const token = tokens[first];
  const name = token && units.get(token.lower);
  if (!name) return null;
  const counts = isHyphened ? '' : null;
  // “°C” is two signs.
  const scale = token.text === '°' ? tokens[first + 1]?.text : undefined;
  return scale === 'C' || scale === 'F' ? { name: `°${scale}`, to: first + 2, counts } : { name, to: first + 1, counts };
}

/** The token after `words` (lower case, single spaces) when they stand at token `at`; null otherwise. */
export function endOfWords(tokens: readonly Token[], at: number, words: string): number | null {
  const wanted = words.split(' ');
  return wanted.every((word, index) => tokens[at + index]?.lower === word) ? at + wanted.length : null;
}

// “The four-year conflict” says which one, “a four-year conflict” and “four-year-long” how long.
const namesWhatIsKnown = (tokens: readonly Token[], { to, counts }: Unit, before: Token | null): boolean =>
  counts === '' && tokens[to]?.kind === 'word' && /^(?:the|this|that|these|those)$/.test(before?.lower ?? '');

function hasHyphenedNoun(tokens: readonly Token[], { to }: Numeral): boolean {
  const [hyphen, noun] = [tokens[to], tokens[to + 1]];
  return hyphen?.text === '-' && hyphen.start === tokens[to - 1]?.end && noun?.kind === 'word' && noun.start === hyphen.end;
}

// “28-point plan” counts points; “two-state solution” and “one-sided” count nothing.
function amountOfNoun(tokens: readonly Token[], { value, from, to }: Numeral): Amount | null {
  const { text: noun } = tokens[to + 1] as Token;
  if (tokens[from]?.kind !== 'digits' || !/^\p{Ll}+$/u.test(noun)) return null;
  // “a 5,000-strong crowd”
  return { value, unit: null, from, to, counts: noun === 'strong' ? '' : noun };
}

// Not part of a longer word or number, no name in capitals, and “one” only where it counts.
function standsAlone(read: NumberText, numeral: Numeral, before: Token | null): boolean {
  const number = read.tokens[numeral.from] as Token;
  // “007”
  if (/^0\d/.test(number.text)) return false;
  if (touchesBefore(read, number, before) || touchesBehind(read, numeral)) return false;
  return number.kind !== 'word' || isCountingWord(read.tokens, numeral, before);
}

// “A320”, “1.2.3”, “Article-5”
function touchesBefore({ text }: NumberText, number: Token, before: Token | null): boolean {
  if (before?.end !== number.start) return false;
  if (before.kind === 'digits' || (before.kind === 'word' && number.kind === 'digits')) return true;
  return /[-–/.,:+#’'_&@]/.test(before.text) && /[\p{L}\p{N}]/u.test(text[before.start - 1] ?? ' ');
}

// “3rd”, “12:30”, “twenty-first”
function touchesBehind({ text, tokens }: NumberText, { to }: Numeral): boolean {
  const behind = tokens[to];
  if (!behind || behind.start !== tokens[to - 1]?.end) return false;
  if (behind.kind === 'word' && !units.has(behind.lower)) return true;
  if (/[,.:/]/.test(behind.text) && /\d/.test(text[behind.end] ?? '')) return true;
  return behind.text === '-' && /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)$/.test(tokens[to + 1]?.lower ?? '');
}

// A number in words with a capital is a name (“the Big Three”), but at the head of a sentence.
function isCountingWord(tokens: readonly Token[], numeral: Numeral, before: Token | null): boolean {
  const { text, lower } = tokens[numeral.from] as Token;
  const isCapital = /^\p{Lu}/u.test(text);
  if (isCapital && before && before.kind !== 'break' && !/^[.!?“"‘«:(•]$|^[-–—]$/.test(before.text)) return false;
  if (isCapital && !before && /^\p{Lu}/u.test(tokens[numeral.to]?.text ?? '')) return true;
  return lower !== 'one' || numeral.to - numeral.from > 1 || countsAsOne(tokens, numeral, before);
}

// “one tank”, but not “no one”, “one another”, “one of them”
function countsAsOne(tokens: readonly Token[], { to }: Numeral, before: Token | null): boolean {
  const next = tokens[to];
  if (/^(?:no|the|this|that|any|every|each|which|another|some|or|than)$/.test(before?.lower ?? '')) return false;
  if (next?.kind !== 'word' || closing.has(next.lower)) return false;
  return !/^(?:another|day|thing|way|side|hand|more|side|one|point|reason)$/.test(next.lower) && !next.lower.endsWith('s');
}
