import { bandKeysOf } from './minhash.ts';
import { sharing } from './sharing.ts';

/** From this number of documents on, candidates come from MinHash instead of an index of all shingles. */
const exactBelow = 5000;

// A text with fewer shingles may occur in another one by chance or as a set phrase.
const fewestContained = 10;
// With many documents, only one shingle in eight is used to look for truncated copies.
const sampled = (shingle: number) => shingle % 8 === 0;

/** How much two sets of shingles have in common: relative to their union (Jaccard index) and to the smaller one (containment). */
export interface Similarity {
  readonly jaccard: number;
  readonly containment: number;
}

/** A pair of documents by index, the smaller first. `same` means that they are the same text to a reader; otherwise they are only alike. */
export interface AlikePair extends Similarity {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/** How alike two sets are. Both must be ascending. Empty sets are not alike to anything. */
export function similarityOf(one: Uint32Array, other: Uint32Array): Similarity {
  let common = 0;
  // Written without unpredictable branches, because this runs for every candidate.
  for (let at = 0, there = 0; at < one.length && there < other.length; ) {
    const here = one[at] as number;
    const that = other[there] as number;
    common += here === that ? 1 : 0;
    at += here <= that ? 1 : 0;
    there += that <= here ? 1 : 0;
  }
  const smaller = Math.min(one.length, other.length);
  return {
    jaccard: common === 0 ? 0 : common / (one.length + other.length - common),
    containment: common === 0 ? 0 : common / smaller,
  };
}

/**
 * Finds the pairs of documents whose texts are the same to a reader (a Jaccard index of .8 or more, or a truncated copy: .8 or more of a text with
 * at least 10 shingles occurs in the other) or alike (.5 or more, or a shorter text that occurs in the other). `documents` are sets of shingles.
 * Below `limit` documents it finds every such pair. From there on it finds nearly every one, with exact numbers for those it finds. Yields null
 * every few thousand comparisons, so that the caller can let other work run. The result is always the same.
 */
export function* alikePairs(documents: readonly Uint32Array[], limit = exactBelow): Generator<AlikePair | null> {
  if (documents.length < limit) {
    yield* verified(documents, sharing(documents, 0.5), () => true);
    return;
  }
  const known = new Set<number>();
  const isNew = (a: number, b: number) => {
    const key = a * documents.length + b;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  };
  const keys: Uint32Array[] = [];
  for (const [index, shingles] of documents.entries()) {
    keys.push(bandKeysOf(shingles));
    if (index % 100 === 99) yield null;
  }
  yield* verified(documents, sharing(keys, 0), isNew);
  // MinHash misses most truncated copies, because their Jaccard index is small.
  const samples = documents.map((shingles) => shingles.filter(sampled));
  yield* verified(documents, sharing(samples, 0.5), isNew);
}

function* verified(
  documents: readonly Uint32Array[],
  candidates: ReturnType<typeof sharing>,
  isNew: (a: number, b: number) => boolean,
): Generator<AlikePair | null> {
  let compared = 0;
  for (const { set, others } of candidates) {
    for (const other of others) {
      if (++compared % 2000 === 0) yield null;
      const [a, b] = set < other ? [set, other] : [other, set];
      const [one, two] = [documents[a] as Uint32Array, documents[b] as Uint32Array];
      const { jaccard, containment } = similarityOf(one, two);
      const same = jaccard >= 0.8 || (containment >= 0.8 && Math.min(one.length, two.length) >= fewestContained);
      if ((same || jaccard >= 0.5 || containment >= 0.8) && isNew(a, b)) yield { a, b, jaccard, containment, same };
    }
  }
}
