import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { useSaveState, useSession, useWorkspace } from '../../session.tsx';
import type { View } from '../../state/view-store.ts';

/** The state of a question to the host: the answer so far, the question it belongs to, and why it failed, if it did. */
export interface Asked<Answer> {
  readonly key: string;
  readonly answer: Answer | null;
  readonly isDone: boolean;
  readonly failure: string | null;
}

/** Asks for an answer. `tell` reports an answer so far, before the rest is there, and returns whether the rest is still wanted. */
export type Ask<Answer> = (tell: (part: Answer) => boolean) => Promise<Answer>;

const nothing = { key: '', answer: null, isDone: false, failure: null };
// Milliseconds between two checks of an index that is being built.
const pause = 700;

/**
 * The answer to a question. `key` identifies the question; null asks nothing. It is asked `rest` milliseconds after the last change, again after
 * changes to the work, and repeatedly while the index is being built. Answers to outdated questions are dropped. The last answer stays until there
 * is a new one, even while the view is closed: `name` identifies the view.
 */
export function useAsked<Answer extends { readonly indexing: Output<'search'>['indexing'] }>(
  name: string,
  key: string | null,
  ask: Ask<Answer>,
  rest: number,
): Asked<Answer> {
  const kept = useKept<Asked<Answer>>(`asked ${name}`, nothing);
  const [asked, setAsked] = useState(kept.current.key === key ? kept.current : nothing);
  const work = useSettledWork();
  const isFirst = useRef(true);
  useEffect(() => {
    kept.current = asked;
  }, [kept, asked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question, and it is asked anew where the work has changed
  useEffect(() => {
    if (key === null) return;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (answer: Answer): boolean => {
      if (isCurrent) setAsked((known) => (known.key === key && known.isDone ? known : { key, answer, isDone: false, failure: null }));
      return isCurrent;
    };
    const begin = () => {
      ask(tell).then(
        (answer) => {
          if (!isCurrent) return;
          setAsked({ key, answer, isDone: true, failure: null });
          if (answer.indexing) timer = setTimeout(begin, pause);
        },
        (error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          const { message, next } = error.failure;
          if (isCurrent) setAsked({ key, answer: null, isDone: true, failure: `${message} ${next}` });
        },
      );
    };
    timer = setTimeout(begin, isFirst.current ? 0 : rest);
    isFirst.current = false;
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key, work]);
  return asked;
}

// A value that changes whenever the project has changed on disk: a step was saved or undone, articles were added or removed, or others' work arrived.
// Does not change while a step is still being saved.
function useSettledWork(): unknown {
  const isSaved = useSaveState().state === 'saved';
  const history = useWorkspace((state) => state.history);
  const others = useWorkspace((state) => state.others);
  const articles = useWorkspace((state) => state.articles);
  const settled = useRef<readonly unknown[]>([]);
  const now = [history, others, articles];
  if (isSaved && now.some((each, index) => each !== settled.current[index])) settled.current = now;
  return settled.current;
}

const keptOf = new WeakMap<View, Map<string, { current: unknown }>>();

/** A ref that outlives its view and is kept in this window under `name`, for when the view is shown again. */
export function useKept<Kept>(name: string, first: Kept): { current: Kept } {
  const { view } = useSession();
  const own = keptOf.get(view) ?? new Map<string, { current: unknown }>();
  keptOf.set(view, own);
  const known = own.get(name) ?? { current: first };
  own.set(name, known);
  return known as { current: Kept };
}

/** What is ticked among the answers to `question`. Another question starts with `none`; the ticks are kept while the view is closed. */
export function useTicks<Ticks>(name: string, question: string, none: Ticks): readonly [Ticks, (ticks: Ticks) => void] {
  const kept = useKept(`ticks ${name}`, { question, ticks: none });
  const [known, setKnown] = useState(kept.current);
  const set = (ticks: Ticks) => {
    kept.current = { question, ticks };
    setKnown(kept.current);
  };
  return [known.question === question ? known.ticks : none, set];
}

/**
 * Focuses a view that has just opened: its list, if a row was opened from it, otherwise its field. Keys thus continue where they were, or where
 * the user types next. If something else has the focus, it keeps it.
 */
export function focusIn(view: HTMLElement | null, wasOpened: boolean): void {
  const held = document.activeElement;
  if (held !== document.body && !held?.matches('.views [data-view]')) return;
  const list = wasOpened ? view?.querySelector<HTMLElement>('.long-list[role="listbox"]') : null;
  (list ?? view?.querySelector<HTMLElement>('[role="combobox"], input[type="search"]'))?.focus();
}
