import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf } from '../../core/model/article.ts';
import { attributesOf } from './paint.ts';
import { type DrawnAnnotation, isLine, type Look, type Mark, marked, type Piece, piecesOf } from './pieces.ts';

const looks: readonly Look[] = ['tint', 'underline', 'double', 'box', 'dashed'];
const size = 60;

const drawn = (id: string, spans: [number, number][], look: Look = 'tint'): DrawnAnnotation => ({
  id,
  spans: spans.map(([start, end]) => ({ start, end })),
  look,
  hue: 'yellow',
  label: id,
});

const spansIn = (max: number) =>
  fc.uniqueArray(fc.nat({ max }), { minLength: 2, maxLength: 6 }).map((ends) => {
    const sorted = ends.sort((a, b) => a - b);
    return Array.from({ length: sorted.length >> 1 }, (_, index) => ({
      start: sorted[2 * index] as number,
      end: sorted[2 * index + 1] as number,
    }));
  });

const scenes = fc
  .record({
    text: fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), minLength: size, maxLength: size }),
    annotations: fc.array(fc.record({ spans: spansIn(size), look: fc.constantFrom(...looks) }), { maxLength: 8 }),
    marks: fc.array(spansIn(size), { maxLength: 4 }),
  })
  .map(({ text, annotations, marks }) => ({
    text,
    blocks: blocksOf(text),
    annotations: annotations.map((annotation, index): DrawnAnnotation => ({ ...annotation, id: `a${index}`, hue: 'blue', label: '' })),
    marks: marks.map((spans): Mark => ({ spans, wash: 'flash' })),
  }));

const covers = (spans: readonly { start: number; end: number }[], offset: number) =>
  spans.some(({ start, end }) => start <= offset && offset < end);

test('E8 S18 pieces cover exactly what the annotations cover, each with all its ids, the shortest first', () => {
  fc.assert(
    fc.property(scenes, ({ text, blocks, annotations, marks }) => {
      const plain = piecesOf(annotations, blocks);
      const length = (id: string) =>
        annotations.find((candidate) => candidate.id === id)?.spans.reduce((sum, { start, end }) => sum + end - start, 0) ?? 0;
      for (const pieces of [plain, marked(plain, marks, blocks)]) {
        for (let offset = 0; offset < text.length; offset++) {
          const here = pieces.filter((piece) => covers([piece], offset));
          const ids = here.flatMap((piece) => piece.covers.map(({ annotation }) => annotation.id));
          const expected = annotations.filter(({ spans }) => text[offset] !== '\n' && covers(spans, offset)).map(({ id }) => id);
          expect(here.length).toBeLessThanOrEqual(1);
          expect(ids).toEqual(expected.sort((a, b) => length(a) - length(b) || (a < b ? -1 : 1)));
        }
      }
    }),
  );
});

test('E8 a piece starts or ends an annotation only at the ends of its fragments, however it is cut', () => {
  fc.assert(
    fc.property(scenes, ({ text, blocks, annotations, marks }) => {
      for (const piece of marked(piecesOf(annotations, blocks), marks, blocks)) {
        for (const { annotation, starts, ends } of piece.covers) {
          // A fragment that begins with a newline has its first letter in the next block.
          expect(starts).toBe(annotation.spans.some(({ start }) => start === piece.start && text[start] !== '\n'));
          expect(ends).toBe(annotation.spans.some(({ end }) => end === piece.end && text[end - 1] !== '\n'));
        }
      }
    }),
  );
});

test('E9 annotations whose lines or boxes share a piece are in lanes of their own', () => {
  fc.assert(
    fc.property(scenes, ({ blocks, annotations }) => {
      for (const piece of piecesOf(annotations, blocks)) {
        const lines = piece.covers.filter(({ annotation }) => isLine(annotation)).map(({ lane }) => lane);
        const boxes = piece.covers.filter(({ annotation: { look } }) => look === 'box' || look === 'dashed').map(({ lane }) => lane);
        expect(new Set(lines).size).toBe(lines.length);
        expect(new Set(boxes).size).toBe(boxes.length);
        expect(piece.lanes).toBeGreaterThan(Math.max(-1, ...lines));
      }
    }),
  );
});

test('E9 the pieces of one fragment on one line are of one height', () => {
  fc.assert(
    fc.property(scenes, ({ blocks, annotations }) => {
      const pieces = piecesOf(annotations, blocks);
      for (const { spans } of annotations) {
        for (const span of spans) {
          const within = pieces.filter(({ start, end }) => span.start <= start && end <= span.end);
          for (const { block } of within) {
            expect(new Set(within.filter((piece) => piece.block === block).map(({ lanes }) => lanes)).size).toBe(1);
          }
        }
      }
    }),
  );
});

test('E8 a span outside the text is refused', () => {
  expect(() => piecesOf([drawn('a', [[0, 9]])], blocksOf('short'))).toThrow(RangeError);
});

const onlyPiece = (annotations: readonly DrawnAnnotation[]): Piece => piecesOf(annotations, blocksOf('word')).at(0) as Piece;

test('E9 each look is drawn in its own way, and overlapping ones each add their layer', () => {
  const marksOf = (...annotations: DrawnAnnotation[]) => {
    const { style = '', 'data-look': look = '' } = attributesOf(onlyPiece(annotations), null, null);
    return `${look} ${style}`;
  };
  const each = looks.map((look) => marksOf(drawn('a', [[0, 4]], look)));
  expect(new Set(each).size).toBe(looks.length);
  const together = marksOf(drawn('a', [[0, 4]], 'tint'), drawn('b', [[0, 4]], 'underline'), drawn('c', [[0, 4]], 'double'));
  expect(together.match(/linear-gradient/g)).toHaveLength(2);
  expect(together).toContain('-tint) content-box');
  expect(marksOf(drawn('a', [[0, 4]]), drawn('b', [[0, 4]]))).not.toBe(marksOf(drawn('a', [[0, 4]])));
});

test('E10 the active annotation is ringed, and its ring wins over the hovered one', () => {
  const piece = onlyPiece([drawn('a', [[0, 4]]), drawn('b', [[0, 4]])]);
  expect(attributesOf(piece, 'b', 'a').class).toBe('annotated active ring-start ring-end');
  expect(attributesOf(piece, null, 'a').class).toBe('annotated hovered ring-start ring-end');
  expect(attributesOf(piece, null, null).class).toBe('annotated');
});
