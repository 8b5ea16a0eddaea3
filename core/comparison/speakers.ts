import { plainName, withoutTitle } from '../registry/entity-names.ts';
import { isPronoun } from '../text/pronouns.ts';
import type { Piece } from './piece.ts';

type Speaker = Piece['who'][number];

/**
 * Whether the people to whom two annotations are given are the same, as far as can be told: by the registry where both are linked, else by a name in
 * common. Null where one is not named (“he”, “the captain”), so that nothing can be told.
 */
export function sameSpeakers(one: Pick<Piece, 'who'>, other: Pick<Piece, 'who'>): boolean | null {
  let [isTold, isUnknown] = [false, one.who.length === 0 || other.who.length === 0];
  for (const a of one.who) {
    for (const b of other.who) {
      const are = samePerson(a, b);
      if (are) return true;
      if (are === null) isUnknown = true;
      else isTold = true;
    }
  }
  return isTold && !isUnknown ? false : null;
}

/** The names of everybody who is given as a speaker, each person once: by the registry's name if one of the places is linked, else by the longest. */
export function speakersOf(pieces: readonly Pick<Piece, 'who'>[]): string[] {
  const people: Speaker[] = [];
  for (const speaker of pieces.flatMap(({ who }) => who)) {
    if (speaker.entity === null && isPronoun(speaker.name)) continue;
    const at = people.findIndex((known) => samePerson(known, speaker) === true || known.name === speaker.name);
    if (at < 0) people.push(speaker);
    else if (isFuller(speaker, people[at] as Speaker)) people[at] = speaker;
  }
  return people.map(({ name }) => name);
}

const isFuller = (one: Speaker, other: Speaker) => other.entity === null && (one.entity !== null || one.name.length > other.name.length);

function samePerson(one: Speaker, other: Speaker): boolean | null {
  if (one.entity !== null && other.entity !== null) return one.entity === other.entity;
  const [names, others] = [properNames(one), properNames(other)];
  if (names.length === 0 || others.length === 0) return null;
  return names.some((name) => others.includes(name));
}

// The words of a name that are names, in the form in which spellings are compared; none of “the captain” or “he”.
function properNames(speaker: Speaker): readonly string[] {
  const known = namesOf.get(speaker);
  if (known) return known;
  const words = isPronoun(speaker.name) ? [] : withoutTitle(speaker.name).split(/[\s-]+/);
  const names = words.flatMap((word) => (/^\p{Lu}|^\p{Lo}/u.test(word) ? [plainName(word)] : []));
  namesOf.set(speaker, names);
  return names;
}
// Each speaker is compared with many others.
const namesOf = new WeakMap<Speaker, readonly string[]>();
