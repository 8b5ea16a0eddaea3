const letter =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
const character = new RegExp(`${letter}\\p{M}*`, 'gu');
// A control character that no article or title contains and no index treats as part of a word.
const gap = '\u001f';
const firstLetter = new RegExp(`^${letter}`, 'u');
const lastLetter = new RegExp(`${letter}\\p{M}*$`, 'u');

/** A letter of a script that puts no spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese. */
export const unspaced = new RegExp(letter, 'u');

/** Whether `text` begins with such a letter. */
export const beginsUnspaced = (text: string): boolean => firstLetter.test(text);

/** Whether `text` ends with such a letter. */
export const endsUnspaced = (text: string): boolean => lastLetter.test(text);

/** `text` with a separator around each letter of such a script, so that a word index finds single letters within a line. */
export const parted = (text: string): string => (unspaced.test(text) ? text.replace(character, `${gap}$&${gap}`) : text);

/** Reverses `parted`. */
export const joined = (text: string): string => text.replaceAll(gap, '');
