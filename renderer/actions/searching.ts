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

/** The annotations to change: the annotator's own, and how many of the chosen ones belong to others. */
export interface BulkGround {
  readonly own: readonly FoundKey[];
  readonly others: number;
  /** In how many articles they are. */
  readonly articles: number;
  /** Whether more match the query than can be changed at once. */
  readonly isCut: boolean;
}

// The most keys that the host returns at once.
const mostKeys = 20_000;

/** Searching the whole project, saved searches, and changing many annotations at once. */
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
  // A query that cannot be understood would only give the same error again.
  const remember = (query: string): void => {
    const codebook = desk.state().opened?.codebook.codebook;
    if (codebook && understand(query, fieldsOf(codebook)).problems.length === 0) keep((kept) => withRecent(kept, query));
  };
  // The way back from something opened in the view `from`; empty if that is null.
  const wayFrom = (from: ViewName | null): readonly ViewName[] => (from === null ? [] : [...desk.shown().wayBack, from]);

  return {
    /** Opens the palette with `query` in it. */
    open: (query = ''): void => view.set({ palette: { query }, contextMenu: null }),
    close: (): void => view.set({ palette: null }),
    /** Returns to the view from which the current one was opened. */
    back(): void {
      const { wayBack } = desk.shown();
      const last = wayBack.at(-1);
      if (last) view.set({ view: last, message: null, wayBack: wayBack.slice(0, -1) });
    },
    /** Shows the results of `query` in the Search view and remembers the query. The user can go back to `from`. */
    show(query: string, what: SearchState['what'] = 'annotations', from: ViewName | null = null): void {
      remember(query);
      view.set({ view: 'search', palette: null, message: null, wayBack: wayFrom(from) });
      set({ query, what, chosen: null });
    },
    /** Changes what the Search view shows. */
    set,
    remember,
    /** Saves a query under a name. If the query was saved before, it gets the new name. */
    save: (name: string, query: string): void => keep((kept) => withSaved(kept, name, query)),
    forget: (name: string): void => keep((kept) => withoutSaved(kept, name)),

    /** Opens an annotation at its place. `row` is set if it was chosen in the Search view, to which the user can then go back. */
    showAnnotation(hit: Pick<AnnotationHit, 'article' | 'annotation' | 'start'>, row: string | null): void {
      view.set({ palette: null, wayBack: wayFrom(row === null ? null : 'search') });
      if (row !== null) set({ chosen: row });
      desk.attempt(() => walk.showPlace(hit.article, hit.annotation, { start: hit.start, end: hit.start }));
    },
    /** Opens an article at the words that were found, or at its start. `row` as in `showAnnotation`. */
    showArticle({ article, snippet }: Pick<FoundArticle, 'article' | 'snippet'>, row: string | null): void {
      view.set({ palette: null, wayBack: wayFrom(row === null ? null : 'search') });
      if (row !== null) set({ chosen: row });
      desk.attempt(async () => {
        const { text } = await workspace.articleOf(article);
        await walk.showPlace(article, null, snippet ? placeOf(text, snippet) : { start: 0, end: 0 });
      });
    },

    /** Opens an article at a place listed in the view `from`, with its words selected. */
    showPlace({ article, start, end }: Range & { readonly article: string }, from: ViewName): void {
      view.set({ wayBack: wayFrom(from) });
      desk.attempt(() => walk.showPlace(article, null, { start, end }));
    },

    /**
     * Loads what is about to be changed: the given keys, or everything that matches `query` except what `isLeftOut` excludes. `progress` is told
     * how many articles have been read and how many there are; returning false cancels. Resolves to null if cancelled.
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
    /** What `deed` would do to annotations whose articles are loaded. Nothing is changed. */
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
    /** Applies a plan as one step. Returns whether it was done. */
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

// Where a snippet was taken from. In a snippet, each run of space is a single one. Finds its match where the same words come before it.
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
