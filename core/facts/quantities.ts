import type { Quantity } from '../model/annotation.ts';
import type { Range } from '../text/span.ts';
import { numberNames } from './number-names.ts';
import { type Numeral, numeralAt, type Token, tokensOf } from './numerals.ts';
import {
  changing,
  closing,
  currencyBefore,
  longUnits,
  modifiersAfter,
  modifiersBefore,
  passing,
  plurals,
  units,
} from './quantity-words.ts';

/** A number that was read from words: the record that it would make, without its mention, and where it stands. */
export interface ReadQuantity {
  readonly quantity: Quantity;
  /** Half-open UTF-16 offsets of the number with its unit, in the text that was read. */
  readonly range: Range;
}

/**
 * The quantities in English `text`, in order: value or range, how exact, unit, what is counted. Dates, times of day, years, ordinals
 * and numbers that only name something (“No. 10”, “Article 5”, “the four-year conflict”) are none.
 */
export function quantitiesIn(text: string): ReadQuantity[] {
  const reading: Reading = { text, tokens: tokensOf(text), names: numberNames(text) };
  const found: ReadQuantity[] = [];
  for (let at = 0; at < reading.tokens.length; ) {
    const read = quantityAt(reading, at);
    if (read) found.push(read.read);
    at = read ? read.to : at + 1;
  }
  return found;
}

interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Where numbers stand that are no quantities, ascending. */
  readonly names: readonly Range[];
}

/** An amount: a number with what is written right at it. `unit` is null where none is written. */
interface Amount {
  readonly value: number;
  readonly unit: string | null;
  readonly from: number;
  readonly to: number;
  /** What stands between number and a hyphened noun: “28-point plan” counts points. */
  readonly counts: string | null;
}

function quantityAt(reading: Reading, at: number): { read: ReadQuantity; to: number } | null {
  const first = amountAt(reading, at);
  if (!first) return null;
  const range = rangeFrom(reading, first);
  if (!range && isScore(reading.tokens, first.to)) return null;
  const last = range ?? first;
  const unit = last.unit ?? first.unit;
  // “$5 to 10 million” and “5 to 10 million” mean millions at both ends.
  const value = range ? sharedScale(reading, first, range) : first.value;
  if (unit === null && range === null && isYearAt(reading, first)) return null;
  if (range && isYearRange(reading, first, range)) return null;
  const after = modifierAfter(reading, last.to);
  const modifier = after?.modifier ?? modifierBefore(reading, first.from) ?? 'exact';
  const counted = last.counts === null ? countsAfter(reading, after?.to ?? last.to, unit) : { words: last.counts, to: last.to };
  const behind = modifier === 'exact' ? modifierAfter(reading, counted.to)?.modifier : undefined;
  const quantity: Quantity = {
    value,
    value_max: range ? range.value : null,
    modifier: behind ?? modifier,
    unit: unit ?? '',
    counts: counted.words,
    mention: null,
  };
  const [begin, end] = [reading.tokens[first.from] as Token, reading.tokens[last.to - 1] as Token];
  return { read: { quantity, range: { start: begin.start, end: end.end } }, to: Math.max(last.to, after?.to ?? 0) };
}

// “3-2”, “50-50”: figures in a row that are no range.
function isScore(tokens: readonly Token[], at: number): boolean {
  const [dash, next] = [tokens[at], tokens[at + 1]];
  return (
    !!dash && !!next && /^[-–—]$/.test(dash.text) && next.kind === 'digits' && next.start === dash.end && dash.start === tokens[at - 1]?.end
  );
}

