import { type Candidate, pairKey } from './candidate.ts';
import { judged, type Prepared, prepared } from './candidate-judging.ts';
import type { Comparable } from './meanings.ts';
import type { Piece } from './piece.ts';

// What more annotations than this have is no lead by itself: looking at all of them would grow with the square of the project.
const mostLed = 64;
// Of one annotation, only the likeliest pairs.
const mostOfOne = 4;

/**
 * The pairs of `pieces` in different articles that may be the same quote or claim, likeliest first, the same in whatever order the pieces come. It looks
 * only at pairs with a word, a count or a whole text in common that is not common in the project, so the work grows with the number of pieces, not of
 * pairs. Yields null now and then, so that the caller can let other work run.
 */
export function* candidatesAmong(pieces: readonly Piece[], { matched, quotes }: Comparable): Generator<null, Candidate[]> {
  const ordered = pieces.filter(({ layer }) => matched.includes(layer)).sort((a, b) => (a.annotation < b.annotation ? -1 : 1));
  const index = new LeadIndex();
  const list: Led[] = [];
  for (const [at, piece] of ordered.entries()) {
    list.push(index.add(at, prepared(piece, quotes.includes(piece.layer))));
    if (at % 1000 === 999) yield null;
  }
  const rare = (form: string) => index.rarity(form);
  const found: Candidate[] = [];
  // The last piece for which each was looked at.
  const seen = new Int32Array(list.length).fill(-1);
  for (const [at, one] of list.entries()) {
    if (at % 200 === 199) yield null;
    for (const [other, isCount] of index.ledFrom(at, one)) {
      if (seen[other] === at) continue;
      seen[other] = at;
      const candidate = isWorthJudging(one, list[other] as Led, isCount) && judged(one, list[other] as Led, rare);
      if (candidate) found.push(candidate);
    }
  }
  return likeliest(found);
}

/** A piece with the numbers of its leads: `forms` those of its words, ascending; `counts` those of what it counts; `text` that of its whole text. */
interface Led extends Prepared {
  readonly forms: Int32Array;
  readonly counts: readonly number[];
  readonly text: number;
}

/** The leads from each piece to others, and the pieces that have each lead, ascending. */
class LeadIndex {
  readonly #numbers = new Map<string, number>();
  readonly #holders: number[][] = [];

  /** Adds the piece at `at`; pieces are added in their order. */
  add(at: number, piece: Prepared): Led {
    const number = (lead: string) => {
      const known = this.#numbers.get(lead) ?? this.#numbers.size;
      this.#numbers.set(lead, known);
      const holders = this.#holders[known];
      if (holders) holders.push(at);
      else this.#holders[known] = [at];
      return known;
    };
    const { numbers, events } = piece.piece;
    const things = piece.isQuote ? [] : [...new Set(numbers.flatMap(({ things: each }) => each))];
    return {
      ...piece,
      forms: Int32Array.from(piece.words.keys(), (form) => number(`word ${form}`)).sort(),
      counts: things.flatMap((thing) => [number(`count ${thing}`), ...events.map((event) => number(`count ${thing} ${event}`))]),
      text: number(`text ${piece.plain}`),
    };
  }

  /** How much a word says, from 1 down: the fewer pieces have it, the more. */
  rarity(form: string): number {
    const holders = this.#holders[this.#numbers.get(`word ${form}`) ?? -1];
    return 1 / Math.log2(1 + (holders?.length ?? 1));
  }

  /** The later pieces to which something leads from the piece at `at`, some more than once, and whether it is a count. */
  *ledFrom(at: number, { forms, counts, text }: Led): Generator<readonly [piece: number, isCount: boolean]> {
    // Of any number of equal texts, each leads to the next one; together they are one group.
    const same = this.#after(text, at);
    for (const other of this.#isLead(text) ? same : same.slice(0, 1)) yield [other, false];
    for (const lead of counts) if (this.#isLead(lead)) for (const other of this.#after(lead, at)) yield [other, true];
    for (const lead of forms) if (this.#isLead(lead)) for (const other of this.#after(lead, at)) yield [other, false];
  }

  #isLead(lead: number): boolean {
    return (this.#holders[lead]?.length ?? 0) <= mostLed;
  }

  #after(lead: number, at: number): number[] {
    const holders = this.#holders[lead] ?? [];
    return holders.slice(holders.indexOf(at) + 1);
  }
}

// Most pairs have one word in common by chance. Counting the words in common is quick; judging is not.
function isWorthJudging(one: Led, other: Led, isCount: boolean): boolean {
  if (one.piece.layer !== other.piece.layer || one.piece.article === other.piece.article) return false;
  if (isCount || one.text === other.text) return true;
  const common = inCommon(one.forms, other.forms);
  return common >= (one.isQuote ? 3 : 2) || common * 2 >= Math.min(one.forms.length, other.forms.length);
}

function inCommon(one: Int32Array, other: Int32Array): number {
  let common = 0;
  for (let at = 0, there = 0; at < one.length && there < other.length; ) {
    const [here, that] = [one[at] as number, other[there] as number];
    if (here === that) common++;
    if (here <= that) at++;
    if (that <= here) there++;
  }
  return common;
}

// Those that are among the likeliest of one of their ends, likeliest first.
function likeliest(found: Candidate[]): Candidate[] {
  found.sort((a, b) => b.score - a.score || (pairKey(a.one, a.other) < pairKey(b.one, b.other) ? -1 : 1));
  const counts = new Map<string, number>();
  return found.filter(({ one, other }) => {
    const [before, there] = [counts.get(one) ?? 0, counts.get(other) ?? 0];
    counts.set(one, before + 1).set(other, there + 1);
    return before < mostOfOne || there < mostOfOne;
  });
}
