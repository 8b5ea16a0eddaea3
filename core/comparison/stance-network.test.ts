import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duplicates, normalised, oneModeNetwork, type StanceStatement, twoModeNetwork, withoutDuplicates } from './stance-network.ts';

let counter = 0;
const says = (actor: string, concept: string, level: number, more: Partial<StanceStatement> = {}): StanceStatement => ({
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

  it('X124 on an integer scale pairs count by how far apart they are in the range', () => {
    const scale = { kind: 'integer', min: -2, max: 2 } as const;
    const statements = [says('A', 'c', 2), says('B', 'c', 1), says('B', 'c', -2)];
    expect(oneModeNetwork(statements, 'actor', scale)[0]).toMatchObject({ ignore: 2, congruence: 0.75, conflict: 1.25, subtract: -0.5 });
    expect(twoModeNetwork(statements, scale)[1]).toMatchObject({ actor: 'B', positive: 1, negative: 1, subtract: -1, activity: -0.5 });
  });

  it('X124 agreement is symmetric, at most all pairs, and its cosine with an equal profile is 1', () => {
    const statement = fc.record({
      actor: fc.constantFrom('a', 'b', 'c'),
      concept: fc.constantFrom('x', 'y', 'constructor', '__proto__'),
      level: fc.constantFrom(0, 1),
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

  it('X125 what is said again counts once a document, week, month or year, or altogether; a month is one of its year', () => {
    const on = (date: string | null, document: string, level = 1) => says('A', 'c', level, { date, document });
    const statements = [
      on('2005-01-03', 'd1'),
      on('2005-01-03', 'd1'),
      on('2005-01-03', 'd1', 0),
      on('2005-01-09', 'd2'),
      on('2005-01-31', 'd3'),
      on('2006-01-05', 'd4'),
      // In the week of the Thursday before it.
      on('2006-01-01', 'd5'),
      on('2005-12-29', 'd6'),
      on(null, 'd7'),
      on('2005', 'd8'),
      on('2005-01?', 'd9'),
    ];
    const kept = (duplicates: Duplicates) =>
      withoutDuplicates(statements, duplicates).map(({ document, level }) => `${document}${level === 0 ? '-' : ''}`);
    expect(kept('include').length).toBe(11);
    expect(kept('document')).toEqual(['d1', 'd1-', 'd2', 'd3', 'd4', 'd5', 'd6', 'd7', 'd8', 'd9']);
    expect(kept('week')).toEqual(['d1', 'd1-', 'd3', 'd4', 'd5', 'd7', 'd8', 'd9']);
    expect(kept('month')).toEqual(['d1', 'd1-', 'd4', 'd6', 'd7', 'd8']);
    expect(kept('year')).toEqual(['d1', 'd1-', 'd4', 'd7']);
    expect(kept('across')).toEqual(['d1', 'd1-']);
  });
});
