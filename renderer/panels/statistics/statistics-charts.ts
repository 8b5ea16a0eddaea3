import type { Output } from '../../../core/contract.ts';
import type { Annotator } from '../../../core/model/annotator.ts';
import { barsOf, narrowed, termOf } from '../../../core/search/bars.ts';
import { type Dimension, lengthBin } from '../../../core/search/calls.ts';
import { folded } from '../../../core/search/conditions.ts';
import type { Field } from '../../../core/search/fields.ts';
import { cell } from '../../../core/text/csv-cell.ts';
import type { Drawing } from '../../ui/chart-drawing.ts';
import { counted } from '../../ui/count.ts';
import { annotatorValue } from './statistics-progress.ts';

/** A chart of counts: the dimensions, the annotations (`within` is added to the query), and the names of its bars. */
export interface ChartPlan {
  readonly id: string;
  readonly title: string;
  readonly kind: 'bars' | 'columns' | 'grid';
  readonly by: readonly Dimension[];
  readonly within: string;
  /** The headings of its table. */
  readonly heads: readonly string[];
  /** The name of a value; without it, the value itself. */
  readonly nameOf?: (value: string) => string;
  readonly hueOf?: (value: string) => string | undefined;
}

/** A line in the table of a chart, with the query that finds what it counts; null if there is no such query. */
export interface ChartLine {
  readonly id: string;
  readonly cells: readonly string[];
  readonly count: number;
  readonly query: string | null;
}

/** A chart with its data, ready to be drawn, listed and copied. */
export interface ReadChart {
  readonly drawing: Drawing;
  readonly heads: readonly string[];
  readonly lines: readonly ChartLine[];
  readonly what: 'annotations' | 'articles';
  /** How many lines are only in the table. */
  readonly hidden: number;
}

type Rows = Output<'tally'>['rows'];

// The most bars, or cells in a row, that can be told apart at a glance.
const mostBars = 12;
const mostCells = 7;
const mostMonths = 36;
const none = 'none';

/** The chart of `plan` for the counts under `query`. */
export function chartOf(plan: ChartPlan, query: string, rows: Rows, fields: ReadonlyMap<string, Field>): ReadChart {
  const base = narrowed(query, plan.within);
  return plan.kind === 'grid' ? gridOf(plan, base, rows, fields) : barsChart(plan, base, rows, fields);
}

function barsChart(plan: ChartPlan, base: string, rows: Rows, fields: ReadonlyMap<string, Field>): ReadChart {
  const [by] = plan.by;
  if (by === undefined) throw new RangeError(`${plan.id} counts by nothing`);
  const bars = barsOf(rows);
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  // “None” comes last, whatever its count.
  const ordered =
    plan.kind === 'columns' ? inOrder(by, bars) : [...bars].sort((a, b) => Number(a.value === null) - Number(b.value === null));
  const taken = new Set<string>();
  const lines = ordered.map(({ value, count }): ChartLine & { readonly value: string | null } => {
    const name = unique(value === null ? none : nameIn(by, value, plan), taken);
    const term = termOf(by, value, fields);
    return { id: `${by} ${value}`, value, cells: [name, shareOf(count, total)], count, query: term && narrowed(base, term) };
  });
  const shown = plan.kind === 'columns' ? lines.slice(-mostMonths) : lines.slice(0, mostBars);
  const names = shown.map(({ cells }) => cells[0] ?? '');
  const parts = shown.map(({ id, value, cells: [name = '', share = ''], count }) => ({
    ...{ id, row: plan.kind === 'bars' ? name : '', column: plan.kind === 'columns' ? name : '', count },
    ...{ name: `${name}: ${count.toLocaleString('en')} (${share})`, hue: value === null ? undefined : plan.hueOf?.(value) },
    tone: value === null ? ('none' as const) : ('plain' as const),
    caption: plan.kind === 'bars' ? share : undefined,
  }));
  const isColumns = plan.kind === 'columns';
  const drawing: Drawing = { kind: isColumns ? 'columns' : 'bars', rows: isColumns ? [] : names, columns: isColumns ? names : [], parts };
  return { drawing, heads: [...plan.heads, 'Share'], lines, what: 'annotations', hidden: lines.length - shown.length };
}

