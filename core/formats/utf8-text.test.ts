import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ledger } from './ledger.ts';
import { Utf8Text } from './utf8-text.ts';

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '\0', 'é', 'ß', '“', '中', '\ud83d\ude00', '\ud83d', '\ude00', '\uffff', '\u07ff', '\u0800'),
});
const piece = fc.oneof(
  text,
  fc.nat(),
  fc.nat(Number.MAX_SAFE_INTEGER),
  fc.constantFrom(0, 9, 10, 99, 100, 2 ** 31, 999_999_999_999_999, 9_007_199_254_740_973),
);

test('X220 a text put together from pieces is the UTF-8 of all of them, and tells whether it had half a surrogate pair', () => {
  const whole = new Utf8Text();
  const other = new Utf8Text();
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(), (pieces, seed) => {
      const expected = Buffer.concat(pieces.map((one) => Buffer.from(String(one))));
      whole.clear();
      for (const one of pieces) typeof one === 'string' ? whole.add(one) : whole.addNumber(one);
      expect(Buffer.from(whole.bytes()).equals(expected)).toBe(true);
      expect(whole.isWellFormed).toBe(pieces.every((one) => String(one).isWellFormed()));
      const cut = seed % (expected.length + 1);
      other.clear().addPart(whole, cut).addPart(whole, 0, cut);
      expect(Buffer.from(other.bytes()).equals(Buffer.concat([expected.subarray(cut), expected.subarray(0, cut)]))).toBe(true);
      expect(other.isWellFormed).toBe(whole.isWellFormed);
    }),
    { numRuns: 200 },
  );
});

test('X220 a large text grows', () => {
  const whole = new Utf8Text();
  for (let turn = 0; turn < 5000; turn++) whole.add('“quoted” ').addNumber(turn);
  const expected = Array.from({ length: 5000 }, (_, turn) => `“quoted” ${turn}`).join('');
  expect(Buffer.from(whole.bytes()).toString()).toBe(expected);
});

test('X220 the ledger enters a text put together as it does a string', () => {
  const hashes: Uint8Array[] = [];
  const ledger = () =>
    new Ledger(() => ({
      update(content) {
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        hashes.push(new Uint8Array(bytes));
        return bytes;
      },
      bytes: 0,
      hex: () => '',
    }));
  const halved = 'a \ud83d b';
  const [one, two] = [ledger(), ledger()];
  const string = one.whole('a', one.wellFormed(halved), 1);
  const built = two.whole('a', two.wellFormed(new Utf8Text().add(halved)), 1);
  expect(Buffer.from(built.content).toString()).toBe('a \ufffd b');
  expect({ ...built, content: [...built.content] }).toEqual({ ...string, content: [...string.content] });
  expect(hashes[1]).toEqual(hashes[0]);
  expect(two.losses()).toEqual(one.losses());
  expect(one.whole('b', new Uint8Array([1]), 0).isText).toBe(false);
});
