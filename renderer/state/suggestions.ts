import type { AnnotationSet } from '../../core/model/annotation.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import { isAcceptable } from '../../core/suggestions/acceptance.ts';
import { chosenSuggestions, type SuggestionChoice } from '../../core/suggestions/choice.ts';
import { Review } from '../../core/suggestions/review.ts';
import type { Suggestion } from '../../core/suggestions/suggestion.ts';
import type { OpenSuggestion } from './article-suggestions.ts';
import { currentSet, type Workspace } from './workspace.ts';

/**
 * The suggestions for the article on screen that the annotator has not settled yet and wants to see, in reading order. Suggestions settled by
 * others stay open: each annotator decides for themselves.
 */
export function openSuggestionsOf(state: Workspace): readonly OpenSuggestion[] {
  const { suggestions, settings, article, opened } = state;
  const codebook = opened?.codebook.codebook;
  if (!article || !codebook || suggestions.article !== article.meta.id || suggestions.all.length === 0) return none;
  const wanted = wantedOf(suggestions.all, settings.suggestions, codebook);
  const set = currentSet(state);
  const known = wanted.open.get(set.annotations);
  if (known?.decisions === set.decisions) return known.list;
  const open = wanted.review.open([set]);
  // Return the same list if nothing was settled, so that nothing is drawn again.
  const isSame = open.length === wanted.last.length && open.every((each, at) => each === wanted.last[at]);
  const list = isSame ? wanted.last : open;
  wanted.last = list;
  wanted.open.set(set.annotations, { decisions: set.decisions, list });
  return list;
}

/** Those of `suggestions` that the annotator wants to see and that `set`, their own set on the article, does not settle. */
export function openAmong({ settings, opened }: Workspace, suggestions: readonly Suggestion[], set: AnnotationSet): Suggestion[] {
  const codebook = opened?.codebook.codebook;
  const acceptable = suggestions.filter((each) => codebook && isAcceptable(each, codebook));
  return new Review(chosenSuggestions(acceptable, settings.suggestions)).open([set]);
}

/** The suggestion `id`, if it is open. */
export function openSuggestion(state: Workspace, id: string | null): OpenSuggestion | undefined {
  return id === null ? undefined : openSuggestionsOf(state).find((each) => each.id === id);
}

const none: readonly OpenSuggestion[] = [];

interface Wanted {
  readonly choice: SuggestionChoice;
  readonly codebook: Codebook;
  readonly review: Review<OpenSuggestion>;
  readonly open: WeakMap<object, { readonly decisions: object; readonly list: readonly OpenSuggestion[] }>;
  last: readonly OpenSuggestion[];
}

// The text and the panels ask one frame apart, so the results for both are cached.
const kept = new WeakMap<readonly OpenSuggestion[], Wanted[]>();

function wantedOf(all: readonly OpenSuggestion[], choice: SuggestionChoice, codebook: Codebook): Wanted {
  const [latest, before] = kept.get(all) ?? [];
  const known = [latest, before].find((each) => each?.choice === choice && each.codebook === codebook);
  if (known) return known;
  const acceptable = all.filter((each) => isAcceptable(each, codebook));
  const fresh: Wanted = {
    ...{ choice, codebook, open: new WeakMap(), last: none },
    review: new Review(chosenSuggestions(acceptable, choice)),
  };
  kept.set(all, latest ? [fresh, latest] : [fresh]);
  return fresh;
}
