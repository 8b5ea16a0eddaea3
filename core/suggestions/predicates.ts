import { cueKind } from './cues.ts';
import { isNominal, phraseStartingAt } from './phrases.ts';
import { isVerb } from './speakers.ts';
import type { Sentence, Word, WordRange } from './words.ts';

/**
 * Whether the marked run that is word `index` of `sentence` carries what is stated, however short it is: what something is, is called or must do
 * (was “largely finished”, called it “absurd”, should “think again”), or all that is said of its subject (wrote that the plan “destroys value”).
 * `cue` is the verb that reports it, if one does.
 */
export function isPredicate({ words }: Sentence, index: number, cue: WordRange | null): boolean {
  return (
    isJudgement(words, index) ||
    isComplement(words, index) ||
    (cue !== null && isWholeVerb(words, index, cue)) ||
    isJoined(words, index, cue)
  );
}

function isComplement(words: readonly Word[], index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 3); at--) {
    const word = words[at] as Word;
    if (/^(?:is|was|are|were|be|been|being|remain|remains|remained|become|became|seem|seems|seemed|looks|looked|’s|'s)$/.test(word.lower)) {
      return word.pos !== 'PART' || at === index - 1;
    }
    if (/^(?:would|should|could|must|will|can|cannot|might|may|shall)$/.test(word.lower)) return true;
    if (word.lower === 'to')
      return /^(?:promise[sd]?|vow(?:s|ed)?|pledge[sd]?|threaten(?:s|ed)?|plan(?:s|ned)?)$/.test(words[at - 1]?.lower ?? '');
    if (word.pos !== 'ADV' && word.pos !== 'DET' && !/^(?:most|more|not|n't)$/.test(word.lower)) return false;
  }
  return false;
}

// “called it “absurd””, “called the plan “absurd.””, “hailed the deal as a “great success””
function isJudgement(words: readonly Word[], index: number): boolean {
  for (let at = index - 2; at >= Math.max(0, index - 12); at--) {
    if (cueKind((words[at] as Word).lower) !== 'label') continue;
    const object = words[at + 1] as Word;
    const isPronoun = /^(?:it|that|this|him|her|them|me|us)$/.test(object.lower);
    const first = /^(?:that|this|these|those)$/.test(object.lower) ? at + 2 : at + 1;
    const end = phraseStartingAt(words, first, index)?.to ?? (isPronoun ? at + 2 : null);
    if (end === index) return true;
    if (end !== null && words[end]?.lower === 'as') return isRightBehind(words, end, index);
    return (isPronoun && at === index - 2) || isLongObject(words, at + 1, index);
  }
  return false;
}
const isRightBehind = (words: readonly Word[], as: number, index: number): boolean =>
  as + 1 === index || (as + 2 === index && /^an?$/.test(words[as + 1]?.lower ?? ''));

// “called her handling of the matter “extremely careless,””
function isLongObject(words: readonly Word[], from: number, index: number): boolean {
  return (
    /^(?:his|her|its|their|the|an?)$/.test(words[from]?.lower ?? '') &&
    /^(?:NOUN|PROPN)$/.test(words[index - 1]?.pos ?? '') &&
    words.slice(from, index).every(({ pos }, at) => /^(?:NOUN|PROPN|DET|ADJ|ADV|ADP|PRON)$/.test(pos) || at === 1)
  );
}

// “wrote that the plan “destroys value.””: the clause has no other verb.
function isWholeVerb(words: readonly Word[], index: number, { to }: WordRange): boolean {
  const between = words.slice(to, index);
  const last = between.at(-1);
  const after = words[index + 1];
  return (
    between[0]?.lower === 'that' &&
    between.length > 1 &&
    between.every((word, at) => at === 0 || isNominal(word) || word.pos === 'ADP') &&
    /^(?:NOUN|PROPN)$/.test(last?.pos ?? '') &&
    /^[“"'‘«„]*\p{Ll}+(?:s|ed)\s/u.test((words[index] as Word).text) &&
    (after === undefined || after.pos === 'PUNCT' || !isVerb(after))
  );
}

// “said I was “bitter” and “badly advised””: what is joined to a predicate is one.
function isJoined(words: readonly Word[], index: number, cue: WordRange | null): boolean {
  let at = index - 1;
  while (/^(?:,|and|or|but)$/.test(words[at]?.lower ?? '')) at--;
  return at < index - 1 && words[at]?.quote != null && isPredicate({ words, paragraph: 0 }, at, cue);
}
