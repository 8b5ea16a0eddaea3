// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out by hand, since only those on screen are elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus and names the cell in turn
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the table has the keys
// biome-ignore-all lint/a11y/noStaticElementInteractions: a cell has a role
import './matrix.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';

/** A place in a matrix by the ids of row and column. A null row is the head, a null column the titles of the rows. */
export interface MatrixPlace {
  readonly row: string | null;
  readonly column: string | null;
}

/** Rows under a title of their own. */
export interface MatrixSection<Row> {
  readonly title: string;
  readonly rows: readonly Row[];
}

interface MatrixProps<Row> {
  /** The accessible name. */
  readonly label: string;
  /** The title over the titles of the rows. */
  readonly corner: ReactNode;
  readonly columns: readonly { readonly id: string; readonly head: ReactNode }[];
  readonly sections: readonly MatrixSection<Row>[];
  readonly idOf: (row: Row) => string;
  readonly headOf: (row: Row) => ReactNode;
  readonly cellOf: (row: Row, column: string) => ReactNode;
  readonly at: MatrixPlace | null;
  onWalk(place: MatrixPlace): void;
  /** A place was chosen with Enter, Space or a double click. */
  onChoose(place: MatrixPlace): void;
  /** Handles a key before the table does. Returns whether it did. */
  onKey?(event: KeyboardEvent, place: MatrixPlace): boolean;
}

// In CSS pixels. The head is above the rows and stays there, so rows begin below it and are scrolled to below it.
const headHeight = 66;

type Line<Row> = { readonly kind: 'title'; readonly title: string; readonly count: number } | { readonly kind: 'row'; readonly row: Row };

/**
 * A table of rows by columns whose cells are as high as what is in them. Head and first column stay in sight. Only the rows on screen are elements. The
 * table itself has the focus and names the current cell; arrows walk.
 */
export function Matrix<Row>(props: MatrixProps<Row>) {
  const { columns, sections, idOf } = props;
  const grid = useRef<HTMLDivElement>(null);
  const name = useId();
  const lines = sections.flatMap(({ title, rows }): Line<Row>[] => [
    { kind: 'title', title, count: rows.length },
    ...rows.map((row) => ({ kind: 'row' as const, row })),
  ]);
  const rows = lines.flatMap((line, index) => (line.kind === 'row' ? [{ id: idOf(line.row), line: index }] : []));
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => grid.current,
    estimateSize: (index) => (lines[index]?.kind === 'title' ? 34 : 96),
    getItemKey: (index) => {
      const line = lines[index];
      return line?.kind === 'row' ? idOf(line.row) : `title ${line?.title}`;
    },
    overscan: 4,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const row = rows.findIndex(({ id }) => id === props.at?.row);
  const column = props.at?.column == null ? -1 : columns.findIndex(({ id }) => id === props.at?.column);
  // Before anything was walked to, the first cell is current.
  const here = { row: props.at?.row === null ? -1 : Math.max(0, row), column: props.at ? column : 0 };
  const placeAt = (line: number, across: number): MatrixPlace => ({ row: rows[line]?.id ?? null, column: columns[across]?.id ?? null });
  const idAt = (line: number, across: number) => `${name}${line}-${across}`;
  const least = { first: 'var(--matrix-first)', other: 'var(--matrix-column)' };
  const style = {
    gridTemplateColumns: `${least.first} repeat(${columns.length}, minmax(${least.other}, 1fr))`,
    minWidth: `calc(${least.first} + ${columns.length} * ${least.other})`,
  };

  const show = (line: number, across: number) => {
    const index = rows[line]?.line;
    if (index !== undefined) virtualizer.scrollToIndex(index === 1 ? 0 : index, { align: 'auto' });
    requestAnimationFrame(() => document.getElementById(idAt(line, across))?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  };
  const walk = (line: number, across: number) => {
    const next = { row: Math.max(-1, Math.min(rows.length - 1, line)), column: Math.max(-1, Math.min(columns.length - 1, across)) };
    // Nothing is in the corner.
    if (next.row < 0 && next.column < 0) next.column = 0;
    props.onWalk(placeAt(next.row, next.column));
    show(next.row, next.column);
  };
  // Whoever comes back finds the cell from which they left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the table appears
  useEffect(() => {
    if (props.at) show(here.row, here.column);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeAt(here.row, here.column);
    if (props.onKey?.(event, place)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
      ArrowDown: [here.row + 1, here.column],
      ArrowUp: [here.row - 1, here.column],
      ArrowRight: [here.row, here.column + 1],
      ArrowLeft: [here.row, here.column - 1],
      PageDown: [here.row + 5, here.column],
      PageUp: [Math.max(0, here.row - 5), here.column],
      Home: [0, here.column],
      End: [rows.length - 1, here.column],
    };
    const step = steps[event.key];
    if (step) walk(...step);
    else if (event.key === 'Enter' || event.key === ' ') props.onChoose(place);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = virtualizer.getVirtualItems();
  const isShown = here.row < 0 || shown.some(({ index }) => index === rows[here.row]?.line);
  const cellProps = (line: number, across: number) => ({
    id: idAt(line, across),
    'aria-colindex': across + 2,
    'data-current': here.row === line && here.column === across,
    onClick: () => props.onWalk(placeAt(line, across)),
    onDoubleClick: () => props.onChoose(placeAt(line, across)),
  });
  const lineOf = new Map(rows.map(({ line }, index) => [line, index]));
  return (
    <div
      ref={grid}
      role="grid"
      className="matrix"
      aria-label={props.label}
      aria-rowcount={lines.length + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={isShown ? idAt(here.row, here.column) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className="matrix-row matrix-heads" style={{ ...style, height: headHeight }}>
        <div role="columnheader" aria-colindex={1} className="matrix-cell matrix-first">
          {props.corner}
        </div>
        {columns.map(({ id, head }, across) => (
          <div key={id} role="columnheader" className="matrix-cell" {...cellProps(-1, across)}>
            {head}
          </div>
        ))}
      </div>
      <div role="rowgroup" className="matrix-ground" style={{ height: virtualizer.getTotalSize(), minWidth: style.minWidth }}>
        {shown.map(({ index, start, key }) => {
          const line = lines[index];
          const place = { transform: `translateY(${start - headHeight}px)` };
          const common = { ref: virtualizer.measureElement, 'data-index': index, 'aria-rowindex': index + 2 };
          if (line?.kind === 'title') {
            return (
              <div key={key} role="row" className="matrix-row matrix-section" style={place} {...common}>
                <div role="rowheader" aria-colindex={1} aria-colspan={columns.length + 1} className="matrix-section-title heading">
                  {line.title}
                </div>
              </div>
            );
          }
          const at = lineOf.get(index);
          if (!line || at === undefined) return null;
          return (
            <div key={key} role="row" className="matrix-row" style={{ ...style, ...place }} {...common}>
              <div role="rowheader" className="matrix-cell matrix-first" {...cellProps(at, -1)}>
                {props.headOf(line.row)}
              </div>
              {columns.map(({ id }, across) => (
                <div key={id} role="gridcell" className="matrix-cell" {...cellProps(at, across)}>
                  {props.cellOf(line.row, id)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
