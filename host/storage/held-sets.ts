import type { AnnotationSet } from '../../core/model/annotation.ts';

/** A set in memory. Its owner keeps `set` and `isSaved` up to date. */
export interface HeldSet {
  set: AnnotationSet;
  /** Whether the disk holds the same, so that it can be read again. */
  readonly isSaved: boolean;
}

// The number of records that are kept in memory. Beyond it, the least recently used sets are dropped first, but never the last few.
const mostRecords = 10_000;
const leastSets = 8;

/** The sets of an annotator that are in memory, by article: all that are not saved yet, and the most recently used of the others. */
export class HeldSets<H extends HeldSet> {
  /** Least recently used first. */
  readonly #held = new Map<string, H>();
  readonly #sizes = new Map<string, number>();
  #records = 0;

  get(article: string): H | undefined {
    return this.#held.get(article);
  }

  values(): Iterable<H> {
    return this.#held.values();
  }

  /** Keeps `held` as the most recently used set. */
  use(article: string, held: H): H {
    this.#held.delete(article);
    this.#held.set(article, held);
    const size = recordsIn(held.set);
    this.#records += size - (this.#sizes.get(article) ?? 0);
    this.#sizes.set(article, size);
    return held;
  }

  /** Drops the sets that are too many. */
  letGo(): void {
    if (this.#records <= mostRecords) return;
    let left = this.#held.size;
    for (const [article, held] of this.#held) {
      if (this.#records <= mostRecords || left <= leastSets) return;
      if (!held.isSaved) continue;
      left--;
      this.#held.delete(article);
      this.#records -= this.#sizes.get(article) ?? 0;
      this.#sizes.delete(article);
    }
  }
}

function recordsIn({ annotations, mentions, relations, decisions }: AnnotationSet): number {
  return annotations.size + mentions.size + relations.size + decisions.size;
}
