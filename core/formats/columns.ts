/**
 * The type of a column or of a part of one. The Parquet schema, the features of a dataset card and the values are made from it. A `label` is one
 * of `names` and is stored as its index.
 */
export type Column =
  | { readonly kind: 'text' | 'whole' | 'number' | 'yes-no' }
  | { readonly kind: 'label'; readonly names: readonly string[] }
  | { readonly kind: 'list'; readonly of: Column }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [name: string, column: Column])[] };

export const text: Column = { kind: 'text' };
export const whole: Column = { kind: 'whole' };
export const number: Column = { kind: 'number' };
export const yesNo: Column = { kind: 'yes-no' };
export const listOf = (of: Column): Column => ({ kind: 'list', of });
/** A label, or plain text if there are no names, because a label needs at least one. */
export const labelOf = (names: readonly string[]): Column => (names.length > 0 ? { kind: 'label', names } : text);

/** A record. Fields that a value lacks are null. @throws RangeError without fields, which Parquet does not allow */
export function recordOf(fields: Readonly<Record<string, Column>> | ReadonlyMap<string, Column>): Column & { readonly kind: 'record' } {
  const entries = fields instanceof Map ? [...fields] : Object.entries(fields);
  if (entries.length === 0) throw new RangeError('a record needs a field');
  return { kind: 'record', fields: entries as [string, Column][] };
}

/** An element of a Parquet schema, which is a tree in depth-first order. */
export interface SchemaElement {
  readonly name: string;
  readonly type?: 'BYTE_ARRAY' | 'INT32' | 'INT64' | 'DOUBLE' | 'BOOLEAN';
  readonly repetition_type?: 'OPTIONAL' | 'REPEATED';
  readonly num_children?: number;
  readonly converted_type?: 'UTF8' | 'LIST';
  readonly logical_type?: { readonly type: 'STRING' | 'LIST' };
}

/** The Parquet schema of rows of this type. Lists have the three levels that the format requires; everything may be null. */
export function parquetSchema({ fields }: Column & { readonly kind: 'record' }): SchemaElement[] {
  return [{ name: 'root', num_children: fields.length }, ...fields.flatMap(([name, column]) => elements(name, column))];
}

function elements(name: string, column: Column): SchemaElement[] {
  const head = { name, repetition_type: 'OPTIONAL' } as const;
  switch (column.kind) {
    case 'text':
      return [{ ...head, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }];
    case 'whole':
      return [{ ...head, type: 'INT32' }];
    case 'number':
      return [{ ...head, type: 'DOUBLE' }];
    case 'yes-no':
      return [{ ...head, type: 'BOOLEAN' }];
    case 'label':
      return [{ ...head, type: 'INT64' }];
    case 'list':
      return [
        { ...head, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elements('element', column.of),
      ];
    case 'record':
      return [{ ...head, num_children: column.fields.length }, ...column.fields.flatMap(([child, of]) => elements(child, of))];
  }
}

const valueTypes = { text: 'string', whole: 'int32', number: 'float64', 'yes-no': 'bool' } as const;

/** The features as the library `datasets` stores them in a Parquet file, under the key `huggingface`. */
export function embeddedFeatures(column: Column): unknown {
  switch (column.kind) {
    case 'label':
      return { names: column.names, _type: 'ClassLabel' };
    case 'list':
      return { feature: embeddedFeatures(column.of), _type: 'List' };
    case 'record':
      return Object.fromEntries(column.fields.map(([name, of]) => [name, embeddedFeatures(of)]));
    default:
      return { dtype: valueTypes[column.kind], _type: 'Value' };
  }
}

/** The features for the front matter of a dataset card, to be written as YAML. */
export function cardFeatures({ fields }: Column & { readonly kind: 'record' }): unknown[] {
  return fields.map(([name, column]) => ({ name, ...cardType(column) }));
}

function cardType(column: Column): Record<string, unknown> {
  switch (column.kind) {
    case 'label':
      return { dtype: { class_label: { names: Object.fromEntries(column.names.map((name, index) => [String(index), name])) } } };
    case 'list':
      return { list: column.of.kind === 'record' ? cardFeatures(column.of) : (cardType(column.of)['dtype'] ?? cardType(column.of)) };
    case 'record':
      return { struct: cardFeatures(column) };
    default:
      return { dtype: valueTypes[column.kind] };
  }
}

/**
 * Column names for `names` that differ from each other and from `taken` even for readers that ignore letter case. The second of a name gets the
 * suffix `_2`.
 */
export function columnNames(names: readonly string[], taken: readonly string[] = []): Map<string, string> {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const columns = new Map<string, string>();
  for (const name of names) {
    let column = name;
    for (let count = 2; used.has(column.toLowerCase()); count++) column = `${name}_${count}`;
    used.add(column.toLowerCase());
    columns.set(name, column);
  }
  return columns;
}
