import type { Workspace } from './workspace.ts';

/** Why a window that may not write does not, and what lets it, where anything does. */
export const onlyShows = ({ opened }: Workspace): string =>
  opened?.locked
    ? 'The project is read-only here: another program has it open, or it may not be changed.'
    : 'This window only shows the project. “Take over” at the top lets it write.';

/** What a view without any article says. */
export const withoutArticles = (state: Workspace): string => `No articles yet. ${state.writable ? 'Import some first.' : onlyShows(state)}`;
