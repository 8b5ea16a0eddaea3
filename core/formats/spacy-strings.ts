import { strToU8 } from 'fflate';
import { symbolNumber } from './spacy-symbols.ts';

const mask = 0xffff_ffff_ffff_ffffn;
const multiplier = 0xc6a4_a793_5bd1_e995n;
const shift = 47n;

/**
 * The number by which spaCy's StringStore knows a string, as an unsigned 64-bit integer: 0 for the empty one, that of its symbol where spaCy has
 * one of this name, else MurmurHash64A with seed 1 over its UTF-8 bytes.
 */
export function stringNumber(text: string): bigint {
  return text === '' ? 0n : (symbolNumber(text) ?? murmurHash(text));
}

function murmurHash(text: string): bigint {
  const bytes = strToU8(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 8);
  let hash = 1n ^ ((BigInt(bytes.length) * multiplier) & mask);
  for (let at = 0; at < whole; at += 8) {
    let block = (view.getBigUint64(at, true) * multiplier) & mask;
    block = ((block ^ (block >> shift)) * multiplier) & mask;
    hash = ((hash ^ block) * multiplier) & mask;
  }
  if (whole < bytes.length) {
    let rest = 0n;
    for (let at = bytes.length - 1; at >= whole; at--) rest = (rest << 8n) | BigInt(bytes[at] as number);
    hash = ((hash ^ rest) * multiplier) & mask;
  }
  hash = ((hash ^ (hash >> shift)) * multiplier) & mask;
  return hash ^ (hash >> shift);
}

/** Strings as the numbers of spaCy, and which there were. Owned by the file that they are for. */
export class StringStore {
  readonly #numbers = new Map<string, bigint>();

  /** The number of `text`, which is kept. */
  add(text: string): bigint {
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
