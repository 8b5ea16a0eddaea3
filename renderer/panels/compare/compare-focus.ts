import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';
import { useSession, useView } from '../../session.tsx';

const table = '.matrix[role="grid"]';
const candidates = '.compare-candidates[role="listbox"]';
const scopes = '.compare-scopes[role="listbox"]';

/**
 * Puts the keys where they go on: to where they were when the view was left, or else to the table, the candidates or the events, whichever is there
 * first; also once the last candidate is judged and its list goes. What a person has focused is left alone.
 * `onCandidates` is called when the keys come to the candidates, but not for a press of the pointer, which chooses one itself. Returns what the view has to
 * listen to.
 */
export function useCompareFocus(place: RefObject<HTMLElement | null>, isRead: boolean, onCandidates: () => void) {
  const { actions } = useSession();
  const focus = useView((state) => state.compare.focus);
  const before = useRef(focus);
  // What was focused here without being asked for. Until a person does something, a better place may come.
  const placed = useRef<Element | null>(null);
  useEffect(() => {
    const held = document.activeElement;
    if (!isRead || (held !== document.body && held !== placed.current && !held?.matches('.views [data-view]'))) return;
    const wanted = before.current === 'candidates' ? [candidates, table, scopes] : [table, candidates, scopes];
    const found = wanted.map((each) => place.current?.querySelector<HTMLElement>(each)).find((each) => each);
    if (!found || found === held) return;
    placed.current = found;
    found.focus();
  });
  const isPressed = useRef(false);
  return {
    onKeyDownCapture: () => {
      placed.current = null;
      isPressed.current = false;
    },
    onPointerDownCapture: () => {
      placed.current = null;
      isPressed.current = true;
    },
    onPointerUpCapture: () => {
      isPressed.current = false;
    },
    onFocusCapture: ({ target }: FocusEvent) => {
      const inside = target.closest(table) ? 'table' : target.closest(candidates) ? 'candidates' : null;
      if (target !== placed.current) before.current = inside;
      if (inside !== focus) actions.compare.show({ focus: inside });
      if (inside === 'candidates' && !isPressed.current) onCandidates();
    },
  };
}
