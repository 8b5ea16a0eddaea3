import type { ReactNode } from 'react';
import type { ClaimRow, ComparedClaim } from '../../../core/comparison/claim-row.ts';
import { numberWords } from '../../../core/comparison/number-words.ts';
import type { Piece } from '../../../core/comparison/piece.ts';
import type { ComparedQuote, QuoteRow } from '../../../core/comparison/quote-row.ts';
import { useWorkspace } from '../../session.tsx';
import { ChangedWords, WithNumbers } from './changed-words.tsx';
import { matchWords, standingWords } from './compare-words.ts';

/** A row of either kind. */
export type ComparedRow = { readonly kind: 'quote'; readonly quote: QuoteRow } | { readonly kind: 'claim'; readonly claim: ClaimRow };

/** The row of annotations behind a compared one. */
export const rowIn = (each: ComparedRow) => (each.kind === 'quote' ? each.quote.row : each.claim.row);

/** What a row is about, and how many of `of` articles report it. */
export function RowHead({ row, of }: { readonly row: ComparedRow; readonly of: number }) {
  const registry = useWorkspace((state) => state.registry);
  const { articles, pieces } = rowIn(row);
  const count = `${articles.length} of ${of} articles`;
  if (row.kind === 'quote') {
    const { speakers, speakersDiffer } = row.quote;
    return (
      <>
        <strong className="compare-title">{speakers.length > 0 ? speakers.join(', ') : 'Speaker not named'}</strong>
        {speakersDiffer && <Badge kind="bad">speakers differ</Badge>}
        <span className="compare-count">{count}</span>
      </>
    );
  }
  const { leading } = row.claim;
  const event = pieces.flatMap(({ events }) => events).map((id) => registry.get(id)?.canonical)[0];
  return (
    <>
      <strong className="compare-title compare-claim">{claimTitle(leading)}</strong>
      {event && <span className="compare-count">{event}</span>}
      <span className="compare-count">{count}</span>
    </>
  );
}

// What is counted, if somebody recorded that in words of its own, else the claim itself.
function claimTitle({ numbers, text }: Piece): string {
  const counted = numbers.find(({ counts }) => /^(?!of\b)\S+ \S+/u.test(counts))?.counts;
  if (counted) return `${counted.slice(0, 1).toUpperCase()}${counted.slice(1)}`;
  return text.length > 90 ? `${text.slice(0, 88).toWellFormed()}…` : text;
}

/** What one article has in a row. */
export function Cell({
  row,
  article,
  titleOf,
}: {
  readonly row: ComparedRow;
  readonly article: string;
  readonly titleOf: (id: string) => string;
}) {
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const by = (piece: Piece) =>
    piece.annotator === own ? null : (annotators?.find(({ id }) => id === piece.annotator)?.name ?? piece.annotator);
  if (row.kind === 'quote') {
    const quotes = row.quote.quotes.filter(({ piece }) => piece.article === article);
    return quotes.length === 0 ? (
      <NotReported />
    ) : (
      quotes.map((quote) => <Quote key={quote.piece.annotation} quote={quote} row={row.quote} by={by(quote.piece)} />)
    );
  }
  const claims = row.claim.claims.filter(({ piece }) => piece.article === article);
  return claims.length === 0 ? (
    <NotReported />
  ) : (
    claims.map((claim) => <Claim key={claim.piece.annotation} claim={claim} by={by(claim.piece)} titleOf={titleOf} />)
  );
}

function NotReported() {
  return <span className="compare-none">not reported</span>;
}

function Quote({
  quote: { piece, match, changes },
  row,
  by,
}: {
  readonly quote: ComparedQuote;
  readonly row: QuoteRow;
  readonly by: string | null;
}) {
  const alike = row.wordForWord.length;
  const isLiteral = match === 'verbatim';
  return (
    <div className="compare-piece">
      <p className="compare-words">{changes ? <ChangedWords changes={changes} /> : piece.text}</p>
      <p className="compare-badges">
        {isLiteral && alike > 1 && <Badge kind="good">word for word ×{alike}</Badge>}
        {!isLiteral && <Badge kind={match === 'near_verbatim' ? 'good' : 'plain'}>{matchWords[match]}</Badge>}
        {piece.isIndirect && <Badge kind="plain">indirect</Badge>}
        {row.speakersDiffer && <Badge kind="bad">{piece.who.map(({ name }) => name).join(', ') || 'nobody named'}</Badge>}
        {by !== null && <Badge kind="plain">by {by}</Badge>}
      </p>
    </div>
  );
}

function Claim({
  claim,
  by,
  titleOf,
}: {
  readonly claim: ComparedClaim;
  readonly by: string | null;
  readonly titleOf: (id: string) => string;
}) {
  const { piece, standings, basis, numbers, against } = claim;
  const places = piece.numbers.flatMap(({ place }) => place ?? []);
  const why = [
    ...(numbers.length > 0
      ? numbers.map(({ own, other }) => `${numberWords(own)}, not ${numberWords(other)}`)
      : basis.map((each) => each.replaceAll('_', ' '))),
  ];
  return (
    <div className="compare-piece">
      <p className="compare-words">
        <WithNumbers text={piece.text} places={places} />
      </p>
      <p className="compare-badges">
        {standings.map((standing) => {
          if (standing === 'leads' || standing === 'alone') return null;
          if (standing !== 'conflicts')
            return (
              <Badge key={standing} kind={standing === 'agrees' ? 'good' : 'plain'}>
                {standingWords[standing]}
              </Badge>
            );
          return (
            <Badge key={standing} kind="bad" title={against.map(titleOf).join('\n')}>
              {why.length > 0 ? `conflicts: ${why.join('; ')}` : 'conflicts'}
            </Badge>
          );
        })}
        {by !== null && <Badge kind="plain">by {by}</Badge>}
      </p>
    </div>
  );
}

interface BadgeProps {
  readonly kind: 'good' | 'bad' | 'plain';
  readonly title?: string;
  readonly children: ReactNode;
}

// A word or two about what stands beside it.
function Badge({ kind, title, children }: BadgeProps) {
  return (
    <span className="compare-badge" data-kind={kind} title={title}>
      {children}
    </span>
  );
}
