import type { Range } from '../text/span.ts';

/** How the tokens of datasets are made, for manifests. The results depend on the ICU version, which the manifest states separately. */
export const tokeniser =
  'Intl.Segmenter words (Unicode UAX #29) in the language of the article, English where it names none; white space dropped; cut at sentence ends and annotation boundaries';

/**
 * The tokens of `text` by the rules of `language` (BCP 47; English for null or an unknown one): ascending half-open ranges in UTF-16 code units
 * that contain every character except white space. `cuts` are offsets at which a token must end. If they include the ends of all spans and
 * sentences, no token crosses one of these.
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
 * The sentences of `text` by the rules of `language`, like `tokensOf`: ascending half-open ranges in UTF-16 code units, without outer white space,
 * none of them empty. No sentence crosses a line end, because each line is a block: a headline is a separate sentence.
 */
export function sentencesOf(text: string, language: string | null): Range[] {
  const sentences: Range[] = [];
  // By these rules, a line end also ends a sentence (SB4), and what follows does not depend on what came before.
  for (const { index, segment } of segmenterFor(language, 'sentence').segment(text)) {
    let [start, end] = [index, index + segment.length];
    while (start < end && isSpaceAt(text, start)) start++;
    while (start < end && isSpaceAt(text, end - 1)) end--;
    if (start < end) sentences.push({ start, end });
  }
  return sentences;
}

/**
 * The half-open run of indexes of the `tokens` in `range`; null if there are none, for example for white space. Tokens that only touch or cross
 * the ends of the range do not count.
 */
export function tokensIn(tokens: readonly Range[], range: Range): Range | null {
  const start = firstFrom(tokens, range.start);
  let end = firstFrom(tokens, range.end);
  const last = tokens[end - 1];
  if (last && last.end > range.end) end--;
  return start < end ? { start, end } : null;
}

// The index of the first token that begins at or after `offset`.
function firstFrom(tokens: readonly Range[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Range).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The white space of Unicode and of JavaScript. Unicode has U+0085, which `\s` lacks; JavaScript has U+FEFF, which Unicode lacks.
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

// For an unknown locale, the computer's own would be used, and the same project would give different bytes elsewhere.
function localeFor(language: string | null): string {
  try {
    return Intl.Segmenter.supportedLocalesOf(language ?? 'en')[0] ?? 'en';
  } catch {
    return 'en';
  }
}
