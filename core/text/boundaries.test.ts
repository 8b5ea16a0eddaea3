import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Move, moveBoundary, nearestFragment, setBoundary } from './boundaries.ts';
import { type Range, spanAt, spanProblem } from './span.ts';

const text = 'The minister said the plan was “ready”.\n\nHe 👩‍🚀 did.\n';
const at = (words: string): Range => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
const moved = (words: string, edge: Move['edge'], step: Move['step'], unit: Move['unit'] = 'word') => {
  const range = moveBoundary(text, [at(words)], 0, { edge, step, unit })?.[0];
  return range ? text.slice(range.start, range.end) : null;
};

test.each([
  ['the plan', 'end', 1, 'word', 'the plan was'],
  ['plan was', 'end', 1, 'word', 'plan was “ready'],
  ['was “ready”', 'end', -1, 'word', 'was “ready'],
  ['was “ready', 'end', -1, 'word', 'was'],
  ['was “ready', 'end', 1, 'word', 'was “ready”.'],
  ['“ready”.', 'end', 1, 'word', '“ready”.\n\nHe'],
  ['“ready”.\n\nHe', 'end', -1, 'word', '“ready”.'],
  ['“ready”.', 'end', -1, 'word', '“ready'],
  ['the plan', 'start', -1, 'word', 'said the plan'],
  ['said the plan', 'start', 1, 'word', 'the plan'],
  ['“ready”', 'start', 1, 'word', 'ready”'],
  ['He 👩‍🚀', 'start', -1, 'word', 'ready”.\n\nHe 👩‍🚀'],
  ['was “ready', 'end', 1, 'character', 'was “ready”'],
  ['He', 'end', 1, 'character', 'He 👩‍🚀'],
  ['He 👩‍🚀', 'end', -1, 'character', 'He'],
  ['👩‍🚀 did', 'start', 1, 'character', 'did'],
  ['did', 'start', -1, 'character', '👩‍🚀 did'],
  ['plan', 'end', -1, 'word', null],
  ['p', 'end', -1, 'character', null],
  ['The', 'start', -1, 'word', null],
  ['did.', 'end', 1, 'word', null],
  ['did.', 'end', 1, 'character', null],
] as const)('B2 %j, its %s by %i %s, becomes %j', (words, edge, step, unit, expected) => {
  expect(moved(words, edge, step, unit)).toBe(expected);
});

test('B2 fragments never touch', () => {
  const fragments = [at('minister said'), at('plan')];
  const steps = { edge: 'end', step: 1, unit: 'word' } as const;
  const once = moveBoundary(text, fragments, 0, steps);
  expect(once?.map(({ start, end }) => text.slice(start, end))).toEqual(['minister said the', 'plan']);
  expect(moveBoundary(text, once ?? [], 0, steps)).toBeNull();
  expect(setBoundary(text, fragments, 1, 'start', fragments[0]?.end ?? 0)).toBeNull();
});

test('B2 an end that is put where it stands is no move, and a fragment that is not there is misuse', () => {
  const fragments = [at('minister said'), at('plan')];
  expect(setBoundary(text, fragments, 1, 'start', at('plan').start)).toBeNull();
  expect(setBoundary(text, fragments, 1, 'end', at('plan').end)).toBeNull();
  expect(() => setBoundary(text, fragments, 2, 'end', 50)).toThrow(RangeError);
  expect(() => moveBoundary(text, fragments, 2, { edge: 'end', step: 1, unit: 'word' })).toThrow(RangeError);
});

test('B2 the fragment under the caret is meant, or else the nearest', () => {
  const fragments = [
    { start: 5, end: 10 },
    { start: 20, end: 30 },
  ];
  expect([0, 7, 14, 16, 25, 99].map((offset) => nearestFragment(fragments, offset))).toEqual([0, 0, 0, 1, 1, 1]);
});

test('B2 by words the marks at the beginning and at the end of a paragraph are reached before the next paragraph', () => {
  const paragraphs = 'He left.\n“We go!” she said (now).\n';
  const walked = (range: Range, edge: Move['edge'], step: Move['step'], times: number) => {
    let ranges: readonly Range[] | null = [range];
    const seen: string[] = [];
    for (let time = 0; time < times && ranges; time++) {
      ranges = moveBoundary(paragraphs, ranges, 0, { edge, step, unit: 'word' });
      seen.push(ranges?.[0] ? paragraphs.slice(ranges[0].start, ranges[0].end) : 'no further');
    }
    return seen;
  };
  const go = { start: paragraphs.indexOf('go'), end: paragraphs.indexOf('go') + 2 };
  expect(walked(go, 'start', -1, 4)).toEqual(['We go', '“We go', 'left.\n“We go', 'He left.\n“We go']);
  const now = { start: paragraphs.indexOf('now'), end: paragraphs.indexOf('now') + 3 };
  expect(walked(now, 'end', 1, 2)).toEqual(['now).', 'no further']);
});

const texts = fc.array(fc.constantFrom('word', 'it’s', ' ', ' ', '\n', '“', '.', '👩‍🚀', 'e\u0301', '한국'), {
  minLength: 1,
  maxLength: 14,
});
const moves = fc.record({
  index: fc.nat({ max: 1 }),
  edge: fc.constantFrom('start', 'end'),
  step: fc.constantFrom(1, -1),
  unit: fc.constantFrom('word', 'character'),
}) as fc.Arbitrary<Move & { index: number }>;

test('B2 every move leaves whole characters, moves one end only and goes the way it is told', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), fc.array(moves, { maxLength: 8 }), (parts, picks, steps) => {
      const content = parts.join('');
      const bounds = [...[...new Intl.Segmenter('en').segment(content)].map(({ index }) => index), content.length];
      const [a, b, c, d] = picks.map((pick) => bounds[pick % bounds.length] ?? 0).sort((x, y) => x - y) as [number, number, number, number];
      fc.pre(a < b && b < c && c < d);
      let ranges: readonly Range[] = [
        { start: a, end: b },
        { start: c, end: d },
      ];
      for (const move of steps) {
        const next = moveBoundary(content, ranges, move.index, move);
        if (!next) continue;
        expect(
          spanProblem(
            content,
            next.map((range) => spanAt(content, range)),
          ),
        ).toBeNull();
        const [before, after] = [ranges[move.index], next[move.index]] as [Range, Range];
        expect(Math.sign(after[move.edge] - before[move.edge])).toBe(move.step);
        expect(bounds).toContain(after[move.edge]);
        expect(content.slice(after.start, after.end)[move.edge === 'start' ? 'trimStart' : 'trimEnd']()).toBe(
          content.slice(after.start, after.end),
        );
        expect({ ...after, [move.edge]: 0 }).toEqual({ ...before, [move.edge]: 0 });
        expect(next[1 - move.index]).toEqual(ranges[1 - move.index]);
        ranges = next;
      }
    }),
    { numRuns: 1000 },
  );
});
