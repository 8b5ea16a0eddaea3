import type { Range } from '../text/span.ts';
import type { Tokenised } from './tokenised.ts';

/** A token of spaCy: half-open in code points, and whether one U+0020, which is no token, stands behind it. */
export interface SpacyToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly space: boolean;
  readonly startsSentence: boolean;
}

/** A piece of an annotation in tokens, half-open; `id` is the annotation's, so that its pieces are known to be one. */
export interface SpacySpan extends Range {
  readonly id: string;
  readonly label: string;
  /** What it is in a knowledge base; '' where it is in none. */
  readonly knowledgeId: string;
}

/** A document in tokens of spaCy: these with their spaces are the text. */
export interface SpacyDoc {
  readonly tokens: readonly SpacyToken[];
  /** The half-open run of tokens that lie in a range of code points, white space at its ends left out; null for white space. */
  tokensIn(range: Range): Range | null;
}

/** `text` with its white space as spaCy has it: one space behind a token is a flag of it, all other white space a token of its own. */
export function spacyDoc(text: Tokenised): SpacyDoc {
  const tokens: SpacyToken[] = [];
  const places: number[] = [];
  const starts = new Set(text.sentences.map(({ start }) => start));
  let at = 0;
  const add = (words: string, space: boolean, startsSentence: boolean) => {
    const end = at + [...words].length;
    tokens.push({ text: words, start: at, end, space, startsSentence });
    at = end + (space ? 1 : 0);
  };
  if (text.before !== '') add(text.before, false, true);
  for (const [index, { text: word, after }] of text.tokens.entries()) {
    const space = after.startsWith(' ');
    const rest = space ? after.slice(1) : after;
    places.push(tokens.length);
    add(word, space, starts.has(index));
    if (rest !== '') add(rest, false, false);
  }
  return {
    tokens,
    tokensIn(range) {
      const held = text.tokensIn(range);
      return held && { start: places[held.start] as number, end: (places[held.end - 1] as number) + 1 };
    },
  };
}
