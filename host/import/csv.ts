import Papa from 'papaparse';
import type { ReadingOptions } from '../../core/import/draft.ts';
import { guessColumns } from '../../core/import/table-columns.ts';
import { decodeLabelled, expectText, knownKind } from './decode.ts';
import { FileRefusal } from './file-refusal.ts';
import { articlesOfRows, columnsOf, type Row, type RowArticle, rowLimit } from './table-rows.ts';

/**
 * The articles of a table in CSV or TSV with a header, one per row. The original of each is the header and its row, exactly as in the file.
 * @throws FileRefusal
 */
export function readCsv(name: string, bytes: Uint8Array, { encoding, columns: named }: ReadingOptions = {}): RowArticle[] {
  const kind = knownKind(bytes);
  if (kind)
    throw new FileRefusal(
      'unsupported',
      `it is ${kind}, not a table in CSV`,
      'Open it in its own program, save it as CSV (UTF-8) and import that.',
    );
  const raw = decodeLabelled(bytes, encoding ?? null).replace(/^\ufeff/, '');
  expectText(raw);
  if (raw.startsWith('#FORMAT=WebAnno'))
    throw new FileRefusal(
      'unsupported',
      'it is WebAnno TSV',
      'Export the documents from INCEpTION as UIMA CAS JSON or XMI, and import that.',
    );
  const records = recordsOf(raw, separatorOf(raw, named));
  const [first, ...rest] = records;
  if (!first) throw new FileRefusal('empty', 'it holds no table', 'Check that it is the right file, and that it was saved.');
  const columns = columnsOf(first.cells, named);
  const head = raw.slice(first.start, first.end);
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
  /** Its place in the text, half-open, and its line, from 1. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

const separators = [',', ';', '\t', '|'];
// The line that spreadsheets write before the header to name the separator.
const told = /^sep=(.)(?:\r\n|\r|\n)/i;

/** The separator between cells: the one that the file names, or the one with which the header has a column for the text; '' if that is unclear. */
function separatorOf(raw: string, named: ReadingOptions['columns']): string {
  const given = told.exec(raw)?.[1];
  if (given !== undefined) return given;
  const heads = separators.map((delimiter) => Papa.parse<string[]>(raw, { delimiter, preview: 1 }).data[0] ?? []);
  const texts = heads.map((head) => {
    try {
      return head.length > 1 && guessColumns(head, named).text !== null;
    } catch {
      return false;
    }
  });
  const most = Math.max(...heads.map((head, index) => (texts[index] ? head.length : 0)));
  const found = heads.findIndex((head, index) => texts[index] && head.length === most);
  return separators[found] ?? '';
}

function recordsOf(raw: string, delimiter: string): Record[] {
  const records: Record[] = [];
  const begin = told.exec(raw)?.[0].length ?? 0;
  let start = begin;
  let line = begin > 0 ? 2 : 1;
  Papa.parse<string[]>(raw.slice(begin), {
    delimiter,
    step: ({ data, errors, meta }) => {
      const fault = errors.find(({ type }) => type === 'Quotes');
      if (fault)
        throw new FileRefusal(
          'damaged',
          `a quotation mark on its line ${line} is not closed or stands inside a cell`,
          'Save it as CSV again in the program that made it.',
          line,
        );
      if (records.length > rowLimit)
        throw new FileRefusal('too-large', `it has more than ${rowLimit} rows`, 'Split it into smaller files and import those.');
      const end = begin + meta.cursor;
      records.push({ cells: data, start, end, line });
      line += raw.slice(start, end).split(/\r\n?|\n/).length - 1;
      start = end;
    },
  });
  return records;
}

const rowRefusal = (line: number, cells: number, columns: number) =>
  new FileRefusal(
    'damaged',
    `its line ${line} has ${cells} cells, and its header ${columns}`,
    'Put quotation marks around cells that hold the separator, then import it again.',
    line,
  );
