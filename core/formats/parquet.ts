import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import { type Column, parquetSchema, shaped } from './columns.ts';
import type { Chunk, Ledger } from './ledger.ts';

/** How large the parts of a file become: a row group of this weight or number of rows, a file of this many row groups. */
export interface ParquetLimits {
  readonly weight: number;
  readonly rows: number;
  readonly groups: number;
}

const usual: ParquetLimits = { weight: 1_000_000, rows: 1000, groups: 64 };

/**
 * A table as Parquet files (`path` gives that of each by its index from 0), written row group by row group: one group and the index of one
 * file are in memory. Text is UTF-8, labels are stored as their index, compressed by Snappy. `about` is kept in each file by its keys.
 */
export class ParquetTable {
  readonly #columns: Column & { readonly kind: 'record' };
  readonly #ledger: Ledger;
  readonly #path: (index: number) => string;
  readonly #about: Readonly<Record<string, string>>;
  readonly #limits: ParquetLimits;
  #file: { readonly path: string; readonly writer: ParquetWriter; readonly bytes: ByteWriter; groups: number } | null = null;
  #index = 0;
  #rows: Readonly<Record<string, unknown>>[] = [];
  #weight = 0;

  constructor(
    columns: Column & { readonly kind: 'record' },
    ledger: Ledger,
    path: (index: number) => string,
    about: Readonly<Record<string, string>>,
    limits: ParquetLimits = usual,
  ) {
    this.#columns = columns;
    this.#ledger = ledger;
    this.#path = path;
    this.#about = about;
    this.#limits = limits;
  }

  /** Adds a row; `weight` is about its number of characters. Gives what is ready to be written. @throws RangeError for a label that the column does not have */
  *add(row: unknown, weight: number): Generator<Chunk> {
    this.#rows.push(shaped(row, this.#columns, (text, names) => this.#stored(text, names)) as Record<string, unknown>);
    this.#weight += weight;
    if (this.#weight >= this.#limits.weight || this.#rows.length >= this.#limits.rows) yield* this.#group();
  }

  /** Ends the last file. Nothing where no row was added. */
  *end(): Generator<Chunk> {
    if (this.#rows.length > 0) yield* this.#group();
    if (this.#file) yield this.#endFile(this.#file);
  }

  *#group(): Generator<Chunk> {
    const rows = this.#rows;
    this.#rows = [];
    this.#weight = 0;
    this.#file ??= this.#newFile();
    const { path, writer, bytes } = this.#file;
    const columnData = this.#columns.fields.map(([name]) => ({ name, data: rows.map((row) => row[name]), offsetIndex: false }));
    writer.write({ columnData, rowGroupSize: rows.length });
    yield this.#ledger.chunk(path, taken(bytes), rows.length);
    this.#file.groups++;
    if (this.#file.groups >= this.#limits.groups) yield this.#endFile(this.#file);
  }

  #newFile() {
    const bytes = new ByteWriter();
    const kvMetadata = Object.entries(this.#about).map(([key, value]) => ({ key, value }));
    const schema = parquetSchema(this.#columns).map(
      (element) => ({ ...element }) as ConstructorParameters<typeof ParquetWriter>[0]['schema'][number],
    );
    const path = this.#path(this.#index);
    this.#index++;
    return { path, bytes, writer: new ParquetWriter({ writer: bytes, schema, kvMetadata, statistics: false }), groups: 0 };
  }

  #endFile({ path, writer, bytes }: { path: string; writer: ParquetWriter; bytes: ByteWriter }): Chunk {
    this.#file = null;
    writer.finish();
    return this.#ledger.whole(path, taken(bytes), 0);
  }

  #stored(text: string, names: readonly string[] | null): unknown {
    if (!names) return this.#ledger.wellFormed(text);
    const index = names.indexOf(text);
    if (index < 0) throw new RangeError(`no label ${text}`);
    return BigInt(index);
  }
}

// The library counts the place in the file by `offset`, which goes on, and that in the buffer by `index`, which may begin anew.
function taken(bytes: ByteWriter): Uint8Array {
  const copy = bytes.getBytes().slice();
  bytes.index = 0;
  return copy;
}
