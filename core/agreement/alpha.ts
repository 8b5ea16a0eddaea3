/**
 * How often each two values met in one unit, as Krippendorff counts them: in a unit with m values every ordered pair of them counts 1/(m − 1).
 * What is counted of some units and of others can be added up. Plain data: a row for each pair of values, in no order.
 */
export interface Coincidence {
  readonly one: string;
  readonly other: string;
  readonly count: number;
}

/** Counts units one after the other. A unit with less than two values tells nothing and is left out. */
export class Coincidences {
  readonly #counts = new Map<string, Map<string, number>>();

  /** Counts `times` units that all have these values, one from each annotator who gave one. */
  addUnit(values: readonly string[], times = 1): void {
    if (values.length < 2 || times === 0) return;
    const worth = times / (values.length - 1);
    for (const [at, one] of values.entries()) {
      for (const [place, other] of values.entries()) if (place !== at) this.#add(one, other, worth);
    }
  }

  /** Adds what was counted elsewhere. */
  addRows(rows: readonly Coincidence[]): void {
    for (const { one, other, count } of rows) this.#add(one, other, count);
  }

  rows(): Coincidence[] {
    return [...this.#counts].flatMap(([one, row]) => [...row].map(([other, count]) => ({ one, other, count })));
  }

  #add(one: string, other: string, count: number): void {
    const row = this.#counts.get(one) ?? new Map<string, number>();
    this.#counts.set(one, row);
    row.set(other, (row.get(other) ?? 0) + count);
  }
}

/**
 * Krippendorff's alpha for nominal values (Krippendorff 2011, “Computing Krippendorff’s alpha-reliability”, section C): 1 where all agree, 0 where they
 * agree as by chance, below 0 where less. Null where it is not defined: without two values in any unit, or where only one value was ever given.
 */
export function alpha(rows: readonly Coincidence[]): number | null {
  const totals = new Map<string, number>();
  let all = 0;
  let observed = 0;
  for (const { one, other, count } of rows) {
    totals.set(one, (totals.get(one) ?? 0) + count);
    all += count;
    if (one !== other) observed += count;
  }
  const alike = [...totals.values()].reduce((sum, count) => sum + count * count, 0);
  const expected = all * all - alike;
  return totals.size < 2 ? null : 1 - ((all - 1) * observed) / expected;
}
