import type { KeptSearches } from '../../core/search/calls.ts';
import type { Settings } from '../../core/settings.ts';

const nothing: KeptSearches = { saved: [], recent: [] };
const mostRecent = 12;

/** The searches that a person keeps of a project. */
export const searchesOf = ({ searches }: Pick<Settings, 'searches'>, project: string | undefined): KeptSearches =>
  (project === undefined ? undefined : searches[project]) ?? nothing;

/** With `query` as the last that was made. One that the last only began is replaced by it. */
export function withRecent(kept: KeptSearches, query: string): KeptSearches {
  const words = query.trim().slice(0, 2000);
  if (words === '' || kept.recent[0] === words) return kept;
  const others = kept.recent.filter((other, index) => other !== words && !(index === 0 && words.startsWith(other)));
  return { ...kept, recent: [words, ...others].slice(0, mostRecent) };
}

/** With `query` kept under `name`, by name; what was kept under that name before, or as this query, is replaced. */
export function withSaved(kept: KeptSearches, name: string, query: string): KeptSearches {
  const others = kept.saved.filter((other) => other.name !== name && other.query !== query);
  const saved = [...others, { name, query }].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { ...kept, saved: saved.slice(0, 200) };
}

/** Without what is kept under `name`. */
export const withoutSaved = (kept: KeptSearches, name: string): KeptSearches => ({
  ...kept,
  saved: kept.saved.filter((other) => other.name !== name),
});
