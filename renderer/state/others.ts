import type { OthersWork, Workspace } from './workspace.ts';

/** What the other annotators wrote on the article on screen. */
export function othersOf(state: Workspace): readonly OthersWork[] {
  return (state.article && state.others.get(state.article.meta.id)) ?? nobody;
}
const nobody: readonly OthersWork[] = [];
