import type { ClaimRow, ComparedClaim, Standing } from '../../../core/comparison/claim-row.ts';
import { numberWords } from '../../../core/comparison/number-words.ts';
import type { Piece } from '../../../core/comparison/piece.ts';
import type { ComparedQuote, QuoteMatch, QuoteRow } from '../../../core/comparison/quote-row.ts';
import type { Row } from '../../../core/comparison/rows.ts';

/** A row of either kind. */
export type ComparedRow = { readonly kind: 'quote'; readonly quote: QuoteRow } | { readonly kind: 'claim'; readonly claim: ClaimRow };

/** The row of annotations behind a compared one. */
export const rowIn = (each: ComparedRow): Row => (each.kind === 'quote' ? each.quote.row : each.claim.row);

/** What is said in a few words beside an annotation of a row. */
export interface Mark {
  readonly kind: 'good' | 'bad' | 'plain';
  readonly words: string;
}

const matchWords: Readonly<Record<Exclude<QuoteMatch, 'verbatim'>, string>> = {
  near_verbatim: 'nearly word for word',
  part: 'a part of it',
  more: 'longer',
  changed: 'words differ',
  other: 'in other words',
};
const standingWords: Readonly<Record<Exclude<Standing, 'leads' | 'alone' | 'conflicts'>, string>> = {
  agrees: 'agrees',
  refines: 'is more exact',
  refined: 'is less exact',
};

/** What is said beside an annotation of `row`. The one that the others are compared with may need no words. */
export function marksOf(row: ComparedRow, piece: Piece): Mark[] {
  if (row.kind === 'quote') {
    const quote = row.quote.quotes.find((each) => each.piece === piece);
    return quote ? quoteMarks(quote, row.quote) : [];
  }
  const claim = row.claim.claims.find((each) => each.piece === piece);
  return claim ? claim.standings.flatMap((standing) => claimMark(standing, claim)) : [];
}

function quoteMarks({ piece, match }: ComparedQuote, { wordForWord, speakersDiffer }: QuoteRow): Mark[] {
  const alike = wordForWord.length;
  const literal: Mark[] = alike > 1 ? [{ kind: 'good', words: `word for word ×${alike}` }] : [];
  return [
    ...(match === 'verbatim' ? literal : [{ kind: match === 'near_verbatim' ? 'good' : 'plain', words: matchWords[match] } as const]),
    ...(piece.isIndirect ? [{ kind: 'plain', words: 'indirect' } as const] : []),
    ...(speakersDiffer ? [{ kind: 'bad', words: piece.who.map(({ name }) => name).join(', ') || 'nobody named' } as const] : []),
  ];
}

function claimMark(standing: Standing, { basis, numbers }: ComparedClaim): Mark[] {
  if (standing === 'leads' || standing === 'alone') return [];
  if (standing !== 'conflicts') return [{ kind: standing === 'agrees' ? 'good' : 'plain', words: standingWords[standing] }];
  const differing = numbers.map(({ own, other }) => `${numberWords(own)}, not ${numberWords(other)}`);
  const why = differing.length > 0 ? differing : basis.map((each) => each.replaceAll('_', ' '));
  return [{ kind: 'bad', words: why.length > 0 ? `conflicts: ${why.join('; ')}` : 'conflicts' }];
}

/** What a claim is about: what is counted, if somebody recorded that in words of its own, else the claim itself, shortened. */
export function claimTitle({ numbers, text }: Piece): string {
  const counted = numbers.find(({ counts }) => /^(?!of\b)\S+ \S+/u.test(counts))?.counts;
  if (counted) return `${counted.slice(0, 1).toUpperCase()}${counted.slice(1)}`;
  return text.length > 90 ? `${text.slice(0, 88).toWellFormed()}…` : text;
}
