import { type Fractions, SplitName } from './options.ts';

/** A new running sha256, as `DatasetSource` gives it. */
export type NewHash = () => { update(text: string): void; hex(): string };

/**
 * Where a group falls between 0 and 1, by its id alone: the same on every computer, however the dataset grows. The first 8 bytes of
 * sha256("qds-split-v1\n" + id in UTF-8), big-endian, without their last 11 bits, over 2^53.
 */
export function pointOf(group: string, newHash: NewHash): number {
  const hash = newHash();
  hash.update(`qds-split-v1\n${group}`);
  return Number(BigInt(`0x${hash.hex().slice(0, 16)}`) >> 11n) / 2 ** 53;
}

/** The split that `point` falls into: train first, then validation, then test. A split with no part of the whole gets nothing. */
export function splitAt(point: number, fractions: Fractions): SplitName {
  let end = 0;
  let last: SplitName = 'train';
  for (const name of SplitName.options) {
    if (fractions[name] === 0) continue;
    last = name;
    end += fractions[name];
    if (point < end) return name;
  }
  // The parts may add up to a hair less than 1.
  return last;
}
