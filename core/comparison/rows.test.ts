import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { comparable } from './meanings.ts';
import { rowsOf } from './rows.ts';
import { claim, piece, seedPieces, tie } from './testing/pieces.ts';

const plan = comparable(defaultCodebook);
const order = ['a', 'b', 'c', 'd'];
const idsOf = (rows: ReturnType<typeof rowsOf>) => rows.map(({ pieces }) => pieces.map(({ annotation }) => annotation));

test('W107 relations join annotations into a row, also by way of one in an article that is not compared, and rows of many articles come first', () => {
  const pieces = [
    claim('b', 'b1', 'Ten came', { start: 40 }),
    claim('a', 'a1', 'Nobody came', { start: 5 }),
    piece('a', 'a2', '“Yes,”', { start: 90 }),
    piece('b', 'b2', '“Yes.”', { start: 3 }),
    piece('c', 'c2', 'yes'),
    claim('c', 'c1', 'Ten came'),
    claim('z', 'z1', 'Ten came'),
  ];
  const ties = [
    tie('same_quote', 'a2', 'b2'),
    tie('same_quote', 'c2', 'a2'),
    tie('same_claim', 'b1', 'elsewhere'),
    tie('refines', 'c1', 'elsewhere'),
  ];
  const rows = rowsOf(pieces, ties, plan, order);
  expect(idsOf(rows)).toEqual([['a2', 'b2', 'c2'], ['b1', 'c1'], ['a1']]);
  expect(rows[0]?.articles).toEqual(['a', 'b', 'c']);
  expect(rows[1]?.ties).toEqual([]);
});

test('W107 what was refused as not the same joins nothing, and neither does a relation that says nothing of the kind', () => {
  const pieces = [piece('a', 'a1', '“Yes,”'), piece('b', 'b1', '“Yes.”'), piece('c', 'c1', '“Yes!”')];
  const ties = [tie('not_same', 'a1', 'b1'), tie('evidence_for', 'b1', 'c1'), tie('gone_from_the_codebook', 'a1', 'c1')];
  expect(idsOf(rowsOf(pieces, ties, plan, order))).toEqual([['a1'], ['b1'], ['c1']]);
  // Where others join them all the same, the row keeps the refusal.
  const [row] = rowsOf(pieces, [...ties, tie('same_quote', 'a1', 'c1'), tie('same_quote', 'b1', 'c1')], plan, order);
  expect(row?.ties.map(({ meaning }) => meaning)).toEqual(['apart', 'same', 'same']);
});

test('W107 each annotation is in exactly one row, the same rows in whatever order annotations and relations are given', () => {
  const { pieces, ties, order: articles } = seedPieces();
  const expected = rowsOf(pieces, ties, plan, articles);
  expect(expected.flatMap((row) => row.pieces).length).toBe(pieces.length);
  const id = fc.integer({ min: 0, max: pieces.length - 1 });
  const more = fc.array(fc.record({ type: fc.constantFrom('same_claim', 'not_same', 'refines', 'contradicts'), from: id, to: id }), {
    maxLength: 12,
  });
  const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
  fc.assert(
    fc.property(shuffled(pieces), shuffled(ties), more, fc.func(fc.integer()), (someOrder, someTies, further, hash) => {
      expect(rowsOf(someOrder, someTies, plan, articles)).toEqual(expected);
      const added = further.map(({ type, from, to }) => tie(type, pieces[from]?.annotation ?? '', pieces[to]?.annotation ?? ''));
      const all = [...new Map([...ties, ...added].map((each) => [each.id, each])).values()];
      const rows = rowsOf(pieces, all, plan, articles);
      const placed = rows.flatMap((row) => row.pieces.map(({ annotation }) => annotation));
      expect(new Set(placed).size).toBe(pieces.length);
      expect(placed.length).toBe(pieces.length);
      expect(
        rowsOf(
          someOrder,
          all.toSorted((a, b) => hash(a.id) - hash(b.id)),
          plan,
          articles,
        ),
      ).toEqual(rows);
      const rowOf = new Map(rows.flatMap((row) => row.pieces.map(({ annotation }) => [annotation, row.id] as const)));
      for (const { type, from, to } of all) {
        const [one, other] = [rowOf.get(from), rowOf.get(to)];
        if (type !== 'not_same' && plan.meanings.has(type) && one && other) expect(one).toBe(other);
      }
    }),
    { numRuns: 60 },
  );
});
