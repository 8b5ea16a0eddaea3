import './search-view.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { BulkDeed } from '../../../core/annotations/bulk.ts';
import type { AnnotationHit } from '../../../core/annotations/hits.ts';
import type { FoundArticle } from '../../../core/search/calls.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { withoutArticles } from '../../state/only-shows.ts';
import { counted } from '../../ui/count.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Choice, Pick } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { focusIn, useTicks } from './asking.ts';
import { type Found, type Question, type ReadQuery, useFound, useQuery } from './query-reading.ts';
import { BulkDialog } from './search-bulk.tsx';
import { BulkBar } from './search-bulk-bar.tsx';
import { KeptSearches } from './search-kept.tsx';
import { SearchLine } from './search-line.tsx';
import { AnnotationResult, ArticleResult, type ResultRow, rowsOf } from './search-results.tsx';
import type { Ticked } from './search-ticks.ts';

/** The most annotations that are listed. */
const most = 10_000;
const orders = { article: 'By article', date: 'By date of the article', layer: 'By layer', who: 'By who speaks' } as const;
const noMarks: ReadonlySet<string> = new Set();
const nothingTicked: Ticked = { isAll: false, ids: noMarks };

/** Everything that matches a query, to open it, or to change many annotations at once. */
export function SearchView() {
  const { actions } = useSession();
  const { query, what, order, chosen } = useView((state) => state.search);
  const read = useQuery(query, query.length);
  const [bulk, setBulk] = useState<BulkDeed['kind'] | null>(null);
  const question = useQuestion(read, what, order);
  const found = useFound('search', question);
  const asked = read.asked ?? query;
  const [ticked, setTicked] = useTicks('search', asked, nothingTicked);
  const { answer } = found;
  const totals = answer?.totals ?? { articles: 0, annotations: 0 };
  const names = [`Annotations · ${totals.annotations.toLocaleString('en')}`, `Articles · ${totals.articles.toLocaleString('en')}`];
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the view comes
  useEffect(() => {
    focusIn(place.current, chosen !== null);
  }, []);
  return (
    <div className="search-view" ref={place}>
      <KeptSearches query={query} />
      <main className="search-main" data-pane="main" aria-label="Search">
        <div className="search-head">
          <SearchLine query={query} onQuery={(next) => actions.search.set({ query: next, chosen: null })} />
          <div className="search-bar">
            <Choice
              label="What is listed"
              values={names}
              value={names[what === 'annotations' ? 0 : 1] ?? null}
              clearable={false}
              isDisabled={false}
              onChange={(name) => actions.search.set({ what: name === names[1] ? 'articles' : 'annotations', chosen: null })}
            />
            {what === 'annotations' && (
              <Pick label="Order" values={orders} value={order} onChange={(next) => actions.search.set({ order: next })} />
            )}
            <p className="muted search-state" role="status">
              {stateOf(found, question, totals, what)}
            </p>
          </div>
        </div>
        {found.failure && <FailureNotice>{found.failure}</FailureNotice>}
        {what === 'annotations' ? (
          <Annotations
            found={found}
            isGrouped={order === 'article' || order === 'date'}
            chosen={chosen}
            ticked={ticked}
            total={totals.annotations}
            onTicked={setTicked}
            onBulk={setBulk}
          />
        ) : (
          <Articles found={found} chosen={chosen} />
        )}
      </main>
      {bulk && (
        <BulkDialog
          kind={bulk}
          query={asked}
          ticked={ticked}
          hits={answer?.annotations ?? []}
          onClose={(isDone) => {
            setBulk(null);
            if (isDone) setTicked(nothingTicked);
          }}
        />
      )}
    </div>
  );
}

function useQuestion(read: ReadQuery, what: 'annotations' | 'articles', order: keyof typeof orders): Question | null {
  const query = read.asked;
  return useMemo(
    () => (query === null ? null : { query, what: ['articles', 'annotations'], order, most: what === 'articles' ? 500 : most }),
    [query, what, order],
  );
}

