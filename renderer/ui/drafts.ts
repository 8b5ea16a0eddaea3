import { createStore } from 'zustand/vanilla';

/** How many fields hold words that they have not handed on yet. While there are any, not everything is saved. */
export const drafts = createStore(() => ({ count: 0 }));

const commits = new Map<object, () => void>();

/** Says that `field` holds words that `commit` would hand on; null says that it holds none any more. */
export function holdDraft(field: object, commit: (() => void) | null): void {
  if (commit) commits.set(field, commit);
  else commits.delete(field);
  if (drafts.getState().count !== commits.size) drafts.setState({ count: commits.size });
}

/** Hands on what every field holds: before the window closes or shows something else. */
export function commitDrafts(): void {
  for (const commit of [...commits.values()]) commit();
}
