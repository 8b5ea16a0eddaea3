import { vi } from 'vitest';
import { type Locator, page } from 'vitest/browser';
import type { AnnotationHit } from '../../core/annotations/hits.ts';
import type { Client, Output } from '../../core/contract.ts';
import { emptySet, setToRecord } from '../../core/model/annotation.ts';
import { newEntity } from '../../core/model/entity.ts';
import { defaultSettings } from '../../core/settings.ts';
import { suggestionFamilies } from '../../core/suggestions/choice.ts';
import { Workbench } from '../../core/testing/workbench.ts';
import { openApp } from './opened-app.tsx';

const text = 'Ana Ruiz spoke in Paris.\nMilitary hubs came up. She left, she said.';
const time = '2025-01-01T00:00:00.000Z';
/** An annotation of the article as a search result. */
export const hit = (id: string, words: string, annotator = 'anna'): AnnotationHit => ({
  ...{ article: 'a', annotation: id, annotator, layer: 'QUOTE', start: text.indexOf(words), text: words, who: null, note: '' },
});
/** The answer of a search without results. */
export const none: Output<'search'> = {
  problems: [],
  articles: [],
  annotations: [],
  totals: { articles: 0, annotations: 0 },
  indexing: null,
};

/** What was tagged in the article before the test: as search results, and as the set on the host. */
export function tagged(...words: readonly string[]) {
  const on = new Workbench({ a: text });
  const hits = words.map((each) => hit(on.tag('a', 'QUOTE', each), each));
  return { hits, set: setToRecord(on.set('a')) };
}

interface Scene {
  readonly search?: Client['search'];
  readonly hits?: readonly AnnotationHit[];
  readonly set?: Output<'openArticle'>['set'];
  readonly theme?: 'system' | 'light' | 'dark';
  readonly searches?: Output<'openWorkspace'>['settings']['searches'];
  readonly width?: number;
}

/** Opens the workbench with an article, a person “Ana Ruiz”, and search results. `found` is the mocked search. */
export async function openSearch({
  search,
  hits = [],
  set = setToRecord(emptySet('a')),
  theme = 'system',
  searches = {},
  width = 1024,
}: Scene = {}) {
  const found = vi.fn(
    search ??
      (async ({ skip, limit }) => ({
        ...none,
        annotations: hits.slice(skip, skip + limit),
        totals: { articles: 1, annotations: hits.length },
      })),
  );
  const answers: Partial<Client> = {
    search: found,
    countMentions: async () => ({ counts: {}, unlinked: [], next: null, searched: 1 }),
    listMentions: async () => ({ hits: [], next: null, searched: 1 }),
    tally: async () => ({ problems: [], rows: [], indexing: null }),
    progress: async () => ({ problems: [], articles: 1, rows: [], indexing: null }),
    progressByArticle: async () => ({ problems: [], articles: ['a'], annotators: [], cells: [], indexing: null }),
    searchKeys: async () => ({
      problems: [],
      found: hits.map(({ article, annotation, annotator, layer }) => ({ article, annotation, annotator, layer })),
    }),
  };
  const entities = [newEntity('e1', 'anna', 'PERSON', 'Ana Ruiz', time)];
  const settings = { ...defaultSettings, person: 'Anna', theme, suggestions: { threshold: 0.5, off: [...suggestionFamilies] }, searches };
  const app = openApp(text, { workspace: { entities, settings }, answers, set, width });
  return { ...(await app), found };
}
/** The annotations found in the Search view. */
export const results = (): Locator => page.getByRole('listbox', { name: 'Annotations found' });
