import { isNominal, type Phrase } from './phrases.ts';
import { beforeVerbGroup, isVerb } from './speakers.ts';
import type { Sentence, Word, WordRange } from './words.ts';

/** Whether the sentence ends as one does: headlines, captions and boilerplate do not. */
export function isProse({ words }: Sentence): boolean {
  const last = words.at(-1);
  return last !== undefined && words.length >= 4 && /[.?!]["'”’»)]*$/.test(last.text);
}

/** The clause around word `at`, between the nearest places where another begins or ends; `to` is excluded and stops are left out. */
export function clauseAround(words: readonly Word[], at: number): WordRange {
  let from = at;
  while (from > 0 && !startsClause(words, from)) from--;
  let to = at + 1;
  while (to < words.length && !endsClause(words, to)) to++;
  while (to > at + 1 && /^[.,;:?!—–-]+$/.test(words[to - 1]?.text ?? '')) to--;
  return { from, to };
}

/** Whether the verb at `verb` is denied (“did not sign”). */
export function isNegated(words: readonly Word[], verb: number, floor: number): boolean {
  const before = beforeVerbGroup(words, verb, floor);
  return (
    words.slice(before + 1, verb).some(({ lower }) => /^(?:not|n't|never|no)$/.test(lower)) ||
    /^(?:no|nobody|none|neither)$/.test(words[before]?.lower ?? '')
  );
}

/** Whether the verb at `verb` says what was done to its subject (“was signed”). */
export function isPassive(words: readonly Word[], verb: number): boolean {
  for (let at = verb - 1; at >= Math.max(0, verb - 4); at--) {
    const word = words[at] as Word;
    if (/^(?:is|are|was|were|be|been|being)$/.test(word.lower)) return true;
    if (word.pos !== 'ADV' && word.pos !== 'AUX' && word.pos !== 'PART') return false;
  }
  return false;
}

/** Whether `phrase` is a pronoun that joins a clause, “it” or “there”, and so names nobody. */
export function isEmptySubject(words: readonly Word[], phrase: Phrase): boolean {
  return /^(?:who|which|that|it|there)$/.test(words[phrase.from]?.lower ?? '');
}

function startsClause(words: readonly Word[], at: number): boolean {
  const before = words[at - 1] as Word;
  const word = words[at] as Word;
  if (/^(?:;|:|[—–]+)$/.test(before.text) || before.lower === 'that') return true;
  // “$412 million, in the three months ended June 30”: a preposition only goes on.
  if (before.text === ',' && word.pos === 'ADP' && !/^(?:as|after|before|since|until|because|though|like)$/.test(word.lower)) return false;
  if (before.text === ',' && /^(?:with|including|and|but|while|or)$/.test(word.lower) === false)
    return hasVerb(words, 0, at - 1) && hasVerb(words, at, words.length);
  return /^(?:and|but|while|although|though|because|whereas)$/.test(before.lower) && /^(?:,|—)$/.test(words[at - 2]?.text ?? ',');
}

function endsClause(words: readonly Word[], at: number): boolean {
  const word = words[at] as Word;
  if (/^(?:;|:|[—–]+|[.?!]+)$/.test(word.text)) return true;
  if (/^(?:while|although|though|because|whereas|but)$/.test(word.lower)) return true;
  if (word.lower === 'and' && goesOnWithVerb(words, at)) return true;
  if (word.text !== ',' || isListComma(words, at)) return false;
  const next = words[at + 1];
  if (!next || /^(?:and|but|while|which|who|where|with|though|although|whose|as)$/.test(next.lower)) return true;
  if (/^(?:including|or)$/.test(next.lower) || (next.pos === 'ADP' && !/^(?:after|before|since|until|because|like)$/.test(next.lower)))
    return false;
  return isVerb(next) || (hasVerb(words, at + 1, words.length) && !/^\p{Lu}|^\d/u.test(next.text));
}

// “occupies a fifth of it and has opposed …”: another clause of the same subject.
function goesOnWithVerb(words: readonly Word[], and: number): boolean {
  const at = words[and + 1]?.pos === 'ADV' ? and + 2 : and + 1;
  const next = words[at];
  if (!next || !isVerb(next) || !hasVerb(words, Math.max(0, and - 20), and)) return false;
  return next.pos === 'AUX' || (/(?:ed|s)$/.test(next.lower) && !isVerb(words[and - 1] as Word));
}

// “leaders from Europe, Canada, and Japan”
function isListComma(words: readonly Word[], at: number): boolean {
  if (/^(?:and|or)$/.test(words[at + 1]?.lower ?? '')) {
    for (let back = at - 1; back > Math.max(0, at - 7); back--) {
      if (words[back]?.text === ',') return back < at - 1;
      if (!isNominal(words[back] as Word)) return false;
    }
    return false;
  }
  for (let on = at + 1; on < Math.min(words.length - 1, at + 7); on++) {
    const word = words[on] as Word;
    if (word.text === ',') return on > at + 1 && (/^(?:and|or)$/.test(words[on + 1]?.lower ?? '') || isListComma(words, on));
    if (!isNominal(word)) return false;
  }
  return false;
}

function hasVerb(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from; at < Math.min(to, from + 40); at++) if (isVerb(words[at] as Word)) return true;
  return false;
}
