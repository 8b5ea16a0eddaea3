import type { Range } from '../text/span.ts';
import { folded } from './conditions.ts';

/** How a name matches the words that were searched. */
export interface NameMatch {
  /** Where they occur: half-open, in UTF-16 code units, ascending and apart. */
  readonly marks: readonly Range[];
  /** 0: the name begins with the search text. 1: each of the words begins a word of the name. 2: some occur inside a word. */
  readonly rank: 0 | 1 | 2;
}

/**
 * Finds the words of `sought` in `name`, in any order, compared as in `folded`. Null if one of them is missing. Each word is marked where a word
 * of the name begins with it, or else at its first occurrence. Nothing is marked if there are no words.
 */
export function nameMatch(name: string, sought: string): NameMatch | null {
  const whole = folded(name);
  const words = folded(sought).split(' ').filter(Boolean);
  if (!words.every((word) => whole.includes(word))) return null;
  const beginnings = [...name.matchAll(/(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]/gu)].map(({ index }) => index);
  const places = words.map((word) => {
    const begun = beginnings.flatMap((start) => placeAt(name, start, word) ?? []);
    return { isBeginning: begun.length > 0, ranges: begun.length > 0 ? begun : firstPlace(name, word) };
  });
  const beginsSo = whole.startsWith(words.join(' '));
  return {
    marks: joined(places.flatMap(({ ranges }) => ranges)),
    rank: beginsSo ? 0 : places.every(({ isBeginning }) => isBeginning) ? 1 : 2,
  };
}

// The fewest characters from `start` that give `word` when folded. Folding can change the number of letters.
function placeAt(name: string, start: number, word: string): Range | null {
  if (!folded(name.slice(start)).startsWith(word) || folded(name.charAt(start)) === '') return null;
  let end = start + 1;
  while (!folded(name.slice(start, end)).startsWith(word)) end++;
  while (/^\p{M}/u.test(name.slice(end))) end++;
  return { start, end };
}

function firstPlace(name: string, word: string): Range[] {
  for (let start = 0; start < name.length; start++) {
    const place = placeAt(name, start, word);
    if (place) return [place];
  }
  return [];
}

function joined(ranges: readonly Range[]): Range[] {
  const apart: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last && range.start <= last.end) apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else apart.push(range);
  }
  return apart;
}
