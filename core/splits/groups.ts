/** Which of the numbers from 0 to `count - 1` belong together (union-find). */
export class Union {
  readonly #above: Uint32Array;

  constructor(count: number) {
    this.#above = Uint32Array.from({ length: count }, (_, index) => index);
  }

  /** The smallest number in the group of `index`. */
  of(index: number): number {
    let top = index;
    while (this.#above[top] !== top) top = this.#above[top] as number;
    for (let at = index; at !== top; ) {
      const next = this.#above[at] as number;
      this.#above[at] = top;
      at = next;
    }
    return top;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.of(one), this.of(other)];
    this.#above[Math.max(a, b)] = Math.min(a, b);
  }

  /** All groups, by the smallest number of each. Both are in ascending order. */
  groups(): Map<number, number[]> {
    const groups = new Map<number, number[]>();
    for (const index of this.#above.keys()) {
      const top = this.of(index);
      const group = groups.get(top);
      if (group) group.push(index);
      else groups.set(top, [index]);
    }
    return groups;
  }
}

/** Joins all numbers that share a key. `keysOf` gives the keys of each number from 0 to `count - 1`. */
export function joinByKeys(union: Union, count: number, keysOf: (index: number) => Iterable<string>): void {
  const first = new Map<string, number>();
  for (let index = 0; index < count; index++) {
    for (const key of keysOf(index)) {
      const before = first.get(key);
      if (before === undefined) first.set(key, index);
      else union.join(before, index);
    }
  }
}
