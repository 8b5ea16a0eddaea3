import type { Registry } from '../model/entity.ts';
import { entityOf } from '../model/entity.ts';
import type { Span } from '../text/span.ts';
import { type Column, cardFeatures, embeddedFeatures } from './columns.ts';
import { type DatasetAnnotation, type DatasetDocument, mentionLayer, type Provenance, type RelationCore } from './document.ts';
import type { DatasetSource, ExportRun, Extras, Format } from './format.ts';
import { type DatasetColumns, datasetColumns, type LayerNames } from './huggingface-columns.ts';
import type { Chunk, Ledger } from './ledger.ts';
import { hubLicence } from './licence.ts';
import { ParquetTable } from './parquet.ts';
import { type Yaml, yamlText } from './yaml-text.ts';

type Row = Record<string, unknown>;
type RecordColumn = Column & { readonly kind: 'record' };

/**
 * A folder for the Hugging Face Hub and the library `datasets`: the documents by split, one row for each article; and the registry, the relations
 * across articles and the annotators, each as a separate configuration. All files are Parquet, because `datasets` uses one reader for all files of
 * a folder; for JSON Lines there is the format jsonl. The front matter of README.md says which file contains what, and the types. Enumerations are
 * class labels. Offsets count code points. For each split, a row group of a few megabytes is kept in memory.
 */
export const huggingface: Format = {
  name: 'huggingface',
  title: 'Hugging Face dataset',
  about: 'A folder for load_dataset, pandas and DuckDB: Parquet with typed columns, one row an article, and a dataset card.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: true,
  tokeniser: null,
  guide:
    'The configuration `documents`, which is the default, has an article a row: its text and metadata and a list of annotations for each layer, with `spans`, `attributes` (enumerations are class labels) and `roles`; each role is a list of what fills it, with its words and the entity’s name. `mentions`, `relations` in the article and `rejected` suggestions are lists of the row too. Further configurations, where they hold anything: `entities`, `relations` (across articles) and `annotators`, as in `load_dataset(path, "entities")`.',
  example,
  write,
};

function example({ codebook, splits }: DatasetSource): string {
  const [layer] = datasetColumns(codebook).layers.values();
  const assigned = new Set([...(splits?.assignments.values() ?? [])].map(({ split }) => split));
  const split = (['train', 'validation', 'test'] as const).find((name) => assigned.has(name)) ?? 'train';
  return [
    'from datasets import load_dataset',
    `document = load_dataset("path/to/this/folder", split="${split}")[0]`,
    `for annotation in document["${(layer as LayerNames).column}"]:`,
    '    print([document["text"][span["start"]:span["end"]] for span in annotation["spans"]])',
  ].join('\n');
}

async function* write(run: ExportRun): AsyncGenerator<Chunk, Extras> {
  const { source, ledger } = run;
  const columns = datasetColumns(source.codebook);
  const rows = new Rows(columns, source);
  const tables = new Map<string, ParquetTable>();
  const seen = { documents: 0, languages: new Set<string>(), origins: new Set<string>() };
  for await (const document of run.documents()) {
    const split = document.split ?? (source.splits ? 'unassigned' : 'train');
    const table = tables.get(split) ?? tableOf('data', split, columns.documents, ledger);
    tables.set(split, table);
    yield* table.add(rows.document(document), document.text.length + 400 * document.annotations.length);
    seen.documents++;
    if (document.language) seen.languages.add(document.language);
    for (const { origin } of document.annotations) if (origin) seen.origins.add(origin);
  }
  for (const table of tables.values()) yield* table.end();

  const others: [name: string, column: RecordColumn, records: readonly Row[]][] = [
    ['entities', columns.entities, run.entities().map((entity) => ({ ...entity }))],
    ['relations', columns.links, run.links().map((link) => rows.link(link))],
    ['annotators', columns.annotators, run.annotators.map((annotator) => ({ ...annotator }))],
  ];
  // `datasets` fails on a file without records, so such files are not written.
  const filled = others.filter(([, , records]) => records.length > 0);
  for (const [name, column, records] of filled) {
    const table = tableOf(name, 'train', column, ledger);
    for (const record of records) yield* table.add(record, 400);
    yield* table.end();
  }
  const configs = [
    ...(tables.size > 0 ? [{ name: 'documents', column: columns.documents, files: filesBySplit('data', [...tables.keys()]) }] : []),
    ...filled.map(([name, column]) => ({ name, column, files: filesBySplit(name, ['train']) })),
  ];
  return { cardHead: `---\n${yamlText(frontMatter(source.project, ledger, seen, configs), 'features')}---\n\n` };
}

// Named as by `push_to_hub` of `datasets`.
function tableOf(folder: string, split: string, column: RecordColumn, ledger: Ledger): ParquetTable {
  const about = { huggingface: JSON.stringify({ info: { features: embeddedFeatures(column) } }) };
  return new ParquetTable(column, ledger, (index) => `${folder}/${split}-${String(index).padStart(5, '0')}.parquet`, about);
}

function filesBySplit(folder: string, splits: readonly string[]): Yaml[] {
  const inOrder = ['train', 'validation', 'test', 'unassigned'].filter((split) => splits.includes(split));
  return inOrder.map((split) => ({ split, path: `${folder}/${split}-*.parquet` }));
}

