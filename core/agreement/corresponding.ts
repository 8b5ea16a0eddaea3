import { type Annotation, byReadingOrder } from '../model/annotation.ts';
import type { Range } from '../text/span.ts';

/**
 * Which annotations of one article answer to each other: groups of at most one annotation of each list, a list for each annotator, in reading
 * order. Those of one layer that share the most characters are grouped first; what then is left alone is grouped with the very same words in
 * another layer. Every annotation is in one group, on its own where nothing answers to it. The same whatever the order in a list.
 */
export function corresponding(lists: readonly (readonly Annotation[])[]): Annotation[][] {
  const all = lists.flatMap((list, by) => list.map((annotation): Member => ({ annotation, by })));
  const groups = new Map<Member, Group>(all.map((member) => [member, { members: [member], annotators: new Set([member.by]) }]));
  const pairs = overlapping(all);
  const inOneLayer = pairs.filter(({ one, other }) => one.annotation.layer === other.annotation.layer);
  const ofSameWords = pairs.filter(({ one, other, shared }) => one.annotation.layer !== other.annotation.layer && shared === 1);
  for (const { one, other } of [...inOneLayer.sort(bestFirst), ...ofSameWords.sort(bestFirst)]) {
    const [group, joining] = [groups.get(one) as Group, groups.get(other) as Group];
    // Those of one group are told by their annotators, too.
    if ([...joining.annotators].some((by) => group.annotators.has(by))) continue;
    for (const member of joining.members) {
      group.members.push(member);
      group.annotators.add(member.by);
      groups.set(member, group);
    }
  }
  return [...new Set(groups.values())]
    .map(({ members }) => members.sort((a, b) => a.by - b.by).map(({ annotation }) => annotation))
    .sort(([a], [b]) => byReadingOrder(a as Annotation, b as Annotation));
}

/** How much of what either covers both cover, in characters: 1 where they cover the same, 0 where they share nothing. Ranges ascend and stand apart. */
export function sharedPart(one: readonly Range[], other: readonly Range[]): number {
  const both = one.reduce(
    (sum, a) => sum + other.reduce((part, b) => part + Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start)), 0),
    0,
  );
  const length = (ranges: readonly Range[]) => ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  return both / (length(one) + length(other) - both);
}

/** An annotation and the place of its annotator among the lists. */
interface Member {
  readonly annotation: Annotation;
  readonly by: number;
}

interface Group {
  readonly members: Member[];
  readonly annotators: Set<number>;
}

interface Pair {
  readonly one: Member;
  readonly other: Member;
  readonly shared: number;
}

// Every two of different annotators that share characters. Only those that have begun and not ended are compared with the next one.
function overlapping(all: readonly Member[]): Pair[] {
  const inOrder = all.toSorted((a, b) => byReadingOrder(a.annotation, b.annotation));
  const pairs: Pair[] = [];
  let open: Member[] = [];
  for (const other of inOrder) {
    const start = other.annotation.spans[0]?.start ?? 0;
    open = open.filter(({ annotation }) => (annotation.spans.at(-1)?.end ?? 0) > start);
    for (const one of open) {
      if (one.by === other.by) continue;
      const shared = sharedPart(one.annotation.spans, other.annotation.spans);
      if (shared > 0) pairs.push({ one, other, shared });
    }
    open.push(other);
  }
  return pairs;
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const bestFirst = (a: Pair, b: Pair) =>
  b.shared - a.shared ||
  (a.one.annotation.spans[0]?.start ?? 0) - (b.one.annotation.spans[0]?.start ?? 0) ||
  order(a.one.annotation.id, b.one.annotation.id) ||
  order(a.other.annotation.id, b.other.annotation.id);
