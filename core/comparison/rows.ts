import { type Comparable, joining, type Meaning } from './meanings.ts';
import type { Piece, Tie } from './piece.ts';

/** Annotations of any number of articles that relations join: one quote, or one claim and what bears on it. */
export interface Row {
  /** The id of its first annotation. */
  readonly id: string;
  /** By the order of the articles, then by place; one at least. */
  readonly pieces: readonly Piece[];
  /** The articles that have it, in their order. */
  readonly articles: readonly string[];
  /** The ties between its pieces, ascending by id. */
  readonly ties: readonly MeantTie[];
}

/** A tie with what it says. */
export interface MeantTie extends Tie {
  readonly meaning: Meaning;
}

/**
 * Every one of `pieces` in exactly one row, whatever order pieces and ties are given in. Ties that say “not the same” join nothing; ties to annotations
 * that are not among the pieces join what they lead to. Rows of many articles come first, then by the place of their first piece. `order` lists the
 * articles; pieces of others are left out.
 */
export function rowsOf(pieces: readonly Piece[], ties: readonly Tie[], { meanings }: Comparable, order: readonly string[]): Row[] {
  const places = new Map(order.map((article, index) => [article, index]));
  const placeOf = ({ article }: Piece) => places.get(article) ?? 0;
  const byPlace = (a: Piece, b: Piece) => placeOf(a) - placeOf(b) || a.start - b.start || (a.annotation < b.annotation ? -1 : 1);
  const ordered = pieces.filter(({ article }) => places.has(article)).sort(byPlace);
  const meant = ties.flatMap((tie): MeantTie[] => {
    const meaning = meanings.get(tie.type);
    return meaning ? [{ ...tie, meaning }] : [];
  });
  const groups = groupsBy(meant.filter(({ meaning }) => joining.includes(meaning)));
  const found = Map.groupBy(ordered, ({ annotation }) => groups(annotation));
  const among = new Map<string, MeantTie[]>();
  for (const tie of meant.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const group = groups(tie.from);
    if (group !== groups(tie.to)) continue;
    const there = among.get(group);
    if (there) there.push(tie);
    else among.set(group, [tie]);
  }
  const rows = [...found].map(([group, own]): Row => {
    const ids = new Set(own.map(({ annotation }) => annotation));
    return {
      id: (own[0] as Piece).annotation,
      pieces: own,
      articles: [...new Set(own.map(({ article }) => article))],
      ties: (among.get(group) ?? []).filter(({ from, to }) => ids.has(from) && ids.has(to)),
    };
  });
  return rows.sort((a, b) => b.articles.length - a.articles.length || byPlace(a.pieces[0] as Piece, b.pieces[0] as Piece));
}

/** A function that names the group of an annotation: two that a chain of ties connects have the same. An annotation without ties is its own. */
export function groupsBy(ties: readonly Pick<Tie, 'from' | 'to'>[]): (annotation: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    for (let at = id; at !== root; ) {
      const up = parents.get(at) as string;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  for (const { from, to } of ties) {
    const [one, other] = [rootOf(from), rootOf(to)].sort() as [string, string];
    if (one !== other) parents.set(other, one);
  }
  return rootOf;
}
