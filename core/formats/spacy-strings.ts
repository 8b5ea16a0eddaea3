import { symbolNumber } from './spacy-symbols.ts';
import { Utf8Text } from './utf8-text.ts';

/** An unsigned 64-bit integer as its two halves: such numbers are made by the million, and every BigInt is an object. */
export interface Halves {
  readonly high: number;
  readonly low: number;
}

const none: Halves = { high: 0, low: 0 };
const multiplier: Halves = { high: 0xc6a4_a793, low: 0x5bd1_e995 };

/**
 * The number by which spaCy's StringStore knows a string: 0 for the empty one, that of its symbol where spaCy has one of this name, else
 * MurmurHash64A with seed 1 over its UTF-8 bytes.
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

// The product with the multiplier, as far as 64 bits hold it.
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

/** Strings as the numbers of spaCy, and which there were. Owned by the file that they are for. */
export class StringStore {
  readonly #numbers = new Map<string, Halves>();

  /** The number of `text`, which is kept. */
  add(text: string): Halves {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = stringNumber(text);
    this.#numbers.set(text, number);
    return number;
  }

  /** All that were added but for the empty one, ascending. */
  strings(): string[] {
    return [...this.#numbers.keys()].filter((text) => text !== '').sort();
  }
}
