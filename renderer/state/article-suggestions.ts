import type { Suggestion } from '../../core/suggestions/suggestion.ts';
import { rangeKey } from '../../core/text/span.ts';

/**
 * A suggestion as the page knows it. Its id is derived from layer and place, so it stays the same when suggestions are computed again. It never
 * equals the id of an annotation.
 */
export interface OpenSuggestion extends Suggestion {
  readonly id: string;
}

/** The suggestions for the article on screen. They are not stored: `all` is computed from text, registry and experience. */
export interface ArticleSuggestions {
  readonly article: string | null;
  /** `off` if every family is switched off. */
  readonly state: 'off' | 'reading' | 'ready' | 'failed';
  readonly all: readonly OpenSuggestion[];
}

/** The state before there are any suggestions. */
export const noSuggestions: ArticleSuggestions = { article: null, state: 'off', all: [] };

/** Whether `id` belongs to a suggestion. */
export const isSuggestionId = (id: string | null): boolean => id?.startsWith('~') ?? false;

/** A suggestion with its id. */
export const identified = (suggestion: Suggestion): OpenSuggestion => ({ ...suggestion, id: idOf(suggestion) });

const idOf = ({ layer, spans }: Suggestion) => `~${[layer, ...spans.map(rangeKey)].join('_')}`;
