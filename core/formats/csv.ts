import type { AttributeValue } from '../model/annotation.ts';
import { entityOf } from '../model/entity.ts';
import type { Span } from '../text/span.ts';
import { isCsv, readCsv } from './csv-read.ts';
import { type Cell, type Field, type Table, type Tables, tablesOf } from './csv-tables.ts';
import { dataPackage } from './data-package.ts';
import {
  type DatasetAnnotation,
  type DatasetDocument,
  type DatasetEntity,
  type DatasetLink,
  mentionLayer,
  type Provenance,
} from './document.ts';
import type { DatasetSource, ExportRun, Format } from './format.ts';
import { prettyJson } from './json-text.ts';
import type { Chunk, Ledger } from './ledger.ts';

/** A row before it is written: its cells by column. A column that is missing is empty. */
type Row = Readonly<Record<string, Cell | undefined>>;

/**
 * Tables for pandas, R and spreadsheets: RFC 4180 CSV (comma, CRLF, doubled quotes), UTF-8 without a byte order mark, unmodified cells, described
 * by a datapackage.json (Data Package 2). Offsets count code points. Next to each table is a variant for spreadsheets.
 */
export const csv: Format = {
  name: 'csv',
  title: 'CSV tables',
  about: 'Tables of documents, annotations, roles, mentions, relations and entities, for spreadsheets, pandas and R.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: true,
  tokeniser: null,
  guide:
    'Each table stands in a file; `datapackage.json` tells every column. `annotations.csv` has a row for each fragment of an annotation; rows of one `annotation_id` are one annotation. `roles.csv` tells what fills its roles: a mention of `mentions.csv`, an entity of `entities.csv`, another annotation or the author. Cells of lists are JSON. The files with `.excel` in their names are for spreadsheets: programs read the others.',
  example: () =>
    [
      'import pandas as pd',
      'texts = pd.read_csv("documents.csv", keep_default_na=False).set_index("doc_id")["text"]',
      'for row in pd.read_csv("annotations.csv").itertuples():',
      '    print(row.layer, texts[row.doc_id][row.start:row.end])',
    ].join('\n'),
  write,
  read: readCsv,
  recognises: isCsv,
};

// The published limits of Excel for one cell and one sheet. It silently cuts off the rest.
const excelCell = 32_767;
const excelRows = 1_048_576;

async function* write(run: ExportRun): AsyncGenerator<Chunk, undefined> {
  const { source, ledger } = run;
  const tables = tablesOf(source.codebook);
  const rowsOf = new Rows(tables, source, ledger);
  const inOrder = [
    tables.documents,
    tables.annotations,
    tables.roles,
    tables.mentions,
    tables.relations,
    tables.entities,
    tables.annotators,
  ];
  const pathOf = (table: Table) => `${table.name}.csv`;
  const excelPathOf = (table: Table) => `${table.name}.excel.csv`;
  const header = ({ fields }: Table) => `${fields.map(({ name }) => quoted(name)).join(',')}\r\n`;
  const counts = new Map<Table, number>();
  function* append(table: Table, rows: readonly Row[]): Generator<Chunk> {
    if (rows.length === 0) return;
    const before = counts.get(table) ?? 1;
    counts.set(table, before + rows.length);
    const beyond = Math.min(rows.length, Math.max(0, before + rows.length - excelRows));
    if (beyond > 0) ledger.lose(`rows of ${excelPathOf(table)} beyond 1,048,576, which Excel cuts`, beyond);
    const { plain, excel } = records(table, excelPathOf(table), rows, ledger);
    yield ledger.chunk(pathOf(table), plain, rows.length);
    yield ledger.chunk(excelPathOf(table), excel, rows.length);
  }

  for (const table of inOrder) {
    yield ledger.chunk(pathOf(table), header(table), 0);
    yield ledger.chunk(excelPathOf(table), `\ufeff${header(table)}`, 0);
  }
  for await (const document of run.documents()) {
    yield* append(tables.documents, [rowsOf.document(document)]);
    yield* append(tables.annotations, rowsOf.annotations(document));
    yield* append(tables.roles, rowsOf.roles(document));
    yield* append(tables.mentions, rowsOf.mentions(document));
    yield* append(tables.relations, rowsOf.relations(inOneDocument(document)));
  }
  yield* append(tables.relations, rowsOf.relations(run.links()));
  yield* append(tables.entities, run.entities().map(entityRow));
  yield* append(
    tables.annotators,
    run.annotators.map(({ id, name, role }) => ({ annotator_id: id, name, role })),
  );

  const byPath = new Map(ledger.close().map((entry) => [entry.path, entry]));
  const files = inOrder.flatMap((table) =>
    [pathOf(table), excelPathOf(table)].flatMap((path) => {
      const entry = byPath.get(path);
      return entry ? [{ entry, table, excel: path === excelPathOf(table) }] : [];
    }),
  );
  const { name, licence } = source.project;
  const about = { name: ledger.wellFormed(name), ...(licence === undefined ? {} : { licence: ledger.wellFormed(licence) }) };
  const description = dataPackage(about, source.changed, files);
  yield ledger.whole('datapackage.json', prettyJson(description, ledger), 1);
  return undefined;
}

