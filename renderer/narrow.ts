import { useSyncExternalStore } from 'react';

const query = typeof matchMedia === 'undefined' ? null : matchMedia('(max-width: 1023px)');

/** Whether the window is too narrow for panes next to the text. Zooming in makes it narrow too. */
export const isNarrow = (): boolean => query?.matches ?? false;

const subscribe = (listener: () => void) => {
  query?.addEventListener('change', listener);
  return () => query?.removeEventListener('change', listener);
};

/** `isNarrow` as a hook that renders again when it changes. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, isNarrow);
