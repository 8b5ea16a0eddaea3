import './statistics-view.css';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import type { Codebook } from '../../../core/model/codebook.ts';
import { type Field, fieldsOf } from '../../../core/search/fields.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { withoutArticles } from '../../state/only-shows.ts';
import { Pick } from '../../ui/fields.tsx';
import { useQuery } from '../search/query-reading.ts';
import { SearchLine } from '../search/search-line.tsx';
import { StatisticsCard } from './statistics-card.tsx';
import type { ChartPlan } from './statistics-charts.ts';
import { ProgressMatrix } from './statistics-matrix.tsx';
import { attributePlan, countedAttributes, sectionsOf } from './statistics-plans.ts';
import { useChart, useProgress } from './statistics-reading.ts';

/** Statistics of all annotations, or of those that match a query. */
export function StatisticsView() {
  const { view } = useSession();
  const query = useView((state) => state.statistics.query);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const articles = useWorkspace((state) => state.articles.length);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    // What opened this view is gone; keys continue in the field.
    if (document.activeElement === document.body) place.current?.querySelector<HTMLElement>('[role="combobox"]')?.focus();
  }, []);
  const { asked } = useQuery(query, query.length);
  const none = useWorkspace(withoutArticles);
  return (
    <main className="statistics" data-pane="main" aria-label="Statistics" ref={place}>
      <div className="statistics-head">
        <SearchLine query={query} onQuery={(next) => view.set({ statistics: { ...view.store.getState().statistics, query: next } })} />
        {articles > 0 && (
          <p className="muted">
            {asked === null ? 'The query is not understood yet.' : 'A bar or a number in a table opens what it counts.'}
          </p>
        )}
      </div>
      {articles === 0 ? <p className="empty">{none}</p> : codebook && <Sections codebook={codebook} query={asked} />}
    </main>
  );
}

interface SectionsProps {
  readonly codebook: Codebook;
  /** Null while the input is not a valid query. */
  readonly query: string | null;
}

function Sections({ codebook, query }: SectionsProps) {
  const articles = useWorkspace((state) => state.articles);
  const fields = useMemo(() => fieldsOf(codebook), [codebook]);
  const sections = useMemo(() => {
    const titles = new Map(articles.map(({ meta }) => [meta.id, meta.title]));
    return sectionsOf(codebook, (article) => titles.get(article) ?? article);
  }, [codebook, articles]);
  return (
    <div className="statistics-sections">
      {sections.map(({ title, plans }, index) => (
        <section key={title} aria-label={title}>
          <h2 className="heading">{title}</h2>
          <div className="statistics-cards">
            {index === 0 && <Progress query={query} />}
            {plans.map((plan) => (
              <Planned key={plan.id} plan={plan} query={query} fields={fields} />
            ))}
            {index === 0 && <Values codebook={codebook} query={query} fields={fields} />}
            {index === 0 && <ProgressMatrix query={query} />}
          </div>
        </section>
      ))}
    </div>
  );
}

function Progress({ query }: { readonly query: string | null }) {
  const { chart, failure, indexing } = useProgress(query);
  return (
    <>
      {indexing && (
        <p className="muted statistics-indexing" role="status">
          Reading articles: {indexing.done.toLocaleString('en')} of {indexing.total.toLocaleString('en')}…
        </p>
      )}
      <StatisticsCard title="Progress by annotator" chart={chart} failure={failure} />
    </>
  );
}

interface PlannedProps {
  readonly plan: ChartPlan;
  readonly query: string | null;
  readonly fields: ReadonlyMap<string, Field>;
}

function Planned({ plan, query, fields }: PlannedProps) {
  const { chart, failure } = useChart(plan, query, fields);
  return <StatisticsCard title={plan.title} chart={chart} failure={failure} />;
}

function Values({ codebook, query, fields }: { readonly codebook: Codebook } & Omit<PlannedProps, 'plan'>) {
  const { view } = useSession();
  const chosen = useView((state) => state.statistics.attribute);
  const attributes = useMemo(() => countedAttributes(codebook), [codebook]);
  const attribute = attributes.find(({ key }) => key === chosen) ?? attributes[0];
  const plan = useMemo(() => attribute && attributePlan(attribute), [attribute]);
  if (!attribute || !plan) return null;
  const choose = (key: string) => view.set({ statistics: { ...view.store.getState().statistics, attribute: key } });
  const head = (
    <div className="statistics-choice">
      <h3>Values of</h3>
      <Pick
        label="Attribute"
        values={Object.fromEntries(attributes.map(({ key, title }) => [key, title]))}
        value={attribute.key}
        onChange={choose}
      />
    </div>
  );
  return <ValuesOf key={plan.id} plan={plan} query={query} fields={fields} head={head} />;
}

function ValuesOf({ plan, query, fields, head }: PlannedProps & { readonly head: ReactNode }) {
  const { chart, failure } = useChart(plan, query, fields);
  return <StatisticsCard title={`Values of ${plan.title}`} chart={chart} failure={failure} head={head} />;
}