/** A cell as in RFC 4180, section 2: quoted if it contains a comma, quote or line end, with quotes doubled. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// A spreadsheet reads a cell with such a beginning as a formula (OWASP ASVS 5, 1.2.10, plus CR, LF and the full-width signs). Leading apostrophes are
// included, so that removing one always restores the text.
const formula = /^'*[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;

/** `rows` as records, both plain and for the spreadsheet variant in the file `excelPath`. */
function records(table: Table, excelPath: string, rows: readonly Row[], ledger: Ledger): { plain: string; excel: string } {
  let [plain, excel] = ['', ''];
  for (const row of rows) {
    let separator = '';
    for (const field of table.fields) {
      const value = cellOf(row, field);
      // A fast path, because most cells of most rows are empty.
      if (value === null || value === undefined || value === '') {
        plain += separator;
        excel += separator;
        separator = ',';
        continue;
      }
      const text = ledger.wellFormed(cellText(value));
      if (text.length > excelCell) ledger.lose(`cells of ${excelPath} over 32,767 characters, which Excel cuts`);
      const cell = `${separator}${quoted(text)}`;
      plain += cell;
      excel += typeof value === 'string' && formula.test(text) ? `${separator}${quoted(`'${text}`)}` : cell;
      separator = ',';
    }
    plain += '\r\n';
    excel += '\r\n';
  }
  return { plain, excel };
}

// A codebook may name an attribute `constructor`, which every object seems to have.
const cellOf = (row: Row, { name }: Field) => (Object.hasOwn(row, name) ? row[name] : null);

function cellText(value: Cell | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Flattens dataset records into rows. */
class Rows {
  readonly #tables: Tables;
  readonly #source: DatasetSource;
  readonly #ledger: Ledger;

  constructor(tables: Tables, source: DatasetSource, ledger: Ledger) {
    this.#tables = tables;
    this.#source = source;
    this.#ledger = ledger;
  }

  document({ doc_id, group_id, split, metadata, completions, language, length, text, text_sha256 }: DatasetDocument): Row {
    return { doc_id, group_id, split, ...metadata, completions, language, length, text, text_sha256 };
  }

  annotations({ doc_id, annotations }: DatasetDocument): Row[] {
    return annotations
      .filter(({ layer }) => layer !== mentionLayer)
      .flatMap(({ id, layer, spans, attributes, annotator, status, created, modified, note, ...history }) => {
        const values = this.#attributes(attributes, this.#tables.layerColumns);
        const common = { ...values, ...historyCells(history), layer, annotator, status, created, modified, note };
        return spans.map((span, fragment) => ({ ...common, annotation_id: id, fragment, doc_id, ...span }));
      });
  }

  roles({ annotations }: DatasetDocument): Row[] {
    const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
    return annotations.flatMap(({ id, args }) => {
      const counts = new Map<string, number>();
      return args.map((arg) => {
        const position = counts.get(arg.role) ?? 0;
        counts.set(arg.role, position + 1);
        const head = { annotation_id: id, role: arg.role, position };
        if ('author' in arg) return { ...head, target_kind: 'author' };
        if ('entity' in arg) return { ...head, target_kind: 'entity', ...this.#named(arg.entity) };
        const target = byId.get(arg.annotation);
        if (target?.layer !== mentionLayer) return { ...head, target_kind: 'annotation', target_annotation_id: arg.annotation };
        return { ...head, target_kind: mentionLayer, mention_id: target.id, ...this.#mentionCells(target) };
      });
    });
  }

  mentions({ doc_id, annotations }: DatasetDocument): Row[] {
    return annotations
      .filter(({ layer }) => layer === mentionLayer)
      .map((mention) => {
        const { id, annotator, status } = mention;
        return { mention_id: id, doc_id, annotator, status, ...this.#mentionCells(mention) };
      });
  }

  relations(relations: readonly DatasetLink[]): Row[] {
    return relations.map(({ id, type, from, to, attributes, annotator, created, modified, note, override, ...history }) => ({
      ...this.#attributes(attributes, this.#tables.relationColumns),
      ...historyCells(history),
      relation_id: id,
      type,
      from_doc: from.doc_id,
      from_annotation: from.annotation,
      to_doc: to.doc_id,
      to_annotation: to.annotation,
      override,
      annotator,
      created,
      modified,
      note,
    }));
  }

  #attributes(attributes: Readonly<Record<string, AttributeValue>>, columns: ReadonlyMap<string, string>): Row {
    const row: Record<string, Cell> = {};
    for (const [name, value] of Object.entries(attributes)) {
      if (value === '') this.#ledger.lose('empty texts of attributes, which CSV cannot tell from missing ones');
      row[columns.get(name) as string] = value;
    }
    return row;
  }

  #mentionCells({ spans, attributes }: DatasetAnnotation): Row {
    const entity = attributes.entity_id;
    return { ...(spans[0] as Span), ...(typeof entity === 'string' ? this.#named(entity) : {}) };
  }

  #named(entity: string): Row {
    return { entity_id: entity, entity: entityOf(this.#source.registry, entity)?.canonical };
  }
}

function historyCells({ origin, confidence, rule, imported_from }: Partial<Provenance>): Row {
  return {
    origin,
    confidence,
    rule: rule?.id,
    rule_version: rule?.version,
    import_format: imported_from?.format,
    import_file: imported_from?.file,
  };
}

function inOneDocument({ doc_id, relations }: DatasetDocument): DatasetLink[] {
  return relations.map((relation) => ({
    ...relation,
    from: { doc_id, annotation: relation.from },
    to: { doc_id, annotation: relation.to },
  }));
}

function entityRow({ id, ...entity }: DatasetEntity): Row {
  return { entity_id: id, ...entity };
}
