import { type Span, spanAt } from '../span.ts';
import type { Sentence, Word } from './words.ts';

/** The span of the words `from` to `to` (excluded) of a sentence. */
export function phraseSpan(text: string, { words }: Sentence, { from, to }: { readonly from: number; readonly to: number }): Span {
  return spanAt(text, { start: words[from]?.start ?? 0, end: words[to - 1]?.end ?? 0 });
}

/** Where a cue ends, with the particle that belongs to its verb (“pointed out”). */
export function cueEnd(words: readonly Word[], cue: { readonly from: number; readonly to: number }): number {
  return /^(?:out|back)$/.test(words[cue.to]?.lower ?? '') ? cue.to + 1 : cue.to;
}

/** The codebook's `speaker_form` of a speaker mentioned as `mention`. */
export function speakerForm(mention: string, pronoun: boolean): 'pronoun' | 'named' | 'nominal' {
  // At the head of a sentence the article is a capital too.
  return pronoun ? 'pronoun' : /\p{Lu}/u.test(mention.replace(/^(?:the|an?)\s+/i, '')) ? 'named' : 'nominal';
}
