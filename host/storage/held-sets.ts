import type { AnnotationSet } from '../../core/model/annotation.ts';

/** A set that is in memory. The owner of what holds it keeps `set` and `isSaved` up to date. */
export interface HeldSet {
  set: AnnotationSet;
  /** Whether it is on the disk as it is here, so that it can be read again. */
  readonly isSaved: boolean;
}

// So many records of sets are kept in memory; those that were not used for longest go first, but never the last few.
const mostRecords = 10_000;
const leastSets = 8;

/** The sets of an annotator that are in memory, by article: all that are not saved yet, and of the others those that were used last. */
export class HeldSets<H extends HeldSet> {
  /** The last used at the end. */
  readonly #held = new Map<string, H>();
  readonly #sizes = new Map<string, number>();
  #records = 0;

  get(article: string): H | undefined {
    return this.#held.get(article);
  }

  values(): Iterable<H> {
    return this.#held.values();
  }

  /** Keeps `held`, as the one that was used last. */
  use(article: string, held: H): H {
    this.#held.delete(article);
    this.#held.set(article, held);
    const size = recordsIn(held.set);
    this.#records += size - (this.#sizes.get(article) ?? 0);
    this.#sizes.set(article, size);
    return held;
  }

  /** Lets go of what is too much. */
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
