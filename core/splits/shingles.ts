import { comparedWords } from './words.ts';

const length = 5;

/**
 * The set of word 5-shingles of a text, as distinct 32-bit hashes in ascending order. A shorter text is one shingle of all its words; a text
 * without words has none. Two different shingles of two articles share a hash in about one of ten thousand pairs of articles.
 */
export function shinglesOf(text: string): Uint32Array {
  const words = comparedWords(text).map(hashOf);
  const count = words.length === 0 ? 0 : Math.max(1, words.length - length + 1);
  const hashes = new Uint32Array(count);
  for (let at = 0; at < count; at++) hashes[at] = together(words, at, Math.min(at + length, words.length));
  return unique(hashes);
}

/** Sorts `hashes` in place and returns them in ascending order, each once. */
export function unique(hashes: Uint32Array): Uint32Array {
  hashes.sort();
  let kept = 0;
  for (let at = 0; at < hashes.length; at++) {
    if (at === 0 || hashes[at] !== hashes[at - 1]) hashes[kept++] = hashes[at] as number;
  }
  return hashes.slice(0, kept);
}

/** Spreads the bits of a 32-bit number over all 32 (the last step of MurmurHash3). One-to-one. */
export function spread(hash: number): number {
  let bits = hash;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A 32-bit hash of the numbers in `list` from `start` up to, but not including, `end`. Their order matters. */
export function together(list: ArrayLike<number>, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = spread(Math.imul(hash, 0x9e3779b1) + (list[at] as number));
  return hash >>> 0;
}

// FNV-1a over UTF-16 code units.
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return spread(hash);
}
