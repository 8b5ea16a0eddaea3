// In scripts without spaces between words, each letter counts as a word.
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]][[\p{L}\p{N}\p{M}'\-]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]*(?<!['\-])/gv;

/**
 * The words of `text` in the form used for comparison: NFKC, lower case, one kind of apostrophe and hyphen, without soft hyphens, invisible
 * characters and punctuation. Digits are kept.
 */
export function comparedWords(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\p{Cf}+/gu, '')
      .replace(/[\u2018-\u201b\u2032\u02bc`´]/g, "'")
      .replace(/\p{Pd}/gu, '-')
      .match(word) ?? []
  );
}
