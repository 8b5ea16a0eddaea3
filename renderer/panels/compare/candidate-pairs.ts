import { type CandidateReason, pairKey } from '../../../core/comparison/candidate.ts';
import type { Comparable, Meaning } from '../../../core/comparison/meanings.ts';
import type { Piece } from '../../../core/comparison/piece.ts';
import { settledBy } from '../../../core/comparison/settled.ts';
import type { Relation } from '../../../core/model/annotation.ts';
import type { ReadComparison } from './compare-reading.ts';

/** A candidate with its two annotations, by the order of their articles. */
export interface CandidatePair {
  readonly id: string;
  /** Why they may be the same; numbers are in the order of the two. */
  readonly reasons: readonly CandidateReason[];
  readonly one: Piece;
  readonly other: Piece;
  /** What to try first: `isReversed` means that the second refines the first. */
  readonly proposes: { readonly meaning: Meaning; readonly isReversed: boolean };
}

/** The candidates that the relations, as they are now, have not settled. `order` lists the articles. */
export function openCandidates(
  read: ReadComparison | null,
  links: Iterable<Relation>,
  plan: Comparable,
  order: readonly string[],
): CandidatePair[] {
  if (!read || read.candidates.length === 0) return [];
  const pieces = new Map(read.pieces.map((piece) => [piece.annotation, piece]));
  const places = new Map(order.map((article, index) => [article, index]));
  const placeOf = ({ article }: Piece) => places.get(article) ?? 0;
  const isSettled = settledBy(
    [...[...links].map(({ type, from, to }) => ({ type, from: from.annotation, to: to.annotation })), ...read.ties],
    plan,
  );
  return read.candidates.flatMap((candidate): CandidatePair[] => {
    const [one, other] = [pieces.get(candidate.one), pieces.get(candidate.other)];
    if (!one || !other || isSettled(candidate.one, candidate.other)) return [];
    const isReversed = placeOf(other) < placeOf(one);
    const [first, second] = isReversed ? [other, one] : [one, other];
    const proposes = { meaning: candidate.proposes, isReversed: candidate.proposes === 'refines' && isReversed };
    const reasons = candidate.reasons.map((reason) =>
      isReversed && reason.kind === 'count' ? { ...reason, numbers: reason.numbers.toReversed() } : reason,
    );
    return [{ id: pairKey(candidate.one, candidate.other), reasons, one: first, other: second, proposes }];
  });
}
