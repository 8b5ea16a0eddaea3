import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { ReadingFrom, useSession } from './session.tsx';

const ShownContext = createContext(true);

/** Draws `children` once for each spread: visibly for the one on screen, and out of sight for the others. `part` says what they read. */
export function Spreads({ part, children }: { part: 'text' | 'panels'; children: ReactNode }) {
  const { shown, ahead, isNear, left } = useStore(useSession().spreads);
  // What is near lies behind the one on screen: hiding or showing its elements would cost more than the frame has time for.
  // In the order in which they were laid out, so that no element is moved on the page when another spread is shown.
  const all = [left, shown, ahead].filter((spread) => spread !== null);
  return all.map((spread) => (
    <div key={spread.key} className="spread" data-away={spread === shown ? undefined : spread === left || isNear ? 'near' : 'far'}>
      <ReadingFrom reading={spread[part]}>
        <ShownContext value={spread === shown}>{children}</ShownContext>
      </ReadingFrom>
    </div>
  ));
}

/** Whether this component is on screen. One that is laid out ahead, or is about to be removed, is not. */
export const useIsShown = (): boolean => useContext(ShownContext);
