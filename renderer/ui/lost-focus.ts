import { type RefObject, useEffect } from 'react';

/**
 * Focuses what the selector `wanted` finds in `place`, if nothing has the focus: when the view appears, and after `turn` changes, because a
 * pressed button may have disappeared. If something has the focus, it keeps it.
 */
export function useLostFocus(place: RefObject<HTMLElement | null>, wanted: string, turn: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each turn
  useEffect(() => {
    // A dialog that closes returns the focus in the next frame.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) place.current?.querySelector<HTMLElement>(wanted)?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [place, wanted, turn]);
}
