import { contentWords, withoutEnding } from './compared-words.ts';
import type { Piece, PieceNumber } from './piece.ts';

// Words for the same thing that is counted. Few on purpose: only such as news uses for one another in the same report.
const synonyms: readonly (readonly string[])[] = [
  ['nation', 'country', 'state'],
  ['people', 'person', 'individual', 'resident', 'civilian', 'passenger', 'victim', 'man', 'men', 'woman', 'women'],
  ['troop', 'soldier', 'serviceman', 'servicemen'],
  ['home', 'house', 'household'],
  ['firm', 'company', 'business'],
  ['child', 'children', 'kid'],
  ['job', 'position', 'post'],
  ['percent', '%'],
];
const states: readonly (readonly [string, RegExp])[] = [
  ['dead', /^(?:dead|died|dies|die|killed|kills|killing|deaths?|fatalit(?:y|ies)|toll|lives)$/],
  ['injured', /^(?:injured|injures|injuries|injury|wounded|wounds|hurt)$/],
  ['missing', /^(?:missing|unaccounted)$/],
  ['arrested', /^(?:arrested|arrests?|detained|detentions?)$/],
  ['displaced', /^(?:displaced|evacuated|fled|homeless)$/],
  ['rescued', /^(?:rescued|rescues?|saved)$/],
];
const canonical = new Map(synonyms.flatMap((group) => group.map((word) => [withoutEnding(word), group[0] as string] as const)));

/**
 * What a number in `text` counts by each of its readings, in the form in which it is compared: a thing (`nation`), what became of people (`dead`), or a
 * unit with nothing counted (`%`, `EUR`).
 */
export function thingsCounted(readings: readonly Omit<PieceNumber, 'things'>[], text: string): string[] {
  return [...new Set(readings.flatMap((reading) => thingCounted(reading, text) ?? []))];
}

function thingCounted({ counts, unit, place }: Omit<PieceNumber, 'things'>, text: string): string | null {
  const head = counts.split(/\b(?:of|in|at|from|by|on|for|with|who|that|to|across|near|inside|outside|among)\b/u)[0] ?? '';
  const own = stateIn(counts);
  if (own) return own;
  const last = [...contentWords(head).keys()].at(-1);
  const thing = last === undefined ? null : (canonical.get(last) ?? last);
  if (unit !== '' && thing === null) return canonical.get(unit.toLowerCase()) ?? unit;
  if (thing !== 'people' && thing !== null) return thing;
  const after = place ? stateIn(text.slice(place.end)) : null;
  return after ?? (place ? stateIn(text.slice(0, place.start)) : stateIn(text)) ?? thing;
}

/** What a text is about, as `contentWords`, with one word for things that count as the same; numbers and how exact they are are left out. */
export function claimWords(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [form, written] of contentWords(text)) {
    const state = stateOf(written.toLowerCase());
    const meant = state ?? canonical.get(form) ?? form;
    if (!/^\p{N}+$/u.test(form) && !exactness.has(form) && !found.has(meant)) found.set(meant, written);
  }
  return found;
}
const exactness = new Set('about around approximately roughly nearly almost least exactly some'.split(' ').map(withoutEnding));

// The first word that tells what became of people.
function stateIn(text: string): string | null {
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    const state = stateOf(word);
    if (state) return state;
  }
  return null;
}

/** How two numbers of the same thing compare: equal, different but both possible (“at least 12” and 14), or not both possible. */
export type NumberMatch = 'equal' | 'compatible' | 'different';

// About a number means within a tenth of it.
function numberMatch(one: PieceNumber, other: PieceNumber): NumberMatch {
  if (one.value === other.value && one.value_max === other.value_max) return 'equal';
  const [[low, high], [least, most]] = [rangeOf(one), rangeOf(other)];
  return low <= most && least <= high ? 'compatible' : 'different';
}

function rangeOf({ value, value_max, modifier }: PieceNumber): readonly [low: number, high: number] {
  const [low, high] = [value, value_max ?? value];
  switch (modifier) {
    case 'exact':
      return [low, high];
    case 'approx':
      return [low - Math.abs(low) / 10, high + Math.abs(high) / 10];
    case 'at_least':
      return [low, Number.POSITIVE_INFINITY];
    case 'at_most':
      return [Number.NEGATIVE_INFINITY, high];
  }
}

/** Numbers of two pieces that count the same thing. */
export interface SharedCount {
  readonly thing: string;
  readonly one: PieceNumber;
  readonly other: PieceNumber;
  readonly match: NumberMatch;
}

/** The things that both pieces count, with the numbers that are nearest to each other. */
export function sharedCounts(one: Piece, other: Piece): SharedCount[] {
  const found = new Map<string, SharedCount>();
  for (const number of one.numbers) {
    for (const against of other.numbers) {
      const thing = number.things.find((each) => against.things.includes(each));
      if (thing === undefined) continue;
      const match = numberMatch(number, against);
      const known = found.get(thing);
      if (!known || rank[match] < rank[known.match]) found.set(thing, { thing, one: number, other: against, match });
    }
  }
  return [...found.values()];
}
const rank: Readonly<Record<NumberMatch, number>> = { equal: 0, compatible: 1, different: 2 };

/** The numbers of `piece` that are not those of `other`: of the same thing, or of whatever each has as its only number. */
export function differingNumbers(piece: Piece, other: Piece): { readonly own: PieceNumber; readonly other: PieceNumber }[] {
  const shared = sharedCounts(piece, other).filter(({ match }) => match !== 'equal');
  if (shared.length > 0) return shared.map(({ one, other: against }) => ({ own: one, other: against }));
  const [own, against] = [piece.numbers[0], other.numbers[0]];
  const areOnly = piece.numbers.length === 1 && other.numbers.length === 1;
  return areOnly && own && against && numberMatch(own, against) !== 'equal' ? [{ own, other: against }] : [];
}

const stateOf = (word: string): string | null => states.find(([, words]) => words.test(word))?.[0] ?? null;
