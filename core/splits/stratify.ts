import { type Fractions, SplitName } from './options.ts';

/** A group to place: how often it has each label, and its point in hash order. */
export interface LabelledGroup {
  readonly id: string;
  readonly labels: Readonly<Record<string, number>>;
  readonly point: number;
}

/**
 * Places groups so that every split gets its share of every label. Groups whose counts vary most come first (standard deviation over labels; ties
 * by point, then id). Each goes where the squared deviation from the targets, relative to each target, is then smallest, so that large and small
 * splits fill evenly. Like scikit-learn's StratifiedGroupKFold, but for splits of any size and without randomness. Adding a group can move others.
 * No split stays empty if there are enough groups.
 */
export function stratified(groups: readonly LabelledGroup[], fractions: Fractions): Map<string, SplitName> {
  const labels = [...new Set(groups.flatMap((group) => Object.keys(group.labels)))].sort();
  const countsOf = ({ labels: counts }: LabelledGroup) => labels.map((label) => counts[label] ?? 0);
  const totals = labels.map((label) => groups.reduce((sum, group) => sum + (group.labels[label] ?? 0), 0));
  const places = SplitName.options
    .filter((name) => fractions[name] > 0)
    .map((name) => ({ name, isEmpty: true, held: labels.map(() => 0), wanted: totals.map((total) => total * fractions[name]) }));
  const order = groups
    .map((group) => ({ group, counts: countsOf(group), spread: deviationOf(countsOf(group)) }))
    .sort((a, b) => b.spread - a.spread || a.group.point - b.group.point || (a.group.id < b.group.id ? -1 : 1));
  const placed = new Map<string, SplitName>();
  for (const [at, { group, counts }] of order.entries()) {
    const empty = places.filter((place) => place.isEmpty);
    // The last groups go to splits that are still empty.
    const open = empty.length >= order.length - at ? empty : places;
    let best = open[0] as (typeof places)[number];
    let least = Number.POSITIVE_INFINITY;
    for (const place of open) {
      const change = counts.reduce((sum, count, label) => {
        const wanted = place.wanted[label] as number;
        const off = (place.held[label] as number) - wanted;
        return wanted === 0 ? sum : sum + ((off + count) ** 2 - off ** 2) / wanted;
      }, 0);
      // Sums in a different order differ in their last digits; that must not decide.
      if (change < least - 1e-12) [best, least] = [place, change];
    }
    for (const [label, count] of counts.entries()) best.held[label] = (best.held[label] as number) + count;
    best.isEmpty = false;
    placed.set(group.id, best.name);
  }
  return placed;
}

function deviationOf(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length);
}
