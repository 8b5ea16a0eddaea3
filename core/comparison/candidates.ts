import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { matchOf } from '../text/likeness.ts';
import { contentWords, plainWords } from './compared-words.ts';
import { claimWords, sharedCounts } from './counted-things.ts';
import type { Comparable } from './meanings.ts';
import { numberWords } from './number-words.ts';
import type { Piece } from './piece.ts';
import { speakersDiffer } from './quote-row.ts';
import { isWithin } from './word-changes.ts';

/** Why two annotations may be the same, with what was found. */
export const CandidateReason = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), match: z.enum(['verbatim', 'near_verbatim', 'part', 'shared']), words: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('count'),
    match: z.enum(['equal', 'compatible', 'different']),
    thing: z.string(),
    numbers: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('speaker'), match: z.enum(['same', 'differs']) }),
  z.strictObject({ kind: z.literal('event'), event: Id }),
]);
export type CandidateReason = z.infer<typeof CandidateReason>;

/** Two annotations in different articles that a person should judge. `score` is from 0 to 1; the higher, the likelier they belong together. */
export const Candidate = z.strictObject({
  one: Id,
  other: Id,
  score: z.number(),
  reasons: z.array(CandidateReason).min(1),
  /** What to try first. `refines` means that `one` refines `other`. */
  proposes: z.enum(['same', 'conflicts', 'refines']),
});
export type Candidate = z.infer<typeof Candidate>;

// What this many annotations have is no lead by itself: looking at all of them would grow with the square of the project.
const commonFrom = 64;
// Of one annotation, only the likeliest pairs.
const mostOfOne = 4;

/** A piece with what it is found by. */
interface Prepared {
  readonly piece: Piece;
  readonly isQuote: boolean;
  readonly plain: string;
  /** What it is about, in the form in which it is compared. */
  readonly words: ReadonlyMap<string, string>;
  readonly keys: readonly string[];
}

/**
 * The pairs of `pieces` in different articles that may be the same quote or claim, likeliest first, the same in whatever order the pieces come. It looks
 * only at pairs with a word, a count or an event in common that is not common in the project, so the work grows with the number of pieces, not of pairs.
 * Yields null now and then, so that the caller can let other work run.
 */
export function* candidatesAmong(pieces: readonly Piece[], comparable: Comparable): Generator<null, Candidate[]> {
  const prepared = pieces
    .filter(({ layer }) => comparable.matched.includes(layer))
    .map((piece) => preparedPiece(piece, comparable))
    .sort((a, b) => (a.piece.annotation < b.piece.annotation ? -1 : 1));
  const holders = new Map<string, number[]>();
  for (const [index, { keys }] of prepared.entries()) {
    for (const key of keys) {
      const there = holders.get(key);
      if (there) there.push(index);
      else holders.set(key, [index]);
    }
    if (index % 2000 === 1999) yield null;
  }
  const rare = (word: string) => 1 / Math.log2(1 + Math.max(1, holders.get(`word ${word}`)?.length ?? 1));
  const found: Candidate[] = [];
  for (const [index, one] of prepared.entries()) {
    if (index % 200 === 199) yield null;
    const seen = new Set<number>();
    const own: Candidate[] = [];
    for (const key of one.keys) {
      const list = holders.get(key) ?? [];
      // Of any number of equal texts, each is paired with the next one; together they are one group.
      const others =
        list.length <= commonFrom ? list : key.startsWith('text ') ? list.slice(list.indexOf(index) + 1, list.indexOf(index) + 2) : [];
      for (const at of others) {
        const other = prepared[at] as Prepared;
        if (seen.has(at) || at === index || other.piece.article === one.piece.article) continue;
        seen.add(at);
        const candidate = other.piece.layer === one.piece.layer && judged(one, other, rare);
        if (candidate) own.push(candidate);
      }
    }
    own.sort(byScore);
    found.push(...own.slice(0, mostOfOne));
  }
  return [...new Map(found.sort(byScore).map((each) => [pairKey(each.one, each.other), each])).values()];
}

/** The key of two annotations, whichever is named first. */
export function pairKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

const byScore = (a: Candidate, b: Candidate) => b.score - a.score || (pairKey(a.one, a.other) < pairKey(b.one, b.other) ? -1 : 1);

function preparedPiece(piece: Piece, { quotes }: Comparable): Prepared {
  const isQuote = quotes.includes(piece.layer);
  const words = isQuote ? contentWords(piece.text) : claimWords(piece.text);
  const plain = plainWords(piece.text);
  const things = isQuote ? [] : new Set(piece.numbers.flatMap(({ things: each }) => each));
  const counts = [...things].flatMap((thing) => [`count ${thing}`, ...piece.events.map((event) => `count ${thing} ${event}`)]);
  const keys = [...(plain === '' ? [] : [`text ${plain}`]), ...[...words.keys()].map((word) => `word ${word}`), ...counts];
  return { piece, isQuote, plain, words, keys };
}

function judged(one: Prepared, other: Prepared, rare: (word: string) => number): Candidate | null {
  return one.isQuote ? judgedQuotes(one, other, rare) : judgedClaims(one, other, rare);
}

// Which end comes first must not depend on which was looked at first.
const inOrder = (one: Prepared, other: Prepared) =>
  (one.piece.annotation < other.piece.annotation ? [one, other] : [other, one]) as [Prepared, Prepared];

