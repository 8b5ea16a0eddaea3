import type { Column } from './columns.ts';

/**
 * The values of one leaf in a tree of columns, null where there is none. `definitions` says to which level each value is present, and
 * `repetitions` which list it continues. This is how Parquet encodes nested rows (Melnik et al., Dremel, VLDB 2010, section 4.1).
 */
export interface Leaf {
  readonly values: readonly unknown[];
  /** Whether all values are null. */
  readonly isEmpty: boolean;
  /** Only valid until another row is added, because the buffers are reused. */
  readonly definitions: Uint8Array;
  readonly repetitions: Uint8Array;
}

// `from` and `to` are the half-open range of the leaves below it.
type Node = { readonly from: number; readonly to: number } & (
  | { readonly kind: 'leaf'; readonly stored: (value: unknown) => unknown }
  | { readonly kind: 'list'; readonly of: Node }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [name: string, node: Node])[] }
);

/** Takes rows of a table apart into its leaves, depth first. What a row lacks is null, and what has no column is left out. */
export class Shredder {
  readonly #fields: readonly (readonly [name: string, node: Node])[];
  readonly #leaves: readonly GrowingLeaf[];

  /** `convert` is called with every text, and with every label and the names of its column. */
  constructor(columns: Column & { readonly kind: 'record' }, convert: (text: string, names: readonly string[] | null) => unknown) {
    let count = 0;
    const nodeOf = (column: Column): Node => {
      const from = count;
      switch (column.kind) {
        case 'list': {
          const of = nodeOf(column.of);
          return { kind: 'list', of, from, to: count };
        }
        case 'record': {
          const fields = column.fields.map(([name, field]) => [name, nodeOf(field)] as const);
          return { kind: 'record', fields, from, to: count };
        }
        case 'text':
        case 'label': {
          const names = column.kind === 'label' ? column.names : null;
          return { kind: 'leaf', stored: (value) => convert(String(value), names), from, to: ++count };
        }
        default:
          return { kind: 'leaf', stored: (value) => value, from, to: ++count };
      }
    };
    this.#fields = columns.fields.map(([name, column]) => [name, nodeOf(column)]);
    this.#leaves = Array.from({ length: count }, () => new GrowingLeaf());
  }

  /** Adds a row. @throws RangeError if a list is expected and the value is not one */
  add(row: object): void {
    for (const [name, node] of this.#fields) this.#put(memberOf(row, name), node, 0, 0, 0);
  }

  /** The leaves of the rows added since the last call. */
  take(): readonly Leaf[] {
    const nulls = new Map<number, readonly null[]>();
    return this.#leaves.map((leaf) => leaf.take(nulls));
  }

  // `depth` is the number of lists around `node`.
  #put(value: unknown, node: Node, definition: number, repetition: number, depth: number): void {
    if (value === null || value === undefined) return this.#putNothing(node, definition, repetition);
    if (node.kind === 'leaf') return this.#push(node.from, node.stored(value), definition + 1, repetition);
    if (node.kind === 'record') {
      for (const [name, field] of node.fields) this.#put(memberOf(value, name), field, definition + 1, repetition, depth);
      return;
    }
    if (!Array.isArray(value)) throw new RangeError('not a list');
    if (value.length === 0) return this.#putNothing(node, definition + 1, repetition);
    for (let index = 0; index < value.length; index++)
      this.#put(value[index], node.of, definition + 2, index === 0 ? repetition : depth + 1, depth + 1);
  }

  #putNothing({ from, to }: Node, definition: number, repetition: number): void {
    for (let at = from; at < to; at++) this.#push(at, null, definition, repetition);
  }

  #push(at: number, value: unknown, definition: number, repetition: number): void {
    this.#leaves[at]?.push(value, definition, repetition);
  }
}

// A leaf while rows are added. Most leaves of most tables are empty. Therefore levels are kept in reused byte buffers, and values are only collected
// from the first that is not null.
class GrowingLeaf {
  #count = 0;
  #values: unknown[] | null = null;
  #definitions = new Uint8Array(64);
  #repetitions = new Uint8Array(64);

  push(value: unknown, definition: number, repetition: number): void {
    const at = this.#count++;
    if (at === this.#definitions.length) {
      this.#definitions = doubled(this.#definitions);
      this.#repetitions = doubled(this.#repetitions);
    }
    this.#definitions[at] = definition;
    this.#repetitions[at] = repetition;
    if (value !== null) this.#values ??= new Array<unknown>(at).fill(null);
    this.#values?.push(value);
  }

  /** Takes what was collected. `nulls` caches lists of nulls by length, which empty leaves share. */
  take(nulls: Map<number, readonly null[]>): Leaf {
    const count = this.#count;
    const empty = nulls.get(count) ?? new Array<null>(count).fill(null);
    nulls.set(count, empty);
    const values = this.#values;
    this.#values = null;
    this.#count = 0;
    const [definitions, repetitions] = [this.#definitions.subarray(0, count), this.#repetitions.subarray(0, count)];
    return { values: values ?? empty, isEmpty: values === null, definitions, repetitions };
  }
}

function doubled(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length);
  larger.set(bytes);
  return larger;
}

function memberOf(record: object, name: string): unknown {
  return Object.hasOwn(record, name) ? (record as Readonly<Record<string, unknown>>)[name] : null;
}
