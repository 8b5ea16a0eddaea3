import type { ReactNode } from 'react';
import type { Piece } from '../../../core/comparison/piece.ts';
import { useWorkspace } from '../../session.tsx';
import { ChangedWords, WithNumbers } from './changed-words.tsx';
import { type ComparedRow, claimTitle, marksOf, rowIn } from './row-marks.ts';

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
  const event = pieces.flatMap(({ events }) => events).map((id) => registry.get(id)?.canonical)[0];
  return (
    <>
      <strong className="compare-title compare-claim">{claimTitle(row.claim.leading)}</strong>
      {event && <span className="compare-count">{event}</span>}
      <span className="compare-count">{count}</span>
    </>
  );
}

interface CellProps {
  readonly row: ComparedRow;
  readonly article: string;
  onOpen(piece: Piece): void;
}

/** What one article has in a row. If that is several annotations, they are numbered, since digits open them; a double click opens the one under it. */
export function Cell({ row, article, onOpen }: CellProps) {
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const pieces = rowIn(row).pieces.filter((piece) => piece.article === article);
  if (pieces.length === 0) return <span className="compare-none">not reported</span>;
  return pieces.map((piece, index) => (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table has the keys
    <div
      key={piece.annotation}
      className="compare-piece"
      onDoubleClick={(event) => {
        event.stopPropagation();
        onOpen(piece);
      }}
    >
      <p className="compare-words">
        <Words row={row} piece={piece} />
      </p>
      <p className="compare-badges">
        {marksOf(row, piece).map(({ kind, words }) => (
          <Badge key={words} kind={kind}>
            {words}
          </Badge>
        ))}
        {piece.annotator !== own && (
          <Badge kind="plain">by {annotators?.find(({ id }) => id === piece.annotator)?.name ?? piece.annotator}</Badge>
        )}
        {pieces.length > 1 && <kbd>{index + 1}</kbd>}
      </p>
    </div>
  ));
}

function Words({ row, piece }: { readonly row: ComparedRow; readonly piece: Piece }) {
  const changes = row.kind === 'quote' ? row.quote.quotes.find((each) => each.piece === piece)?.changes : null;
  if (changes) return <ChangedWords changes={changes} />;
  if (row.kind === 'quote') return piece.text;
  return <WithNumbers text={piece.text} places={piece.numbers.flatMap(({ place }) => place ?? [])} />;
}

// A word or two about what stands beside it.
function Badge({ kind, children }: { readonly kind: 'good' | 'bad' | 'plain'; readonly children: ReactNode }) {
  return (
    <span className="compare-badge" data-kind={kind}>
      {children}
    </span>
  );
}
