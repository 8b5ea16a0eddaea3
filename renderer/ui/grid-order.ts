/** A column: words are left-aligned and share the available width, numbers are right-aligned. */
export interface GridColumn {
  readonly id: string;
  readonly title: string;
  readonly kind: 'words' | 'number';
}

/** A cell: what it shows, its accessible name if that differs, whether it opens something, and whether to show it muted. */
export interface GridCell {
  readonly text: string;
  readonly name?: string;
  readonly opens?: boolean;
  readonly isQuiet?: boolean;
}

/** By which column the rows are sorted, and in which direction. */
export interface GridOrder {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Compares rows by the value of `keyOf` for the column of `order`; null if there is no order. Words are compared as people sort them. */
export function byOrder<Row>(order: GridOrder | null, keyOf: (row: Row) => string | number): ((one: Row, other: Row) => number) | null {
  if (!order) return null;
  const sign = order.isDescending ? -1 : 1;
  return (one, other) => {
    const [a, b] = [keyOf(one), keyOf(other)];
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)));
  };
}
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
