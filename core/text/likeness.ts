/** How alike the words of two annotations are, from 1 (equal apart from punctuation and case) to 0 (no word in common). */
export function likenessOf(one: string, other: string): number {
  return likenessTo(one)(other);
}

/** Returns a function that compares other words with `words`. Use it to compare many. */
export function likenessTo(words: string): (other: string) => number {
  const [plain, own] = [plainWords(words), new Set(wordsOf(words))];
  return (other) => {
    const [there, theirs] = [plainWords(other), new Set(wordsOf(other))];
    if (own.size === 0 || theirs.size === 0) return 0;
    if (there === plain) return 1;
    const [short, long] = there.length < plain.length ? [there, plain] : [plain, there];
    // If one contains the other, it scores higher than any pair that only shares words. The score grows with the share it covers.
    if (` ${long} `.includes(` ${short} `)) return 0.75 + 0.2 * (short.length / long.length);
    const weight = (set: Iterable<string>) => [...set].reduce((sum, word) => sum + Math.min(word.length, 8), 0);
    const common = weight([...own].filter((word) => theirs.has(word)));
    return 0.7 * ((2 * common) / (weight(own) + weight(theirs)));
  };
}

/** Sorts `items` by how alike their words are to `words`, most alike first; ties keep their order. `textOf` returns the words of an item. */
export function byLikeness<T>(items: readonly T[], words: string, textOf: (item: T) => string): T[] {
  const likeness = likenessTo(words);
  return items
    .map((item) => ({ item, like: likeness(textOf(item)) }))
    .sort((a, b) => b.like - a.like)
    .map(({ item }) => item);
}

/**
 * How the words of two quotes match: `verbatim` if they are equal letter by letter inside their quotation marks, `near_verbatim` if only
 * punctuation, case or a few letters differ, null if the letters cannot decide it.
 */
export function matchOf(one: string, other: string): 'verbatim' | 'near_verbatim' | null {
  const [a, b] = [unmarked(one), unmarked(other)];
  if (a === b) return a === '' ? null : 'verbatim';
  const [first, second] = [plainWords(one), plainWords(other)];
  if (first === second) return first === '' ? null : 'near_verbatim';
  // One letter in twenty. That allows “organisation” for “organization”, but not a word missing from a sentence.
  const few = Math.floor(Math.max(first.length, second.length) / 20);
  return isWithin(first, second, few) ? 'near_verbatim' : null;
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’']/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const plainWords = (text: string) => wordsOf(text).join(' ');

// The text without quotation marks around it or punctuation at its end, with a single form of apostrophe and of space.
function unmarked(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[‘’‛']/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/^[\s“”„‟«»‹›"']+/u, '')
    .replace(/[\s“”„‟«»‹›"'.,;:!?…]+$/u, '');
}

// Whether changing, adding or deleting at most `most` letters turns one into the other (Levenshtein within a band).
function isWithin(one: string, other: string, most: number): boolean {
  if (Math.abs(one.length - other.length) > most) return false;
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const now = new Array<number>(other.length + 1).fill(most + 1);
    now[0] = row;
    const last = Math.min(other.length, row + most);
    for (let column = Math.max(1, row - most); column <= last; column++) {
      const step = one[row - 1] === other[column - 1] ? 0 : 1;
      now[column] = Math.min((before[column - 1] ?? most + 1) + step, (before[column] ?? most + 1) + 1, (now[column - 1] ?? most + 1) + 1);
    }
    before = now;
  }
  return (before[other.length] ?? most + 1) <= most;
}
