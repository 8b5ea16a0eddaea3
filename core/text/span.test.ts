import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rangeFrom, texts } from '../testing/arbitrary.ts';
import { type Range, sentenceAt, snapToGraphemes, snapToWords, spanAt, spanProblem, unite } from './span.ts';

/** Reads `He ‹said›.` as the text `He said.` and the range of `said`; two marks at one place are a caret. */
function marked(notation: string): { text: string; range: Range } {
  return { text: notation.replace(/[‹›]/g, ''), range: { start: notation.indexOf('‹'), end: notation.indexOf('›') - 1 } };
}

/** Writes a range into its text, the way `marked` reads it. */
function mark(text: string, range: Range | null): string | null {
  return range && `${text.slice(0, range.start)}‹${text.slice(range.start, range.end)}›${text.slice(range.end)}`;
}

const snapped = (notation: string, snap: (text: string, range: Range) => Range | null) => {
  const { text, range } = marked(notation);
  return mark(text, snap(text, range));
};

const family = '👨‍👩‍👧‍👦';

describe('spans', () => {
  test('S1 a span holds the text between its ends, counted in UTF-16 code units', () => {
    expect(spanAt('a💪b', { start: 1, end: 3 })).toEqual({ start: 1, end: 3, text: '💪' });
    expect(spanAt('abc', { start: 0, end: 3 })).toEqual({ start: 0, end: 3, text: 'abc' });
  });

  test.each([
    [1, 1],
    [2, 1],
    [-1, 2],
    [0, 5],
    [Number.NaN, 2],
    [0, Number.NaN],
  ])('S2 there is no span at [%d, %d) of four units', (start, end) => {
    expect(() => spanAt('a💪b', { start, end })).toThrow(RangeError);
  });

  test.each([
    [0, 2],
    [2, 4],
  ])('S3 [%d, %d) splits a surrogate pair and is no span', (start, end) => {
    expect(() => spanAt('a💪b', { start, end })).toThrow(/surrogate pair/);
    expect(spanProblem('a💪b', [{ start, end, text: 'a💪b'.slice(start, end) }])).toMatch(/surrogate pair/);
  });

  test('S3 a span may begin and end right beside a pair, and beside characters next to the surrogates', () => {
    const text = '\ud7ff💪\ue000💪';
    for (const [start, end] of [
      [0, 1],
      [1, 3],
      [3, 4],
      [4, 6],
    ] as const)
      expect(spanProblem(text, [spanAt(text, { start, end })])).toBeNull();
  });

  test.each(['\u{10000}', '\u{10ffff}'])('S3 the first and the last astral character are pairs too: %j', (pair) => {
    expect(() => spanAt(pair, { start: 0, end: 1 })).toThrow(/surrogate pair/);
    expect(() => spanAt(pair, { start: 1, end: 2 })).toThrow(/surrogate pair/);
  });

  test('S4 spans are sound when they ascend, stand apart and cover what they say', () => {
    const text = 'one two three';
    const one = spanAt(text, { start: 0, end: 3 });
    const two = spanAt(text, { start: 4, end: 7 });
    expect(spanProblem(text, [one, two])).toBeNull();
    expect(spanProblem(text, [])).toMatch(/no span/);
    expect(spanProblem(text, [two, one])).toMatch(/touches or overlaps/);
    expect(spanProblem(text, [one, one])).toMatch(/touches or overlaps/);
    expect(spanProblem(text, [one, spanAt(text, { start: 3, end: 4 })])).toMatch(/touches or overlaps/);
    expect(spanProblem(text, [{ ...two, text: 'twa' }])).toMatch(/other words/);
    expect(spanProblem(text, [{ start: 8, end: 14, text: 'three!' }])).toMatch(/not inside/);
    expect(spanProblem(text, [{ start: 4, end: 4, text: '' }])).toMatch(/not inside/);
    expect(spanProblem(text, [{ start: -1, end: 3, text: 'one' }])).toMatch(/not inside/);
  });

  test('S5 uniting keeps fragments apart that leave a gap and joins those that touch or overlap, in whatever order', () => {
    const text = '0123456789';
    const united = (...ranges: [number, number][]) => {
      const [first, ...rest] = ranges.map(([start, end]) => ({ start, end }));
      return unite(text, rest, first as Range).map(({ start, end }) => [start, end]);
    };
    expect(united([6, 8], [0, 2])).toEqual([
      [0, 2],
      [6, 8],
    ]);
    expect(united([0, 2], [2, 4])).toEqual([[0, 4]]);
    expect(united([0, 3], [2, 4])).toEqual([[0, 4]]);
    expect(united([1, 9], [2, 4])).toEqual([[1, 9]]);
    expect(united([0, 2], [5, 7], [1, 6])).toEqual([[0, 7]]);
    expect(() => united([8, 12])).toThrow(RangeError);
  });

  test('S5 uniting covers exactly the characters of the parts, in sound spans', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 6 }), (text, pairs) => {
        fc.pre(text.length > 0);
        const ranges = pairs.map(([a, b]) => rangeFrom(text, a, b));
        const spans = unite(text, ranges.slice(1), ranges[0] as Range);
        expect(spanProblem(text, spans)).toBeNull();
        const covers = (list: readonly Range[]) => [...text].map((_, at) => list.some(({ start, end }) => start <= at && at < end));
        expect(covers(spans)).toEqual(covers(ranges));
      }),
      { numRuns: 300 },
    );
  });
});

