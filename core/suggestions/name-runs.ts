import { nationalities, titles } from './name-words.ts';
import type { Word } from './words.ts';

const particles = /^(?:de|del|della|van|von|der|den|la|le|el|al|bin|ibn|da|dos|di|du)$/;
const initial = /^\p{Lu}\.?$/u;

/** A run of words that is a name, `to` excluded, titles before it left out. */
export interface NameRun {
  readonly from: number;
  readonly to: number;
  /** The title before the name in small letters, or ''. */
  readonly title: string;
}

/** The names among `words`, in order. */
export function nameRuns(words: readonly Word[]): NameRun[] {
  const runs: NameRun[] = [];
  for (let index = 0; index < words.length; index++) {
    if (!isNamePart(words[index] as Word)) continue;
    let to = index + 1;
    while (to < words.length) {
      const word = words[to] as Word;
      const joins =
        (particles.test(word.lower) || (word.text === '-' && words[to - 1]?.end === word.start) || word.text === '.') &&
        isNamePart(words[to + 1]);
      if (isNamePart(word)) to++;
      else if (joins && !(word.text === '.' && !initial.test(words[to - 1]?.text ?? ''))) to += 2;
      else break;
    }
    let from = index;
    for (let at = index; at < to; at++) if (isTitle(words[at] as Word)) from = at + 1;
    if (from < to) runs.push({ from, to, title: titleBefore(words, from) });
    index = to;
  }
  return runs;
}

function isNamePart(word: Word | undefined): boolean {
  if (word === undefined || word.quote) return false;
  // The expression is asked last: every word of an article comes by here.
  const mayBe = word.pos === 'PROPN' || word.pos === 'X' || (word.text.length <= 3 && initial.test(word.text));
  return mayBe && /^\p{Lu}/u.test(word.text);
}

/** A word in small letters, without the dot of an abbreviation. */
export const plain = ({ lower }: Word) => (lower.endsWith('.') ? lower.slice(0, -1) : lower);
/** Whether the word says what someone is or where from, before a name. */
export const isTitle = (word: Word) => titles.has(plain(word)) || nationalities.has(word.lower);

function titleBefore(words: readonly Word[], from: number): string {
  let at = from;
  while (at > 0 && isTitle(words[at - 1] as Word)) at--;
  return words.slice(at, from).map(plain).join(' ');
}
