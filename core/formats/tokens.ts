import type { Range } from '../text/span.ts';

/** How the tokens of datasets are made, for manifests. The results hang on the ICU version, which the manifest names beside it. */
export const tokeniser =
  'Intl.Segmenter words (Unicode UAX #29) in the language of the article, English where it names none; white space dropped; cut at sentence ends and annotation boundaries';

/**
 * The tokens of `text` by the rules of `language` (BCP 47; English for null or one that is not known): ascending half-open ranges in UTF-16
 * code units that hold every character but white space, none of which is in a token. `cuts` are offsets at which a token ends in any case;
 * with the ends of all spans and sentences among them none of these cuts a token.
 */
export function tokensOf(text: string, language: string | null, cuts: Iterable<number>): Range[] {
  const isCut = new Set(cuts);
  const tokens: Range[] = [];
  for (const { index, segment } of segmenterFor(language, 'word').segment(text)) {
    let start = -1;
    for (let at = index; at < index + segment.length; at++) {
      const isSpace = isSpaceAt(text, at);
      if (start >= 0 && (isSpace || isCut.has(at))) {
        tokens.push({ start, end: at });
        start = -1;
      }
      if (start < 0 && !isSpace) start = at;
    }
    if (start >= 0) tokens.push({ start, end: index + segment.length });
  }
  return tokens;
}

/**
 * The sentences of `text` by the rules of `language`, as for `tokensOf`: ascending half-open ranges in UTF-16 code units, without outer white
 * space, none of them empty. No sentence goes over a line end, since a line is a block: a headline is a sentence of its own.
 */
export function sentencesOf(text: string, language: string | null): Range[] {
  const sentences: Range[] = [];
  // A line end ends a sentence by these rules too (SB4), and what follows it does not hang on what was before.
  for (const { index, segment } of segmenterFor(language, 'sentence').segment(text)) {
    let [start, end] = [index, index + segment.length];
    while (start < end && isSpaceAt(text, start)) start++;
    while (start < end && isSpaceAt(text, end - 1)) end--;
    if (start < end) sentences.push({ start, end });
  }
  return sentences;
}

/**
 * The half-open run of indexes of those of `tokens` that lie in `range`; null where none does, as for a range of white space. Tokens that
 * only touch or cross the range's ends are not in it.
 */
export function tokensIn(tokens: readonly Range[], range: Range): Range | null {
  const start = firstFrom(tokens, range.start);
  let end = firstFrom(tokens, range.end);
  const last = tokens[end - 1];
  if (last && last.end > range.end) end--;
  return start < end ? { start, end } : null;
}

// Index of the first token that begins at `offset` or after it.
function firstFrom(tokens: readonly Range[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Range).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

// White space of Unicode and of JavaScript: U+0085 is missing in the one's `\s`, U+FEFF in the other.
const whiteSpace = /[\s\u0085]/;

function isSpaceAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? code === 0x20 || (code >= 0x09 && code <= 0x0d) : whiteSpace.test(text.charAt(at));
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string | null, granularity: 'word' | 'sentence'): Intl.Segmenter {
  const key = `${granularity} ${language}`;
  const known = segmenters.get(key);
  if (known) return known;
  const segmenter = new Intl.Segmenter(localeFor(language), { granularity });
  segmenters.set(key, segmenter);
  return segmenter;
}

// A locale that is not known would fall back on the computer's own, and the same project would give other bytes elsewhere.
function localeFor(language: string | null): string {
  try {
    return Intl.Segmenter.supportedLocalesOf(language ?? 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}
