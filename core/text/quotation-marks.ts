import type { Range } from './span.ts';

/** A quotation mark of any kind; the apostrophe inside of a word is none. */
export const marks = /[“”„‟«»‹›「」『』"]|(?<![\p{L}\p{N}])[‘'‚‛]|[’'](?![\p{L}\p{N}])/u;

const opening = /^(?:that\s+)?[\s([]*[“”„‟«»‹›「」『』"‘’'‚‛]/iu;
const closing = /[“”„‟«»‹›「」『』"‘’'][\s.,;:!?)\]…—–-]*$/u;

/** Whether `text` begins and ends with a quotation mark; a leading “that” and the last punctuation aside. */
export function isInMarks(text: string): boolean {
  return opening.test(text) && closing.test(text);
}

/** Whether the fragments of a quote, in order, are in quotation marks as a whole: a paragraph that goes on in the next fragment has no closing mark. */
export function isAllInMarks(parts: readonly string[]): boolean {
  return parts.every((part) => opening.test(part)) && closing.test(parts.at(-1) ?? '');
}

/** Whether quotation marks stand right around `range` (half-open, UTF-16) of `text`; punctuation may stand before the closing one. */
export function standsInMarks(text: string, { start, end }: Range): boolean {
  const stops = /^[.,;:!?…，。！？]*/u.exec(text.slice(end, end + 4))?.[0].length ?? 0;
  return opening.test(text.charAt(start - 1)) && closing.test(text.charAt(end + stops));
}
