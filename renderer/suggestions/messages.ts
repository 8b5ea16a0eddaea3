import type { Entity } from '../../core/model/entity.ts';
import type { Experience } from '../../core/suggestions/learning.ts';
import type { Suggestion } from '../../core/suggestions/suggestion.ts';

/** A request to the worker: the suggestions for an article's text, with what has changed in the registry since the last request. */
export interface Question {
  /** Identifies the answer. */
  readonly number: number;
  readonly text: string;
  readonly experience: Experience;
  readonly entities: readonly Entity[];
  /** The ids of entities that no longer exist. */
  readonly gone: readonly string[];
}

/** The worker's answer: the result of `suggest`, or an error. */
export type Answer =
  | { readonly number: number; readonly suggestions: readonly Suggestion[] }
  | { readonly number: number; readonly problem: string };

/** The part of a Worker that the page uses. */
export interface SuggestionWorker {
  postMessage(question: Question): void;
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  /** Called if the worker cannot be loaded or crashes. */
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}