function frontMatter(
  { name, licence }: DatasetSource['project'],
  ledger: Ledger,
  seen: { readonly documents: number; readonly languages: ReadonlySet<string>; readonly origins: ReadonlySet<string> },
  configs: readonly { readonly name: string; readonly column: RecordColumn; readonly files: Yaml }[],
): { readonly [key: string]: Yaml } {
  const languages = [...new Set([...seen.languages].map((tag) => tag.toLowerCase().split('-')[0] as string))].filter((tag) =>
    /^[a-z]{2,3}$/.test(tag),
  );
  const sizes: readonly [number, string][] = [
    [1000, 'n<1K'],
    [10_000, '1K<n<10K'],
    [100_000, '10K<n<100K'],
    [1_000_000, '100K<n<1M'],
  ];
  return {
    pretty_name: ledger.wellFormed(name),
    ...(languages.length > 0 ? { language: languages.sort() } : {}),
    ...hubLicence(licence === undefined ? undefined : ledger.wellFormed(licence)),
    annotations_creators: ['expert-generated', ...(seen.origins.has('model') ? ['machine-generated'] : [])],
    task_categories: ['token-classification', 'text-classification'],
    size_categories: [sizes.find(([limit]) => seen.documents < limit)?.[1] ?? 'n>1M'],
    tags: ['news', 'annotation', 'pressmark'],
    configs: configs.map(({ name: config, files }, index) => ({
      config_name: config,
      ...(index === 0 ? { default: true } : {}),
      data_files: files,
    })),
    dataset_info: configs.map(({ name: config, column }) => ({ config_name: config, features: cardFeatures(column) as Yaml })),
  };
}

/** Converts dataset records into rows of the columns. */
class Rows {
  readonly #columns: DatasetColumns;
  readonly #registry: Registry;
  readonly #withText: boolean;

  constructor(columns: DatasetColumns, { registry, withText }: DatasetSource) {
    this.#columns = columns;
    this.#registry = registry;
    this.#withText = withText;
  }

  document({ metadata, text, annotations, relations, ...document }: DatasetDocument): Row {
    const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
    const standing = annotations.filter(({ status, layer }) => status !== 'rejected' && layer !== mentionLayer);
    const byLayer = [...this.#columns.layers].map(([id, names]) => [
      names.column,
      standing.filter(({ layer }) => layer === id).map((annotation) => this.#annotation(annotation, names, byId)),
    ]);
    return {
      ...document,
      ...metadata,
      text: this.#words(text),
      ...Object.fromEntries(byLayer),
      mentions: annotations.filter(({ layer }) => layer === mentionLayer).map((mention) => this.#mention(mention)),
      relations: relations.map((relation) => this.#relation(relation)),
      rejected: annotations.filter(({ status }) => status === 'rejected').map((decision) => this.#rejected(decision)),
    };
  }

  link<End extends { readonly doc_id: string; readonly annotation: string }>({
    from,
    to,
    ...relation
  }: RelationCore & { readonly from: End; readonly to: End }): Row {
    const ends = { from_doc: from.doc_id, from_annotation: from.annotation, to_doc: to.doc_id, to_annotation: to.annotation };
    return { ...this.#relation(relation), ...ends };
  }

  #annotation(annotation: DatasetAnnotation, names: LayerNames, byId: ReadonlyMap<string, DatasetAnnotation>): Row {
    const { attributes, args, spans, ...rest } = annotation;
    const values = Object.entries(attributes).map(([name, value]) => [names.attributes.get(name), value]);
    const roles = [...names.roles].map(([role, column]) => [
      column,
      args.filter((arg) => arg.role === role).map((arg) => this.#filler(arg, byId)),
    ]);
    return {
      ...rest,
      ...history(annotation),
      spans: spans.map((span) => this.#span(span)),
      attributes: Object.fromEntries(values),
      roles: Object.fromEntries(roles),
    };
  }

  #filler(arg: DatasetAnnotation['args'][number], byId: ReadonlyMap<string, DatasetAnnotation>): Row {
    if ('author' in arg) return { kind: 'author' };
    if ('entity' in arg) return { kind: 'entity', ...this.#entity(arg.entity) };
    const target = byId.get(arg.annotation);
    if (target?.layer !== mentionLayer) return { kind: 'annotation', id: arg.annotation };
    return { ...this.#mention(target), kind: mentionLayer };
  }

  #mention({ id, spans, attributes, annotator, status }: DatasetAnnotation): Row {
    const entity = attributes['entity_id'];
    return { id, ...this.#span(spans[0] as Span), ...(typeof entity === 'string' ? this.#entity(entity) : {}), annotator, status };
  }

  #relation({ attributes, ...relation }: RelationCore): Row {
    const { relationAttributes, asJson } = this.#columns;
    const values = Object.entries(attributes).map(([name, value]) => [
      relationAttributes.get(name),
      asJson.has(name) ? JSON.stringify(value) : value,
    ]);
    return { ...relation, ...history(relation), attributes: Object.fromEntries(values) };
  }

  #rejected({ id, layer, spans, annotator, rule, created }: DatasetAnnotation): Row {
    return {
      id,
      layer,
      annotator,
      spans: spans.map((span) => this.#span(span)),
      rule: rule?.id,
      rule_version: rule?.version,
      decided: created,
    };
  }

  #entity(id: string): Row {
    return { entity_id: id, entity: entityOf(this.#registry, id)?.canonical };
  }

  #span({ start, end, text }: Span): Row {
    return { start, end, text: this.#words(text) };
  }

  // Text that is left out is null, which an empty text is not.
  #words(text: string): string | null {
    return this.#withText ? text : null;
  }
}

function history({ rule, imported_from }: Partial<Provenance>): Row {
  return {
    rule: rule?.id,
    rule_version: rule?.version,
    import_format: imported_from?.format,
    import_file: imported_from?.file,
  };
}
