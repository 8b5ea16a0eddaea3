import type { Range } from '../text/span.ts';
import type { Tokenised } from './tokenised.ts';

/** A spaCy token: half-open in code points, and whether it is followed by a single U+0020, which is not a token. */
export interface SpacyToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly space: boolean;
  readonly startsSentence: boolean;
}

/** A piece of an annotation in tokens, half-open. `id` is that of the annotation, so that its pieces can be recognised as one. */
export interface SpacySpan extends Range {
  readonly id: string;
  readonly label: string;
  /** Its id in a knowledge base; '' if it has none. */
  readonly knowledgeId: string;
}

/** A document in spaCy tokens. Together with their spaces, they make up the text. */
export interface SpacyDoc {
  readonly tokens: readonly SpacyToken[];
  /** The half-open run of tokens in a range of code points, without white space at its ends; null for white space. */
  tokensIn(range: Range): Range | null;
}

/** Tokenises `text` like spaCy: a single space after a token is a flag of the token, and all other white space is a separate token. */
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
