/** A column: words stand on the left and are as wide as there is room, numbers on the right. */
export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: 'words' | 'number';
}

/** A cell: what it shows, what it is called where that does not say it, whether it opens something, and whether it is nothing much. */
export interface GridCell {
  readonly text: string;
  readonly name?: string;
  readonly opens?: boolean;
  readonly isQuiet?: boolean;
}

/** By which column rows are in order, and which way. */
export interface GridOrder {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Compares rows by what `keyOf` gives for the column of `order`; null where there is no order. Words are compared as people read them. */
export function byOrder<Row>(order: GridOrder | null, keyOf: (row: Row) => string | number): ((one: Row, other: Row) => number) | null {
  if (!order) return null;
  const sign = order.isDescending ? -1 : 1;
  return (one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)];
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)));
  };
}
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
