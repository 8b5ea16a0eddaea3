import type { Range } from './span.ts';

/** A quotation mark of any kind. An apostrophe inside a word does not count. */
export const marks = /[“”„‟«»‹›「」『』"]|(?<![\p{L}\p{N}])[‘'‚‛]|[’'](?![\p{L}\p{N}])/u;

const opening = /^(?:that\s+)?[\s([]*[“”„‟«»‹›「」『』"‘’'‚‛]/iu;
const closing = /[“”„‟«»‹›「」『』"‘’'][\s.,;:!?)\]…—–-]*$/u;

/** Whether `text` begins and ends with a quotation mark. A leading “that” and final punctuation are ignored. */
export function isInMarks(text: string): boolean {
  return opening.test(text) && closing.test(text);
}

/**
 * Whether the fragments of a quote, in order, are in quotation marks as a whole. A paragraph that continues in the next fragment has no closing
 * mark.
 */
export function isAllInMarks(parts: readonly string[]): boolean {
  return parts.every((part) => opening.test(part)) && closing.test(parts.at(-1) ?? '');
}

/** The dash that a spoken paragraph begins with, as Spanish and French set a dialogue. */
export const dialogueDash = /[—―]|–(?= )/u;

const behindDash = new RegExp(`^(?:${dialogueDash.source})`, 'u');

/** Whether the fragments of a quote, in order, are spoken behind a dash. A narrator may come before each further fragment. */
export function isBehindDash(parts: readonly string[]): boolean {
  return behindDash.test(parts[0] ?? '');
}

/** Whether `range` (half-open, UTF-16) of `text` is directly enclosed in quotation marks. Punctuation may come before the closing mark. */
export function standsInMarks(text: string, { start, end }: Range): boolean {
  const stops = /^[.,;:!?…，。！？]*/u.exec(text.slice(end, end + 4))?.[0].length ?? 0;
  return opening.test(text.charAt(start - 1)) && closing.test(text.charAt(end + stops));
}
