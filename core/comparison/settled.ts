import { pairKey } from './candidate.ts';
import type { Comparable } from './meanings.ts';
import type { Tie } from './piece.ts';
import { groupsBy } from './rows.ts';

/**
 * Whether relations say what two annotations are to each other: directly, or because each is the same as one of two that are related. Then there is
 * nothing left to judge.
 */
export function settledBy(
  ties: readonly Pick<Tie, 'type' | 'from' | 'to'>[],
  { meanings }: Comparable,
): (one: string, other: string) => boolean {
  const meant = ties.filter(({ type }) => meanings.has(type));
  const versionOf = groupsBy(meant.filter(({ type }) => meanings.get(type) === 'same' || meanings.get(type) === 'agrees'));
  const judged = new Set(meant.map(({ from, to }) => pairKey(versionOf(from), versionOf(to))));
  return (one, other) => versionOf(one) === versionOf(other) || judged.has(pairKey(versionOf(one), versionOf(other)));
}
