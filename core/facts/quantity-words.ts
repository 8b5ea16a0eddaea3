import type { Quantity } from '../model/annotation.ts';

/** Words before a number that say how exact it is; of several that fit, the longest does. Lower case, single spaces. */
export const modifiersBefore: readonly (readonly [words: string, modifier: Quantity['modifier']])[] = [
  ...of('exact', ['exactly', 'precisely']),
  ...of('at_least', ['no fewer than', 'no less than', 'not fewer than', 'not less than', 'at least', 'more than', 'greater than']),
  ...of('at_least', ['upwards of', 'upward of', 'in excess of', 'a minimum of', 'minimum of', 'over', 'above', 'exceeding']),
  ...of('at_most', ['no more than', 'not more than', 'up to', 'at most', 'fewer than', 'less than', 'a maximum of', 'maximum of']),
  ...of('at_most', ['as many as', 'as much as', 'under', 'below']),
  ...of('approx', ['in the region of', 'on the order of', 'close to', 'more or less', 'an estimated', 'estimated', 'about', 'around']),
  ...of('approx', ['roughly', 'nearly', 'almost', 'some', 'approximately', 'approx', 'circa', '~', '≈']),
];

/** Words behind a number, or behind what it counts, that say how exact it is. */
export const modifiersAfter: readonly (readonly [words: string, modifier: Quantity['modifier']])[] = [
  ...of('at_least', ['or more', 'and more', 'or over', 'and over']),
  ...of('at_most', ['or fewer', 'or less', 'or under']),
  ...of('approx', ['or so']),
];

function of(modifier: Quantity['modifier'], words: readonly string[]): [string, Quantity['modifier']][] {
  return words.map((each) => [each, modifier]);
}

/** Signs and codes that stand before an amount of money, by the unit they mean. */
export const currencyBefore = new Map([
  ['$', 'USD'],
  ['us$', 'USD'],
  ['usd', 'USD'],
  ['€', 'EUR'],
  ['eur', 'EUR'],
  ['£', 'GBP'],
  ['gbp', 'GBP'],
  ['¥', 'JPY'],
  ['₴', 'UAH'],
  ['₽', 'RUB'],
]);

const named = (unit: string, words: string) => words.split(' ').map((word) => [word, unit] as const);

/** Units of one word behind a number, by the name that the record gets. */
export const units: ReadonlyMap<string, string> = new Map([
  ...named('per cent', '% percent pct'),
  ...named('USD', 'dollar dollars usd'),
  ...named('EUR', 'euro euros eur €'),
  ...named('GBP', 'pound pounds gbp'),
  ...named('JPY', 'yen'),
  ...named('UAH', 'hryvnia hryvnias uah'),
  ...named('RUB', 'rouble roubles ruble rubles'),
  ...named('centuries', 'century centuries'),
  ...named('decades', 'decade decades'),
  ...named('years', 'year years'),
  ...named('months', 'month months'),
  ...named('weeks', 'week weeks'),
  ...named('days', 'day days'),
  ...named('hours', 'hour hours'),
  ...named('minutes', 'minute minutes'),
  ...named('seconds', 'seconds'),
  ...named('km', 'km kilometre kilometres kilometer kilometers'),
  ...named('square km', 'km²'),
  ...named('metres', 'metre metres meter meters'),
  ...named('cm', 'cm centimetre centimetres centimeter centimeters'),
  ...named('miles', 'mile miles'),
  ...named('feet', 'feet'),
  ...named('hectares', 'hectare hectares'),
  ...named('acres', 'acre acres'),
  ...named('tonnes', 'tonne tonnes ton tons'),
  ...named('kg', 'kg kilogram kilograms kilo kilos'),
  ...named('litres', 'litre litres liter liters'),
  ...named('degrees', '° degree degrees'),
  ...named('MW', 'mw megawatt megawatts'),
  ...named('GW', 'gw gigawatt gigawatts'),
]);

/** Units of several words, as they are written in lower case with single spaces. */
export const longUnits: readonly (readonly [words: string, unit: string])[] = [
  ['per cent', 'per cent'],
  ['percentage points', 'percentage points'],
  ['percentage point', 'percentage points'],
  ['us dollars', 'USD'],
  ...['kilometres', 'kilometers', 'km'].map((word) => [`square ${word}`, 'square km'] as const),
  ['sq km', 'square km'],
  ['square miles', 'square miles'],
  ['km 2', 'square km'],
];

/** Words that end what is counted: nothing behind them belongs to it. */
export const closing = new Set(
  (
    'a about above across after against ago all along also although among an and any are around as at away be because been before being but by ' +
    'can combined could did do does down during each either else even ever every except for from had has have he her here his how however i if ' +
    'in including into is it its just least like may me might more most must near nearly neither no nor not now of off on once only onto or our ' +
    'out over own per said says she should since so still such than that the their them then there these they this those through throughout to ' +
    'together took toward towards under until up upon us very was we were what when where whether which while who whom whose why will with ' +
    'within without would yet you your apart later earlier left old long wide deep high tall worth times january february march april june july ' +
    'august september october november december monday tuesday wednesday thursday friday saturday sunday'
  ).split(' '),
);

/** Words between a number and what it counts that say nothing of it. */
export const passing = new Set(['more', 'other', 'additional', 'further', 'such', 'different', 'separate', 'fewer', 'extra']);

// Nouns that are plural without an s.
const plurals = new Set(
  'people men women children police personnel staff crew aircraft feet teeth media criteria cattle sheep fish troops forces'.split(' '),
);

/** Whether `word` (lower case) is a noun in the plural, by its ending. */
export function isPlural(word: string): boolean {
  return plurals.has(word) || (/[^siu]s$/.test(word) && word.length > 3) || /[^aeiou]ies$/.test(word);
}

/** Verbs after which “from 5 to 10” is a change, not a range. */
export const changing =
  /\b(?:r[oi]se[ns]?|rising|fell|fall(?:s|en|ing)?|gr[eo]w[ns]?|growing|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|drop(?:s|ped|ping)?|cut(?:s|ting)?|rais(?:e|es|ed|ing)|jump(?:s|ed|ing)?|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|expand(?:s|ed|ing)?|climb(?:s|ed|ing)?|shr[aiu]nk(?:s|ing)?|went|moved|up|down)\b/i;
