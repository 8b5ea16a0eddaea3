import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalised, oneModeNetwork, type StanceStatement, twoModeNetwork } from './stance-network.ts';

let counter = 0;
const says = (actor: string, concept: string, level: 0 | 1, more: Partial<StanceStatement> = {}): StanceStatement => ({
  ...{ actor, concept, level, date: null, document: `d${counter++}` },
  ...more,
});
const times = (count: number, statement: () => StanceStatement) => Array.from({ length: count }, statement);

// Worked by hand from the formulas of Discourse Network Analyzer: A twice for c1, once against c2; B once for each.
const vector = [...times(2, () => says('A', 'c1', 1)), says('A', 'c2', 0), says('B', 'c1', 1), says('B', 'c2', 1)];

describe('stance networks', () => {
  it('X123 who is for and against what: counts, for less against, by activity and by prominence', () => {
    const edges = Object.fromEntries(twoModeNetwork(vector).map((edge) => [`${edge.actor} ${edge.concept}`, edge]));
    expect(Object.values(edges).map(({ subtract }) => subtract)).toEqual([2, -1, 1, 1]);
    expect(edges['A c1']).toMatchObject({ ignore: 2, positive: 2, negative: 0, documents: 2 });
    expect(edges['A c2']).toMatchObject({ ignore: 1, positive: 0, negative: 1 });
    const near = (key: 'activity' | 'prominence', values: number[]) =>
      Object.values(edges).forEach((edge, index) => {
        expect(edge[key]).toBeCloseTo(values[index] as number, 9);
      });
    near('activity', [2 / 3, -1 / 3, 0.5, 0.5]);
    near('prominence', [2 / 3, -0.5, 1 / 3, 0.5]);
  });

  it('X123 the edges ascend by actor and concept, with the first and last of their dates', () => {
    const dated = (actor: string, concept: string, date: string | null) => says(actor, concept, 1, { date });
    const given = [
      ...[dated('B', 'c2', null), dated('B', 'c1', '2026-03'), dated('B', 'c1', null), dated('B', 'c1', '2025-12-31')],
      ...[dated('B', 'c1', '2026-01'), dated('A', 'c9', '2026')],
    ];
    expect(twoModeNetwork(given).map(({ actor, concept, first, last }) => [actor, concept, first, last])).toEqual([
      ['A', 'c9', '2026', '2026'],
      ['B', 'c1', '2025-12-31', '2026-03'],
      ['B', 'c2', null, null],
    ]);
  });

  it('X124 only who speaks of the same is paired, and what both say often counts by pairs', () => {
    const apart = [says('A', 'c1', 1), says('B', 'c2', 1)];
    expect(oneModeNetwork(apart, 'actor')).toEqual([]);
    const often = [...times(2, () => says('A', 'c1', 1)), ...times(3, () => says('B', 'c1', 1)), says('B', 'c2', 1)];
    const [edge] = oneModeNetwork(often, 'actor');
    expect(edge && [edge.ignore, normalised(edge, 'ignore', 'jaccard')]).toEqual([6, 6 / 7]);
  });

  it('X124 who agrees with whom: ignore, congruence, conflict, their difference, and each normalisation', () => {
    const [edge, ...others] = oneModeNetwork(vector, 'actor');
    if (!edge) throw new Error('no edge');
    expect(others).toEqual([]);
    expect(edge).toMatchObject({ one: 'A', other: 'B', ignore: 3, congruence: 2, conflict: 1, subtract: 1 });
    expect(normalised(edge, 'congruence', 'average')).toBeCloseTo(0.8, 9);
    expect(normalised(edge, 'conflict', 'average')).toBeCloseTo(0.4, 9);
    expect(normalised(edge, 'congruence', 'jaccard')).toBeCloseTo(0.5, 9);
    expect(normalised(edge, 'congruence', 'cosine')).toBeCloseTo(0.632455532034, 9);
    expect(normalised(edge, 'ignore', 'jaccard')).toBeCloseTo(1, 9);
  });

  it('X124 concepts are alike by who said what of them', () => {
    expect(oneModeNetwork(vector, 'concept')).toEqual([
      expect.objectContaining({ one: 'c1', other: 'c2', ignore: 3, congruence: 1, conflict: 2 }),
    ]);
  });

  it('X124 agreement is symmetric, at most all pairs, and its cosine with an equal profile is 1', () => {
    const statement = fc.record({
      actor: fc.constantFrom('a', 'b', 'c'),
      concept: fc.constantFrom('x', 'y', 'constructor', '__proto__'),
      level: fc.constantFrom(0 as const, 1 as const),
      document: fc.constantFrom('d1', 'd2'),
      date: fc.constantFrom('2026-01-05', null),
    });
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 20 }), (statements) => {
        const turned = oneModeNetwork([...statements].reverse(), 'actor');
        const edges = oneModeNetwork(statements, 'actor');
        expect(turned).toEqual(edges);
        for (const edge of edges) {
          expect(edge.congruence + edge.conflict).toBe(edge.ignore);
          for (const measure of ['ignore', 'congruence', 'conflict'] as const)
            expect(normalised(edge, measure, 'cosine')).toBeLessThanOrEqual(1 + 1e-12);
        }
        const twins = statements.flatMap((one) => [
          { ...one, actor: 'one' },
          { ...one, actor: 'two' },
        ]);
        for (const edge of oneModeNetwork(twins, 'actor')) expect(normalised(edge, 'congruence', 'cosine')).toBeCloseTo(1, 9);
        expect(twoModeNetwork(statements).reduce((sum, { ignore }) => sum + ignore, 0)).toBe(statements.length);
      }),
      { numRuns: 60 },
    );
  });
});
