import { isTitle, nameRuns } from './name-runs.ts';
import { isOrganisationNoun, isPersonNoun } from './person-words.ts';
import { headOf, type Phrase } from './phrases.ts';
import type { Word } from './words.ts';

/**
 * The name beside the description `phrase` of whom it names (“its chair, Mona Dahl,”, “said the union’s secretary, Ana Ruiz.”), titles and all;
 * null where `phrase` is a name itself, or what follows its comma is none or one of a list.
 */
export function nameBeside(words: readonly Word[], phrase: Phrase): Phrase | null {
  if (phrase.pronoun || words[phrase.to]?.text !== ',' || !describes(words, phrase)) return null;
  let first = phrase.to + 1;
  while (words[first] && isTitle(words[first] as Word)) first++;
  const [run] = nameRuns(words.slice(first, first + 8));
  if (run?.from !== 0) return null;
  const to = first + run.to;
  const after = words[to];
  const ends = after === undefined || /^(?:[.;:?!]|[—–-]+)$/.test(after.text) || after.quote !== null;
  // “the mayor, Ana Ruiz, and Tom Berg” are three.
  const parted = after?.text === ',' && !/^(?:and|or)$/.test(words[to + 1]?.lower ?? '');
  return ends || parted ? { from: phrase.to + 1, to, pronoun: false } : null;
}

const describes = (words: readonly Word[], phrase: Phrase): boolean => {
  const head = headOf(words, phrase);
  // “a spokesman for the operator, Nordline”: the name is the operator’s.
  if (head !== words[phrase.to - 1] && /^(?:an?|one|another)$/.test(words[phrase.from]?.lower ?? '')) return false;
  return head.pos !== 'PROPN' && (isPersonNoun(head.lower) || isOrganisationNoun(head.lower));
};