function gridOf(plan: ChartPlan, base: string, rows: Rows, fields: ReadonlyMap<string, Field>): ReadChart {
  const [down = 'layer', across = 'layer'] = plan.by;
  const sides = [0, 1].map((side) => barsOf(rows.map(({ keys, count }) => ({ keys: [keys[side] ?? null], count }))));
  const [rowBars = [], columnBars = []] = sides.map((bars) => bars.filter(({ value }) => value !== null).sort((a, b) => b.count - a.count));
  const counts = new Map<string, number>();
  const keyOf = (row: string | null, column: string | null) => JSON.stringify([row, column]);
  for (const { keys, count } of rows) {
    if (keys[0] == null || keys[1] == null) continue;
    const key = keyOf(folded(keys[0]), folded(keys[1]));
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  const queryOf = (row: string | null, column: string | null) => {
    const terms = [termOf(down, row, fields), termOf(across, column, fields)];
    return terms.every((term) => term !== null) ? terms.reduce((query, term) => narrowed(query, term ?? ''), base) : null;
  };
  const lines = rowBars.flatMap((row) =>
    columnBars.flatMap((column): ChartLine[] => {
      const id = keyOf(row.key, column.key);
      const count = counts.get(id);
      return count === undefined
        ? []
        : [{ id, cells: [row.value ?? none, column.value ?? none], count, query: queryOf(row.value, column.value) }];
    }),
  );
  const names = (bars: typeof rowBars) => bars.slice(0, mostCells).map(({ value }) => value ?? none);
  const [rowNames, columnNames] = [names(rowBars), names(columnBars)];
  const parts = lines.flatMap(({ id, cells: [row = '', column = ''], count }) =>
    rowNames.includes(row) && columnNames.includes(column)
      ? [{ id, row, column, count, name: `${row}, ${column}: ${count.toLocaleString('en')}` }]
      : [],
  );
  return {
    drawing: { kind: 'grid', rows: rowNames, columns: columnNames, parts },
    ...{ heads: plan.heads, lines, what: 'annotations', hidden: lines.length - parts.length },
  };
}

/** The progress of each annotator with the articles of `query`: done, begun, not started. */
export function progressChart(query: string, { articles, rows }: Output<'progress'>, annotators: readonly Annotator[]): ReadChart {
  const taken = new Set<string>();
  const lines: ChartLine[] = [];
  const parts = annotators.flatMap((annotator) => {
    const { id, name } = annotator;
    const { done = 0, begun = 0 } = rows.find(({ annotator }) => annotator === id) ?? {};
    const who = unique(name, taken);
    const value = annotatorValue(annotators, annotator);
    return (
      [
        ['done', done, `done:${value}`, 'good'],
        ['in progress', begun, `begun:${value} -done:${value}`, 'begun'],
        ['not started', articles - done - begun, `-begun:${value} -done:${value}`, 'rest'],
      ] as const
    ).map(([state, count, term, tone]) => {
      const line = { id: `${id} ${state}`, cells: [who, state, shareOf(count, articles)], count, query: narrowed(query, term) };
      lines.push(line);
      return {
        id: line.id,
        row: who,
        column: state,
        count,
        name: `${who}, ${state}: ${counted(count, 'article')}`,
        tone,
        caption: `${count.toLocaleString('en')} ${state}`,
      };
    });
  });
  const drawing: Drawing = { kind: 'stack', rows: [...taken], columns: [], parts: parts.filter(({ count }) => count > 0) };
  return { drawing, heads: ['Annotator', 'Work', 'Share'], lines, what: 'articles', hidden: 0 };
}

/** The table of a chart as CSV (RFC 4180). */
export function csvOf({ heads, lines }: ReadChart): string {
  const head = [...heads, 'Count'];
  return [head, ...lines.map(({ cells, count }) => [...cells, String(count)])].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

// Bins and months are sorted by value. Empty ones in between are included, so that a gap in time is visible.
function inOrder(by: Dimension, bars: ReturnType<typeof barsOf>) {
  const known = new Map(bars.map((bar) => [bar.value, bar]));
  const values = bars.flatMap(({ value }) => (value === null ? [] : [value]));
  const all = by === 'length' ? bins(values) : months(values);
  const shown = all.map((value) => known.get(value) ?? { key: value, value, count: 0 });
  const without = known.get(null);
  return without ? [...shown, without] : shown;
}

function bins(values: readonly string[]): string[] {
  if (values.length === 0) return [];
  const last = Math.max(...values.map(Number));
  return Array.from({ length: last / lengthBin.width + 1 }, (_, index) => String(index * lengthBin.width));
}

function months(values: readonly string[]): string[] {
  const sorted = [...values].sort();
  const numbers = sorted.filter((value) => value.length === 7).map((value) => Number(value.slice(0, 4)) * 12 + Number(value.slice(5)) - 1);
  const [first = 0, last = -1] = [numbers[0], numbers.at(-1)];
  if (sorted.some((value) => value.length !== 7) || last - first >= mostMonths) return sorted;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const month = first + index;
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}

function nameIn(by: Dimension, value: string, { nameOf }: ChartPlan): string {
  if (by !== 'length') return nameOf?.(value) ?? value;
  const start = Number(value);
  return start >= lengthBin.last ? `${start}+` : `${start}–${start + lengthBin.width - 1}`;
}

const shareOf = (count: number, total: number) => `${total === 0 ? 0 : Math.round((100 * count) / total)} %`;

function unique(name: string, taken: Set<string>): string {
  let own = name;
  for (let number = 2; taken.has(own); number++) own = `${name} (${number})`;
  taken.add(own);
  return own;
}