describe('snapping a selection', () => {
  test.each([
    ['He ‹sai›d so.', 'He ‹said› so.'],
    ['He s‹aid s›o.', 'He ‹said so›.'],
    ['‹H›e said', '‹He› said'],
    ['He sai‹d›', 'He ‹said›'],
    ['a ‹ said › b', 'a  ‹said›  b'],
    ['one\n‹two\n›three', 'one\n‹two›\nthree'],
    ['o‹ne\ntw›o', '‹one\ntwo›'],
    ['the ‹U.S›. envoy', 'the ‹U.S›. envoy'],
    ['‹90›% ready', '‹90›% ready'],
    ['we do‹n’t› know', 'we ‹don’t› know'],
    ["we do‹n't› know", "we ‹don't› know"],
    ['ca‹fe\u0301› au lait', '‹cafe\u0301› au lait'],
    ['ca‹fe›\u0301 au lait', '‹cafe\u0301› au lait'],
    ['אמר ש‹לו›ם לכולם', 'אמר ‹שלום› לכולם'],
    ['go ‹👨›‍👩‍👧‍👦 go', `go ‹${family}› go`],
    [`go ‹${family}› go`, `go ‹${family}› go`],
    ['🇺‹🇦› now', '‹🇺🇦› now'],
    ['‹\u00a0said\u2009›', '\u00a0‹said›\u2009'],
    ['a  ‹\u0301b›', 'a ‹ \u0301b›'],
  ])('S6 %j grows to whole words without outer white space: %j', (selection, expected) => {
    expect(snapped(selection, snapToWords)).toBe(expected);
  });

  test('F96 marks of direction around a selection are left out, and those within it stay', () => {
    const text = 'قدرت (\u200e$1.3\u200e billion\u200e) \u2067نعم\u2069.';
    const whole = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
    for (const snap of [snapToWords, snapToGraphemes]) {
      expect(snap(text, whole('\u200e$1.3\u200e billion\u200e'))).toEqual(whole('$1.3\u200e billion'));
      expect(snap(text, whole('\u2067نعم\u2069'))).toEqual(whole('نعم'));
    }
    expect(snapToWords(text, whole('billi'))).toEqual(whole('billion'));
  });

  test.each([
    ['‹“We wil›l,” he said', '‹“We will›,” he said'],
    ['‹“We will,”› he said', '‹“We will,”› he said'],
    ['“‹We will›,” he said', '“‹We will›,” he said'],
    ['‹«Nous ser›ons là»', '‹«Nous serons› là»'],
    ['he said «yes‹»›', 'he said «yes‹»›'],
    ['he said ‹“yes”›', 'he said ‹“yes”›'],
    ['‹‘Zelensky’s plan’›', '‹‘Zelensky’s plan’›'],
    ['‘Zelensky‹’s plan›’', '‘‹Zelensky’s plan›’'],
    ['‘the allie‹s›’ and', '‘the ‹allies›’ and'],
  ])('S7 quotation marks are in when selected and out when not: %j', (selection, expected) => {
    expect(snapped(selection, snapToWords)).toBe(expected);
  });

  test.each(['a‹ ›b', 'a‹\n\n›b', 'a‹\u00a0\t›b', 'a‹›b', '‹›'])('S8 nothing is left of the white space or caret %j', (selection) => {
    expect(snapped(selection, snapToWords)).toBeNull();
    expect(snapped(selection, snapToGraphemes)).toBeNull();
  });

  test.each([
    ['He s‹ai›d', 'He s‹ai›d'],
    ['He‹ said ›so', 'He ‹said› so'],
    ['caf‹e›\u0301', 'caf‹e\u0301›'],
    ['a‹👨›‍👩‍👧‍👦b', `a‹${family}›b`],
    ['‹🇺›🇦', '‹🇺🇦›'],
    ['क्षि‹क्›षि', 'क्षि‹क्षि›'],
  ])('S9 an exact selection keeps its letters and only completes characters: %j', (selection, expected) => {
    expect(snapped(selection, snapToGraphemes)).toBe(expected);
  });

  test('S10 a snapped selection is a sound span that keeps all that was selected but white space, and snapping again changes nothing', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), fc.constantFrom(snapToWords, snapToGraphemes), (text, a, b, snap) => {
        fc.pre(text.length > 0);
        const range = rangeFrom(text, a, b);
        const result = snap(text, range);
        const selected = text.slice(range.start, range.end);
        if (!result) {
          expect(selected.trim()).toBe('');
          return;
        }
        expect(spanProblem(text, [spanAt(text, result)])).toBeNull();
        expect(text.slice(Math.min(range.start, result.start), result.start).trim()).toBe('');
        expect(text.slice(result.end, Math.max(range.end, result.end)).trim()).toBe('');
        expect(snap(text, result)).toEqual(result);
      }),
      { numRuns: 500 },
    );
  });
});