function stateOf(
  { answer, isDone }: Found,
  question: Question | null,
  totals: { annotations: number; articles: number },
  what: string,
): string {
  if (question === null) return 'The query is not understood yet.';
  if (!answer) return isDone ? '' : 'Searching…';
  if (answer.indexing) {
    return `Reading articles for the search: ${answer.indexing.done.toLocaleString('en')} of ${answer.indexing.total.toLocaleString('en')}…`;
  }
  const shown = what === 'articles' ? answer.articles.length : answer.annotations.length;
  const all = what === 'articles' ? totals.articles : totals.annotations;
  if (!isDone) return `${shown.toLocaleString('en')} listed so far…`;
  return shown < all ? `The first ${shown.toLocaleString('en')} are listed.` : '';
}

interface AnnotationsProps {
  readonly found: Found;
  readonly isGrouped: boolean;
  readonly chosen: string | null;
  readonly ticked: Ticked;
  readonly total: number;
  readonly onTicked: (ticked: Ticked) => void;
  readonly onBulk: (kind: BulkDeed['kind']) => void;
}

function Annotations({ found, isGrouped, chosen, ticked, total, onTicked, onBulk }: AnnotationsProps) {
  const { actions } = useSession();
  const hits = found.answer?.annotations ?? noHits;
  const { rows, ofArticle } = useMemo(() => rowsOf(hits, isGrouped), [hits, isGrouped]);
  const isTicked = (id: string) => ticked.ids.has(id) !== ticked.isAll;
  const marked = useMemo(() => {
    const ids = hits.map(({ annotation }) => annotation).filter((id) => ticked.ids.has(id) !== ticked.isAll);
    const own = new Set(ids);
    for (const [row, inside] of ofArticle) if (inside.every((id) => own.has(id))) own.add(row);
    return own;
  }, [hits, ofArticle, ticked]);
  const mark = (row: string) => {
    const ids = ofArticle.get(row) ?? [row];
    const wanted = !ids.every(isTicked);
    const changed = new Set(ticked.ids);
    for (const id of ids) {
      if (wanted === ticked.isAll) changed.delete(id);
      else changed.add(id);
    }
    onTicked({ ...ticked, ids: changed });
  };
  const choose = (row: string) => {
    const hit = hits.find(({ annotation }) => annotation === (ofArticle.get(row)?.[0] ?? row));
    if (hit) actions.search.showAnnotation(hit, row);
  };
  const count = ticked.isAll ? total - ticked.ids.size : ticked.ids.size;
  return (
    <>
      <LongList
        // Once there are rows, this is a new list, which begins at the chosen row.
        key={hits.length > 0 ? 'rows' : 'none'}
        className="search-rows"
        fades
        rowClassName="found-row search-row"
        label="Annotations found"
        items={rows}
        idOf={rowId}
        rowHeight={44}
        selected={chosen}
        marked={marked}
        onMark={mark}
        onChoose={choose}
        row={AnnotationResult}
        empty={<Empty found={found} what="annotation" />}
      />
      <BulkBar count={count} total={total} isAll={ticked.isAll && ticked.ids.size === 0} onTicked={onTicked} onBulk={onBulk} />
    </>
  );
}
const noHits: readonly AnnotationHit[] = [];
const noArticles: readonly FoundArticle[] = [];
const rowId = ({ id }: ResultRow) => id;
const articleId = ({ article }: FoundArticle) => article;

function Articles({ found, chosen }: { readonly found: Found; readonly chosen: string | null }) {
  const { actions } = useSession();
  const articles = found.answer?.articles ?? noArticles;
  return (
    <LongList
      key={articles.length > 0 ? 'rows' : 'none'}
      className="search-rows"
      fades
      rowClassName="found-row search-row search-text"
      label="Articles found"
      items={articles}
      idOf={articleId}
      rowHeight={52}
      selected={chosen}
      onChoose={(id) => {
        const hit = articles.find(({ article }) => article === id);
        if (hit) actions.search.showArticle(hit, id);
      }}
      row={ArticleResult}
      empty={<Empty found={found} what="article" />}
    />
  );
}

function Empty({ found, what }: { readonly found: Found; readonly what: string }) {
  const articles = useWorkspace((state) => state.articles.length);
  const query = useView((state) => state.search.query.trim());
  const none = useWorkspace(withoutArticles);
  if (!found.isDone) return null;
  if (articles === 0) return <p className="empty">{none}</p>;
  return (
    <p className="empty">
      {query === ''
        ? `There is no ${what} yet.`
        : `No ${what} fits. ${counted(articles, 'article')} were searched; remove part of the query to find more.`}
    </p>
  );
}
