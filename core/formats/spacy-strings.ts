import { symbolNumber } from './spacy-symbols.ts';
import { Utf8Text } from './utf8-text.ts';

/** An unsigned 64-bit integer as two halves. Millions of them are made, and every BigInt is an object. */
export interface Halves {
  readonly high: number;
  readonly low: number;
}

const none: Halves = { high: 0, low: 0 };
const multiplier: Halves = { high: 0xc6a4_a793, low: 0x5bd1_e995 };

/**
 * The number by which spaCy's StringStore identifies a string: 0 for the empty one, the symbol's number if spaCy has a symbol with this name,
 * otherwise MurmurHash64A with seed 1 of its UTF-8 bytes.
 */
export function stringNumber(text: string): Halves {
  if (text === '') return none;
  const symbol = symbolNumber(text);
  return symbol === undefined ? murmurHash(text) : { high: 0, low: symbol };
}

const room = new Utf8Text();

function murmurHash(text: string): Halves {
  const bytes = room.clear().add(text).bytes();
  const whole = bytes.length - (bytes.length % 8);
  const half = (at: number) =>
    ((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>>
    0;
  let { high, low } = multiplied(0, bytes.length);
  low = (low ^ 1) >>> 0;
  for (let at = 0; at < whole; at += 8) {
    const block = multiplied(half(at + 4), half(at));
    const mixed = multiplied(block.high, (block.low ^ (block.high >>> 15)) >>> 0);
    ({ high, low } = multiplied((high ^ mixed.high) >>> 0, (low ^ mixed.low) >>> 0));
  }
  if (whole < bytes.length) {
    for (let at = whole; at < bytes.length; at++) {
      const place = at - whole;
      if (place < 4) low = (low ^ ((bytes[at] as number) << (8 * place))) >>> 0;
      else high = (high ^ ((bytes[at] as number) << (8 * (place - 4)))) >>> 0;
    }
    ({ high, low } = multiplied(high, low));
  }
  ({ high, low } = multiplied(high, (low ^ (high >>> 15)) >>> 0));
  return { high, low: (low ^ (high >>> 15)) >>> 0 };
}

// The lower 64 bits of the product with the multiplier.
function multiplied(high: number, low: number): Halves {
  const [one, two] = [low & 0xffff, low >>> 16];
  const [first, second] = [multiplier.low & 0xffff, multiplier.low >>> 16];
  const across = two * first;
  const middle = one * second + (across & 0xffff) + ((one * first) >>> 16);
  const carried = two * second + (across >>> 16) + (middle >>> 16);
  return {
    high: (carried + Math.imul(high, multiplier.low) + Math.imul(low, multiplier.high)) >>> 0,
    low: Math.imul(low, multiplier.low) >>> 0,
  };
}

/** Converts strings to spaCy's numbers and remembers them. Owned by the file for which it is made. */
export class StringStore {
  readonly #numbers = new Map<string, Halves>();

  /** The number of `text`, which is remembered. */
  add(text: string): Halves {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = stringNumber(text);
    this.#numbers.set(text, number);
    return number;
  }

  /** All strings that were added, except the empty one, ascending. */
  strings(): string[] {
    return [...this.#numbers.keys()].filter((text) => text !== '').sort();
  }
}
