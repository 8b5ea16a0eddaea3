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

export const idOfScope = (of: ComparedArticles): string => (of.kind === 'event' ? `event ${of.event}` : of.kind);

/** The articles of each event that is named in one, those of most articles first, then what was ticked, if anything, and all articles. */
export function scopesOf(
  read: ReadComparable['articles'],
  ticked: readonly string[],
  { metas, registry, links, plan }: ScopeGround,
): CompareScope[] {
  const listed = new Set(metas.map(({ id }) => id));
  const byEvent = new Map<string, string[]>();
  for (const { article, events } of read) {
    if (!listed.has(article)) continue;
    for (const id of new Set(events.flatMap((event) => entityOf(registry, event)?.id ?? [])))
      byEvent.set(id, [...(byEvent.get(id) ?? []), article]);
  }
  const shared = sharedIn(links, plan);
  const events = [...byEvent].map(([event, articles]): CompareScope => {
    const entity = registry.get(event);
    const of = { kind: 'event', event } as const;
    return {
      ...{ id: idOfScope(of), of, title: entity?.canonical ?? event, date: entity?.date ?? null },
      ...{ articles: inTime(articles, metas), count: articles.length, shared: shared(new Set(articles)) },
    };
  });
  events.sort((a, b) => b.count - a.count || (b.date ?? '').localeCompare(a.date ?? '') || a.title.localeCompare(b.title));
  const own = ticked.filter((id) => listed.has(id));
  const common = { date: null };
  return [
    ...events,
    ...(own.length > 0
      ? [
          {
            ...{ ...common, id: 'ticked', of: { kind: 'ticked' } as const, title: 'Chosen articles' },
            ...{ articles: inTime(own, metas), count: own.length, shared: shared(new Set(own)) },
          },
        ]
      : []),
    {
      ...{ ...common, id: 'all', of: { kind: 'all' } as const, title: 'All articles' },
      ...{ articles: null, count: metas.length, shared: shared(listed) },
    },
  ];
}

interface ScopeGround {
  readonly metas: readonly ListedMeta[];
  readonly registry: Registry;
  readonly links: Iterable<Relation>;
  readonly plan: Comparable;
}

/** Articles by date, those without one last, then by id. */
export function inTime(articles: readonly string[], metas: readonly ListedMeta[]): string[] {
  const wanted = new Set(articles);
  return metas
    .filter(({ id }) => wanted.has(id))
    .sort((a, b) => (a.date === b.date ? 0 : a.date === null ? 1 : b.date === null ? -1 : a.date < b.date ? -1 : 1))
    .map(({ id }) => id);
}

// How many groups that relations join reach into two or more of some articles. Relations within one article cannot add to that.
function sharedIn(links: Iterable<Relation>, { meanings, quoteTypes }: Comparable) {
  const joining = [...links].filter(({ type }) => meanings.has(type) && meanings.get(type) !== 'apart');
  const groupOf = groupsBy(joining.map(({ from, to }) => ({ from: from.annotation, to: to.annotation })));
  const groups = Map.groupBy(joining, ({ from }) => groupOf(from.annotation));
  const found = [...groups.values()].map((ties) => ({
    type: ties[0]?.type ?? '',
    articles: new Set(ties.flatMap(({ from, to }) => [from.article, to.article])),
  }));
  return (wanted: ReadonlySet<string>): CompareScope['shared'] => {
    let [inQuotes, inClaims] = [0, 0];
    for (const { type, articles } of found) {
      let there = 0;
      for (const article of articles) if (wanted.has(article)) there++;
      if (there < 2) continue;
      if (quoteTypes.has(type)) inQuotes++;
      else inClaims++;
    }
    return { quotes: inQuotes, claims: inClaims };
  };
}
