import { offsetMap } from '../text/offsets.ts';
import type { Range } from '../text/span.ts';
import type { DatasetDocument } from './document.ts';
import { sentencesOf, tokensIn, tokensOf } from './tokens.ts';

/** A token: half-open in code points, its text, and the white space up to the next token or the end of the text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly after: string;
}

/** The tokens of a document's text. `before` is the white space in front of the first one. Together they make up the text. */
export interface Tokenised {
  readonly before: string;
  readonly tokens: readonly Token[];
  /** Half-open runs of token indexes, ascending, which contain every token. */
  readonly sentences: readonly Range[];
  /** The half-open run of tokens in a range of code points; null for white space. */
  tokensIn(range: Range): Range | null;
}

/** Tokenises `document`. Tokens end at everybody's annotations, so that they are the same in the files of all annotators. */
export function tokenised({ text, language, annotations }: DatasetDocument): Tokenised {
  const offsets = offsetMap(text);
  const sentences = sentencesOf(text, language);
  const spans = annotations
    .filter(({ status }) => status !== 'rejected')
    .flatMap(({ spans }) => spans.map(({ start, end }) => ({ start: offsets.fromCodePoint(start), end: offsets.fromCodePoint(end) })));
  const ranges = tokensOf(
    text,
    language,
    [...sentences, ...spans].flatMap(({ start, end }) => [start, end]),
  );
  const inPoints = ({ start, end }: Range): Range => ({ start: offsets.toCodePoint(start), end: offsets.toCodePoint(end) });
  const tokens = ranges.map((range, index) => ({
    ...inPoints(range),
    text: text.slice(range.start, range.end),
    after: text.slice(range.end, ranges[index + 1]?.start ?? text.length),
  }));
  return {
    before: text.slice(0, ranges[0]?.start ?? text.length),
    tokens,
    sentences: sentences.flatMap((sentence) => tokensIn(ranges, sentence) ?? []),
    tokensIn: (range) => tokensIn(tokens, range),
  };
}
