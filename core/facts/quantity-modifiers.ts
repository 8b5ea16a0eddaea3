import type { Quantity } from '../model/annotation.ts';
import { endOfWords, type NumberText } from './amounts.ts';
import { modifiersAfter, modifiersBefore } from './quantity-words.ts';

type Modifier = Quantity['modifier'];

/** How exact the words before token `at` say that the amount there is (“at least 30”); null where they do not say. */
export function modifierBefore({ tokens }: NumberText, at: number): Modifier | null {
  // “about between 30 and 35”
  const end = ['between', 'from'].includes(tokens[at - 1]?.lower ?? '') ? at - 1 : at;
  let longest: { readonly length: number; readonly modifier: Modifier } | null = null;
  for (const [words, modifier] of modifiersBefore) {
    const { length } = words.split(' ');
    if (length > (longest?.length ?? 0) && endOfWords(tokens, end - length, words) === end) longest = { length, modifier };
  }
  return longest?.modifier ?? null;
}

/** How exact the words from token `at` on say that the amount before them is (“30 or more”), and the token behind them; null where they do not say. */
export function modifierAfter({ tokens }: NumberText, at: number): { readonly modifier: Modifier; readonly to: number } | null {
  // The plus of “30+” belongs to the amount.
  if (tokens[at - 1]?.text === '+') return { modifier: 'at_least', to: at };
  for (const [words, modifier] of modifiersAfter) {
    const to = endOfWords(tokens, at, words);
    if (to !== null) return { modifier, to };
  }
  return null;
}
