import { useMemo } from 'react';
import { claimRow } from '../../../core/comparison/claim-row.ts';
import type { Comparable } from '../../../core/comparison/meanings.ts';
import type { Tie } from '../../../core/comparison/piece.ts';
import { quoteRow } from '../../../core/comparison/quote-row.ts';
import { type Row, rowsOf } from '../../../core/comparison/rows.ts';
import { tieOf } from '../../../core/comparison/tie.ts';
import type { ListedMeta } from '../../../core/model/article.ts';
import { keyNamesOf } from '../../keys.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Matrix } from '../../ui/matrix.tsx';
import { Cell, RowHead } from './compare-cells.tsx';
import type { ReadComparison } from './compare-reading.ts';
import { type ComparedRow, rowIn } from './row-marks.ts';

/** How articles report the same, ready to be shown. */
export interface Compared {
  readonly quotes: readonly ComparedRow[];
  readonly claims: readonly ComparedRow[];
  /** The articles that are compared, in their order. */
  readonly articles: readonly string[];
  /** How many are left out because no more can be shown side by side. */
  readonly beyond: number;
  readonly shared: { readonly quotes: number; readonly claims: number; readonly conflicts: number; readonly speakers: number };
}

// The most articles side by side. More could not be read, and each is an element in every row on screen.
const mostColumns = 60;

/** The rows of what was read, with the relations as they are now. `order` lists the articles; `isWhole`: those that have nothing are columns too. */
export function useCompared(
  read: ReadComparison | null,
  order: readonly string[],
  plan: Comparable,
  rows: 'shared' | 'all',
  isWhole: boolean,
): Compared {
  const links = useWorkspace((state) => state.work.links);
  const all = useMemo(() => {
    if (!read) return [];
    const known = new Map<string, Tie>();
    for (const tie of read.ties) known.set(tie.id, tie);
    for (const link of links.values()) if (plan.meanings.has(link.type)) known.set(link.id, tieOf(link));
    return rowsOf(read.pieces, [...known.values()], plan, order);
  }, [read, links, plan, order]);
  return useMemo(() => {
    const isShared = ({ articles }: Row) => articles.length > 1;
    const [shared, wanted] = [all.filter(isShared), rows === 'all' ? all : all.filter(isShared)];
    const isQuote = ({ pieces }: Row) => plan.quotes.includes(pieces[0]?.layer ?? '');
    const asQuote = (row: Row): ComparedRow => ({ kind: 'quote', quote: quoteRow(row) });
    const asClaim = (row: Row): ComparedRow => ({ kind: 'claim', claim: claimRow(row) });
    const [quotes, claims] = [wanted.filter(isQuote).map(asQuote), wanted.filter((row) => !isQuote(row)).map(asClaim)];
    const weights = new Map<string, number>();
    for (const { articles } of wanted) for (const id of articles) weights.set(id, (weights.get(id) ?? 0) + articles.length);
    const columns = isWhole ? order : order.filter((id) => weights.has(id));
    const most = new Set([...columns].sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0)).slice(0, mostColumns));
    const inQuotes = shared.filter(isQuote).length;
    return {
      quotes,
      claims,
      articles: columns.filter((id) => most.has(id)),
      beyond: columns.length - most.size,
      shared: {
        quotes: inQuotes,
        claims: shared.length - inQuotes,
        conflicts: claims.filter((each) => each.kind === 'claim' && each.claim.hasConflict).length,
        speakers: quotes.filter((each) => each.kind === 'quote' && each.quote.speakersDiffer).length,
      },
    };
  }, [all, rows, plan, order, isWhole]);
}

/** The table of quotes and claims by articles. */
export function CompareTable({ compared, metas }: { readonly compared: Compared; readonly metas: ReadonlyMap<string, ListedMeta> }) {
  const { actions } = useSession();
  const cell = useView((state) => state.compare.cell);
  const { quotes, claims, articles } = compared;
  const byId = new Map([...quotes, ...claims].map((row) => [rowIn(row).id, row]));
  const piecesAt = (row: string | null, article: string | null) => {
    const each = byId.get(row ?? '');
    return each ? rowIn(each).pieces.filter((piece) => article === null || piece.article === article) : [];
  };
  const reported = (article: string) => [...quotes, ...claims].filter((row) => rowIn(row).articles.includes(article)).length;
  const open = (row: string | null, article: string | null) => {
    const [piece] = piecesAt(row, article);
    if (piece) actions.compare.open(piece);
    else if (row === null && article !== null) actions.compare.openArticle(article);
  };
  return (
    <Matrix
      label="Quotes and claims by article"
      corner={<span className="muted">Reported by</span>}
      columns={articles.map((id) => ({
        id,
        head: <ArticleHead meta={metas.get(id)} reports={reported(id)} of={quotes.length + claims.length} />,
      }))}
      sections={[
        ...(quotes.length > 0 ? [{ title: 'Quotes', rows: quotes }] : []),
        ...(claims.length > 0 ? [{ title: 'Claims', rows: claims }] : []),
      ]}
      idOf={(row) => rowIn(row).id}
      headOf={(row) => <RowHead row={row} of={articles.length} />}
      cellOf={(row, article) => <Cell row={row} article={article} onOpen={actions.compare.open} />}
      at={cell && (cell.row === null || byId.has(cell.row)) ? { row: cell.row, column: cell.article } : null}
      onWalk={({ row, column }) => actions.compare.show({ cell: { row, article: column } })}
      onChoose={({ row, column }) => {
        actions.compare.show({ cell: { row, article: column } });
        open(row, column);
      }}
      onKey={(event, { row, column }) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return false;
        const pieces = column === null ? [] : piecesAt(row, column);
        const chosen = /^[1-9]$/.test(event.key) ? pieces[Number(event.key) - 1] : undefined;
        if (chosen) actions.compare.open(chosen);
        else if (keyNamesOf(event.nativeEvent).includes('o')) open(row, column);
        else if (event.key === 'Delete' && pieces.length > 0) actions.compare.takeOut(pieces);
        else return false;
        return true;
      }}
    />
  );
}

function ArticleHead({ meta, reports, of }: { readonly meta: ListedMeta | undefined; readonly reports: number; readonly of: number }) {
  if (!meta) return null;
  const facts = [meta.source, meta.date].filter(Boolean).join(' · ');
  return (
    <>
      <strong className="compare-article" title={meta.title}>
        {meta.title}
      </strong>
      <span className="compare-facts">
        {facts !== '' && `${facts} · `}
        {reports} of {of}
      </span>
    </>
  );
}
