import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Coverage, segmentsOf } from './segments.ts';
import type { Range } from './span.ts';

const coverage = (id: string, ...spans: [number, number][]): Coverage => ({ id, spans: spans.map(([start, end]) => ({ start, end })) });
const brief = (coverages: readonly Coverage[]) =>
  segmentsOf(coverages).map(({ start, end, covers }) => `${start}-${end} ${covers.map(({ id }) => id).join('+')}`);

const holds = ({ start, end }: Range, offset: number) => start <= offset && offset < end;
const coveredBy = ({ spans }: Coverage, offset: number) => spans.some((span) => holds(span, offset));

const length = 40;
// A row of flags, covered or not, gives fragments that ascend, are not empty and do not touch.
const coverages: fc.Arbitrary<Coverage[]> = fc
  .array(fc.array(fc.boolean(), { minLength: length, maxLength: length }), { maxLength: 8 })
  .map((rows) =>
    rows.map((row, index) => {
      const spans: { start: number; end: number }[] = [];
      for (const [at, covered] of row.entries()) {
        if (!covered) continue;
        const last = spans.at(-1);
        if (last?.end === at) last.end = at + 1;
        else spans.push({ start: at, end: at + 1 });
      }
      return { id: `a${(index * 7) % 8}`, spans };
    }),
  );

describe('segments', () => {
  test('S15 nested, overlapping and split annotations become runs that each have one set of coverings', () => {
    expect(brief([coverage('q', [0, 10]), coverage('s', [3, 6])])).toEqual(['0-3 q', '3-6 q+s', '6-10 q']);
    expect(brief([coverage('q', [0, 6]), coverage('s', [3, 9])])).toEqual(['0-3 q', '3-6 q+s', '6-9 s']);
    expect(brief([coverage('q', [0, 2], [8, 10]), coverage('s', [1, 9])])).toEqual(['0-1 q', '1-2 q+s', '2-8 s', '8-9 q+s', '9-10 q']);
    expect(brief([coverage('b', [0, 4]), coverage('a', [0, 4])])).toEqual(['0-4 b+a']);
    expect(brief([coverage('q', [0, 2]), coverage('s', [2, 4])])).toEqual(['0-2 q', '2-4 s']);
    expect(brief([coverage('q', [0, 2], [5, 7]), coverage('none')])).toEqual(['0-2 q', '5-7 q']);
    expect(brief([])).toEqual([]);
  });

  test('S15 segments cover exactly what the spans cover: ascending, apart, maximal, coverings in the order given', () => {
    fc.assert(
      fc.property(coverages, (given) => {
        const segments = segmentsOf(given);
        for (const [index, segment] of segments.entries()) {
          expect(segment.start).toBeLessThan(segment.end);
          expect(segment.covers).not.toEqual([]);
          const before = segments[index - 1];
          if (!before) continue;
          expect(segment.start).toBeGreaterThanOrEqual(before.end);
          // Maximal: where two segments touch, the coverings differ.
          const ids = (s: typeof segment) => s.covers.map(({ id }) => id).join();
          if (segment.start === before.end) expect(ids(segment)).not.toBe(ids(before));
        }
        for (let offset = 0; offset < length; offset++) {
          const drawn = segments.find((segment) => holds(segment, offset))?.covers.map(({ id }) => id) ?? [];
          expect(drawn).toEqual(given.filter((one) => coveredBy(one, offset)).map(({ id }) => id));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('S16 a covering says where one of its own spans begins and ends', () => {
    fc.assert(
      fc.property(coverages, (given) => {
        for (const { start, end, covers } of segmentsOf(given)) {
          for (const { id, starts, ends } of covers) {
            const spans = given.find((one) => one.id === id)?.spans ?? [];
            expect(starts).toBe(spans.some((span) => span.start === start));
            expect(ends).toBe(spans.some((span) => span.end === end));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('S17 an annotation keeps one lane over all its fragments, and shares it with none that lies within its reach', () => {
    fc.assert(
      fc.property(coverages, (given) => {
        const lanes = new Map<string, Set<number>>();
        for (const { covers } of segmentsOf(given)) {
          for (const { id, lane } of covers) lanes.set(id, (lanes.get(id) ?? new Set()).add(lane));
        }
        for (const own of lanes.values()) expect(own.size).toBe(1);
        const reach = (one: Coverage) => ({ start: one.spans[0]?.start ?? 0, end: one.spans.at(-1)?.end ?? 0 });
        const drawn = given.filter(({ spans }) => spans.length > 0);
        for (const a of drawn) {
          for (const b of drawn) {
            const apart = reach(a).end <= reach(b).start || reach(b).end <= reach(a).start;
            if (a !== b && !apart) expect([...(lanes.get(a.id) ?? [])]).not.toEqual([...(lanes.get(b.id) ?? [])]);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('S17 no more lanes are used than annotations reach over one place, and a free lane is taken again', () => {
    const lanesOf = (given: readonly Coverage[]) =>
      Object.fromEntries(segmentsOf(given).flatMap(({ covers }) => covers.map(({ id, lane }) => [id, lane])));
    expect(lanesOf([coverage('a', [0, 5]), coverage('b', [2, 8]), coverage('c', [5, 9])])).toEqual({ a: 0, b: 1, c: 0 });
    expect(lanesOf([coverage('in', [2, 3]), coverage('out', [2, 8])])).toEqual({ out: 0, in: 1 });
    fc.assert(
      fc.property(coverages, (given) => {
        const used = new Set(segmentsOf(given).flatMap(({ covers }) => covers.map(({ lane }) => lane))).size;
        const depth = Math.max(
          0,
          ...Array.from(
            { length },
            (_, at) => given.filter(({ spans }) => (spans[0]?.start ?? length) <= at && at < (spans.at(-1)?.end ?? 0)).length,
          ),
        );
        expect(used).toBeLessThanOrEqual(depth);
        expect(lanesOf([...given].reverse())).toEqual(lanesOf(given));
      }),
      { numRuns: 200 },
    );
  });
});
