import { useMemo, useState } from 'react';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Grid } from '../../ui/grid.tsx';
import type { GridOrder } from '../../ui/grid-order.ts';
import { useKept } from '../search/asking.ts';
import { inProgressOrder, type ProgressRow, progressCells, progressCsv, progressQuery, progressTable } from './statistics-progress.ts';
import { useProgressByArticle } from './statistics-reading.ts';

const articleOf = ({ article }: ProgressRow) => article;

/** The progress of each annotator with each article of `query`. Null asks nothing and keeps the last counts. Every cell opens what it counts. */
export function ProgressMatrix({ query }: { readonly query: string | null }) {
  const { actions } = useSession();
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const articles = useWorkspace((state) => state.articles);
  const { answer, failure } = useProgressByArticle(query);
  const kept = useKept<GridOrder | null>('order of progress', null);
  const [order, setOrder] = useState(kept.current);
  kept.current = order;
  const table = useMemo(() => {
    const titles = new Map(articles.map(({ meta }) => [meta.id, meta.title]));
    return answer && progressTable(answer, annotators ?? [], (article) => titles.get(article) ?? article);
  }, [answer, annotators, articles]);
  const rows = useMemo(() => table && inProgressOrder(table, order), [table, order]);
  const title = 'Progress by article';
  return (
    <section className="statistics-card statistics-wide" aria-label={title} aria-busy={!table && failure === null}>
      <div className="statistics-card-head">
        <h3>{title}</h3>
        {table && <span className="muted">✓ done · draft: something that is required is missing</span>}
      </div>
      {failure !== null && <FailureNotice>{failure}</FailureNotice>}
      {!table && failure === null && <p className="muted">Counting…</p>}
      {table && rows && rows.length === 0 && <p className="empty">No article fits.</p>}
      {table && rows && rows.length > 0 && (
        <>
          <div className="statistics-table">
            <Grid
              label={title}
              columns={table.columns}
              rows={rows}
              idOf={articleOf}
              cellsOf={(row) => progressCells(table, row)}
              order={order}
              onOrder={setOrder}
              onOpen={(row, column) => {
                const asked = progressQuery(table, row, column, query ?? '');
                if (asked) actions.search.show(asked.query, asked.what, 'statistics');
                else actions.search.showPlace({ article: row.article, start: 0, end: 0 }, 'statistics');
              }}
            />
          </div>
          <div className="statistics-card-foot">
            <span className="statistics-copy">
              <span className="muted" aria-hidden="true">
                Copy
              </span>
              <Button kind="quiet" label={`Copy ${title} as CSV`} onPress={() => actions.copy(progressCsv({ ...table, rows }))}>
                CSV
              </Button>
            </span>
          </div>
        </>
      )}
    </section>
  );
}
