import Papa from 'papaparse';
import type { ReadingOptions } from '../../core/import/draft.ts';
import { decodeLabelled, expectText, knownKind } from './decode.ts';
import { Refusal } from './refusal.ts';
import { articlesOfRows, columnsOf, type Row, type RowArticle, rowLimit } from './table-rows.ts';

/**
 * The articles of a table in CSV or TSV with a head, one a row. What is kept of each is the head and its row, as they stand in the file.
 * @throws Refusal
 */
export function readCsv(name: string, bytes: Uint8Array, { encoding, columns: named }: ReadingOptions = {}): RowArticle[] {
  const kind = knownKind(bytes);
  if (kind)
    throw new Refusal(
      'unsupported',
      `it is ${kind}, not a table in CSV`,
      'Open it in its own program, save it as CSV (UTF-8) and import that.',
    );
  const raw = decodeLabelled(bytes, encoding ?? null, (reason, next) => new Refusal('encoding', reason, next)).replace(/^\ufeff/, '');
  expectText(raw, (reason, next) => new Refusal('unsupported', reason, next));
  const records = recordsOf(raw);
  const [first, ...rest] = records;
  if (!first) throw new Refusal('empty', 'it holds no table', 'Check that it is the right file, and that it was saved.');
  const columns = columnsOf(first.cells, named);
  const head = raw.slice(0, first.end);
  const rows = rest
    .filter(({ cells }) => cells.length > 1 || cells[0] !== '')
    .map(({ cells, start, end, line }): Row => {
      if (cells.length > first.cells.length) throw rowRefusal(line, cells.length, first.cells.length);
      return {
        line,
        cell: (column) => cells[first.cells.indexOf(column)] ?? '',
        original: new TextEncoder().encode(`${/[\r\n]$/.test(head) ? head : `${head}\n`}${raw.slice(start, end)}`),
      };
    });
  return articlesOfRows(name, rows, columns, first.cells);
}

interface Record {
  readonly cells: readonly string[];
  /** Where it stands in the text, half-open, and on which line from 1. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

function recordsOf(raw: string): Record[] {
  const records: Record[] = [];
  let start = 0;
  let line = 1;
  Papa.parse<string[]>(raw, {
    step: ({ data, errors, meta }) => {
      const fault = errors.find(({ type }) => type === 'Quotes');
      if (fault)
        throw new Refusal(
          'damaged',
          `a quotation mark on its line ${line} is not closed or stands inside a cell`,
          'Save it once more as CSV in the program that made it.',
          line,
        );
      if (records.length > rowLimit)
        throw new Refusal('too-large', `it has more than ${rowLimit} rows`, 'Split it into smaller files and import those.');
      records.push({ cells: data, start, end: meta.cursor, line });
      line += raw.slice(start, meta.cursor).split(/\r\n?|\n/).length - 1;
      start = meta.cursor;
    },
  });
  return records;
}

const rowRefusal = (line: number, cells: number, columns: number) =>
  new Refusal(
    'damaged',
    `its line ${line} has ${cells} cells, and its head ${columns}`,
    'Put quotation marks around cells that hold the separator, then import it again.',
    line,
  );
