import { type Fractions, SplitName } from './options.ts';

/** Starts a new SHA-256 hash, as `DatasetSource` provides it. */
export type NewHash = () => { update(text: string): void; hex(): string };

/**
 * Where a group falls between 0 and 1, determined by its id alone: the same on every computer, however the dataset grows. Computed as the first 8
 * bytes of sha256("qds-split-v1
 * " + id in UTF-8), big-endian, without the last 11 bits, divided by 2^53.
 */
export function pointOf(group: string, newHash: NewHash): number {
  const hash = newHash();
  hash.update(`qds-split-v1\n${group}`);
  return Number(BigInt(`0x${hash.hex().slice(0, 16)}`) >> 11n) / 2 ** 53;
}

/** The split that `point` falls into: train first, then validation, then test. A split with a fraction of 0 gets nothing. */
export function splitAt(point: number, fractions: Fractions): SplitName {
  let end = 0;
  let last: SplitName = 'train';
  for (const name of SplitName.options) {
    if (fractions[name] === 0) continue;
    last = name;
    end += fractions[name];
    if (point < end) return name;
  }
  // The fractions may add up to slightly less than 1.
  return last;
}
