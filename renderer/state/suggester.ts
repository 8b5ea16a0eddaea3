import { dequal } from 'dequal';
import type { Entity, Registry } from '../../core/model/entity.ts';
import type { Experience } from '../../core/suggestions/learning.ts';
import type { Suggestion } from '../../core/suggestions/suggestion.ts';
import type { Answer, SuggestionWorker } from '../suggestions/messages.ts';

/** What suggestions are computed from. */
export interface Wish {
  readonly text: string;
  readonly registry: Registry;
  readonly experience: Experience;
}

type Done = (suggestions: readonly Suggestion[] | null) => void;

/** Asks a worker for suggestions, one article at a time. */
export interface Suggester {
  /**
   * Asks for the suggestions of an article. While one request is running, the next one waits and is replaced by a newer one, so that nothing
   * obsolete is computed. `done` is called at most once: with the suggestions, or with null if the worker failed.
   */
  ask(wish: Wish, done: Done): void;
  /** Drops the waiting and the running request. */
  drop(): void;
}

// In milliseconds. A text of a megabyte takes about two seconds.
const patience = 60_000;

/** `start` creates a worker. It is called at the first request, and again after a worker failed. */
export function createSuggester(start: () => SuggestionWorker): Suggester {
  let worker: SuggestionWorker | null = null;
  let number = 0;
  let asked: { readonly number: number; done: Done | null } | null = null;
  let waiting: { readonly wish: Wish; readonly done: Done } | null = null;
  let told: Registry = new Map();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settle = (suggestions: readonly Suggestion[] | null) => {
    clearTimeout(timer);
    const done = asked?.done;
    asked = null;
    done?.(suggestions);
    next();
  };

  const fail = () => {
    worker?.terminate();
    worker = null;
    told = new Map();
    settle(null);
  };

  const take = ({ data }: { readonly data: Answer }) => {
    if (data.number === asked?.number) settle('suggestions' in data ? data.suggestions : null);
  };

  const next = () => {
    if (asked || !waiting) return;
    const { wish, done } = waiting;
    waiting = null;
    asked = { number: ++number, done };
    timer = setTimeout(fail, patience);
    try {
      if (!worker) {
        worker = start();
        worker.onmessage = take;
        worker.onerror = fail;
      }
      const { text, registry, experience } = wish;
      worker.postMessage({ number, text, experience, ...changesBetween(told, registry) });
      told = registry;
    } catch {
      fail();
    }
  };

  return {
    ask(wish, done) {
      if (asked) asked.done = null;
      waiting = { wish, done };
      next();
    },
    drop() {
      waiting = null;
      if (asked) asked.done = null;
    },
  };
}

/** Whether suggestions could differ between the two registries: whether their entities, names, types or roles differ. */
export function speaksOtherwise(before: Registry, after: Registry): boolean {
  if (before === after) return false;
  const { entities, gone } = changesBetween(before, after);
  return gone.length > 0 || entities.some((entity) => !dequal(readOf(entity), readOf(before.get(entity.id))));
}

function readOf(entity: Entity | undefined): unknown {
  if (!entity) return null;
  const { type, canonical, aliases, members, roles, mergedInto, removed } = entity;
  return [type, canonical, aliases, members, roles, mergedInto, removed];
}

// The two registries share the entities that stayed the same, so comparing identity is enough.
function changesBetween(before: Registry, after: Registry): { entities: Entity[]; gone: string[] } {
  const entities = [...after.values()].filter((entity) => before.get(entity.id) !== entity);
  const gone = before.size + entities.length > after.size ? [...before.keys()].filter((id) => !after.has(id)) : [];
  return { entities, gone };
}
