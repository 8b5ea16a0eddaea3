import { byReadingOrder, type Placed } from '../../core/model/annotation.ts';
import type { Range, Span } from '../../core/text/span.ts';
import { openSuggestion, openSuggestionsOf } from '../state/suggestions.ts';
import { nothingActive } from '../state/view-store.ts';
import { currentSet } from '../state/workspace.ts';
import type { Desk } from './desk.ts';

/** Moving between annotations, paragraphs and articles, and through undo and redo. */
export function walkActions(desk: Desk) {
  const { view, workspace } = desk;
  // The annotations under the last click. Another click there goes to the next larger one.
  let pickedPlace = '';

  const activate = (id: string | null, options: { scroll?: boolean } = {}): void => {
    view.set({ active: id, attribute: null, armed: null, armedRelation: null, linking: null });
    const place = currentSet(desk.state()).annotations.get(id ?? '') ?? openSuggestion(desk.state(), id);
    if (place && options.scroll) {
      const { start } = place.spans[0] as Span;
      desk.collapse(start);
      desk.editor?.scrollTo(start);
    }
  };

  // Where to go once the requested article is on screen.
  let arrival: { readonly article: string; readonly range: Range; readonly takesFocus: boolean } | null = null;

  const openArticle = async (id: string): Promise<void> => {
    if (arrival?.article !== id) arrival = null;
    if (id !== desk.state().article?.meta.id) {
      view.set(nothingActive);
    }
    await workspace.openArticle(id);
  };

  const goToPlace = (range: Range): void => {
    desk.editor?.select(range, { scroll: true });
    desk.editor?.scrollTo(range.start);
  };

  // Opens an article at a place, whether it is on screen already or must be opened first.
  const goTo = async (article: string, annotation: string | null, range: Range, takesFocus: boolean): Promise<void> => {
    const isShown = desk.shown().view === 'annotate' && desk.editor !== null;
    view.set({ view: 'annotate', message: null });
    if (article === desk.state().article?.meta.id && isShown) {
      activate(annotation);
      goToPlace(range);
      if (takesFocus) desk.editor?.focus();
      return;
    }
    arrival = { article, range, takesFocus };
    // Opening the same article again would draw it again and lose the place.
    if (article !== desk.state().article?.meta.id) await openArticle(article);
    activate(annotation);
  };

  return {
    activate,
    openArticle,
    /** Shows an annotation in any article, by any annotator, and makes it active. `start` is where it begins. */
    async show({
      article,
      annotation,
      start,
    }: {
      readonly article: string;
      readonly annotation: string;
      readonly start: number;
    }): Promise<void> {
      await goTo(article, annotation, { start, end: start }, false);
    },
    /** Opens an article with `range` selected and the focus in the text. `annotation` becomes active. */
    showPlace: (article: string, annotation: string | null, range: Range): Promise<void> => goTo(article, annotation, range, true),
    /** The editor of an article is ready: goes to the place for which the article was opened. */
    arrive(): void {
      const due = arrival;
      if (!due || due.article !== desk.state().article?.meta.id) return;
      arrival = null;
      goToPlace(due.range);
      if (due.takesFocus) desk.editor?.focus();
    },
    /** A click in the text: activates the smallest annotation under it. Another click at the same place takes the next larger one. */
    pick(ids: readonly string[]): void {
      if (desk.shown().armed) return;
      const place = ids.join(' ');
      const at = place === pickedPlace ? ids.indexOf(desk.shown().active ?? '') : -1;
      pickedPlace = place;
      activate(ids[(at + 1) % Math.max(1, ids.length)] ?? null);
    },
    hover(id: string | null): void {
      if (desk.shown().hovered !== id) view.set({ hovered: id });
    },
    /** Goes to the next or previous annotation or suggestion (whichever are listed) in reading order, starting at the caret if none is active. */
    walkAnnotation(step: 1 | -1): void {
      const { listed } = desk.shown();
      const annotations = listed === 'suggestions' ? [] : [...currentSet(desk.state()).annotations.values()];
      const suggestions = listed === 'annotations' ? [] : openSuggestionsOf(desk.state());
      const ordered: Placed[] = [...annotations, ...suggestions].sort(byReadingOrder);
      const at = ordered.findIndex(({ id }) => id === desk.shown().active);
      const caret = desk.shown().selection.head;
      const start = ({ spans }: Placed) => (spans[0] as Span).start;
      const fromCaret =
        step === 1
          ? (ordered.find((each) => start(each) >= caret) ?? ordered[0])
          : (ordered.findLast((each) => start(each) < caret) ?? ordered.at(-1));
      const next = at >= 0 ? ordered[(at + step + ordered.length) % ordered.length] : fromCaret;
      if (next) activate(next.id, { scroll: true });
      else if (desk.state().suggestions.state === 'reading') view.say('The article is still being read for suggestions.');
      else view.say(listed === 'suggestions' ? 'No suggestions are left here.' : 'Nothing is tagged in this article yet.');
    },
    walkArticle: (step: 1 | -1): void =>
      desk.attempt(async () => {
        const { articles, article } = desk.state();
        const next = articles[articles.findIndex(({ meta }) => meta.id === article?.meta.id) + step];
        if (!next) return view.say(step === 1 ? 'This is the last article.' : 'This is the first article.');
        await openArticle(next.meta.id);
      }),
    /** Undoes or redoes one step, wherever it was made, and shows what it changed. */
    travel: (direction: 'undo' | 'redo'): void =>
      desk.attempt(async () => {
        const { suggestions } = desk.state();
        const open = openSuggestionsOf(desk.state());
        const gesture = await workspace[direction]();
        if (!gesture) return view.say(direction === 'undo' ? 'There is nothing to undo.' : 'There is nothing to redo.');
        view.say(`${direction === 'undo' ? 'Undone' : 'Redone'}: ${gesture.title}.`);
        const touched = gesture.edits.find(
          (edit) => edit.record === 'annotation' && desk.state().work.sets.get(edit.article)?.annotations.has(edit.id),
        );
        // A suggestion that is open again, because the undo reverted what was made of it or decided on it.
        const isSame = desk.state().suggestions === suggestions;
        const reopened = isSame ? openSuggestionsOf(desk.state()).find((each) => !open.includes(each)) : undefined;
        if (touched) activate(touched.id, { scroll: true });
        else if (reopened) activate(reopened.id, { scroll: true });
        else if (!desk.active()) activate(null);
      }),
  };
}

export type Walking = ReturnType<typeof walkActions>;
