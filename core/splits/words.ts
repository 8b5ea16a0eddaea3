// Scripts that are written without spaces between words: each letter counts as one.
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]][[\p{L}\p{N}\p{M}'\-]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]*(?<!['\-])/gv;

/**
 * The words of `text` in the form in which texts are compared: NFKC, lower case, every apostrophe and hyphen of one kind, soft hyphens and
 * invisible signs gone, punctuation left out, digits kept.
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