function judgedQuotes(one: Prepared, other: Prepared, rare: (word: string) => number): Candidate | null {
  const [a, b] = inOrder(one, other);
  const [shorter, longer] = a.plain.length <= b.plain.length ? [a, b] : [b, a];
  const { share, words } = overlap(shorter, longer, rare);
  const areNamed = a.piece.who.length > 0 && b.piece.who.length > 0;
  const isDifferent = areNamed && speakersDiffer(a.piece, b.piece);
  const entities = new Set(a.piece.who.flatMap(({ entity }) => entity ?? []));
  const isSame = b.piece.who.some(({ entity }) => entity !== null && entities.has(entity));
  const literal = matchOf(a.piece.text, b.piece.text);
  const size = shorter.plain.split(' ').length;
  const isPart = literal === null && isWithin(shorter.piece.text, longer.piece.text) && (size >= 3 || (isSame && shorter.words.size > 0));
  const isLiteral = literal !== null && (size >= 2 || isSame);
  // One word in common is chance, unless both begin with it and one person said both.
  const begins = ({ words: all }: Prepared) => all.keys().next().value;
  const isHalf = words.length * 2 >= shorter.words.size && (words.length > 1 || begins(a) === begins(b));
  const isShared = isSame ? isHalf || (words.length >= 3 && share >= 0.25) : words.length >= 3 && share >= (isDifferent ? 0.6 : 0.5);
  if (!isLiteral && !isPart && !isShared) return null;
  const base = isLiteral ? (literal === 'verbatim' ? 0.9 : 0.85) : isPart ? 0.7 : 0.6 * share;
  return {
    one: a.piece.annotation,
    other: b.piece.annotation,
    score: Math.min(1, base + (isSame ? 0.1 : isDifferent ? -0.1 : 0)),
    reasons: [
      { kind: 'words', match: isLiteral ? (literal as 'verbatim') : isPart ? 'part' : 'shared', words },
      ...(isSame ? [{ kind: 'speaker', match: 'same' } as const] : isDifferent ? [{ kind: 'speaker', match: 'differs' } as const] : []),
    ],
    proposes: 'same',
  };
}

function judgedClaims(one: Prepared, other: Prepared, rare: (word: string) => number): Candidate | null {
  const [a, b] = inOrder(one, other);
  const [shorter, longer] = a.words.size <= b.words.size ? [a, b] : [b, a];
  const { share, words } = overlap(shorter, longer, rare);
  const event = a.piece.events.find((each) => b.piece.events.includes(each));
  const areOfDifferent = event === undefined && a.piece.events.length > 0 && b.piece.events.length > 0;
  const literal = matchOf(a.piece.text, b.piece.text);
  // Claims about two events are two claims, unless one article copied the other.
  if (areOfDifferent && literal === null) return null;
  const [count] = sharedCounts(a.piece, b.piece).sort((x, y) => rank[x.match] - rank[y.match]);
  // A unit says little of what is measured. Without an event in common, other words must show that the same thing is meant.
  const isUnit = count !== undefined && (count.one.unit !== '' || count.other.unit !== '') && !a.words.has(count.thing);
  const isCounted =
    count !== undefined &&
    (event !== undefined
      ? !isUnit || count.match === 'equal' || words.length >= 2
      : words.length >= (isUnit ? 3 : 2) || (!isUnit && share >= 0.5 && words.length > 0));
  // Names alone say little where the event is the same: nearly everything about it names them.
  const isNamed = (word: string) => /^\p{Lu}/u.test(word);
  const isWorded =
    (words.length >= 3 && share >= (event === undefined ? 0.5 : 0.4)) ||
    (event !== undefined && share >= 0.35 && words.filter((word) => !isNamed(word)).length >= 2);
  if (literal === null && !isCounted && !isWorded) return null;
  const precise = refinement(a.piece, b.piece);
  const score =
    literal !== null ? 0.9 : 0.55 * share + (isCounted ? (count.match === 'different' ? 0.2 : 0.25) : 0) + (event === undefined ? 0 : 0.15);
  const differs = isCounted && literal === null && count.match === 'different';
  const refines = !differs && isCounted && count.match === 'compatible' && precise !== 0;
  const [first, second] = refines && precise < 0 ? [b, a] : [a, b];
  return {
    one: first.piece.annotation,
    other: second.piece.annotation,
    score: Math.min(1, score),
    reasons: [
      ...(isCounted || count?.match === 'equal'
        ? [
            {
              kind: 'count',
              match: count.match,
              thing: count.thing,
              numbers: (first === a ? [count.one, count.other] : [count.other, count.one]).map(numberWords),
            } as const,
          ]
        : []),
      ...(literal !== null || words.length > 0 ? [{ kind: 'words', match: literal ?? 'shared', words } as const] : []),
      ...(event === undefined ? [] : [{ kind: 'event', event } as const]),
    ],
    proposes: differs ? 'conflicts' : refines ? 'refines' : 'same',
  };
}
const rank = { equal: 0, compatible: 1, different: 2 } as const;

/** The words of `shorter` that `longer` has too, and their share of all of its words, each weighted by how rare it is. */
function overlap(shorter: Prepared, longer: Prepared, rare: (word: string) => number): { share: number; words: string[] } {
  const forms = [...shorter.words.keys()].filter((form) => longer.words.has(form)).sort();
  const weight = (list: Iterable<string>) => [...list].reduce((sum, form) => sum + rare(form), 0);
  const [common, all] = [weight(forms), weight(shorter.words.keys())];
  // The rarest first: they say most.
  const words = forms.sort((a, b) => rare(b) - rare(a)).map((form) => shorter.words.get(form) as string);
  return { share: all === 0 ? 0 : common / all, words };
}

// Which of two claims is more exact by its numbers: positive if the first is, negative if the second is, 0 if neither.
function refinement(one: Piece, other: Piece): number {
  const exact = ({ numbers }: Piece) => numbers.filter(({ modifier, value_max }) => modifier === 'exact' && value_max === null).length;
  return exact(one) - exact(other);
}
