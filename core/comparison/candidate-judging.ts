import { matchOf } from '../text/likeness.ts';
import type { Candidate } from './candidate.ts';
import { contentWords, plainWords } from './compared-words.ts';
import { claimWords, sharedCounts } from './counted-things.ts';
import { numberWords } from './number-words.ts';
import type { Piece } from './piece.ts';
import { sameSpeakers } from './speakers.ts';

/** A piece with its words in the forms in which they are compared. */
export interface Prepared {
  readonly piece: Piece;
  readonly isQuote: boolean;
  /** All its words, joined by spaces. */
  readonly plain: string;
  /** What it is about: by its form, each word as it is written. */
  readonly words: ReadonlyMap<string, string>;
}

/** A piece, ready to be judged together with others. */
export function prepared(piece: Piece, isQuote: boolean): Prepared {
  return { piece, isQuote, plain: plainWords(piece.text), words: isQuote ? contentWords(piece.text) : claimWords(piece.text) };
}

/**
 * Two pieces of one layer as a candidate; null if nothing speaks for it. `rare` is the weight of a word by its form: the rarer, the more it says. The
 * same whichever of the two is given first.
 */
export function judged(one: Prepared, other: Prepared, rare: (form: string) => number): Candidate | null {
  const [a, b] = one.piece.annotation < other.piece.annotation ? [one, other] : [other, one];
  return a.isQuote ? judgedQuotes(a, b, rare) : judgedClaims(a, b, rare);
}

function judgedQuotes(a: Prepared, b: Prepared, rare: (form: string) => number): Candidate | null {
  const [shorter, longer] = a.plain.length <= b.plain.length ? [a, b] : [b, a];
  const { share, words } = overlap(shorter, longer, rare);
  const same = sameSpeakers(a.piece, b.piece);
  const [isSame, isDifferent] = [same === true, same === false];
  const literal = literalMatch(a, b);
  const size = shorter.plain.split(' ').length;
  const isPart =
    literal === null && ` ${longer.plain} `.includes(` ${shorter.plain} `) && (size >= 3 || (isSame && shorter.words.size > 0));
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

function judgedClaims(a: Prepared, b: Prepared, rare: (form: string) => number): Candidate | null {
  const [shorter, longer] = a.words.size <= b.words.size ? [a, b] : [b, a];
  const { share, words } = overlap(shorter, longer, rare);
  const event = a.piece.events.find((each) => b.piece.events.includes(each));
  const areOfDifferent = event === undefined && a.piece.events.length > 0 && b.piece.events.length > 0;
  const literal = literalMatch(a, b);
  // Claims about two events are two claims, unless one article copied the other.
  if (areOfDifferent && literal === null) return null;
  const [count] = sharedCounts(a.piece, b.piece).sort((x, y) => rank[x.match] - rank[y.match]);
  // A unit says little of what is measured. Without an event in common, other words must show that the same thing is meant; more of them if the
  // numbers differ, since many things happen to people.
  const isUnit = count !== undefined && (count.one.unit !== '' || count.other.unit !== '') && !a.words.has(count.thing);
  const isCounted =
    count !== undefined &&
    (event !== undefined
      ? !isUnit || count.match === 'equal' || words.length >= 2
      : words.length >= (isUnit || count.match === 'different' ? 3 : 2) ||
        (!isUnit && count.match !== 'different' && share >= 0.5 && words.length > 0));
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

// The words of `shorter` that `longer` has too, and their share of all of its words, each weighted by how rare it is.
function overlap(shorter: Prepared, longer: Prepared, rare: (form: string) => number): { share: number; words: string[] } {
  const forms = [...shorter.words.keys()].filter((form) => longer.words.has(form)).sort();
  const weight = (list: Iterable<string>) => [...list].reduce((sum, form) => sum + rare(form), 0);
  const [common, all] = [weight(forms), weight(shorter.words.keys())];
  // The rarest first: they say most.
  const words = forms.sort((a, b) => rare(b) - rare(a)).map((form) => shorter.words.get(form) as string);
  return { share: all === 0 ? 0 : common / all, words };
}

// Only texts of about the same length can be nearly the same. Comparing letters is by far the most work, and most pairs are spared it.
function literalMatch(one: Prepared, other: Prepared): ReturnType<typeof matchOf> {
  const [shorter, longer] = [one.plain.length, other.plain.length].sort((a, b) => a - b) as [number, number];
  return longer - shorter <= longer / 20 + 4 ? matchOf(one.piece.text, other.piece.text) : null;
}

// Which of two claims is more exact by its numbers: positive if the first is, negative if the second is, 0 if neither.
function refinement(one: Piece, other: Piece): number {
  const exact = ({ numbers }: Piece) => numbers.filter(({ modifier, value_max }) => modifier === 'exact' && value_max === null).length;
  return exact(one) - exact(other);
}
