import { type RefObject, useEffect } from 'react';

/**
 * Gives the focus to what `wanted` (a selector) finds in `place` where nothing has it: once the view is there, and after `turn` has changed,
 * since what was pressed may have gone with what it was for. Whatever has the focus keeps it.
 */
export function useLostFocus(place: RefObject<HTMLElement | null>, wanted: string, turn: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each turn
  useEffect(() => {
    // A dialog that closes gives the focus back in the next frame.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) place.current?.querySelector<HTMLElement>(wanted)?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [place, wanted, turn]);
}
