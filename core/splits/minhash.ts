import { spread, together, unique } from './shingles.ts';

const permutations = 128;
const rows = 4;
const bands = permutations / rows;

// Constant, so that the same texts always give the same candidates.
const multipliers = Uint32Array.from({ length: permutations }, (_, index) => spread(2 * index + 1) | 1);
const addends = Uint32Array.from({ length: permutations }, (_, index) => spread(2 * index + 2));

/**
 * The smallest value of a set under each of 128 permutations (MinHash). The share of values that two sets have in common estimates their Jaccard
 * index.
 */
export function signatureOf(set: Uint32Array): Uint32Array {
  const signature = new Uint32Array(permutations).fill(0xffffffff);
  for (let index = 0; index < permutations; index++) {
    const [multiplier, addend] = [multipliers[index] as number, addends[index] as number];
    let least = 0xffffffff;
    for (let at = 0; at < set.length; at++) {
      const value = (Math.imul(set[at] as number, multiplier) + addend) >>> 0;
      if (value < least) least = value;
    }
    signature[index] = least;
  }
  return signature;
}

/**
 * The 32 bands of 4 rows of a set's signature, each as a 32-bit key, ascending. Two sets with Jaccard index s share a key with probability 1 − (1
 * − s⁴)³² (locality-sensitive hashing): .5 gives .87, .7 gives .9998. An empty set has none.
 */
export function bandKeysOf(set: Uint32Array): Uint32Array {
  if (set.length === 0) return new Uint32Array();
  const signature = signatureOf(set);
  const keys = Uint32Array.from({ length: bands }, (_, band) =>
    spread(together(signature, band * rows, (band + 1) * rows) + Math.imul(band, 0x9e3779b1)),
  );
  return unique(keys);
}
