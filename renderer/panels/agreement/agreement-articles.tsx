import { useMemo, useState } from 'react';
import type { ArticleAgreement } from '../../../core/agreement/article-agreement.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { counted, number } from '../../ui/count.ts';
import { Grid } from '../../ui/grid.tsx';
import { byOrder, type GridColumn, type GridOrder } from '../../ui/grid-order.ts';
import { useKept } from '../search/asking.ts';

const columns: readonly GridColumn[] = [
  { id: 'title', title: 'Article', kind: 'words' },
  { id: 'annotators', title: 'Annotators', kind: 'words' },
  { id: 'cases', title: 'Cases', kind: 'number' },
  { id: 'agreed', title: 'Agree', kind: 'number' },
  { id: 'differ', title: 'Differ', kind: 'number' },
  { id: 'decided', title: 'Decided', kind: 'number' },
];

type Row = ArticleAgreement & { readonly title: string; readonly names: string; readonly differ: number };

/** The articles that two or more annotators have worked on. A title opens what they made of it. */
export function Articles({ articles }: { readonly articles: readonly ArticleAgreement[] }) {
  const { actions } = useSession();
  const listed = useWorkspace((state) => state.articles);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const kept = useKept<GridOrder | null>('order of agreement', null);
  const [order, setOrder] = useState(kept.current);
  kept.current = order;
  const rows = useMemo(() => {
    const titles = new Map(listed.map(({ meta }) => [meta.id, meta.title]));
    const names = new Map(annotators?.map(({ id, name }) => [id, name]));
    const made = articles.map(
      (each): Row => ({
        ...each,
        title: titles.get(each.article) ?? each.article,
        names: each.annotators.map((id) => names.get(id) ?? id).join(', '),
        differ: each.cases - each.agreed,
      }),
    );
    const compare = byOrder<Row>(order, (row) => keyIn(row, order?.column ?? ''));
    return compare ? made.toSorted(compare) : made;
  }, [articles, listed, annotators, order]);
  return (
    <section className="agreement-card" aria-label="Articles">
      <h3>Articles that two or more have worked on</h3>
      <div className="agreement-articles">
        <Grid
          label="Agreement by article"
          columns={columns}
          rows={rows}
          idOf={({ article }) => article}
          cellsOf={(row) => [
            { text: row.title, opens: true, name: `${row.title}: ${counted(row.differ, 'case')} to look at` },
            { text: row.names },
            ...[row.cases, row.agreed, row.differ, row.decided].map((count) => ({ text: number(count), isQuiet: count === 0 })),
          ]}
          order={order}
          onOrder={setOrder}
          onOpen={(row) => actions.adjudicate.open(row.article)}
        />
      </div>
    </section>
  );
}

function keyIn(row: Row, column: string): string | number {
  if (column === 'title') return row.title;
  if (column === 'annotators') return row.names;
  if (column === 'agreed') return row.agreed;
  if (column === 'decided') return row.decided;
  return column === 'differ' ? row.differ : row.cases;
}
