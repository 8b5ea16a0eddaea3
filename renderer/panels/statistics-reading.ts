import { useEffect, useMemo, useRef, useState } from 'react';
import { AppError, type Output } from '../../core/contract.ts';
import type { Field } from '../../core/search/fields.ts';
import { useSaveState, useSession, useWorkspace } from '../session.tsx';
import { type ChartPlan, chartOf, progressChart, type ReadChart } from './statistics-charts.ts';

/** A chart as far as it was counted, and why not where that failed. */
export interface Counting {
  readonly chart: ReadChart | null;
  readonly failure: string | null;
  readonly indexing: Output<'tally'>['indexing'];
}

interface Answered<Answer> {
  readonly key: string;
  readonly answer: Answer | null;
  readonly failure: string | null;
}

// Milliseconds between the last letter and the question, and between two looks at an index that is being made.
const rest = 200;
const pause = 700;

// An answer that is asked for anew after each step that is saved, and while the index is made. What another question has overtaken is dropped.
function useAnswer<Answer extends Pick<Output<'tally'>, 'indexing'>>(key: string | null, ask: () => Promise<Answer>): Answered<Answer> {
  const [answered, setAnswered] = useState<Answered<Answer>>({ key: '', answer: null, failure: null });
  const isSaved = useSaveState().state === 'saved';
  const history = useWorkspace((state) => state.history);
  const others = useWorkspace((state) => state.others);
  // Nothing is asked anew while a step is on its way to the disk.
  const ground = useRef<readonly unknown[]>([null, null]);
  if (isSaved) ground.current = [history, others];
  const [done, theirs] = ground.current;
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question, and asks anew where the ground has changed
  useEffect(() => {
    if (key === null) return;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = () => {
      ask().then(
        (answer) => {
          if (!isCurrent) return;
          setAnswered({ key, answer, failure: null });
          if (answer.indexing) timer = setTimeout(begin, pause);
        },
        (error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          const { message, next } = error.failure;
          if (isCurrent) setAnswered({ key, answer: null, failure: `${message} ${next}` });
        },
      );
    };
    timer = setTimeout(begin, isFirst.current ? 0 : rest);
    isFirst.current = false;
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, done, theirs]);
  return answered;
}

/** The chart of `plan` for the annotations of `query`; null asks nothing, and what was counted last stays. */
export function useChart(plan: ChartPlan, query: string | null, fields: ReadonlyMap<string, Field>): Counting {
  const { workspace } = useSession();
  const within = query === null ? '' : `${query} ${plan.within}`.trim();
  const { answer, failure, key } = useAnswer(query === null ? null : JSON.stringify([query, within, plan.by]), () =>
    workspace.tally(within, [...plan.by]),
  );
  const chart = useMemo(() => {
    if (!answer) return null;
    const [asked] = JSON.parse(key) as [string];
    return chartOf(plan, asked, answer.rows, fields);
  }, [plan, answer, key, fields]);
  return { chart, failure, indexing: answer?.indexing ?? null };
}

/** How far everybody is with the articles of `query`; as `useChart`. */
export function useProgress(query: string | null): Counting {
  const { workspace } = useSession();
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const { answer, failure, key } = useAnswer(query, () => workspace.progress(query ?? ''));
  const chart = useMemo(() => (answer ? progressChart(key, answer, annotators ?? []) : null), [answer, key, annotators]);
  return { chart, failure, indexing: answer?.indexing ?? null };
}
