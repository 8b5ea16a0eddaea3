import type { Comparable } from '../../../core/comparison/meanings.ts';
import { groupsBy } from '../../../core/comparison/rows.ts';
import type { Relation } from '../../../core/model/annotation.ts';
import type { ListedMeta } from '../../../core/model/article.ts';
import { entityOf, type Registry } from '../../../core/model/entity.ts';
import type { ComparedArticles } from '../../state/view-store.ts';
import type { ReadComparable } from './compare-reading.ts';

/** Articles that can be compared with each other, as the list on the left shows them. `id` identifies it in the list. */
export interface CompareScope {
  readonly id: string;
  readonly of: ComparedArticles;
  readonly title: string;
  readonly date: string | null;
  /** By date, those without one last. Null for all articles. */
  readonly articles: readonly string[] | null;
  readonly count: number;
  /** How many quotes and how many claims two or more of the articles share. */
  readonly shared: { readonly quotes: number; readonly claims: number };
}

export const idOfScope = (of: ComparedArticles): string => (of.kind === 'event' ? `event-${of.event}` : of.kind);

interface ScopeGround {
  /** The listed articles by date, those without one last. */
  readonly order: readonly string[];
  readonly registry: Registry;
  readonly links: Iterable<Relation>;
  readonly plan: Comparable;
}

/** The articles of each event that is named in one, those of most articles first, then what was ticked, if anything, and all articles. */
export function scopesOf(read: ReadComparable['articles'], ticked: readonly string[], ground: ScopeGround): CompareScope[] {
  const { order, registry } = ground;
  const places = new Map(order.map((article, index) => [article, index]));
  const inTime = (articles: readonly string[]) => [...articles].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const byEvent = new Map<string, string[]>();
  for (const { article, events } of read) {
    if (!places.has(article)) continue;
    for (const id of new Set(events.flatMap((event) => entityOf(registry, event)?.id ?? []))) {
      const there = byEvent.get(id);
      if (there) there.push(article);
      else byEvent.set(id, [article]);
    }
  }
  const own = ticked.filter((id) => places.has(id));
  const scopes: Omit<CompareScope, 'shared' | 'id' | 'count'>[] = [...byEvent]
    .map(([event, articles]) => ({
      of: { kind: 'event', event } as const,
      title: registry.get(event)?.canonical ?? event,
      date: registry.get(event)?.date ?? null,
      articles: inTime(articles),
    }))
    .sort((a, b) => b.articles.length - a.articles.length || (b.date ?? '').localeCompare(a.date ?? '') || a.title.localeCompare(b.title));
  if (own.length > 0) scopes.push({ of: { kind: 'ticked' }, title: 'Chosen articles', date: null, articles: inTime(own) });
  scopes.push({ of: { kind: 'all' }, title: 'All articles', date: null, articles: null });
  const shared = sharedIn(scopes, ground);
  return scopes.map((scope, index) => ({
    ...scope,
    id: idOfScope(scope.of),
    count: scope.articles?.length ?? order.length,
    shared: shared[index] ?? { quotes: 0, claims: 0 },
  }));
}

/** Articles by date, those without one last, and as they are listed on one date. */
export function inTime(metas: readonly ListedMeta[]): string[] {
  const rank = ({ date }: ListedMeta) => date ?? '\uffff';
  return metas.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0)).map(({ id }) => id);
}

// How many groups that relations join reach into two or more articles of each scope. Relations within one article cannot add to that.
function sharedIn(scopes: readonly Pick<CompareScope, 'articles'>[], { links, plan }: ScopeGround): CompareScope['shared'][] {
  const { meanings, quoteTypes } = plan;
  const joining = [...links].filter(({ type }) => meanings.has(type) && meanings.get(type) !== 'apart');
  const groupOf = groupsBy(joining.map(({ from, to }) => ({ from: from.annotation, to: to.annotation })));
  const scopesWith = new Map<string, number[]>();
  for (const [index, { articles }] of scopes.entries()) {
    for (const article of articles ?? []) {
      const there = scopesWith.get(article);
      if (there) there.push(index);
      else scopesWith.set(article, [index]);
    }
  }
  const all = scopes.flatMap(({ articles }, index) => (articles === null ? [index] : []));
  const counts = scopes.map(() => ({ quotes: 0, claims: 0 }));
  for (const ties of Map.groupBy(joining, ({ from }) => groupOf(from.annotation)).values()) {
    const kind = quoteTypes.has(ties[0]?.type ?? '') ? 'quotes' : 'claims';
    const reached = new Map<number, number>();
    for (const article of new Set(ties.flatMap(({ from, to }) => [from.article, to.article]))) {
      for (const index of [...all, ...(scopesWith.get(article) ?? [])]) reached.set(index, (reached.get(index) ?? 0) + 1);
    }
    for (const [index, articles] of reached) {
      const count = counts[index];
      if (count && articles > 1) count[kind]++;
    }
  }
  return counts;
}
