import { byReadingOrder, type Placed } from '../../core/model/annotation.ts';
import { layerOf } from '../../core/model/codebook.ts';
import { acceptAll, acceptSuggestion, rejectSuggestion } from '../../core/suggestions/acceptance.ts';
import { familyNames, familyOf, isAllOff, type SuggestionFamily } from '../../core/suggestions/choice.ts';
import type { OpenSuggestion } from '../state/article-suggestions.ts';
import { onlyShows } from '../state/only-shows.ts';
import { openSuggestion, openSuggestionsOf } from '../state/suggestions.ts';
import type { Listed } from '../state/view-store.ts';
import { currentSet } from '../state/workspace.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

/** Accepting, rejecting and editing suggestions, and choosing which ones are shown. */
export function suggestionActions(desk: Desk, { activate }: Walking) {
  const { view } = desk;

  const open = () => openSuggestionsOf(desk.state());
  const find = (id: string) => openSuggestion(desk.state(), id);

  const titleOf = ({ layer }: OpenSuggestion): string => {
    const codebook = desk.codebook();
    return (codebook && layerOf(codebook, layer)?.title.toLowerCase()) ?? layer;
  };

  // Goes to the next one in the text, wrapping around, so that the user can decide on all of them key by key.
  const goOn = (from: Placed): void => {
    const left = open();
    const next = left.find((each) => byReadingOrder(each, from) > 0) ?? left[0];
    if (!next) {
      activate(null);
      return view.say('No suggestions are left here.');
    }
    const isBack = byReadingOrder(next, from) < 0;
    activate(next.id, { scroll: true });
    if (isBack) view.say(`Back at the top: ${left.length} left.`);
  };

  // Whether it was done. A failure is reported and changes nothing.
  const isSettled = (suggestion: OpenSuggestion) => !open().includes(suggestion);

  const accept = (id: string): void => {
    const suggestion = find(id);
    if (!suggestion) return;
    if (!desk.state().writable) return view.say(onlyShows(desk.state()));
    desk.edit('suggestion.accept', `Accept a suggested ${titleOf(suggestion)}`, (scene) => acceptSuggestion(scene, suggestion).edits);
    if (isSettled(suggestion)) goOn(suggestion);
  };

  const reject = (id: string): void => {
    const suggestion = find(id);
    if (!suggestion) return;
    if (!desk.state().writable) return view.say(onlyShows(desk.state()));
    desk.edit('suggestion.reject', `Reject a suggested ${titleOf(suggestion)}`, (scene) => rejectSuggestion(scene, suggestion));
    if (isSettled(suggestion)) goOn(suggestion);
  };

  const edit = (id: string): void => {
    const suggestion = find(id);
    if (!suggestion) return;
    desk.takeOver(suggestion);
    if (isSettled(suggestion)) desk.frame?.focusInspector('first');
  };

  const sayWhyNot = (): void => {
    if (isAllOff(desk.state().settings.suggestions)) view.say('Suggestions are switched off in the settings.');
    else if (open().length === 0) view.say('No suggestions are left here.');
    else view.say('Choose a suggestion first: click it, or press . to walk to it.');
  };

  return {
    accept,
    reject,
    edit,
    /** Enter: accepts the active suggestion. False if there is none. */
    accepts(): boolean {
      const suggestion = desk.shown().armed ? null : desk.suggestion();
      if (suggestion) accept(suggestion.id);
      return suggestion !== null;
    },
    /** Rejects the active suggestion. False if there is none. */
    rejects(): boolean {
      const suggestion = desk.suggestion();
      if (suggestion) reject(suggestion.id);
      return suggestion !== null;
    },
    rejectActive: (): void => {
      const suggestion = desk.suggestion();
      if (suggestion) reject(suggestion.id);
      else sayWhyNot();
    },
    editActive: (): void => {
      const suggestion = desk.suggestion();
      if (suggestion) edit(suggestion.id);
      else sayWhyNot();
    },
    /** Shows what would be accepted at once: the suggestions of the active one's family, or all. */
    askAll(): void {
      if (!desk.state().writable) return view.say(onlyShows(desk.state()));
      if (open().length === 0) return sayWhyNot();
      const suggestion = desk.suggestion();
      view.set({ acceptAll: { family: suggestion ? familyOf(suggestion) : null } });
    },
    /** Accepts these suggestions as one step. */
    acceptEach(ids: readonly string[], family: SuggestionFamily | null): void {
      const wanted = new Set(ids);
      const chosen = open().filter(({ id }) => wanted.has(id));
      const [first] = chosen;
      if (!first) return;
      const one = chosen.length === 1;
      const what = family ? `suggested ${familyNames[family][one ? 0 : 1]}` : one ? 'suggestion' : 'suggestions';
      desk.edit('suggestion.all', `Accept ${chosen.length} ${what}`, (scene) => acceptAll(scene, chosen).edits);
      view.set({ acceptAll: null });
      if (!isSettled(first)) return;
      desk.editor?.focus();
      goOn(first);
      view.say(`Accepted ${chosen.length} ${what}. One undo takes ${one ? 'it' : 'them'} back.`);
    },
    /** Shows annotations, suggestions or both in the list. The keys walk through what is listed. */
    list(listed: Listed): void {
      view.set({ listed });
      if (listed === 'annotations' && !currentSet(desk.state()).annotations.has(desk.shown().active ?? '')) activate(null);
    },
    toggle(): void {
      const isShown = desk.shown().listed !== 'annotations';
      view.set({ listed: isShown ? 'annotations' : 'both' });
      if (isAllOff(desk.state().settings.suggestions)) sayWhyNot();
      else view.say(isShown ? 'Suggestions are hidden; none is lost.' : `Suggestions are shown again: ${open().length}.`);
    },
  };
}
