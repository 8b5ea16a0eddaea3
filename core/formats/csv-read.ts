import { strFromU8 } from 'fflate';
import type { ImportProblem } from '../import/draft.ts';
import { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import { DatedRole } from '../model/entity.ts';
import { CellFault, fieldsIn, type GivenRow, type GivenTable, givenTable, readRows } from './csv-given.ts';
import { type Arg, type DatasetEntity, type DatasetLink, mentionLayer, type Provenance } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument, ForeignRelation, GivenFile, OffsetUnit } from './foreign.ts';
import { problemOf } from './given-text.ts';

const names = ['documents', 'annotations', 'roles', 'mentions', 'relations', 'entities', 'annotators'] as const;
type TableName = (typeof names)[number];

/**
 * Reads the CSV tables of a dataset, all or some: each by its name, its variant for spreadsheets only where that is all that was given. Which
 * columns are attributes, and of what form, is told by datapackage.json; without it they are the columns that no table has by itself, and
 * what the offsets count is not known. A table of annotations made elsewhere needs annotation_id, doc_id, layer, start and end.
 */
export function readCsv(files: readonly GivenFile[]): Foreign {
  const fields = fieldsIn(files.find(({ path }) => baseName(path) === 'datapackage.json'));
  const problems: ImportProblem[] = [];
  const tables = new Map<TableName, GivenTable>();
  for (const name of names) {
    const file = [`${name}.csv`, `${name}.excel.csv`].map((path) => files.find((one) => baseName(one.path) === path)).find(Boolean);
    const other =
      name === 'annotations' && !file ? files.find(({ path, bytes }) => /\.csv$/i.test(path) && isAnnotations(bytes)) : undefined;
    const given = file ?? other;
    const table = given && givenTable(given, name, fields);
    if (table && 'code' in table) problems.push(table);
    else if (table) tables.set(name, table);
  }
  const rows = <T>(name: TableName, read: (row: GivenRow, table: GivenTable) => T): T[] => {
    const table = tables.get(name);
    const found = table ? readRows(table, (row) => read(row, table)) : [];
    if (Array.isArray(found)) return found;
    problems.push(found);
    return [];
  };
  const fragments = rows('annotations', fragmentFrom);
  const mentions = rows('mentions', mentionFrom);
  const args = rows('roles', argFrom);
  const relations = rows('relations', relationFrom);
  if (problems.length === 0) problems.push(...dangling([...fragments, ...mentions], args, relations, tables));
  // Only what tells of itself is known to count code points.
  const unit = [...fields.values()].some((list) => list.length > 0) ? 'unicode_code_point' : null;
  const documents = rows('documents', (row, { path }) => documentFrom(row, path, unit));
  const found: Foreign = {
    documents: assembled(documents, [...united(fragments, args), ...mentions], relations, tables.get('annotations')?.path ?? '', unit),
    links: relations.filter(({ from, to }) => from.doc_id !== to.doc_id),
    entities: rows('entities', entityFrom),
    annotators: rows('annotators', annotatorFrom),
    problems,
  };
  // The tables are one: half of them would say something else.
  return problems.length > 0 ? { documents: [], links: [], entities: [], annotators: [], problems } : found;
}

/** Whether files named so, with this beginning of the first, are such tables. */
export function isCsv(paths: readonly string[], beginning: string): boolean {
  if (hasAnnotations(beginning)) return true;
  const there = new Set(paths.map(baseName));
  return there.has('annotations.csv') && there.has('documents.csv') && there.has('mentions.csv');
}

function hasAnnotations(beginning: string): boolean {
  const head = (/^\ufeff?([^\r\n]*)/.exec(beginning)?.[1] ?? '').split(/[,;\t]/).map((column) => column.replace(/^"(.*)"$/, '$1'));
  return ['annotation_id', 'doc_id', 'layer', 'start', 'end'].every((column) => head.includes(column));
}

const isAnnotations = (bytes: Uint8Array) => hasAnnotations(strFromU8(bytes.subarray(0, 4096)));

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

type Placed<T> = T & { readonly doc_id: string };

const statuses = ['draft', 'final', 'adjudicated', 'rejected'] as const;
const origins = ['manual', 'imported', 'model'] as const;

// Columns that the tables have by themselves.
const own = new Set(
  `annotation_id fragment doc_id layer start end text annotator status origin confidence rule rule_version import_format import_file note
created modified relation_id type from_doc from_annotation to_doc to_annotation override`.split(/\s/),
);

