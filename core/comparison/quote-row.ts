import { matchOf } from '../text/likeness.ts';
import type { Piece } from './piece.ts';
import type { Row } from './rows.ts';
import { sameSpeakers, speakersOf } from './speakers.ts';
import { isWithin, type WordChange, wordChanges } from './word-changes.ts';

/**
 * How the words of a quote compare with those that most articles have: these themselves, the same but for marks and letters, a part of them, more than
 * them, some words changed, or other words altogether.
 */
export type QuoteMatch = 'verbatim' | 'near_verbatim' | 'part' | 'more' | 'changed' | 'other';

/** One quote of a row. `changes` lead from the row's words to its own; null if there is nothing to show or too much. */
export interface ComparedQuote {
  readonly piece: Piece;
  readonly match: QuoteMatch;
  readonly changes: readonly WordChange[] | null;
}

/** A row of quotes, compared. */
export interface QuoteRow {
  readonly row: Row;
  /** The words that most articles have; of several such, the longest. */
  readonly words: string;
  readonly quotes: readonly ComparedQuote[];
  /** The articles that have these very words. */
  readonly wordForWord: readonly string[];
  /** Everybody who is said to have said it, each once. */
  readonly speakers: readonly string[];
  /** Whether two articles give it to different people; see `sameSpeakers`. */
  readonly speakersDiffer: boolean;
}

// With fewer words kept than this, marking each change would be harder to read than the words themselves.
const leastKept = 0.4;

/** Compares the quotes of a row with the words that most of its articles have. */
export function quoteRow(row: Row): QuoteRow {
  const words = wordsOfMost(row.pieces);
  const quotes = row.pieces.map((piece) => comparedQuote(piece, words));
  return {
    row,
    words,
    quotes,
    wordForWord: [...new Set(quotes.flatMap(({ piece, match }) => (match === 'verbatim' ? [piece.article] : [])))],
    speakers: speakersOf(row.pieces),
    speakersDiffer: row.pieces.some((piece, at) => row.pieces.slice(at + 1).some((other) => sameSpeakers(piece, other) === false)),
  };
}

/** How the words of `piece` compare with `words`. */
export function comparedQuote(piece: Piece, words: string): ComparedQuote {
  if (piece.text === words) return { piece, match: 'verbatim', changes: null };
  const match = matchOf(piece.text, words);
  if (match === 'verbatim') return { piece, match, changes: null };
  const { changes, share } = wordChanges(words, piece.text);
  if (match) return { piece, match, changes: changes.some(({ kind }) => kind !== 'kept') ? changes : null };
  if (isWithin(piece.text, words)) return { piece, match: 'part', changes: null };
  if (isWithin(words, piece.text)) return { piece, match: 'more', changes };
  return share >= leastKept ? { piece, match: 'changed', changes } : { piece, match: 'other', changes: null };
}

function wordsOfMost(pieces: readonly Piece[]): string {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const same = groups.find(([first]) => first && matchOf(first.text, piece.text) === 'verbatim');
    if (same) same.push(piece);
    else groups.push([piece]);
  }
  const weight = (group: readonly Piece[]) => new Set(group.map(({ article }) => article)).size;
  const own = (group: readonly Piece[]) => (group[0]?.isIndirect ? 0 : 1);
  const length = (group: readonly Piece[]) => group[0]?.text.length ?? 0;
  const [most] = groups.sort((a, b) => weight(b) - weight(a) || own(b) - own(a) || length(b) - length(a));
  return most?.[0]?.text ?? '';
}
