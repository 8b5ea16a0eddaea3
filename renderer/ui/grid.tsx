// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out by hand, since only those on screen are elements
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus and names the cell in turn
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the table has the keys
// biome-ignore-all lint/a11y/noStaticElementInteractions: a cell has a role
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: a cell has a role
import './grid.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { GridCell, GridColumn, GridOrder } from './grid-order.ts';

interface GridProps<Row> {
  /** The accessible name. */
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** The cells of a row, one for each column. */
  readonly cellsOf: (row: Row) => readonly GridCell[];
  /** How the rows are sorted; null for their original order. */
  readonly order: GridOrder | null;
  onOrder(order: GridOrder): void;
  /** A cell that opens something was chosen. */
  onOpen(row: Row, column: number): void;
}

const rowHeight = 29;

/**
 * A table of any length in which cells can be opened. Only the rows on screen are elements. The table itself has the focus and names the current
 * cell. Arrows walk; Enter opens a cell or sorts by a column.
 */
export function Grid<Row>(props: GridProps<Row>) {
  const { columns, rows, idOf, cellsOf, order } = props;
  const grid = useRef<HTMLDivElement>(null);
  const name = useId();
  // The head is row -1.
  const [at, setAt] = useState({ row: 0, column: 0 });
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingStart: rowHeight,
    scrollMargin: rowHeight,
  });
  const row = Math.min(at.row, rows.length - 1);
  const column = Math.min(at.column, columns.length - 1);
  const idAt = (index: number, each: number) => `${name}${index}-${each}`;
  // Each row is laid out separately. The minimum widths are in pixels so that columns have the same width in all of them.
  const least = columns.map(({ kind }, index) => (kind === 'number' ? 84 : index === 0 ? 160 : 100));
  const style = {
    gridTemplateColumns: columns.map(({ kind }, index) => `minmax(${least[index]}px, ${kind === 'number' ? 1 : 3}fr)`).join(' '),
    minWidth: least.reduce((sum, width) => sum + width, 0),
  };

  const walk = (to: number, across: number) => {
    const next = { row: Math.max(-1, Math.min(rows.length - 1, to)), column: Math.max(0, Math.min(columns.length - 1, across)) };
    setAt(next);
    if (next.row >= 0) virtualizer.scrollToIndex(next.row, { align: 'auto' });
    requestAnimationFrame(() =>
      document.getElementById(idAt(next.row, next.column))?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
  };
  const choose = (index: number, each: number) => {
    setAt({ row: index, column: each });
    const head = columns[each];
    const chosen = rows[index];
    if (index < 0 && head) {
      const isSame = order?.column === head.id;
      grid.current?.scrollTo({ top: 0 });
      props.onOrder({ column: head.id, isDescending: isSame ? !order.isDescending : head.kind === 'number' });
    } else if (chosen !== undefined && cellsOf(chosen)[each]?.opens) props.onOpen(chosen, each);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 2);
    const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      PageDown: [row + page, column],
      PageUp: [Math.max(0, row - page), column],
      Home: [0, column],
      End: [rows.length - 1, column],
    };
    const step = steps[event.key];
    if (step) walk(...step);
    else if (event.key === 'Enter' || event.key === ' ') choose(row, column);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = virtualizer.getVirtualItems();
  const isShown = row < 0 || shown.some(({ index }) => index === row);
  const sorted = (id: string) => (order?.column === id ? (order.isDescending ? 'descending' : 'ascending') : 'none');
  return (
    <div
      ref={grid}
      role="grid"
      className="grid scrolls"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={isShown ? idAt(row, column) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className="grid-row grid-head" style={style}>
        {columns.map(({ id, title, kind }, index) => (
          <div
            key={id}
            id={idAt(-1, index)}
            role="columnheader"
            aria-sort={sorted(id)}
            aria-colindex={index + 1}
            className="grid-cell"
            data-kind={kind}
            data-current={row === -1 && column === index}
            title={title}
            onClick={() => choose(-1, index)}
          >
            {title}
            <span aria-hidden="true">{sorted(id) === 'none' ? '' : sorted(id) === 'ascending' ? ' ▴' : ' ▾'}</span>
          </div>
        ))}
      </div>
      <div role="rowgroup" className="grid-ground" style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const each = rows[index];
          if (each === undefined) return null;
          return (
            <div
              key={idOf(each)}
              role="row"
              aria-rowindex={index + 2}
              className="grid-row"
              style={{ ...style, transform: `translateY(${start - rowHeight}px)` }}
            >
              {cellsOf(each).map(({ text, name: said, opens = false, isQuiet = false }, place) => (
                <div
                  key={columns[place]?.id}
                  id={idAt(index, place)}
                  role={place === 0 ? 'rowheader' : 'gridcell'}
                  aria-colindex={place + 1}
                  aria-label={said}
                  className="grid-cell"
                  data-kind={columns[place]?.kind}
                  data-opens={opens}
                  data-quiet={isQuiet}
                  data-current={row === index && column === place}
                  title={columns[place]?.kind === 'words' ? text : undefined}
                  onClick={() => choose(index, place)}
                >
                  {text}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
