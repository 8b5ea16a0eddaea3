import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { type Candidate, pairKey } from './candidate.ts';
import { candidatesAmong } from './candidates.ts';
import { comparable, joining } from './meanings.ts';
import type { Piece } from './piece.ts';
import { groupsBy } from './rows.ts';
import { settledBy } from './settled.ts';
import { claim, piece, seedPieces, tie } from './testing/pieces.ts';

const plan = comparable(defaultCodebook);

function found(pieces: readonly Piece[]): Candidate[] {
  const search = candidatesAmong(pieces, plan);
  let step = search.next();
  while (!step.done) step = search.next();
  return step.value;
}
/** Whether these two are proposed, as what, and why. */
function between(one: Piece, other: Piece): string {
  const [only] = found([one, other]);
  if (!only) return 'nothing';
  const why = only.reasons.map((reason) => `${reason.kind} ${'match' in reason ? reason.match : reason.event}`);
  const proposes = only.proposes === 'refines' ? `${only.one} refines ${only.other}` : only.proposes;
  return `${proposes}: ${why.join(', ')}`;
}

describe('quotes', () => {
  const ruiz = { who: ['Ana Ruiz=ruiz'] };
  const roth = { who: ['Ben Roth=roth'] };
  const alone = {};

  test.each([
    [
      'the same words, whoever said them',
      '“The bridge must stay,”',
      ruiz,
      '‘The bridge must stay.’',
      roth,
      'same: words verbatim, speaker differs',
    ],
    ['the same words of one person', '“Yes,”', ruiz, '‘Yes.’', ruiz, 'same: words verbatim, speaker same'],
    ['one word of two people', '“Yes,”', ruiz, '‘Yes.’', roth, 'nothing'],
    ['one word of nobody', '“Yes,”', alone, '‘Yes.’', alone, 'nothing'],
    ['nearly the same', '“The organisation must stay here,”', ruiz, 'the organization must stay here', alone, 'same: words near_verbatim'],
    ['a part', '“must stay open”', alone, '“The old bridge must stay open for ever”', ruiz, 'same: words part'],
    [
      'a short part of one person',
      '“old bridge”',
      ruiz,
      '“The old bridge must stay open for ever”',
      ruiz,
      'same: words part, speaker same',
    ],
    ['a short part of two people', '“old bridge”', roth, '“The old bridge must stay open for ever”', ruiz, 'nothing'],
    [
      'other words of one person',
      '“I asked all our partners and received no unambiguous answer,”',
      ruiz,
      'that she seeks unambiguous commitments from partners without receiving a satisfactory response',
      ruiz,
      'same: words shared, speaker same',
    ],
    [
      'two words that begin alike',
      '“largely finished,”',
      ruiz,
      '“We have largely completed the agreement on the guarantees,”',
      ruiz,
      'same: words shared, speaker same',
    ],
    ['one word within', '“the territorial question,”', ruiz, '“I ask this question of all of you,”', ruiz, 'nothing'],
    ['small words only', '“It is what it is,”', ruiz, '“What is it that we are?”', ruiz, 'nothing'],
  ] as const)('W113 %s', (_, words, saying, otherWords, otherSaying, expected) => {
    expect(between(piece('a', 'a1', words, saying), piece('b', 'b1', otherWords, otherSaying))).toBe(expected);
  });
});