function fragmentFrom(row: GivenRow, table: GivenTable): Placed<ForeignAnnotation> & { readonly fragment: number } {
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

function mentionFrom(row: GivenRow): Placed<ForeignAnnotation> {
  const entity = row.text('entity_id');
  return {
    ...{ id: row.needed('mention_id'), doc_id: row.needed('doc_id'), layer: mentionLayer, spans: [span(row)], args: [], line: row.line },
    attributes: entity === null ? {} : { entity_id: entity },
    annotator: row.text('annotator'),
    status: row.text('status') === null ? null : row.choice('status', statuses),
  };
}

interface GivenArg {
  readonly annotation: string;
  readonly arg: Arg;
  readonly line: number;
}

function argFrom(row: GivenRow): GivenArg {
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

function relationFrom(row: GivenRow, table: GivenTable): DatasetLink {
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

function documentFrom(row: GivenRow, file: string, unit: OffsetUnit): ForeignDocument {
  const doc_id = row.needed('doc_id');
  const completions = row.list('completions').map((one) => {
    const { annotator, marked } = (one ?? {}) as Record<string, unknown>;
    if (typeof annotator !== 'string' || typeof marked !== 'string') throw new CellFault('completions: one names no annotator or time.');
    return { annotator, marked };
  });
  const headings = row.list('headings');
  if (!headings.every((line): line is number => Number.isSafeInteger(line))) throw new CellFault('headings: they are no numbers of lines.');
  return {
    ...{ file, line: row.line, doc_id, text: row.text('text'), text_sha256: row.text('text_sha256'), unit },
    ...{ name: row.text('original_name') ?? `${doc_id}.txt`, language: row.text('language'), title: row.text('title') },
    ...{ source: row.text('source'), url: row.text('url'), published: row.text('published'), headings, completions },
    ...{ annotations: [], relations: [] },
  };
}

function entityFrom(row: GivenRow): DatasetEntity {
  const texts = (column: string) =>
    row.list(column).map((item) => {
      if (typeof item !== 'string') throw new CellFault(`${column}: it is no list of texts.`);
      return item;
    });
  const roles = DatedRole.array().safeParse(row.list('roles'));
  if (!roles.success) throw new CellFault('roles: one lacks its title, organisation, from or to.');
  return {
    ...{ id: row.needed('entity_id'), type: row.needed('type'), canonical: row.needed('canonical') },
    ...{ aliases: texts('aliases'), members: texts('members'), wikidata: row.text('wikidata'), date: row.text('date') },
    ...{ roles: roles.data, notes: row.text('notes') ?? '', merged_into: row.text('merged_into'), removed: row.yesNo('removed') ?? false },
  };
}

function annotatorFrom(row: GivenRow): Annotator {
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
  // A column that nobody tells of is text, or a list where it reads as one.
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
  const list = AttributeValue.safeParse(row.list(column));
  if (!list.success) throw new CellFault(`${column}: its items are neither texts nor quantities nor evidence.`);
  return list.data;
}

// Each table refers to others by ids; what refers to nothing is told, not dropped.
function dangling(
  annotations: readonly ForeignAnnotation[],
  args: readonly GivenArg[],
  relations: readonly DatasetLink[],
  tables: ReadonlyMap<TableName, GivenTable>,
): ImportProblem[] {
  const known = new Set(annotations.map(({ id }) => id));
  const problem = (table: TableName, line: number | null, id: string) =>
    problemOf(
      tables.get(table)?.path ?? '',
      line,
      'damaged',
      `There is no annotation or mention ${id}.`,
      'Give all tables of the dataset together.',
    );
  const ofRoles = args.flatMap(({ annotation, arg, line }) => {
    const missing = [annotation, ...('annotation' in arg ? [arg.annotation] : [])].find((id) => !known.has(id));
    return missing === undefined ? [] : [problem('roles', line, missing)];
  });
  const ofRelations = relations.flatMap(({ from, to }) => {
    const missing = [from, to].find(({ annotation }) => !known.has(annotation));
    return missing === undefined ? [] : [problem('relations', null, missing.annotation)];
  });
  return [...ofRoles, ...ofRelations].slice(0, 20);
}

type Fragment = ReturnType<typeof fragmentFrom>;

// Rows of one annotation may stand anywhere; the values are those of its first fragment.
function united(fragments: readonly Fragment[], args: readonly GivenArg[]) {
  const fillers = Map.groupBy(args, ({ annotation }) => annotation);
  return [...Map.groupBy(fragments, ({ id }) => id)].map(([id, rows]): Placed<ForeignAnnotation> => {
    const [{ fragment: _, ...first }, ...rest] = [...rows].sort((a, b) => a.fragment - b.fragment) as [Fragment, ...Fragment[]];
    return { ...first, spans: [first, ...rest].flatMap(({ spans }) => spans), args: (fillers.get(id) ?? []).map(({ arg }) => arg) };
  });
}

// Annotations of a document that no table tells of are in one without a text, to be found by its id.
function assembled(
  documents: readonly ForeignDocument[],
  annotations: readonly Placed<ForeignAnnotation>[],
  links: readonly DatasetLink[],
  file: string,
  unit: OffsetUnit,
): ForeignDocument[] {
  const byDocument = Map.groupBy(annotations, ({ doc_id }) => doc_id);
  const within = Map.groupBy(
    links.filter(({ from, to }) => from.doc_id === to.doc_id),
    ({ from }) => from.doc_id,
  );
  const known = new Set(documents.map(({ doc_id }) => doc_id));
  const others = [...byDocument.keys()]
    .filter((id) => !known.has(id))
    .map(
      (doc_id): ForeignDocument => ({
        ...{ file, line: null, doc_id, text: null, text_sha256: null, unit, name: `${doc_id}.txt` },
        ...{ language: null, title: null, source: null, url: null, published: null, annotations: [], relations: [], completions: [] },
      }),
    );
  return [...documents, ...others].map((document) => ({
    ...document,
    annotations: (byDocument.get(document.doc_id as string) ?? []).map(({ doc_id: _, ...annotation }) => annotation),
    relations: (within.get(document.doc_id as string) ?? []).map(
      ({ from, to, ...relation }): ForeignRelation => ({ ...relation, from: from.annotation, to: to.annotation }),
    ),
  }));
}
