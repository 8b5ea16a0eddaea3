import { createStore } from 'zustand/vanilla';

/** The number of fields with text that they have not submitted yet. While there are any, not everything is saved. */
export const drafts = createStore(() => ({ count: 0 }));

const commits = new Map<object, () => void>();

/** Records that `field` has text that `commit` would submit; null if it no longer has any. */
export function holdDraft(field: object, commit: (() => void) | null): void {
  if (commit) commits.set(field, commit);
  else commits.delete(field);
  if (drafts.getState().count !== commits.size) drafts.setState({ count: commits.size });
}

/** Submits the text of every field. Called before the window closes or shows something else. */
export function commitDrafts(): void {
  for (const commit of [...commits.values()]) commit();
}