describe('claims', () => {
  const fire = { events: ['fire'] };
  const bus = { events: ['bus'] };

  test.each([
    [
      'at least 12 and 14 of one event',
      'At least 12 people were killed',
      fire,
      '14 dead in the blaze',
      fire,
      'b1 refines a1: count compatible, words shared, event fire',
    ],
    ['12 and 14', 'Twelve people died', fire, 'The fire killed 14 people', fire, 'conflicts: count different, words shared, event fire'],
    [
      'the same number in other words',
      'The fire killed 14 people',
      fire,
      'the death toll stood at 14',
      fire,
      'same: count equal, words shared, event fire',
    ],
    ['dead and injured', '12 people were killed', fire, '14 people were injured', fire, 'nothing'],
    [
      'nations and countries',
      'a coalition of 30 nations',
      fire,
      'delegates from 35 countries',
      fire,
      'conflicts: count different, words shared, event fire',
    ],
    ['two events', '14 people were killed', fire, '14 people were killed there', bus, 'nothing'],
    ['two events, copied', '14 people were killed', fire, '14 people were killed.', bus, 'same: count equal, words verbatim'],
    ['no event, one thing', '14 people were injured', {}, '15 people were wounded', {}, 'nothing'],
    ['no event, the same number', '14 people were injured', {}, '14 were wounded', {}, 'same: count equal, words shared'],
    [
      'no event, more in common',
      '14 people were injured on the ferry',
      {},
      'on the ferry 15 people were wounded',
      {},
      'conflicts: count different, words shared',
    ],
    ['no event, other words', 'The bus carried 30 people', {}, 'Police questioned 40 people in the old harbour district', {}, 'nothing'],
    [
      'shares of one thing',
      'Russia occupies 20% of Ukraine',
      fire,
      '20% of Ukraine is held by Moscow',
      fire,
      'same: count equal, words shared, event fire',
    ],
    ['shares of two things', 'Russia occupies 20% of Ukraine', {}, 'Prices rose by 30%', {}, 'nothing'],
    [
      'the same said in other words',
      'The fire began in a lorry that carried batteries',
      fire,
      'A lorry full of batteries set the ship on fire',
      fire,
      'same: words shared, event fire',
    ],
    [
      'names alone',
      'the United States did not sign the pledge',
      fire,
      'the United Kingdom signed a declaration of intent',
      fire,
      'nothing',
    ],
  ] as const)('W114 %s', (_, words, saying, otherWords, otherSaying, expected) => {
    expect(between(claim('a', 'a1', words, saying), claim('b', 'b1', otherWords, otherSaying))).toBe(expected);
  });

  test('W114 what a person recorded counts as well as what stands there, and about a number is within a tenth of it', () => {
    const recorded = { value: 35, value_max: null, modifier: 'exact' as const, unit: 'countries', counts: 'delegations at the meeting' };
    const delegates = claim('b', 'b1', 'delegates from 35 countries', { ...fire, quantity: [recorded] });
    expect(between(claim('a', 'a1', 'comprising 30 nations', fire), delegates)).toBe(
      'conflicts: count different, words shared, event fire',
    );
    expect(between(claim('a', 'a1', 'six delegations came', fire), delegates)).toMatch(/^conflicts: count different/);
    const about = claim('a', 'a1', 'about 200 passengers', fire);
    expect(between(about, claim('b', 'b1', '212 people', fire))).toMatch(/^b1 refines a1: count compatible/);
    expect(between(about, claim('b', 'b1', '230 people', fire))).toMatch(/^conflicts: count different/);
  });
});

