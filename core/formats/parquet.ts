import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeColumn } from 'hyparquet-writer/src/column.js';
import { ParquetWriter } from 'hyparquet-writer/src/parquet-writer.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';
import { type Column, parquetSchema } from './columns.ts';
import type { Chunk, Ledger } from './ledger.ts';
import { type Leaf, Shredder } from './shredding.ts';

/** The size limits: the weight and number of rows of a row group, and the number of row groups in a file. */
export interface ParquetLimits {
  readonly weight: number;
  readonly rows: number;
  readonly groups: number;
}

const usual: ParquetLimits = { weight: 1_000_000, rows: 1000, groups: 64 };

// Approximate number of bytes of a column in one page; the library's default.
const pageSize = 1_048_576;

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];

interface OpenFile {
  readonly path: string;
  readonly writer: ParquetWriter;
  readonly bytes: ByteWriter;
  /** The path from the root to each leaf. */
  readonly leafPaths: readonly Schema[];
  groups: number;
}

/**
 * A table as Parquet files, written one row group at a time: one group and the index of one file are in memory. `path` returns the path of each
 * file by its index, counted from 0. Text is UTF-8, labels are stored as their index, and everything is compressed with Snappy. `about` is stored
 * in each file under its keys.
 */
export class ParquetTable {
  readonly #columns: Column & { readonly kind: 'record' };
  readonly #ledger: Ledger;
  readonly #path: (index: number) => string;
  readonly #about: Readonly<Record<string, string>>;
  readonly #limits: ParquetLimits;
  // A group of row objects would take several times the memory.
  readonly #shredder: Shredder;
  #file: OpenFile | null = null;
  #index = 0;
  #rows = 0;
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
    this.#shredder = new Shredder(columns, (text, names) => this.#stored(text, names));
  }

  /**
   * Adds a row. `weight` is roughly its number of characters. Yields what is ready to be written. @throws RangeError for a label that the column
   * does not have
   */
  *add(row: object, weight: number): Generator<Chunk> {
    this.#shredder.add(row);
    this.#rows++;
    this.#weight += weight;
    if (this.#weight >= this.#limits.weight || this.#rows >= this.#limits.rows) yield* this.#group();
  }

  /** Ends the last file. Yields nothing if no row was added. */
  *end(): Generator<Chunk> {
    if (this.#rows > 0) yield* this.#group();
    if (this.#file) yield this.#endFile(this.#file);
  }

  *#group(): Generator<Chunk> {
    const rows = this.#rows;
    this.#rows = 0;
    this.#weight = 0;
    this.#file ??= this.#newFile();
    const { path, bytes } = this.#file;
    writeGroup(this.#file, this.#shredder.take(), rows);
    yield this.#ledger.chunk(path, taken(bytes), rows);
    this.#file.groups++;
    if (this.#file.groups >= this.#limits.groups) yield this.#endFile(this.#file);
  }

  #newFile(): OpenFile {
    const bytes = new ByteWriter();
    const kvMetadata = Object.entries(this.#about).map(([key, value]) => ({ key, value }));
    const schema = parquetSchema(this.#columns).map((element) => ({ ...element }) as Schema[number]);
    const path = this.#path(this.#index);
    this.#index++;
    const writer = new ParquetWriter({ writer: bytes, schema, kvMetadata, statistics: false });
    return { path, bytes, writer, leafPaths: leafPathsOf(schema), groups: 0 };
  }

  #endFile({ path, writer, bytes }: OpenFile): Chunk {
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

type ColumnChunk = ReturnType<typeof writeColumn>['chunk'];

// Does the same as `write` of the library, which would take the rows apart once for each of their leaves.
function writeGroup({ writer, bytes, leafPaths }: OpenFile, leaves: readonly Leaf[], rows: number): void {
  const begin = bytes.offset;
  const known: EmptyColumn[] = [];
  const columns = leaves.map((leaf, index) => {
    const schemaPath = leafPaths[index] as Schema;
    if (!leaf.isEmpty) return columnChunk(bytes, schemaPath, leaf);
    const alike = known.find((one) => isAlike(one, schemaPath, leaf));
    if (alike) return repeated(bytes, schemaPath, alike);
    const [at, from] = [bytes.offset, bytes.index];
    const chunk = columnChunk(bytes, schemaPath, leaf);
    if (chunk.meta_data?.data_page_offset === BigInt(at)) {
      known.push({ schemaPath, leaf, chunk, content: bytes.getBytes().slice(from) });
    }
    return chunk;
  });
  const size = columns.reduce((sum, { meta_data }) => sum + (meta_data?.total_uncompressed_size ?? 0n), 0n);
  writer.num_rows += BigInt(rows);
  writer.row_groups.push({
    columns,
    total_byte_size: size,
    num_rows: BigInt(rows),
    total_compressed_size: BigInt(bytes.offset - begin),
  });
}

function columnChunk(bytes: ByteWriter, schemaPath: Schema, { values, definitions, repetitions }: Leaf): ColumnChunk {
  const names = schemaPath.slice(1).map(({ name }) => name);
  const { chunk } = writeColumn({
    writer: bytes,
    column: {
      ...{ columnName: names.join('.'), element: schemaPath.at(-1) as Schema[number], schemaPath },
      ...{ codec: 'SNAPPY', compressors: { SNAPPY: snappyCompress }, stats: false, pageSize, columnIndex: false, offsetIndex: false },
    },
    pageData: {
      values: values as unknown[],
      // The library also accepts bytes, because it only counts and slices them.
      definitionLevels: definitions as unknown as number[],
      // Everything may be null, so every level except the root adds one. A column at the top level has no repetitions.
      repetitionLevels: names.length > 1 ? (repetitions as unknown as number[]) : [],
      maxDefinitionLevel: names.length,
    },
  });
  return chunk;
}

/** A column of one group without values, and its bytes. Most columns are like that, and many of them have identical bytes. */
interface EmptyColumn {
  readonly schemaPath: Schema;
  readonly leaf: Leaf;
  readonly chunk: ColumnChunk;
  readonly content: Uint8Array;
}

function isAlike(one: EmptyColumn, schemaPath: Schema, { definitions, repetitions }: Leaf): boolean {
  return (
    one.schemaPath.at(-1)?.type === schemaPath.at(-1)?.type &&
    one.schemaPath.length === schemaPath.length &&
    one.schemaPath.every(({ repetition_type }, depth) => schemaPath[depth]?.repetition_type === repetition_type) &&
    isSame(one.leaf.definitions, definitions) &&
    isSame(one.leaf.repetitions, repetitions)
  );
}

function isSame(some: Uint8Array, others: Uint8Array): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at++) if (some[at] !== others[at]) return false;
  return true;
}

function repeated(bytes: ByteWriter, schemaPath: Schema, { chunk, content }: EmptyColumn): ColumnChunk {
  const at = BigInt(bytes.offset);
  bytes.appendBytes(content);
  const about = chunk.meta_data as NonNullable<ColumnChunk['meta_data']>;
  const path_in_schema = schemaPath.slice(1).map(({ name }) => name);
  return { ...chunk, file_offset: at, meta_data: { ...about, path_in_schema, data_page_offset: at } };
}

// The elements from the root to each leaf of `schema`, which is a tree in depth-first order.
function leafPathsOf(schema: Schema): Schema[] {
  const paths: Schema[] = [];
  let at = 0;
  const walk = (above: Schema) => {
    const element = schema[at++] as Schema[number];
    const path = [...above, element];
    const children = element.num_children ?? 0;
    if (children === 0) paths.push(path);
    for (let child = 0; child < children; child++) walk(path);
  };
  walk([]);
  return paths;
}

// The library keeps the position in the file in `offset`, which continues, and that in the buffer in `index`, which may be reset.
function taken(bytes: ByteWriter): Uint8Array {
  const copy = bytes.getBytes().slice();
  bytes.index = 0;
  return copy;
}
