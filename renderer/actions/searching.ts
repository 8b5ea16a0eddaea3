import type { BulkDeed, BulkPlan } from '../../core/annotations/bulk.ts';
import { planBulk } from '../../core/annotations/bulk.ts';
import type { AnnotationHit } from '../../core/annotations/hits.ts';
import type { FoundArticle, FoundKey, KeptSearches } from '../../core/search/calls.ts';
import { understand } from '../../core/search/conditions.ts';
import { fieldsOf } from '../../core/search/fields.ts';
import { occurrences } from '../../core/text/find.ts';
import type { Range } from '../../core/text/span.ts';
import { searchesOf, withoutSaved, withRecent, withSaved } from '../state/searches.ts';
import type { SearchState, ViewName } from '../state/view-store.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

/** The annotations that something is to be done to: one's own, with how many of the chosen are others'. */
export interface BulkGround {
  readonly own: readonly FoundKey[];
  readonly others: number;
  /** How many articles they stand in. */
  readonly articles: number;
  /** Whether more fit the query than can be changed at once. */
  readonly isCut: boolean;
}

// As many as the host names at once.
const mostKeys = 20_000;

/** Searching all of the project, searches that are kept, and what is done to many annotations at once. */
export function searchActions(desk: Desk, walk: Walking) {
  const { view, workspace } = desk;
  const project = () => desk.state().opened?.project.id;
  const keep = (change: (kept: KeptSearches) => KeptSearches): void => {
    const id = project();
    const { settings } = desk.state();
    const kept = searchesOf(settings, id);
    const changed = change(kept);
    if (id === undefined || changed === kept) return;
    workspace.saveSettings({ ...settings, searches: { ...settings.searches, [id]: changed } });
  };
  const set = (change: Partial<SearchState>): void => view.set({ search: { ...desk.shown().search, ...change } });
  // What is not understood would only be told again.
  const remember = (query: string): void => {
    const codebook = desk.state().opened?.codebook.codebook;
    if (codebook && understand(query, fieldsOf(codebook)).problems.length === 0) keep((kept) => withRecent(kept, query));
  };
  // The way back of what is opened from `from`; null where it was no list.
  const wayFrom = (from: ViewName | null): readonly ViewName[] => (from === null ? [] : [...desk.shown().wayBack, from]);

  return {
    /** Opens the field for everything, with `query` in it. */
    open: (query = ''): void => view.set({ palette: { query }, contextMenu: null }),
    close: (): void => view.set({ palette: null }),
    /** Goes back to where what is on screen was opened from. */
    back(): void {
      const { wayBack } = desk.shown();
      const last = wayBack.at(-1);
      if (last) view.set({ view: last, message: null, wayBack: wayBack.slice(0, -1) });
    },
    /** Shows the answers to `query` in the Search view, and remembers it. There is a way back to `from`. */
    show(query: string, what: SearchState['what'] = 'annotations', from: ViewName | null = null): void {
      remember(query);
      view.set({ view: 'search', palette: null, message: null, wayBack: wayFrom(from) });
      set({ query, what, chosen: null });
    },
    /** Changes what the Search view shows. */
    set,
    remember,
    /** Keeps a query under a name; one that was kept already gets the new name. */
    save: (name: string, query: string): void => keep((kept) => withSaved(kept, name, query)),
    forget: (name: string): void => keep((kept) => withoutSaved(kept, name)),

    /** Opens an annotation where it stands. With `row` it was chosen in the Search view, which it leads back to. */
    showAnnotation(hit: Pick<AnnotationHit, 'article' | 'annotation' | 'start'>, row: string | null): void {
      view.set({ palette: null, wayBack: wayFrom(row === null ? null : 'search') });
      if (row !== null) set({ chosen: row });
      desk.attempt(() => walk.showPlace(hit.article, hit.annotation, { start: hit.start, end: hit.start }));
    },
    /** Opens an article at the words that were found in it, or at its start. `row` as in `showAnnotation`. */
    showArticle({ article, snippet }: Pick<FoundArticle, 'article' | 'snippet'>, row: string | null): void {
      view.set({ palette: null, wayBack: wayFrom(row === null ? null : 'search') });
      if (row !== null) set({ chosen: row });
      desk.attempt(async () => {
        const { text } = await workspace.articleOf(article);
        await walk.showPlace(article, null, snippet ? placeOf(text, snippet) : { start: 0, end: 0 });
      });
    },

    /** Opens an article at a place that the view `from` lists, with its words selected. */
    showPlace({ article, start, end }: Range & { readonly article: string }, from: ViewName): void {
      view.set({ wayBack: wayFrom(from) });
      desk.attempt(() => walk.showPlace(article, null, { start, end }));
    },

    /**
     * Reads what is to be changed: `keys`, or all that fits `query` except for what `isLeftOut` says. `progress` hears how many articles of
     * how many are read, and ends it by answering false. Resolves to null when it was ended.
     */
    async ground(
      chosen: readonly FoundKey[] | { readonly query: string; readonly isLeftOut: (annotation: string) => boolean },
      progress: (read: number, of: number) => boolean,
    ): Promise<BulkGround | null> {
      const found = 'query' in chosen ? (await workspace.searchKeys(chosen.query)).found : chosen;
      const keys = 'query' in chosen ? found.filter(({ annotation }) => !chosen.isLeftOut(annotation)) : found;
      const me = desk.state().opened?.annotator.id;
      const own = keys.filter(({ annotator }) => annotator === me);
      const articles = [...new Set(own.map(({ article }) => article))];
      for (const [index, article] of articles.entries()) {
        if (!progress(index, articles.length)) return null;
        await workspace.load([article]);
      }
      if (!progress(articles.length, articles.length)) return null;
      return { own, others: keys.length - own.length, articles: articles.length, isCut: found.length >= mostKeys };
    },
    /** What `deed` would do to annotations whose articles were read. Nothing is changed. */
    plan: (own: readonly FoundKey[], deed: BulkDeed): BulkPlan =>
      planBulk(
        (article) => {
          const scene = workspace.scene(article);
          if (!scene) throw new RangeError(`no article ${article}`);
          return scene;
        },
        own,
        deed,
      ),
    /** Does what was planned, as one step. Whether it was done. */
    apply({ edits, changed }: BulkPlan, title: string): boolean {
      let isDone = false;
      desk.attempt(() => {
        workspace.apply({ command: 'search.change', title, edits });
        isDone = true;
        view.say(`Changed ${changed.length.toLocaleString('en')}. One undo takes it back.`);
      });
      return isDone;
    },
  };
}

const options = { matchCase: true, wholeWords: false };

// Where a snippet was taken from, whose runs of space are one: its match, where the same words stand before it.
function placeOf(text: string, { before, match, after }: { before: string; match: string; after: string }): Range {
  const plain = (words: string) => words.replace(/…/g, '').replace(/\s+/g, ' ').trim();
  const places = occurrences(text, match, options);
  const around = (range: Range) => {
    const near = plain(text.slice(Math.max(0, range.start - 80), range.start)).endsWith(plain(before).slice(-20)) ? 1 : 0;
    return near + (plain(text.slice(range.end, range.end + 80)).startsWith(plain(after).slice(0, 20)) ? 1 : 0);
  };
  const [best] = places.map((range) => ({ range, fit: around(range) })).sort((a, b) => b.fit - a.fit);
  return best?.range ?? { start: 0, end: 0 };
}