// The number at token `at` with its currency and unit, if it is one that can be a quantity.
function amountAt({ text, tokens, names }: Reading, at: number): Amount | null {
  const sign = tokens[at];
  if (!sign) return null;
  if (/^[-−]$/.test(sign.text)) return belowZero(text, tokens, at);
  const money = currencyAt(tokens, at);
  const numeral = numeralAt(tokens, money ? money.to : at);
  if (!numeral) return null;
  const number = tokens[numeral.from] as Token;
  const end = tokens[numeral.to - 1] as Token;
  if (names.some(({ start, end: until }) => start < end.end && number.start < until)) return null;
  if (!money && !standsAlone(text, tokens, numeral)) return null;
  const unit = unitAt(tokens, numeral.to);
  if (unit && namesWhatIsKnown(tokens, at, unit)) return null;
  if (unit) return { value: numeral.value, unit: money?.unit ?? unit.name, from: at, to: unit.to, counts: unit.counts };
  if (money) return { value: numeral.value, unit: money.unit, from: at, to: numeral.to, counts: null };
  const hyphen = tokens[numeral.to];
  const noun = tokens[numeral.to + 1];
  if (hyphen?.text === '-' && hyphen.start === end.end && noun?.kind === 'word' && noun.start === hyphen.end) {
    // “28-point plan” counts points; “two-state solution” and “one-sided” count nothing.
    if (number.kind !== 'digits' || !/^\p{Ll}+$/u.test(noun.text)) return null;
    if (noun.text === 'strong') return { value: numeral.value, unit: null, from: at, to: numeral.to, counts: '' };
    return { value: numeral.value, unit: numeral.isShare ? 'share' : null, from: at, to: numeral.to, counts: noun.text };
  }
  const plus = tokens[numeral.to];
  const to = plus?.text === '+' && plus.start === end.end ? numeral.to + 1 : numeral.to;
  return { value: numeral.value, unit: numeral.isShare ? 'share' : null, from: at, to, counts: null };
}

// “The four-year conflict” says which, “a four-year conflict” and “four-year-long” how long.
function namesWhatIsKnown(
  tokens: readonly Token[],
  at: number,
  { to, counts }: { readonly to: number; readonly counts: string | null },
): boolean {
  return counts === '' && tokens[to]?.kind === 'word' && /^(?:the|this|that|these|those)$/.test(tokens[at - 1]?.lower ?? '');
}

// A minus stands right at its number and after white space; only what has a unit can be below zero.
function belowZero(text: string, tokens: readonly Token[], at: number): Amount | null {
  const [sign, number] = [tokens[at] as Token, tokens[at + 1]];
  if (number?.kind !== 'digits' || number.start !== sign.end || /\S/.test(text[sign.start - 1] ?? ' ')) return null;
  const numeral = numeralAt(tokens, at + 1);
  const unit = numeral && unitAt(tokens, numeral.to);
  return unit ? { value: -numeral.value, unit: unit.name, from: at, to: unit.to, counts: unit.counts } : null;
}

function currencyAt(tokens: readonly Token[], at: number): { unit: string; to: number } | null {
  const [sign, next] = [tokens[at], tokens[at + 1]];
  if (!sign || !next) return null;
  if (sign.lower === 'us' && next.text === '$') return { unit: 'USD', to: at + 2 };
  const unit = currencyBefore.get(sign.kind === 'word' ? (sign.text === sign.text.toUpperCase() ? sign.lower : '') : sign.lower);
  return unit && next.kind === 'digits' ? { unit, to: at + 1 } : null;
}

