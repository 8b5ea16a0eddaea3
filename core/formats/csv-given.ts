import type { ImportProblem } from '../import/draft.ts';
import { delimitedRecords, delimiterOf } from './delimited-text.ts';
import type { GivenFile } from './foreign.ts';
import { fieldOf, givenJson, listOf, stringOf } from './given-json.ts';
import { givenText, problemOf } from './given-text.ts';

/** What is wrong with a cell, in words for a person. It is caught by the reader of the table. */
export class CellFault extends Error {
  override name = 'CellFault';
}

const again = 'Use the file as Pressmark wrote it, or correct this row.';

/** A row of a table: its cells by column. */
export class GivenRow {
  readonly line: number;
  readonly #cells: ReadonlyMap<string, string>;

  constructor(line: number, cells: ReadonlyMap<string, string>) {
    this.line = line;
    this.#cells = cells;
  }

  /** The names of the columns that hold something. */
  get columns(): string[] {
    return [...this.#cells.keys()];
  }

  /** The text of a cell; null where it is empty or there is no such column. */
  text(column: string): string | null {
    return this.#cells.get(column) || null;
  }

  /** @throws CellFault where it is empty */
  needed(column: string): string {
    const text = this.text(column);
    if (text === null) throw new CellFault(`The column ${column} is empty here.`);
    return text;
  }

  /** A whole number from 0. @throws CellFault where it is none */
  whole(column: string): number {
    const text = this.needed(column);
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
      throw new CellFault(`${column}: ${shown(text)} is not a whole number from 0 up.`);
    return value;
  }

  /** A number, or null for an empty cell. @throws CellFault where it is none */
  number(column: string): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw new CellFault(`${column}: ${shown(text)} is not a number.`);
    return value;
  }

  /** Yes or no, or null for an empty cell. Spreadsheets write them in capitals. @throws CellFault for anything else */
  yesNo(column: string): boolean | null {
    const text = this.text(column);
    if (text === null) return null;
    if (!/^(true|false)$/i.test(text)) throw new CellFault(`${column}: ${shown(text)} is neither true nor false.`);
    return text.toLowerCase() === 'true';
  }

  /** The list in a cell; empty for an empty cell. @throws CellFault where it is no list of JSON */
  list(column: string): readonly unknown[] {
    const text = this.text(column);
    if (text === null) return [];
    try {
      const value: unknown = JSON.parse(text);
      if (Array.isArray(value)) return value;
    } catch {
      // Told below, as any other value that is no list.
    }
    throw new CellFault(`${column}: ${shown(text)} is not a list in JSON.`);
  }

  /** One of `values`. @throws CellFault for anything else */
  choice<T extends string>(column: string, values: readonly T[]): T {
    const text = this.needed(column);
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) throw new CellFault(`${column}: ${shown(text)} is not one of ${values.join(', ')}.`);
    return value;
  }
}

/** The fields of the tables as datapackage.json tells them, by the name of the table. */
export type GivenFields = ReadonlyMap<string, readonly GivenField[]>;
export interface GivenField {
  readonly name: string;
  readonly attribute: string;
  /** Of the attribute, by layer or type of relation. */
  readonly forms: Readonly<Record<string, string>>;
}

/** A table as it was given. `fields` are its attribute columns, if its datapackage.json tells them. */
export interface GivenTable {
  readonly path: string;
  readonly name: string;
  readonly rows: readonly GivenRow[];
  readonly columns: readonly string[];
  readonly fields: readonly GivenField[];
}

/** The attribute columns that a datapackage.json tells. Nothing where there is none or it tells none. */
export function fieldsIn(file: GivenFile | undefined): GivenFields {
  const given = file && givenJson(file);
  return new Map(
    listOf(given?.value, 'resources').map((resource) => [
      stringOf(resource, 'name') ?? '',
      listOf(fieldOf(resource, 'schema'), 'fields').flatMap((field): GivenField[] => {
        const [name, attribute, forms] = [stringOf(field, 'name'), stringOf(field, 'attribute'), fieldOf(field, 'forms')];
        if (name === null || attribute === null || typeof forms !== 'object' || forms === null) return [];
        const known = Object.entries(forms).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
        return [{ name, attribute, forms: Object.fromEntries(known) }];
      }),
    ]),
  );
}

/** The table `name` in `file`, or why it cannot be read. Of the variant for spreadsheets the apostrophes before formulas are taken away. */
export function givenTable(file: GivenFile, name: string, fields: GivenFields): GivenTable | ImportProblem {
  const text = givenText(file);
  if (typeof text !== 'string') return text;
  const { records, fault } = delimitedRecords(text, delimiterOf(text));
  if (fault) return problemOf(file.path, fault.line, 'damaged', fault.message, again);
  const [head, ...rest] = records;
  if (!head) return problemOf(file.path, null, 'empty', 'The file is empty.', again);
  const double = head.cells.find((column, index) => head.cells.indexOf(column) !== index);
  if (double !== undefined) return problemOf(file.path, 1, 'damaged', `Two columns are called ${shown(double)}.`, again);
  const isGuarded = file.path.endsWith('.excel.csv');
  const rows: GivenRow[] = [];
  for (const { line, cells } of rest) {
    if (cells.length > head.cells.length) {
      return problemOf(file.path, line, 'damaged', `This row has ${cells.length} cells, the header ${head.cells.length}.`, again);
    }
    const filled = cells.flatMap((cell, index): [string, string][] =>
      cell === '' ? [] : [[head.cells[index] as string, isGuarded ? cell.replace(guard, '') : cell]],
    );
    rows.push(new GivenRow(line, new Map(filled)));
  }
  return { path: file.path, name, rows, columns: head.cells, fields: fields.get(name) ?? [] };
}

/** What `read` makes of each row, or the problem of the first row that it cannot take. */
export function readRows<T>({ path, rows }: GivenTable, read: (row: GivenRow) => T): T[] | ImportProblem {
  const read1: T[] = [];
  for (const row of rows) {
    try {
      read1.push(read(row));
    } catch (fault) {
      if (!(fault instanceof CellFault)) throw fault;
      return problemOf(path, row.line, 'damaged', fault.message, again);
    }
  }
  return read1;
}

const guard = /^'(?='*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20])/;

function shown(text: string): string {
  const points = [...text.replace(/\s+/g, ' ')];
  return `“${points.length > 40 ? `${points.slice(0, 40).join('')}…` : points.join('')}”`;
}
