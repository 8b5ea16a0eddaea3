import { differingNumbers } from './counted-things.ts';
import type { Meaning } from './meanings.ts';
import type { Piece, PieceNumber } from './piece.ts';
import { groupsBy, type MeantTie, type Row } from './rows.ts';

/**
 * What bears on a claim of a row. `leads`: it is the one that most articles have, or as it is the only one, `alone`; `agrees`: the same as another;
 * `conflicts` and `refines`: with another, or one that another agrees with; `refined`: by another.
 */
export type Standing = 'leads' | 'alone' | 'agrees' | 'conflicts' | 'refines' | 'refined';

/** One claim of a row. */
export interface ComparedClaim {
  readonly piece: Piece;
  readonly standings: readonly Standing[];
  /** The articles, in their order, with claims that it conflicts with, directly or through what agrees with either. */
  readonly against: readonly string[];
  /** By what it conflicts, as the relations record it. */
  readonly basis: readonly string[];
  /** Its numbers that differ from those of a claim it conflicts with. */
  readonly numbers: readonly { readonly own: PieceNumber; readonly other: PieceNumber }[];
}

/** A row of claims, compared. */
export interface ClaimRow {
  readonly row: Row;
  /** The claim that most articles have; of several such, the first. */
  readonly leading: Piece;
  readonly claims: readonly ComparedClaim[];
  readonly hasConflict: boolean;
}

/**
 * Compares the claims of a row. Claims that agree, also by way of others, are of one version; a conflict or a refinement holds between versions, so
 * whoever repeats a disputed claim is in the dispute.
 */
export function claimRow(row: Row): ClaimRow {
  const versionOf = groupsBy(row.ties.filter(({ meaning }) => meaning === 'same' || meaning === 'agrees'));
  const versions = Map.groupBy(row.pieces, ({ annotation }) => versionOf(annotation));
  const spread = (pieces: readonly Piece[]) => new Set(pieces.map(({ article }) => article)).size;
  // The sort keeps the order of those that are as widely spread.
  const [main = row.pieces] = [...versions.values()].sort((a, b) => spread(b) - spread(a));
  const leading = main[0] as Piece;
  const pieces = new Map(row.pieces.map((piece) => [piece.annotation, piece]));
  const claims = row.pieces.map((piece): ComparedClaim => {
    const own = versionOf(piece.annotation);
    // A tie within a version touches only its two ends.
    const touches = (end: string, tie: MeantTie) =>
      versionOf(tie.from) === versionOf(tie.to) ? end === piece.annotation : versionOf(end) === own;
    const saying = (meaning: Meaning) => row.ties.filter((tie) => tie.meaning === meaning);
    const conflicts = saying('conflicts').filter((tie) => touches(tie.from, tie) || touches(tie.to, tie));
    const opponents = conflicts.flatMap((tie) => {
      const other = touches(tie.from, tie) ? tie.to : tie.from;
      return versionOf(other) === own ? (pieces.get(other) ?? []) : (versions.get(versionOf(other)) ?? []);
    });
    const refines = saying('refines').some((tie) => touches(tie.from, tie));
    const refined = saying('refines').some((tie) => touches(tie.to, tie));
    const isAgreed = (versions.get(own)?.length ?? 0) > 1;
    const standings: Standing[] = [
      ...(conflicts.length > 0 ? (['conflicts'] as const) : []),
      ...(refines ? (['refines'] as const) : []),
      ...(isAgreed ? (['agrees'] as const) : []),
      ...(refined ? (['refined'] as const) : []),
    ];
    return {
      piece,
      standings: standings.length > 0 ? standings : [row.pieces.length === 1 ? 'alone' : 'leads'],
      against: row.articles.filter((article) => opponents.some((each) => each.article === article)),
      basis: [...new Set(conflicts.flatMap(({ basis }) => basis ?? []))].sort(),
      numbers: opponents[0] ? differingNumbers(piece, opponents[0]) : [],
    };
  });
  return { row, leading, claims, hasConflict: row.ties.some(({ meaning }) => meaning === 'conflicts') };
}