// Not part of a longer word or number, no name in capitals, and “one” only where it counts.
function standsAlone(text: string, tokens: readonly Token[], numeral: Numeral): boolean {
  const token = tokens[numeral.from] as Token;
  if (/^0\d/.test(token.text)) return false;
  const before = tokens[numeral.from - 1];
  const touching = before?.end === token.start ? before : undefined;
  if (touching && (touching.kind === 'digits' || (touching.kind === 'word' && token.kind === 'digits'))) return false;
  if (touching && /[-–/.,:+#’'_&@]/.test(touching.text) && /[\p{L}\p{N}]/u.test(text[touching.start - 1] ?? ' ')) return false;
  const end = tokens[numeral.to - 1] as Token;
  const after = tokens[numeral.to];
  if (after && after.start === end.end) {
    if (after.kind === 'word' && !units.has(after.lower)) return false;
    if (/[,.:/]/.test(after.text) && /\d/.test(text[after.end] ?? '')) return false;
    if (after.text === '-' && /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)$/.test(tokens[numeral.to + 1]?.lower ?? ''))
      return false;
  }
  if (token.kind !== 'word') return true;
  const isCapital = /^\p{Lu}/u.test(token.text);
  if (isCapital && before && before.kind !== 'break' && !/^[.!?“"‘«:(•]$|^[-–—]$/.test(before.text)) return false;
  if (isCapital && /^\p{Lu}/u.test(tokens[numeral.to]?.text ?? '') && !before) return true;
  return token.lower !== 'one' || numeral.to - numeral.from > 1 || countsAsOne(tokens, numeral);
}

function countsAsOne(tokens: readonly Token[], { from, to }: Numeral): boolean {
  const before = tokens[from - 1]?.lower ?? '';
  const next = tokens[to];
  if (/^(?:no|the|this|that|any|every|each|which|another|some|or|than)$/.test(before)) return false;
  if (next?.kind !== 'word' || closing.has(next.lower)) return false;
  return !/^(?:another|day|thing|way|side|hand|more|side|one|point|reason)$/.test(next.lower) && !next.lower.endsWith('s');
}

function unitAt(tokens: readonly Token[], at: number): { name: string; to: number; counts: string | null } | null {
  const hyphen = tokens[at]?.text === '-' && tokens[at]?.start === tokens[at - 1]?.end ? 1 : 0;
  for (const [words, name] of longUnits) {
    const to = wordsAt(tokens, at + hyphen, words);
    if (to !== null) return { name, to, counts: null };
  }
  const token = tokens[at + hyphen];
  const name = token && units.get(token.lower);
  if (!name) return null;
  // “°C” is two signs.
  const scale = token.text === '°' && /^[CF]$/.test(tokens[at + hyphen + 1]?.text ?? '') ? tokens[at + hyphen + 1] : undefined;
  return { name: scale ? `°${scale.text}` : name, to: at + hyphen + (scale ? 2 : 1), counts: hyphen ? '' : null };
}

// The token after `words` when they stand at `at`; null otherwise.
function wordsAt(tokens: readonly Token[], at: number, words: string): number | null {
  const wanted = words.split(' ');
  return wanted.every((word, index) => tokens[at + index]?.lower === word) ? at + wanted.length : null;
}

// “30 to 35”, “30–35”, “between 30 and 35”, “two or three”: the second amount. After “rose from” it is a change.
function rangeFrom(reading: Reading, first: Amount): Amount | null {
  const { text, tokens } = reading;
  const joint = tokens[first.to];
  if (!joint || first.counts) return null;
  const before = tokens[first.from - 1]?.lower;
  const isBetween = before === 'between';
  const joins = joint.lower === 'to' || /^[-–—]$/.test(joint.text) || (joint.lower === 'and' && isBetween) || joint.lower === 'or';
  if (!joins) return null;
  const isDash = joint.kind === 'sign';
  if (isDash && joint.start !== tokens[first.to - 1]?.end) return null;
  // Behind a dash the second number is read as if it stood alone.
  const second = amountAt(isDash ? { ...reading, ...from(reading, first.to + 1) } : reading, isDash ? 0 : first.to + 1);
  if (!second) return null;
  const shifted = isDash ? { ...second, from: second.from + first.to + 1, to: second.to + first.to + 1 } : second;
  if (first.unit && second.unit && first.unit !== second.unit) return null;
  if (sharedScale(reading, first, shifted) >= shifted.value) return null;
  if (
    before === 'from' &&
    changing.test(text.slice(Math.max(0, (tokens[first.from] as Token).start - 60), (tokens[first.from] as Token).start))
  )
    return null;
  return shifted;
}

const from = ({ tokens }: Reading, at: number) => ({ tokens: tokens.slice(at) });

// The scale of the second number holds for the first too, where the first has none of its own and is the smaller figure.
function sharedScale({ tokens }: Reading, first: Amount, second: Amount): number {
  const scale = (amount: Amount) => {
    const words = tokens.slice(amount.from, amount.to).map(({ lower }) => lower);
    const long = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12, bn: 1e9, k: 1e3, m: 1e6 };
    return Object.entries(long).find(([word]) => words.includes(word))?.[1] ?? 1;
  };
  const wanted = scale(second);
  return scale(first) === 1 && first.value * wanted < second.value ? first.value * wanted : first.value;
}

// Four digits without a comma between 1500 and 2199 are a year, but for “some 2000 soldiers”.
function isYearAt({ tokens }: Reading, { value, from, to }: Amount): boolean {
  const token = tokens[from] as Token;
  if (to - from > 1 || !/^\d{4}$/.test(token.text) || value < 1500 || value >= 2200) return false;
  const before = tokens[from - 1]?.lower ?? '';
  const isCounted = ['some', 'nearly', 'almost', 'than', 'least', 'to', 'roughly', 'over', 'estimated'].includes(before);
  const next = tokens[to];
  return !(isCounted && next?.kind === 'word' && isPlural(next.lower));
}

const isYearRange = (reading: Reading, first: Amount, last: Amount) =>
  first.unit === null &&
  last.unit === null &&
  isYearAt(reading, first) &&
  /^\d{2}(?:\d{2})?$/.test((reading.tokens[last.from] as Token).text);

function modifierBefore({ tokens }: Reading, at: number): Quantity['modifier'] | null {
  // “between about 30”, “a total of some 30”: what is right before counts.
  const end = ['between', 'from'].includes(tokens[at - 1]?.lower ?? '') ? at - 1 : at;
  let longest: { length: number; modifier: Quantity['modifier'] } | null = null;
  for (const [words, modifier] of modifiersBefore) {
    const { length } = words.split(' ');
    if (length > (longest?.length ?? 0) && wordsAt(tokens, end - length, words) === end) longest = { length, modifier };
  }
  return longest?.modifier ?? null;
}

function modifierAfter({ tokens }: Reading, at: number): { modifier: Quantity['modifier']; to: number } | null {
  if (tokens[at - 1]?.text === '+') return { modifier: 'at_least', to: at };
  for (const [words, modifier] of modifiersAfter) {
    const to = wordsAt(tokens, at, words);
    if (to !== null) return { modifier, to };
  }
  return null;
}

// The words of what is counted: up to the first plural noun, or up to where a phrase must end.
function countsAfter({ tokens, text }: Reading, at: number, unit: string | null): { words: string; to: number } {
  const none = { words: '', to: at };
  let begin = at;
  const word = (index: number) => (tokens[index]?.kind === 'word' ? (tokens[index] as Token).lower : '');
  const isPart = word(begin) === 'of';
  if (isPart || (word(begin) === 'in' && /^(?:[A-Z]{3})$/.test(unit ?? '') && /^\p{Ll}/u.test(tokens[begin + 1]?.text ?? ''))) begin++;
  else if (unit !== null && unit !== 'share') return none;
  const mayHaveArticle = isPart || unit === 'share';
  while (mayHaveArticle && /^(?:the|a|an|its|their|his|her|our|all|these|those)$/.test(word(begin))) begin++;
  // One is followed by one noun.
  const isOne = tokens[at - 1]?.lower === 'one';
  const inner = isPart ? numeralAt(tokens, begin) : null;
  if (inner) begin = inner.to;
  while (passing.has(word(begin))) begin++;
  let end = begin;
  while (end < begin + 4 && word(end) !== '' && !closing.has(word(end)) && (end === begin || isNear(text, tokens, end))) {
    end++;
    if (isPlural(word(end - 1)) || (isOne && /^\p{Ll}/u.test((tokens[end - 1] as Token).text))) break;
  }
  const [first, last] = [tokens[begin], tokens[end - 1]];
  if (!first || !last || end === begin) return none;
  return { words: text.slice(first.start, last.end).replace(/[’']s?$/, ''), to: end };
}

const isNear = (text: string, tokens: readonly Token[], at: number) =>
  /^(?: |-)$/.test(text.slice((tokens[at - 1] as Token).end, (tokens[at] as Token).start));

function isPlural(word: string): boolean {
  return plurals.has(word) || (/[^siu]s$/.test(word) && word.length > 3) || /[^aeiou]ies$/.test(word);
}
