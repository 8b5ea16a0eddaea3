// Words that say nothing of what a text is about, in English. Names of other languages are not among them, so that nothing there is lost.
const empty = new Set(
  (
    'a an the this that these those and or but nor if as than then so of in on at by for from to into onto with without within about over under ' +
    'after before during between among against through per via is are was were be been being am has have had having do does did done will would ' +
    'shall should can could may might must not no it its he him his she her they them their we us our you your i me my who whom whose which what ' +
    'when where while how why there here also only just very more most less least some any all each every both other another such same own said ' +
    'says say told tell tells according still yet already even ever never again up out off down new'
  ).split(' '),
);

/**
 * What a text is about, for finding others about the same: its words in the form in which they are compared, in order, each with how it is written first.
 * Words that nearly every text has are left out, and so are endings of English words (`deploys`, `deployed`).
 */
export function contentWords(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [written] of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’']*/gu)) {
    const word = plain(written).replace(/[^\p{L}\p{N}]/gu, '');
    if (word.length < 2 || empty.has(word)) continue;
    const form = withoutEnding(word);
    if (!found.has(form)) found.set(form, written.replace(/[’']s?$/, ''));
  }
  return found;
}

/** All words of a text as they are compared letter by letter, joined by spaces. */
export function plainWords(text: string): string {
  return (plain(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[’']s\b/gu, '')
    .replace(/[\p{M}’']/gu, '')
    .toLowerCase();

/** An English word without the ending of a plural, a verb or an adverb; only such as leave a word of four letters or more. */
export function withoutEnding(word: string): string {
  const cut = word.replace(/ies$/, 'y').replace(/(?:ings?|edly|ed|es|s|ly|e)$/, '');
  return cut.length >= 4 ? cut : word.length >= 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
