import type { ImportProblem } from '../import/draft.ts';
import { delimitedRecords, delimiterOf } from './delimited-text.ts';
import type { GivenFile } from './foreign.ts';
import { fieldOf, givenJson, listOf, stringOf } from './given-json.ts';
import { givenText, problemOf } from './given-text.ts';

/** What is wrong with a cell, in words for the user. Caught by the reader of the table. */
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

  /** The names of the columns that are not empty. */
  get columns(): string[] {
    return [...this.#cells.keys()];
  }

  /** The text of a cell; null if it is empty or the column does not exist. */
  text(column: string): string | null {
    return this.#cells.get(column) || null;
  }

  /** @throws CellFault if it is empty */
  needed(column: string): string {
    const text = this.text(column);
    if (text === null) throw new CellFault(`The column ${column} is empty here.`);
    return text;
  }

  /** A whole number, 0 or greater. @throws CellFault otherwise */
  whole(column: string): number {
    const text = this.needed(column);
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
      throw new CellFault(`${column}: ${shown(text)} is not a whole number from 0 up.`);
    return value;
  }

  /** A number, or null for an empty cell. @throws CellFault if it is not a number */
  number(column: string): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) throw new CellFault(`${column}: ${shown(text)} is not a number.`);
    return value;
  }

  /** A boolean, or null for an empty cell. Spreadsheets write booleans in capitals. @throws CellFault for anything else */
  yesNo(column: string): boolean | null {
    const text = this.text(column);
    if (text === null) return null;
    if (!/^(true|false)$/i.test(text)) throw new CellFault(`${column}: ${shown(text)} is neither true nor false.`);
    return text.toLowerCase() === 'true';
  }

  /** The list in a cell; empty for an empty cell. @throws CellFault if it is not a JSON list */
  list(column: string): readonly unknown[] {
    const text = this.text(column);
    if (text === null) return [];
    try {
      const value: unknown = JSON.parse(text);
      if (Array.isArray(value)) return value;
    } catch {
      // Reported below, like any other value that is not a list.
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

/** The fields of the tables according to datapackage.json, by the name of the table. */
export type GivenFields = ReadonlyMap<string, readonly GivenField[]>;
export interface GivenField {
  readonly name: string;
  readonly attribute: string;
  /** The type of the attribute, by layer or relation type. */
  readonly forms: Readonly<Record<string, string>>;
}

/** A table as it was given. `fields` are its attribute columns, if its datapackage.json lists them. */
export interface GivenTable {
  readonly path: string;
  readonly name: string;
  readonly rows: readonly GivenRow[];
  readonly columns: readonly string[];
  readonly fields: readonly GivenField[];
}

/** The attribute columns listed in a datapackage.json. Empty if there is no such file or it lists none. */
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

/** The table `name` in `file`, or why it cannot be read. In the variant for spreadsheets, the apostrophes before formulas are removed. */
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

/** The result of `read` for each row, or the problem of the first row that is not valid. */
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
