import type { Workspace } from './workspace.ts';

/** Why this window cannot write, and what can be done about it, if anything. */
export const onlyShows = ({ opened }: Workspace): string =>
  opened?.locked
    ? 'The project is read-only here: another program has it open, or it may not be changed.'
    : 'This window only shows the project. “Take over” at the top lets it write.';

/** The text of a view when there are no articles. */
export const withoutArticles = (state: Workspace): string => `No articles yet. ${state.writable ? 'Import some first.' : onlyShows(state)}`;
