import { type Candidate, pairKey } from '../../../core/comparison/candidates.ts';
import type { Comparable } from '../../../core/comparison/meanings.ts';
import type { Piece } from '../../../core/comparison/piece.ts';
import { groupsBy } from '../../../core/comparison/rows.ts';
import type { Relation } from '../../../core/model/annotation.ts';
import type { ReadComparison } from './compare-reading.ts';

/** A candidate with its two annotations. */
export interface CandidatePair {
  readonly id: string;
  readonly candidate: Candidate;
  readonly one: Piece;
  readonly other: Piece;
}

/** The candidates that the relations, as they are now, have not settled: neither related, nor in one row by way of others, nor refused. */
export function openCandidates(read: ReadComparison | null, links: Iterable<Relation>, { meanings }: Comparable): CandidatePair[] {
  if (!read || read.candidates.length === 0) return [];
  const pieces = new Map(read.pieces.map((piece) => [piece.annotation, piece]));
  const meant = [...links]
    .filter(({ type }) => meanings.has(type))
    .map(({ type, from, to }) => ({ type, from: from.annotation, to: to.annotation }));
  const ties = [...meant, ...read.ties];
  const groupOf = groupsBy(ties.filter(({ type }) => meanings.get(type) !== 'apart'));
  const judged = new Set(ties.map(({ from, to }) => pairKey(from, to)));
  return read.candidates.flatMap((candidate): CandidatePair[] => {
    const id = pairKey(candidate.one, candidate.other);
    const [one, other] = [pieces.get(candidate.one), pieces.get(candidate.other)];
    if (!one || !other || judged.has(id) || groupOf(candidate.one) === groupOf(candidate.other)) return [];
    return [{ id, candidate, one, other }];
  });
}
