const letter =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const character = new RegExp(`${letter}\\p{M}*`, 'gu');
// A control character, which no article and no title holds, and no index takes for part of a word.
const gap = '\u001f';
const firstLetter = new RegExp(`^${letter}`, 'u');
const lastLetter = new RegExp(`${letter}\\p{M}*$`, 'u');

/** A letter of a script that puts no spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese. */
export const unspaced = new RegExp(letter, 'u');

/** Whether `text` begins with such a letter. */
export const beginsUnspaced = (text: string): boolean => firstLetter.test(text);

/** Whether `text` ends with such a letter. */
export const endsUnspaced = (text: string): boolean => lastLetter.test(text);

/** `text` with each letter of such a script parted from the next, so that an index of words finds it within a line. */
export const parted = (text: string): string => (unspaced.test(text) ? text.replace(character, `${gap}$&${gap}`) : text);

/** What `parted` was made of. */
export const joined = (text: string): string => text.replaceAll(gap, '');
