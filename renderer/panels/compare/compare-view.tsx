import './compare-view.css';
import { useMemo, useRef, useState } from 'react';
import { comparable } from '../../../core/comparison/meanings.ts';
import type { Codebook } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { onlyShows, withoutArticles } from '../../state/only-shows.ts';
import { Button } from '../../ui/button.tsx';
import { counted, number } from '../../ui/count.ts';
import { Choice } from '../../ui/fields.tsx';
import { ArticleChoice } from './article-choice.tsx';
import { openCandidates } from './candidate-pairs.ts';
import { CandidatePanel } from './candidate-panel.tsx';
import { Candidates } from './candidates.tsx';
import { compareAsCsv } from './compare-as-csv.ts';
import { useCompareFocus } from './compare-focus.ts';
import { useComparableArticles, useComparison } from './compare-reading.ts';
import { type CompareScope, idOfScope, inTime, scopesOf } from './compare-scopes.ts';
import { CompareTable, useCompared } from './compare-tables.tsx';
import { type Obstacle, ObstacleContext } from './judging.ts';
import { Scopes } from './scopes.tsx';

const rowNames = ['Shared rows', 'All rows'] as const;

/** How several articles report the same: quotes word by word, claims with what bears on them, and what may be the same but nobody has judged yet. */
export function CompareView() {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const total = useWorkspace((state) => state.articles.length);
  const none = useWorkspace(withoutArticles);
  const plan = codebook && comparable(codebook);
  if (codebook && plan && total > 0 && plan.quotes.length + plan.claims.length > 0) return <Comparison codebook={codebook} />;
  return (
    <main className="compare" data-pane="main" aria-label="Compare">
      <p className="empty">
        {total === 0
          ? none
          : 'Nothing in the codebook says that annotations of two articles are the same. Add a relation across articles that ties a layer to itself, with an id such as same_quote or same_claim; contradicts, refines and not_same are understood too.'}
      </p>
    </main>
  );
}

