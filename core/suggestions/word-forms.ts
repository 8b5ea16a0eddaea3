import type { Word } from './words.ts';

/** Whether the word is the sign of a genitive: “’s”, or the apostrophe alone after a plural. */
export function isGenitive(word: Word | undefined): boolean {
  return word !== undefined && /^(?:’s|'s|’|')$/.test(word.text);
}

/** Whether the word is a comma or a dash, which part what is said from who says it. */
export function isCommaOrDash(word: Word | undefined): boolean {
  return word !== undefined && /^(?:,|[—–-]+)$/.test(word.text);
}

/** Whether the word is a pronoun that can join a relative clause. */
export function isRelativePronoun(word: Word | undefined): boolean {
  return word !== undefined && /^(?:who|which|that)$/.test(word.lower);
}

/** Whether the word ends as a present participle does, or a verbal noun. */
export function endsInIng(word: Word | undefined): boolean {
  return word !== undefined && /ing$/.test(word.lower);
}

/** Whether “according to” begins at word `at`. */
export function isAccordingTo(words: readonly Word[], at: number): boolean {
  return words[at]?.lower === 'according' && words[at + 1]?.lower === 'to';
}

/** Whether the marked run `word` ends in a way that its sentence goes on after it. */
export function leadsOn(word: Word): boolean {
  return /[,?!—–-]["'”’»“‘„]*$/.test(word.text);
}

/** The noun `lower`, in small letters, without the ending of a plural. */
export function singular(lower: string): string {
  return lower.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}
