import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { useSaveState, useSession, useWorkspace } from '../../session.tsx';
import type { View } from '../../state/view-store.ts';

/** What was asked of the host: the answer as far as it goes, to which question, and why not where it failed. */
export interface Asked<Answer> {
  readonly key: string;
  readonly answer: Answer | null;
  readonly isDone: boolean;
  readonly failure: string | null;
}

/** Asks for an answer; `tell` shows a part of it that is there before the rest, and answers whether the rest is still wanted. */
export type Ask<Answer> = (tell: (part: Answer) => boolean) => Promise<Answer>;

const nothing = { key: '', answer: null, isDone: false, failure: null };
// Milliseconds between two looks at an index that is being made.
const pause = 700;

/**
 * The answer to a question: `key` says what it is, and null asks nothing. It is asked `rest` milliseconds after it has changed, and anew after
 * what changes the work, and while the index is made. What another question has overtaken is dropped, and what was answered last stays until
 * the next answer is there, also for when the view that calls it `name` is shown again.
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

// What is on disk of the project, as a value that is another one once a step was saved or undone, articles came or went, or others' work came
// in. Nothing is asked anew while a step is on its way to the disk.
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

/** What a view leaves for when it is shown again in this window: a ref that outlives the view under its `name`. */
export function useKept<Kept>(name: string, first: Kept): { current: Kept } {
  const { view } = useSession();
  const own = keptOf.get(view) ?? new Map<string, { current: unknown }>();
  keptOf.set(view, own);
  const known = own.get(name) ?? { current: first };
  own.set(name, known);
  return known as { current: Kept };
}

/** What is ticked of what answers `question`: `none` for another question, and the same when the view comes back. */
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
 * Gives the focus to the list in `view`, which has just come, where a row of it was opened, or else to its field: keys go on where they
 * were, or where a person who asked for the view types next. It stays with anything else that has it.
 */
export function focusIn(view: HTMLElement | null, wasOpened: boolean): void {
  const held = document.activeElement;
  if (held !== document.body && !held?.matches('.views [data-view]')) return;
  const list = wasOpened ? view?.querySelector<HTMLElement>('.long-list[role="listbox"]') : null;
  (list ?? view?.querySelector<HTMLElement>('[role="combobox"], input[type="search"]'))?.focus();
}
