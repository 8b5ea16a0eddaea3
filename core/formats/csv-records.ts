import { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import { DatedRole } from '../model/entity.ts';
import { safeParsed } from '../text/misfit.ts';
import { CellFault, type GivenRow, type GivenTable } from './csv-given.ts';
import { type Arg, type DatasetEntity, type DatasetLink, mentionLayer, type Provenance } from './document.ts';
import type { ForeignAnnotation, ForeignDocument, OffsetUnit } from './foreign.ts';

// Converts a row of each table into dataset records. All functions throw CellFault for an invalid cell.

/** Something that belongs to a document, with the document's id. */
export type Placed<T> = T & { readonly doc_id: string };

const statuses = ['draft', 'final', 'adjudicated', 'rejected'] as const;
const origins = ['manual', 'imported', 'model'] as const;

// The standard columns of the tables.
const own = new Set(
  `annotation_id fragment doc_id layer start end text annotator status origin confidence rule rule_version import_format import_file note
created modified relation_id type from_doc from_annotation to_doc to_annotation override`.split(/\s/),
);

/** One span of an annotation with its index among the spans. The rows of one annotation have the same id. */
export type Fragment = Placed<ForeignAnnotation> & { readonly fragment: number };

/** From the table of annotations. */
export function fragmentFrom(row: GivenRow, table: GivenTable): Fragment {
  const layer = row.needed('layer');
  const status = row.text('status') === null ? null : row.choice('status', statuses);
  return {
    ...{
      id: row.needed('annotation_id'),
      doc_id: row.needed('doc_id'),
      layer,
      fragment: row.text('fragment') === null ? 0 : row.whole('fragment'),
    },
    spans: [span(row)],
    attributes: attributesFrom(row, table, layer),
    args: [],
    annotator: row.text('annotator'),
    status,
    ...provenance(row),
    ...times(row),
    line: row.line,
  };
}

/** From the table of mentions. */
export function mentionFrom(row: GivenRow): Placed<ForeignAnnotation> {
  const entity = row.text('entity_id');
  return {
    ...{ id: row.needed('mention_id'), doc_id: row.needed('doc_id'), layer: mentionLayer, spans: [span(row)], args: [], line: row.line },
    attributes: entity === null ? {} : { entity_id: entity },
    annotator: row.text('annotator'),
    status: row.text('status') === null ? null : row.choice('status', statuses),
  };
}

/** The filler of a role of the annotation with this id. `line` is that of the row. */
export interface GivenArg {
  readonly annotation: string;
  readonly arg: Arg;
  readonly line: number;
}

/** From the table of roles. */
export function argFrom(row: GivenRow): GivenArg {
  const [annotation, role, { line }] = [row.needed('annotation_id'), row.needed('role'), row];
  switch (row.choice('target_kind', [mentionLayer, 'entity', 'annotation', 'author'])) {
    case 'author':
      return { annotation, line, arg: { role, author: true } };
    case 'entity':
      return { annotation, line, arg: { role, entity: row.needed('entity_id') } };
    case 'annotation':
      return { annotation, line, arg: { role, annotation: row.needed('target_annotation_id') } };
    default:
      return { annotation, line, arg: { role, annotation: row.needed('mention_id') } };
  }
}

/** From the table of relations, within an article and across. */
export function relationFrom(row: GivenRow, table: GivenTable): DatasetLink {
  const type = row.needed('type');
  const override = row.text('override');
  return {
    ...{ id: row.needed('relation_id'), type, attributes: attributesFrom(row, table, type), annotator: row.text('annotator') ?? '' },
    ...{ origin: 'manual', confidence: null, ...provenance(row), ...times(row) },
    ...(override === null ? {} : { override }),
    from: { doc_id: row.needed('from_doc'), annotation: row.needed('from_annotation') },
    to: { doc_id: row.needed('to_doc'), annotation: row.needed('to_annotation') },
  };
}

/** From the table of documents in the file at the path `file`. `unit` is what offsets count. */
export function documentFrom(row: GivenRow, file: string, unit: OffsetUnit): ForeignDocument {
  const doc_id = row.needed('doc_id');
  const completions = row.list('completions').map((one) => {
    const { annotator, marked } = (one ?? {}) as Record<string, unknown>;
    if (typeof annotator !== 'string' || typeof marked !== 'string') throw new CellFault('completions: one names no annotator or time.');
    return { annotator, marked };
  });
  const headings = row.list('headings');
  if (!headings.every((line): line is number => Number.isSafeInteger(line))) throw new CellFault('headings: they are not line numbers.');
  return {
    ...{ file, line: row.line, doc_id, text: row.text('text'), text_sha256: row.text('text_sha256'), unit },
    ...{ name: row.text('original_name') ?? `${doc_id}.txt`, language: row.text('language'), title: row.text('title') },
    ...{ source: row.text('source'), url: row.text('url'), published: row.text('published'), headings, completions },
    ...{ annotations: [], relations: [] },
  };
}

/** From the table of entities. */
export function entityFrom(row: GivenRow): DatasetEntity {
  const texts = (column: string) =>
    row.list(column).map((item) => {
      if (typeof item !== 'string') throw new CellFault(`${column}: it is not a list of texts.`);
      return item;
    });
  const roles = safeParsed(DatedRole.array(), row.list('roles'));
  if (!roles.success) throw new CellFault('roles: one lacks its title, organisation, from or to.');
  return {
    ...{ id: row.needed('entity_id'), type: row.needed('type'), canonical: row.needed('canonical') },
    ...{ aliases: texts('aliases'), members: texts('members'), wikidata: row.text('wikidata'), date: row.text('date') },
    ...{ roles: roles.data, notes: row.text('notes') ?? '', merged_into: row.text('merged_into'), removed: row.yesNo('removed') ?? false },
  };
}

/** From the table of annotators. */
export function annotatorFrom(row: GivenRow): Annotator {
  return { id: row.needed('annotator_id'), name: row.needed('name'), role: row.choice('role', ['annotator', 'adjudicator']) };
}

function span(row: GivenRow) {
  const [start, end] = [row.whole('start'), row.whole('end')];
  if (start >= end) throw new CellFault(`It ends at ${end}, before it begins at ${start}.`);
  return { start, end, text: row.text('text') };
}

function provenance(row: GivenRow): Partial<Provenance> {
  if (row.text('origin') === null) return {};
  const origin = row.choice('origin', origins);
  const text = (column: string) => row.text(column) ?? '';
  return {
    ...{ origin, confidence: row.number('confidence') },
    ...(origin === 'model' ? { rule: { id: text('rule'), version: text('rule_version') } } : {}),
    ...(origin === 'imported' ? { imported_from: { format: text('import_format'), file: text('import_file') } } : {}),
  };
}

function times(row: GivenRow) {
  return { created: row.text('created') ?? '', modified: row.text('modified') ?? '', note: row.text('note') ?? '' };
}

function attributesFrom(row: GivenRow, { fields }: GivenTable, owner: string): Record<string, AttributeValue> {
  const told = fields.flatMap(({ name, attribute, forms }): [string, AttributeValue][] => {
    const form = Object.hasOwn(forms, owner) ? forms[owner] : undefined;
    const value = form === undefined ? null : valueFrom(row, name, form);
    return value === null ? [] : [[attribute, value]];
  });
  // A column without a description is text, or a list if it can be read as one.
  const known = new Set(fields.map(({ name }) => name));
  const others = row.columns
    .filter((column) => !own.has(column) && !known.has(column))
    .flatMap((column): [string, AttributeValue][] => {
      const text = row.needed(column);
      return [[column, /^\[[\s\S]*\]$/.test(text) ? listFrom(row, column) : text]];
    });
  return Object.fromEntries([...told, ...others]);
}

function valueFrom(row: GivenRow, column: string, form: string): AttributeValue | null {
  if (row.text(column) === null) return null;
  switch (form) {
    case 'number':
      return row.number(column);
    case 'boolean':
      return row.yesNo(column);
    case 'list':
    case 'quantity':
    case 'evidence':
      return listFrom(row, column);
    default:
      return row.text(column);
  }
}

function listFrom(row: GivenRow, column: string): AttributeValue {
  const list = safeParsed(AttributeValue, row.list(column));
  if (!list.success) throw new CellFault(`${column}: its items are neither texts nor quantities nor evidence.`);
  return list.data;
}