describe('all candidates', () => {
  test('W115 pairs are of different articles and one layer, likeliest first, the same in whatever order annotations come', () => {
    const words = fc.constantFrom('killed', 'people', 'bridge', 'must', 'stay', 'open', '12', '14', 'the', 'fire');
    const some = fc.array(
      fc.record({
        text: fc.array(words, { minLength: 1, maxLength: 7 }).map((all) => all.join(' ')),
        layer: fc.constantFrom('QUOTE', 'FACT', 'STANCE'),
        article: fc.constantFrom('a', 'b', 'c'),
        who: fc.constantFrom([], ['Ana=ana'], ['Ben=ben'], ['she']),
        events: fc.constantFrom([], ['fire'], ['bus']),
      }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(some, fc.func(fc.integer()), (list, hash) => {
        const pieces = list.map(({ text, article, ...saying }, index) => piece(article, `p${index}`, text, saying));
        const candidates = found(pieces);
        const byId = new Map(pieces.map((each) => [each.annotation, each]));
        for (const { one, other, score } of candidates) {
          const [first, second] = [byId.get(one), byId.get(other)];
          expect(first?.article).not.toBe(second?.article);
          expect(first?.layer).toBe(second?.layer);
          expect(first?.layer).not.toBe('STANCE');
          expect(score).toBeLessThanOrEqual(1);
        }
        expect(candidates.map(({ score }) => score)).toEqual(candidates.map(({ score }) => score).sort((a, b) => b - a));
        expect(new Set(candidates.map(({ one, other }) => pairKey(one, other))).size).toBe(candidates.length);
        expect(found(pieces.toSorted((a, b) => hash(a.annotation) - hash(b.annotation)))).toEqual(candidates);
      }),
      { numRuns: 150 },
    );
  });

  test('W115 of many equal texts each is paired with one other, so that together they are one group and the work does not grow with their square', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      piece(`a${index}`, `p${String(index).padStart(3, '0')}`, '“The bridge must stay,”'),
    );
    const pairs = found(many);
    expect(pairs.length).toBe(499);
    const groupOf = groupsBy(pairs.map(({ one, other }) => ({ from: one, to: other })));
    expect(new Set(many.map(({ annotation }) => groupOf(annotation))).size).toBe(1);
  });

  test('W116 what relations settle is not open: the same by way of others, refused, or in conflict with one that is the same', () => {
    const isSettled = settledBy(
      [
        tie('same_claim', 'a', 'b'),
        tie('same_claim', 'b', 'c'),
        tie('not_same', 'c', 'd'),
        tie('contradicts', 'a', 'e'),
        tie('refines', 'f', 'e'),
        tie('evidence_for', 'g', 'a'),
      ],
      plan,
    );
    expect([isSettled('a', 'c'), isSettled('d', 'a'), isSettled('b', 'e'), isSettled('e', 'f')]).toEqual([true, true, true, true]);
    expect([isSettled('a', 'f'), isSettled('a', 'g'), isSettled('d', 'e'), isSettled('x', 'y')]).toEqual([false, false, false, false]);
  });

  // Judged by hand: each of these pairs belongs together, as the same or in conflict.
  test('W117 in the sample 13 pairs are proposed, all rightly, among them all but one that a person related within an event', () => {
    const { pieces, ties } = seedPieces();
    const byId = new Map(pieces.map((each) => [each.annotation, each]));
    const inWords = (id: string) => `${byId.get(id)?.article.slice(0, 3)} ${byId.get(id)?.text.slice(0, 32).trim()}`;
    const candidates = found(pieces);
    expect(candidates.map(({ one, other, proposes }) => [inWords(one), proposes, inWords(other)].join(' | '))).toEqual([
      '000 “90% ready.” | same | 001 ‘90% ready,’',
      '000 “I am asking this very question | same | 002 “I am asking this very question',
      '000 Russia currently occupies roughl | same | 004 Russia occupies approximately 20',
      '000 “largely finished,” | same | 001 ‘largely finished,’',
      '000 a “Coalition of the Willing” com | same | 001 The Paris talks, involving appro',
      '001 the United Kingdom and France si | same | 002 the United Kingdom and France si',
      '000 a “Coalition of the Willing” com | conflicts | 004 The meeting included delegates f',
      '001 The Paris talks, involving appro | conflicts | 004 The meeting included delegates f',
      '000 Russia currently occupies roughl | same | 001 Moscow maintains control over ap',
      '001 Moscow maintains control over ap | same | 004 Russia occupies approximately 20',
      '000 “I am asking this very question | same | 001 he continues to seek unambiguous',
      '001 he continues to seek unambiguous | same | 002 “I am asking this very question',
      '001 ‘largely finished,’ | same | 004 «We have largely completed the a',
    ]);
    const proposed = new Set(candidates.map(({ one, other }) => pairKey(one, other)));
    const related = ties.filter(
      ({ type, from, to }) => joining.includes(plan.meanings.get(type) ?? 'apart') && byId.get(from)?.article !== byId.get(to)?.article,
    );
    const missed = related
      .filter(({ from, to }) => !proposed.has(pairKey(from, to)))
      .map(({ from, to }) => [inWords(from), inWords(to)].join(' | '));
    expect(missed).toEqual([
      '000 the United States … did not sign | 002 Washington, which has led diplom',
      // Made against the rule, with a reason: two summits.
      '001 The Paris talks, involving appro | 003 nearly 30 leaders from Europe, C',
    ]);
  });
});
