import type { Range } from './span.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * The words of `text` by Unicode word boundaries, as half-open ranges in UTF-16 code units, ascending and apart. Punctuation, dashes and emoji are
 * not words.
 */
export function wordsIn(text: string): Range[] {
  const words: Range[] = [];
  for (const { index, segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike) words.push({ start: index, end: index + segment.length });
  }
  return words;
}
