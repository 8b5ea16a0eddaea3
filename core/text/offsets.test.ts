import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offsetsOf, texts } from '../testing/arbitrary.ts';
import { offsetMap } from './offsets.ts';

const sample =
  '“We will fight this tax 💪,” Mayor Ana Ruiz said Monday, “until it is gone.”\n\nThe council denied it. Ruiz claimed that rents rose 12% in 2024.';

// Start and end in UTF-16 code units, code points and UTF-8 bytes.
const vectors: [string, [number, number], [number, number], [number, number]][] = [
  ['We will fight this tax 💪,', [1, 27], [1, 26], [3, 31]],
  ['until it is gone.', [58, 75], [57, 74], [66, 83]],
  ['Mayor Ana Ruiz', [29, 43], [28, 42], [35, 49]],
  ['said', [44, 48], [43, 47], [50, 54]],
  ['fight this tax 💪', [9, 26], [9, 25], [11, 30]],
  ['this tax', [15, 23], [15, 23], [17, 25]],
  ['The council', [78, 89], [77, 88], [88, 99]],
  ['denied', [90, 96], [89, 95], [100, 106]],
  ['Ruiz', [101, 105], [100, 104], [111, 115]],
  ['claimed', [106, 113], [105, 112], [116, 123]],
  ['that rents rose 12% in 2024', [114, 141], [113, 140], [124, 151]],
  ['rents rose 12% in 2024', [119, 141], [118, 140], [129, 151]],
];

describe('offsets in three units', () => {
  test.each(vectors)('S13 %j has the same words in every unit', (words, units, points, bytes) => {
    const map = offsetMap(sample);
    expect(sample.slice(...units)).toBe(words);
    expect([...sample].slice(...points).join('')).toBe(words);
    expect(
      Buffer.from(sample)
        .subarray(...bytes)
        .toString(),
    ).toBe(words);
    expect(units.map(map.toCodePoint)).toEqual(points);
    expect(points.map(map.fromCodePoint)).toEqual(units);
    expect(units.map(map.toByte)).toEqual(bytes);
  });

  test('S13 the whole sample is 142 code units, 141 code points and 152 bytes', () => {
    const map = offsetMap(sample);
    expect([sample.length, map.codePoints, map.toByte(sample.length)]).toEqual([142, 141, 152]);
  });

  test('S13 every offset of any text is counted as slicing, spreading and encoding count it, and comes back', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'binary' })), (text) => {
        const map = offsetMap(text);
        expect(map.codePoints).toBe([...text].length);
        for (const offset of offsetsOf(text)) {
          const before = text.slice(0, offset);
          expect(map.toCodePoint(offset)).toBe([...before].length);
          expect(map.toByte(offset)).toBe(Buffer.byteLength(before));
          expect(map.fromCodePoint(map.toCodePoint(offset))).toBe(offset);
        }
      }),
      // The last and the first character of each number of bytes.
      { numRuns: 300, examples: [['\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}'], ['\u007f\u0080\u07ff\u0800\uffff']] },
    );
  });

  test('S14 the middle of a surrogate pair counts as the place before the pair', () => {
    const map = offsetMap('a💪b');
    expect([0, 1, 2, 3, 4].map(map.toCodePoint)).toEqual([0, 1, 1, 2, 3]);
    expect([0, 1, 2, 3, 4].map(map.toByte)).toEqual([0, 1, 1, 5, 6]);
  });

  test.each([-1, 5, 1.5, Number.NaN])('S14 the offset %d outside the text is refused', (offset) => {
    for (const text of ['a💪b', 'abcd']) {
      const map = offsetMap(text);
      expect(() => map.toCodePoint(offset)).toThrow(RangeError);
      expect(() => map.toByte(offset)).toThrow(RangeError);
      expect(() => map.fromCodePoint(offset)).toThrow(RangeError);
    }
  });
});
