import type { Entity } from '../../core/model/entity.ts';
import type { Experience } from '../../core/suggestions/learning.ts';
import type { Suggestion } from '../../core/suggestions/suggestion.ts';

/** What the page asks the worker: the suggestions of an article's text, with what changed in the registry since the last question. */
export interface Question {
  /** Names the answer. */
  readonly number: number;
  readonly text: string;
  readonly experience: Experience;
  readonly entities: readonly Entity[];
  /** The ids of entities that are no longer there. */
  readonly gone: readonly string[];
}

/** What the worker answers: suggestions as `suggest` gives them, or what went wrong. */
export type Answer =
  | { readonly number: number; readonly suggestions: readonly Suggestion[] }
  | { readonly number: number; readonly problem: string };

/** The part of a Worker that the page uses. */
export interface SuggestionWorker {
  postMessage(question: Question): void;
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  /** Called where the worker cannot be loaded or breaks off. */
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}