function Comparison({ codebook }: { readonly codebook: Codebook }) {
  const { actions } = useSession();
  const place = useRef<HTMLDivElement>(null);
  const plan = comparable(codebook);
  const { of, ticked, rows, candidates } = useView((state) => state.compare);
  const [isChoosing, setChoosing] = useState(false);
  const obstacle = useState<Obstacle | null>(null);
  const listed = useWorkspace((state) => state.articles);
  const registry = useWorkspace((state) => state.registry);
  const links = useWorkspace((state) => state.work.links);
  const writable = useWorkspace((state) => state.writable);
  const whyNot = useWorkspace(onlyShows);
  const metas = useMemo(() => new Map(listed.map(({ meta }) => [meta.id, meta])), [listed]);
  const reading = useComparableArticles();
  const inOrder = useMemo(() => inTime([...metas.values()]), [metas]);
  const scopes = useMemo(
    () => scopesOf(reading.answer?.articles ?? [], ticked, { order: inOrder, registry, links: links.values(), plan }),
    [reading.answer, ticked, inOrder, registry, links, plan],
  );
  const scope = scopeShown(scopes, of);
  const articles = reading.isDone && reading.answer ? scope.articles : undefined;
  const asked = useComparison(articles);
  const read = asked.key === asked.asks ? asked.answer : null;
  const order = scope.articles ?? inOrder;
  const compared = useCompared(read, order, plan, rows, scope.of.kind !== 'all');
  const pairs = useMemo(() => openCandidates(read, links.values(), plan, order), [read, links, plan, order]);
  const current = candidates.map((id) => pairs.find((pair) => pair.id === id)).find((pair) => pair) ?? null;
  const failure = reading.failure ?? asked.failure;
  const isBusy = failure === null && (!reading.isDone || !asked.isDone);
  const hasRows = compared.quotes.length + compared.claims.length > 0;
  const listeners = useCompareFocus(place, read !== null, () => {
    const [first] = pairs;
    if (!current && first) actions.compare.show({ candidates: [first.id] });
  });
  return (
    <ObstacleContext value={obstacle}>
      <div className="compare" ref={place} {...listeners}>
        <section className="compare-side" data-pane="articles" aria-label="What to compare">
          <div className="list-head">
            <h2 className="heading">Events</h2>
            <Button kind="quiet" onPress={() => setChoosing(true)}>
              Choose articles…
            </Button>
          </div>
          <Scopes scopes={scopes} shown={scope} />
          <div className="list-head">
            <h2 className="heading">
              Candidates{read ? ` · ${number(pairs.length + Math.max(0, read.open - read.candidates.length))}` : ''}
            </h2>
          </div>
          <Candidates
            pairs={pairs}
            current={current}
            metas={metas}
            none={read && (read.pieces.length === 0 ? 'What may be the same is listed here.' : nothingAlike)}
          />
        </section>
        <main className="compare-main" data-pane="main" aria-label="Compare" aria-busy={isBusy}>
          <div className="compare-head">
            <div>
              <h2>{scope.title}</h2>
              <p className="muted" role="status">
                {read ? summary(compared, scope) : failure === null && progressWords(reading.answer?.searched ?? 0, metas.size)}
                {!writable && ` ${whyNot}`}
              </p>
            </div>
            {read && read.pieces.length > 0 && (
              <div className="compare-bar">
                {hasRows && (
                  <Button
                    kind="quiet"
                    onPress={() => actions.copy(compareAsCsv([...compared.quotes, ...compared.claims], compared.articles, metas))}
                  >
                    Copy as CSV
                  </Button>
                )}
                <Choice
                  label="Rows"
                  values={rowNames}
                  value={rowNames[rows === 'all' ? 1 : 0]}
                  clearable={false}
                  isDisabled={false}
                  onChange={(name) => actions.compare.show({ rows: name === rowNames[1] ? 'all' : 'shared' })}
                />
              </div>
            )}
          </div>
          {failure !== null && (
            <p className="notice" data-severity="error" role="alert">
              {failure}
            </p>
          )}
          {current && <CandidatePanel key={current.id} pair={current} pairs={pairs} metas={metas} codebook={codebook} />}
          {compared.beyond > 0 && (
            <p className="compare-note">
              {counted(compared.beyond, 'article')} with less in common {compared.beyond === 1 ? 'is' : 'are'} left out. Choose an event or
              single articles to see {compared.beyond === 1 ? 'it' : 'them'}.
            </p>
          )}
          {read && read.left > 0 && rows === 'all' && (
            <p className="compare-note">{counted(read.left, 'annotation')} that nothing else is like could not be listed here.</p>
          )}
          {hasRows ? (
            <CompareTable compared={compared} metas={metas} />
          ) : (
            read && <p className="empty">{emptyWords(scope, pairs.length)}</p>
          )}
        </main>
        {isChoosing && <ArticleChoice metas={metas} onClose={() => setChoosing(false)} />}
      </div>
    </ObstacleContext>
  );
}

// What was chosen; otherwise the event of most articles, if there are two, and else all articles.
function scopeShown(scopes: readonly CompareScope[], of: Parameters<typeof idOfScope>[0] | null): CompareScope {
  const chosen = of && scopes.find(({ id }) => id === idOfScope(of));
  const [first] = scopes;
  return chosen ?? (first && first.count > 1 && first.of.kind === 'event' ? first : (scopes.at(-1) as CompareScope));
}

function summary({ shared, articles }: ReturnType<typeof useCompared>, { of, count }: CompareScope): string {
  return [
    of.kind === 'all' ? `${counted(articles.length, 'article')} of ${number(count)} with something in common` : counted(count, 'article'),
    counted(shared.quotes, 'shared quote'),
    counted(shared.claims, 'shared claim'),
    counted(shared.conflicts, 'conflict'),
    ...(shared.speakers > 0 ? [counted(shared.speakers, 'difference of speaker', 'differences of speaker')] : []),
  ].join(' · ');
}

const nothingAlike = 'Nothing else here looks alike. What was refused is not offered again.';

const progressWords = (searched: number, of: number) =>
  searched > 0 && searched < of ? `Reading: ${number(searched)} of ${number(of)} articles…` : 'Comparing…';

function emptyWords({ of }: CompareScope, candidates: number): string {
  if (candidates > 0) return 'Nothing is related yet. What may be the same is listed on the left: say of each pair what it is.';
  if (of.kind === 'event')
    return 'These articles have no quote or claim in common yet. Tag the quotes and facts in two or more of them, or relate annotations with r in the text.';
  return 'Nothing is in more than one article yet. Tag quotes and facts in two or more articles; what may be the same is then listed on the left. Facts that name an event (key e) are compared event by event.';
}
