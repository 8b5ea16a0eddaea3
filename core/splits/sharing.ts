// The maximum number of documents, so that a 32-bit key and a document's index fit into one number.
const most = 2 ** 21;

/**
 * Finds overlapping sets with an inverted index. `sets` hold 32-bit keys in ascending order. For each set, yields the indexes of the sets that
 * contain one of its rarest keys. Each pair occurs once, under the set with fewer keys (the first of two of equal size). `share` is the fraction
 * of the smaller set that two sets must have in common; every such pair is included. With a share of 0, one common key is enough.
 * @throws RangeError for 2^21 sets or more
 */
export function* sharing(sets: readonly Uint32Array[], share: number): Generator<{ readonly set: number; readonly others: number[] }> {
  if (sets.length >= most) throw new RangeError(`${sets.length} sets are too many to be compared`);
  const { holders, runs } = indexOf(sets);
  const seen = new Int32Array(sets.length).fill(-1);
  for (const [index, set] of sets.entries()) {
    const own = runs[index] as Runs;
    // If the other set holds at least m of the n keys, it holds one of any n − m + 1 of them.
    const needed = Math.max(1, Math.ceil(share * set.length));
    const rarest = Uint32Array.from(set.keys()).sort((a, b) => (own.lengths[a] as number) - (own.lengths[b] as number));
    const others: number[] = [];
    for (const at of rarest.subarray(0, set.length - needed + 1)) {
      const start = own.starts[at] as number;
      for (let place = start; place < start + (own.lengths[at] as number); place++) {
        const other = holders[place] as number;
        if (seen[other] === index || !isAfter(sets, other, index)) continue;
        seen[other] = index;
        others.push(other);
      }
    }
    if (others.length > 0) yield { set: index, others };
  }
}

// For each key of a set: where the holders of that key begin, and how many there are.
interface Runs {
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
}

function indexOf(sets: readonly Uint32Array[]): { holders: Uint32Array; runs: Runs[] } {
  const postings = new Float64Array(sets.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const [index, set] of sets.entries()) for (const key of set) postings[filled++] = key * most + index;
  postings.sort();
  const holders = new Uint32Array(postings.length);
  const runs = sets.map(({ length }): Runs => ({ starts: new Uint32Array(length), lengths: new Uint32Array(length) }));
  // Both the postings and the keys of each set are ascending, so the next posting of a set is always its next key.
  const next = new Uint32Array(sets.length);
  for (let start = 0, end = 0; start < postings.length; start = end) {
    const key = Math.floor((postings[start] as number) / most);
    for (end = start + 1; end < postings.length && Math.floor((postings[end] as number) / most) === key; ) end++;
    for (let place = start; place < end; place++) {
      const set = (postings[place] as number) - key * most;
      holders[place] = set;
      const at = next[set] as number;
      next[set] = at + 1;
      const own = runs[set] as Runs;
      own.starts[at] = start;
      own.lengths[at] = end - start;
    }
  }
  return { holders, runs };
}

function isAfter(sets: readonly Uint32Array[], other: number, index: number): boolean {
  const [there, here] = [(sets[other] as Uint32Array).length, (sets[index] as Uint32Array).length];
  return there > here || (there === here && other > index);
}
