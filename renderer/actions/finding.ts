import { finder } from '../../core/text/find.ts';
import { type FindState, selectedRange } from '../state/view-store.ts';
import type { Desk } from './desk.ts';

/** Find in the article on screen. */
export function findActions(desk: Desk) {
  const { view, workspace } = desk;
  let prepared = { text: '', find: finder('') };
  let last: Pick<FindState, 'query' | 'matchCase' | 'wholeWords'> = { query: '', matchCase: false, wholeWords: false };

  const matchesOf = ({ query, matchCase, wholeWords }: typeof last) => {
    const text = desk.state().article?.text ?? '';
    if (prepared.text !== text) prepared = { text, find: finder(text) };
    return prepared.find(query, { matchCase, wholeWords });
  };

  const search = (change: Partial<typeof last>, asked = 0): void => {
    last = { ...last, ...change };
    const matches = matchesOf(last);
    const caret = selectedRange(desk.shown())?.start ?? desk.shown().selection.head;
    const current =
      matches.length === 0
        ? -1
        : Math.max(
            0,
            matches.findIndex(({ start }) => start >= caret),
          );
    view.set({ find: { ...last, matches, current, asked: (desk.shown().find?.asked ?? 0) + asked } });
    const match = matches[current];
    if (match) desk.editor?.scrollTo(match.start);
  };

  const open = (): void => {
    const selected = selectedRange(desk.shown());
    const words = selected ? (desk.state().article?.text.slice(selected.start, selected.end) ?? '') : '';
    const isQuery = words.trim() !== '' && words.length <= 120 && !words.includes('\n');
    view.set({ view: 'annotate' });
    search(isQuery ? { query: words.trim() } : {}, 1);
  };

  workspace.store.subscribe((state, before) => {
    if (state.article !== before.article && desk.shown().find) search({});
  });

  return {
    open,
    search: (change: Partial<typeof last>): void => search(change),
    /** Goes to the next or previous match, wrapping around. If the text has the focus, the match is selected, so that a tag key can follow. */
    step(step: 1 | -1): void {
      const { find, selection } = desk.shown();
      if (last.query === '') return open();
      const matches = find?.matches ?? matchesOf(last);
      if (matches.length === 0) return view.say(`“${last.query}” is not in this article.`);
      const from = Math.min(selection.anchor, selection.head);
      const beside = step === 1 ? matches.findIndex(({ start }) => start > from) : matches.findLastIndex(({ start }) => start < from);
      const round = step === 1 ? 0 : matches.length - 1;
      const current = find && find.current >= 0 ? (find.current + step + matches.length) % matches.length : beside < 0 ? round : beside;
      if (find) view.set({ find: { ...find, current } });
      const match = matches[current];
      if (!match) return;
      if (!find || desk.editor?.hasFocus()) desk.editor?.select(match, { scroll: true });
      else desk.editor?.scrollTo(match.start);
    },
    /** Closes the bar and returns to the text, with the current match selected. */
    close(): void {
      const { find } = desk.shown();
      const match = find?.matches[find.current];
      view.set({ find: null });
      if (match) desk.editor?.select(match, { scroll: true });
      desk.editor?.focus();
    },
  };
}
