import fc from 'fast-check';
import type { Range } from '../text/span.ts';

// Pieces that are difficult for text algorithms: astral characters, joined emoji, flags, combining marks, right-to-left and unspaced scripts,
// quotation marks that are also apostrophes, white space other than the space.
const pieces = [
  ...['he', 'said', 'Zelensky', 'guarantees', 'don’t', 'U.S.', '90%', 'e\u0301lan', 'n\u0303', 'שלום', 'مرحبا', 'क्षि', '日本語', 'ไทย'],
  ...['💪', '👨‍👩‍👧‍👦', '🇺🇦', '👍🏽', '𝒜', '\u200d', '\u0301', '\ufe0f'],
  ...['“', '”', '‘', '’', '«', '»', '"', "'", '.', ',', '?', '…', '—', '-'],
  ...[' ', ' ', ' ', '  ', '\u00a0', '\u2009', '\t', '\n', '\n', '\n\n', '\u2028', '\u0085'],
];

/** Any text that an article may contain: well formed, with only LF as line end. May be empty. */
export const texts: fc.Arbitrary<string> = fc
  .array(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) }),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join('').replace(/\r/g, ' '));

/** The UTF-16 offsets of `text` that do not split a surrogate pair, including its length. */
export function offsetsOf(text: string): number[] {
  const offsets = [0];
  for (const character of text) offsets.push((offsets.at(-1) as number) + character.length);
  return offsets;
}

/** The range of `text` determined by two arbitrary numbers: never empty, never splitting a pair. `text` has at least one character. */
export function rangeFrom(text: string, a: number, b: number): Range {
  const offsets = offsetsOf(text);
  const count = offsets.length - 1;
  const first = a % count;
  const last = first + 1 + (b % (count - first));
  return { start: offsets[first] as number, end: offsets[last] as number };
}
