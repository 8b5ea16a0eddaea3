import type { NumberText } from './amounts.ts';
import { numeralAt, type Token } from './numerals.ts';
import { closing, isPlural, passing } from './quantity-words.ts';

/** The words of what a number counts, as they are written; '' where none do. `to` is the token behind them. */
export interface CountedWords {
  readonly words: string;
  readonly to: number;
}

const most = 4;

/**
 * What is counted by the number with `unit` that ends before token `at`: up to the first plural noun, or to where a phrase must end. A unit
 * counts already (“30 km”), unless “of” follows it (“30 tonnes of grain”), or after money “in” (“$5 million in aid”).
 */
export function countedWords(read: NumberText, at: number, unit: string | null): CountedWords {
  const { tokens, text } = read;
  const word = (index: number) => wordAt(tokens, index);
  const isPart = word(at) === 'of';
  const isSpentIn = word(at) === 'in' && /^[A-Z]{3}$/.test(unit ?? '') && /^\p{Ll}/u.test(tokens[at + 1]?.text ?? '');
  const none = { words: '', to: at };
  if (!isPart && !isSpentIn && unit !== null && unit !== 'share') return none;
  let begin = isPart || isSpentIn ? at + 1 : at;
  if (isPart || unit === 'share') while (/^(?:the|a|an|its|their|his|her|our|all|these|those)$/.test(word(begin))) begin++;
  // “two of the 30 countries” counts countries.
  if (isPart) begin = numeralAt(tokens, begin)?.to ?? begin;
  while (passing.has(word(begin))) begin++;
  const end = phraseEnd(read, begin, tokens[at - 1]?.lower === 'one');
  const [first, last] = [tokens[begin], tokens[end - 1]];
  if (!first || !last || end === begin) return none;
  return { words: text.slice(first.start, last.end).replace(/[’']s?$/, ''), to: end };
}

/**
 * What the number that begins at token `at` counts where the words before it say so: “the number of people killed has risen to 14” counts people,
 * “put the toll at 11” a toll. '' where they do not.
 */
export function countedBefore(read: NumberText, at: number): string {
  const { tokens } = read;
  let to = at - 1;
  // “to at least”, “at more than”
  while (at - to < 5 && /^(?:about|around|nearly|almost|roughly|least|most|more|than|over)$/.test(wordAt(tokens, to))) to--;
  if (wordAt(tokens, to) === 'at' && wordAt(tokens, to + 1) === 'least') to--;
  if (!/^(?:to|at|is|was|reached|hit|from|passed|exceeded|stood)$/.test(wordAt(tokens, to))) return '';
  for (let index = to - 1; index >= Math.max(0, at - 20) && !/^[.;:]$/.test(tokens[index]?.text ?? ''); index--) {
    const word = wordAt(tokens, index);
    if (/^(?:and|but|while)$/.test(word)) return '';
    if (word === 'number' && wordAt(tokens, index + 1) === 'of') return countedWords(read, index + 2, null).words;
    if (word === 'toll') return /^(?:death|casualty)$/.test(wordAt(tokens, index - 1)) ? `${wordAt(tokens, index - 1)} toll` : 'toll';
  }
  return '';
}

// After “one” the first noun is in the singular: it ends the phrase, unless it is a name.
function phraseEnd({ tokens, text }: NumberText, begin: number, isOne: boolean): number {
  let end = begin;
  while (end < begin + most) {
    const word = wordAt(tokens, end);
    if (word === '' || closing.has(word) || (end > begin && !isJoined(text, tokens, end))) break;
    end++;
    if (isPlural(word) || /^\p{Lu}{2,}s$/u.test(tokens[end - 1]?.text ?? '') || (isOne && /^\p{Ll}/u.test(tokens[end - 1]?.text ?? '')))
      break;
  }
  return end;
}

const wordAt = (tokens: readonly Token[], at: number) => (tokens[at]?.kind === 'word' ? (tokens[at] as Token).lower : '');

const isJoined = (text: string, tokens: readonly Token[], at: number) =>
  /^(?: |-)$/.test(text.slice((tokens[at - 1] as Token).end, (tokens[at] as Token).start));
