import type { Suggestion } from '../../core/suggestions/suggestion.ts';

/** A suggestion as the page knows it. Its id follows from layer and place, so that it stays the same when it is worked out anew, and is no annotation's. */
export interface OpenSuggestion extends Suggestion {
  readonly id: string;
}

/** The suggestions of the article on screen. Nothing of it is stored: `all` is worked out from text, registry and experience. */
export interface ArticleSuggestions {
  readonly article: string | null;
  /** `off` where every family is switched off. */
  readonly state: 'off' | 'reading' | 'ready' | 'failed';
  readonly all: readonly OpenSuggestion[];
}

/** The suggestions before there are any. */
export const noSuggestions: ArticleSuggestions = { article: null, state: 'off', all: [] };

/** Whether `id` is that of a suggestion. */
export const isSuggestionId = (id: string | null): boolean => id?.startsWith('~') ?? false;

/** A suggestion with its id. */
export const identified = (suggestion: Suggestion): OpenSuggestion => ({ ...suggestion, id: idOf(suggestion) });

const idOf = ({ layer, spans }: Suggestion) => `~${[layer, ...spans.map(({ start, end }) => `${start}-${end}`)].join('_')}`;
