import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf } from '../../core/model/article.ts';
import { type Clustered, clustered, noClusters } from './clusters.ts';
import { type DrawnAnnotation, type Look, piecesOf } from './pieces.ts';

const looks: readonly Look[] = ['tint', 'underline', 'double', 'box', 'dashed'];
const size = 80;

const spans = fc.uniqueArray(fc.nat({ max: size }), { minLength: 2, maxLength: 4 }).map((ends) => {
  const sorted = ends.sort((a, b) => a - b);
  return Array.from({ length: sorted.length >> 1 }, (_, index) => ({
    start: sorted[2 * index] as number,
    end: Math.min(sorted[2 * index + 1] as number, (sorted[2 * index] as number) + 14, sorted[2 * index + 2] ?? size),
  }));
});

// A set of annotations after another, of which each may come, go, move or change its look.
const sets = fc.array(
  fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'), fc.record({ spans, look: fc.constantFrom(...looks) })),
  { minLength: 1, maxLength: 6 },
);
const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), minLength: size, maxLength: size });

test('B9 what is cut piece by piece as annotations come and go is what would be cut from scratch', () => {
  fc.assert(
    fc.property(texts, sets, (text, steps) => {
      const blocks = blocksOf(text);
      let now: Clustered = noClusters;
      let drawn: DrawnAnnotation[] = [];
      for (const step of steps) {
        const kept = drawn.filter(({ id }) => !(id in step) && id < 'e');
        drawn = [...kept, ...Object.entries(step).map(([id, rest]): DrawnAnnotation => ({ id, hue: 'blue', label: id, ...rest }))];
        const { next, gone, made } = clustered(now, structuredClone(drawn), blocks);
        expect(next.clusters.flatMap(({ pieces }) => pieces)).toEqual(piecesOf(drawn, blocks));
        // What is said to have gone and come is just what did.
        expect(new Set(now.clusters.filter((cluster) => !next.clusters.includes(cluster)))).toEqual(new Set(gone));
        expect(new Set(next.clusters.filter((cluster) => !now.clusters.includes(cluster)))).toEqual(new Set(made));
        now = next;
      }
    }),
    { numRuns: 500 },
  );
});

test('B9 an annotation that comes leaves all clusters but its own as they are', () => {
  const text = 'word '.repeat(1000);
  const blocks = blocksOf(text);
  const annotation = (id: string, start: number): DrawnAnnotation => ({
    id,
    spans: [{ start, end: start + 4 }],
    look: 'tint',
    hue: 'blue',
    label: id,
  });
  const many = Array.from({ length: 900 }, (_, index) => annotation(`a${index}`, index * 5));
  const before = clustered(noClusters, many, blocks).next;
  const { next, gone, made } = clustered(before, [...many, annotation('new', 22)], blocks);
  expect(gone).toHaveLength(2);
  expect(made).toHaveLength(1);
  expect(next.clusters).toHaveLength(899);
  expect(clustered(next, structuredClone([...next.given]), blocks)).toMatchObject({ gone: [], made: [] });
});

test('B9 of two annotations with one id, by two people, each comes and goes by itself', () => {
  const own: DrawnAnnotation = { id: 'same', spans: [{ start: 0, end: 4 }], look: 'tint', hue: 'blue', label: 'Quote' };
  const other: DrawnAnnotation = { ...own, look: 'dashed', label: 'Quote · Berta' };
  const blocks = blocksOf('word '.repeat(10));
  const both = clustered(noClusters, [own, other], blocks).next;
  const left = (annotations: readonly DrawnAnnotation[]) =>
    clustered(both, annotations, blocks).next.clusters.flatMap((cluster) => cluster.annotations);
  expect(left([other])).toEqual([other]);
  expect(left([own])).toEqual([own]);
  expect(left([])).toEqual([]);
});
