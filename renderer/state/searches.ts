import type { KeptSearches } from '../../core/search/calls.ts';
import type { Settings } from '../../core/settings.ts';

const nothing: KeptSearches = { saved: [], recent: [] };
const mostRecent = 12;

/** The searches that the user has saved or made recently in a project. */
export const searchesOf = ({ searches }: Pick<Settings, 'searches'>, project: string | undefined): KeptSearches =>
  (project === undefined ? undefined : searches[project]) ?? nothing;

/** Adds `query` as the most recent search. Replaces the previous one if that was only its beginning. */
export function withRecent(kept: KeptSearches, query: string): KeptSearches {
  const words = query.trim().slice(0, 2000);
  if (words === '' || kept.recent[0] === words) return kept;
  const others = kept.recent.filter((other, index) => other !== words && !(index === 0 && words.startsWith(other)));
  return { ...kept, recent: [words, ...others].slice(0, mostRecent) };
}

/** Saves `query` under `name`; the saved searches are sorted by name. Replaces one with the same name or the same query. */
export function withSaved(kept: KeptSearches, name: string, query: string): KeptSearches {
  const others = kept.saved.filter((other) => other.name !== name && other.query !== query);
  const saved = [...others, { name, query }].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { ...kept, saved: saved.slice(0, 200) };
}

/** Removes the search saved under `name`. */
export const withoutSaved = (kept: KeptSearches, name: string): KeptSearches => ({
  ...kept,
  saved: kept.saved.filter((other) => other.name !== name),
});
