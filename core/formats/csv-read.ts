import { strFromU8 } from 'fflate';
import type { ImportProblem } from '../import/draft.ts';
import { fieldsIn, type GivenRow, type GivenTable, givenTable, readRows } from './csv-given.ts';
import {
  annotatorFrom,
  argFrom,
  documentFrom,
  entityFrom,
  type Fragment,
  fragmentFrom,
  type GivenArg,
  mentionFrom,
  type Placed,
  relationFrom,
} from './csv-records.ts';
import type { DatasetLink } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument, ForeignRelation, GivenFile, OffsetUnit } from './foreign.ts';
import { problemOf } from './given-text.ts';

const names = ['documents', 'annotations', 'roles', 'mentions', 'relations', 'entities', 'annotators'] as const;
type TableName = (typeof names)[number];

/**
 * Reads the CSV tables of a dataset, all or some, by name. The variant of a table for spreadsheets is read only if the table itself was not given.
 * datapackage.json says which columns are attributes, and of what type. Without it, attributes are the columns that are not standard columns of a
 * table, and the unit of the offsets is unknown. A table of annotations made elsewhere needs annotation_id, doc_id, layer, start and end.
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
  // Only tables with such a description are known to count code points.
  const unit = [...fields.values()].some((list) => list.length > 0) ? 'unicode_code_point' : null;
  const documents = rows('documents', (row, { path }) => documentFrom(row, path, unit));
  const found: Foreign = {
    documents: assembled(documents, [...united(fragments, args), ...mentions], relations, tables.get('annotations')?.path ?? '', unit),
    links: relations.filter(({ from, to }) => from.doc_id !== to.doc_id),
    entities: rows('entities', entityFrom),
    annotators: rows('annotators', annotatorFrom),
    problems,
  };
  // The tables belong together: half of them would mean something else.
  return problems.length > 0 ? { documents: [], links: [], entities: [], annotators: [], problems } : found;
}

/** Whether files with these names, and this beginning of the first, are such tables. */
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

// Tables refer to each other by ids. References to nothing are reported, not dropped.
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

// The rows of one annotation may be anywhere. Its values are those of its first fragment.
function united(fragments: readonly Fragment[], args: readonly GivenArg[]) {
  const fillers = Map.groupBy(args, ({ annotation }) => annotation);
  return [...Map.groupBy(fragments, ({ id }) => id)].map(([id, rows]): Placed<ForeignAnnotation> => {
    const [{ fragment: _, ...first }, ...rest] = [...rows].sort((a, b) => a.fragment - b.fragment) as [Fragment, ...Fragment[]];
    return { ...first, spans: [first, ...rest].flatMap(({ spans }) => spans), args: (fillers.get(id) ?? []).map(({ arg }) => arg) };
  });
}

// Annotations whose document is in no table get a document without text, to be found by its id.
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