describe('sentences and words around a caret', () => {
  test.each([
    ['One is here. Tw‹›o is there. Three.', 'One is here. ‹Two is there.› Three.'],
    ['‹›One. Two.', '‹One.› Two.'],
    ['He said “no.” She‹› left.', 'He said “no.” ‹She left.›'],
    ['Head\nOne‹› line.\nNext', 'Head\n‹One line.›\nNext'],
    ['One. Two.‹›\nNext', 'One. ‹Two.›\nNext'],
    ['One. Two.‹›', 'One. ‹Two.›'],
    ['  ‹›One.  ', '  ‹One.›  '],
    ['He calls it “a step.”‹›', '‹He calls it “a step.”›'],
    ['a‹› 💪', '‹a 💪›'],
  ])('S11 the sentence around the caret of %j stays in its line: %j', (caret, expected) => {
    const { text, range } = marked(caret);
    expect(mark(text, sentenceAt(text, range.start))).toBe(expected);
  });

  test.each(['One.\n‹›\nTwo.', '‹›\nTwo.', 'One.\n‹›', '‹›', 'One.\n  ‹› \nTwo.'])('S11 an empty line has no sentence: %j', (caret) => {
    const { text, range } = marked(caret);
    expect(sentenceAt(text, range.start)).toBeNull();
  });
});
