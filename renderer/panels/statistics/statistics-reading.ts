import { useMemo } from 'react';
import type { Output } from '../../../core/contract.ts';
import type { Field } from '../../../core/search/fields.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { type Asked, useAsked } from '../search/asking.ts';
import { type ChartPlan, chartOf, progressChart, type ReadChart } from './statistics-charts.ts';

/** A chart as far as it has been counted, and why counting failed, if it did. */
export interface Counting {
  readonly chart: ReadChart | null;
  readonly failure: string | null;
  readonly indexing: Output<'tally'>['indexing'];
}

// Milliseconds between the last letter and the question.
const rest = 200;

/** The chart of `plan` for the annotations of `query`. Null asks nothing and keeps the last counts. */
export function useChart(plan: ChartPlan, query: string | null, fields: ReadonlyMap<string, Field>): Counting {
  const { workspace } = useSession();
  const within = query === null ? '' : `${query} ${plan.within}`.trim();
  const { answer, failure, key } = useAsked(
    plan.id,
    query === null ? null : JSON.stringify([query, within, plan.by]),
    () => workspace.tally(within, [...plan.by]),
    rest,
  );
  const chart = useMemo(() => {
    if (!answer) return null;
    const [asked] = JSON.parse(key) as [string];
    return chartOf(plan, asked, answer.rows, fields);
  }, [plan, answer, key, fields]);
  return { chart, failure, indexing: answer?.indexing ?? null };
}

/** Everybody's progress with the articles of `query`; like `useChart`. */
export function useProgress(query: string | null): Counting {
  const { workspace } = useSession();
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const { answer, failure, key } = useAsked('progress', query, () => workspace.progress(query ?? ''), rest);
  const chart = useMemo(() => (answer ? progressChart(key, answer, annotators ?? []) : null), [answer, key, annotators]);
  return { chart, failure, indexing: answer?.indexing ?? null };
}

/** The progress of each annotator with each article of `query`; like `useChart`. */
export function useProgressByArticle(query: string | null): Asked<Output<'progressByArticle'>> {
  const { workspace } = useSession();
  return useAsked('progress by article', query, () => workspace.progressByArticle(query ?? ''), rest);
}
