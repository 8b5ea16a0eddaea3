import type { Attribute, Codebook, Layer } from '../model/codebook.ts';
import { type Column, columnNames, labelOf, listOf, number, recordOf, text, whole, yesNo } from './columns.ts';
import { mentionLayer } from './document.ts';

type RecordColumn = Column & { readonly kind: 'record' };

/** The columns of every table for a codebook, and the names of its layers, attributes and roles there. */
export interface DatasetColumns {
  readonly documents: RecordColumn;
  readonly links: RecordColumn;
  readonly entities: RecordColumn;
  readonly annotators: RecordColumn;
  /** The column of each layer, by its id. */
  readonly layers: ReadonlyMap<string, LayerNames>;
  readonly relationAttributes: ReadonlyMap<string, string>;
  /** Attributes of relations that are stored as JSON, because two types use the same name for different things. */
  readonly asJson: ReadonlySet<string>;
}

export interface LayerNames {
  readonly column: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
}

const origins = ['manual', 'imported', 'model'];
const covered = { start: whole, end: whole, text };
const span = recordOf(covered);
const provenance = {
  origin: labelOf(origins),
  confidence: number,
  rule: text,
  rule_version: text,
  import_format: text,
  import_file: text,
};
const times = { created: text, modified: text, note: text };
const meta = {
  doc_id: text,
  group_id: text,
  title: text,
  source: text,
  published: text,
  url: text,
  language: text,
  text,
  length: whole,
  words: whole,
  text_sha256: text,
  original_name: text,
  original_sha256: text,
  imported: text,
  headings: listOf(whole),
  completions: listOf(recordOf({ annotator: text, marked: text })),
};
const fillers = listOf(
  recordOf({ kind: labelOf([mentionLayer, 'entity', 'annotation', 'author']), id: text, ...covered, entity_id: text, entity: text }),
);
const mentions = listOf(
  recordOf({ id: text, ...covered, entity_id: text, entity: text, annotator: text, status: labelOf(['final', 'adjudicated']) }),
);

/** The columns for `codebook`. Layers, attributes and roles keep their names, except where another has the same name apart from letter case. */
export function datasetColumns({ layers, relations }: Codebook): DatasetColumns {
  const columns = columnNames(
    layers.map(({ id }) => id),
    [...Object.keys(meta), 'mentions', 'relations', 'rejected'],
  );
  const names = new Map(
    layers.map((layer): [string, LayerNames] => [
      layer.id,
      {
        column: columns.get(layer.id) as string,
        attributes: columnNames(layer.attributes.map(({ name }) => name)),
        roles: columnNames(layer.roles.map(({ name }) => name)),
      },
    ]),
  );
  const ofRelations = relationColumns(relations.flatMap(({ attributes }) => attributes));
  const relation = {
    type: labelOf(relations.map(({ id }) => id)),
    ...(ofRelations.columns.size > 0 ? { attributes: recordOf(ofRelations.columns) } : {}),
    annotator: text,
    ...provenance,
    ...times,
    override: text,
  };
  const rejected = recordOf({
    id: text,
    layer: labelOf(layers.map(({ id }) => id)),
    spans: listOf(span),
    annotator: text,
    rule: text,
    rule_version: text,
    decided: text,
  });
  return {
    documents: recordOf(
      new Map<string, Column>([
        ...Object.entries(meta),
        ...layers.map((layer): [string, Column] => {
          const its = names.get(layer.id) as LayerNames;
          return [its.column, listOf(layerColumn(layer, its))];
        }),
        ['mentions', mentions],
        ['relations', listOf(recordOf({ id: text, from: text, to: text, ...relation }))],
        ['rejected', listOf(rejected)],
      ]),
    ),
    links: recordOf({ id: text, from_doc: text, from_annotation: text, to_doc: text, to_annotation: text, ...relation }),
    entities: recordOf({
      ...{ id: text, type: text, canonical: text, aliases: listOf(text), members: listOf(text), wikidata: text, date: text },
      roles: listOf(recordOf({ title: text, organisation: text, from: text, to: text })),
      ...{ notes: text, merged_into: text, removed: yesNo },
    }),
    annotators: recordOf({ id: text, name: text, role: labelOf(['annotator', 'adjudicator']) }),
    layers: names,
    relationAttributes: ofRelations.names,
    asJson: ofRelations.asJson,
  };
}

function layerColumn({ attributes, roles }: Layer, names: LayerNames): Column {
  const values = attributes.map((attribute): [string, Column] => [names.attributes.get(attribute.name) as string, valueColumn(attribute)]);
  const filled = roles.map(({ name }): [string, Column] => [names.roles.get(name) as string, fillers]);
  return recordOf({
    id: text,
    annotator: text,
    status: labelOf(['draft', 'final', 'adjudicated']),
    spans: listOf(span),
    ...(values.length > 0 ? { attributes: recordOf(new Map(values)) } : {}),
    ...(filled.length > 0 ? { roles: recordOf(new Map(filled)) } : {}),
    ...provenance,
    ...times,
  });
}

const quantity = recordOf({
  value: number,
  value_max: number,
  modifier: labelOf(['exact', 'approx', 'at_least', 'at_most']),
  unit: text,
  counts: text,
  mention: text,
});
const evidence = recordOf({ url: text, accessed: text, says: labelOf(['supports', 'refutes', 'context']), note: text });

function valueColumn(attribute: Attribute): Column {
  switch (attribute.type) {
    case 'enum':
      return labelOf(attribute.values);
    case 'boolean':
      return yesNo;
    case 'number':
      return number;
    case 'list':
      return listOf(text);
    case 'quantity':
      return listOf(quantity);
    case 'evidence':
      return listOf(evidence);
    case 'text':
    case 'date':
      return text;
  }
}

// Two relation types may have an attribute with the same name. Enumerations then share their values; anything else is stored as JSON.
function relationColumns(attributes: readonly Attribute[]) {
  const byName = Map.groupBy(attributes, ({ name }) => name);
  const names = columnNames([...byName.keys()]);
  const asJson = new Set<string>();
  const columns = new Map(
    [...byName].map(([name, uses]): [string, Column] => {
      const column = names.get(name) as string;
      const kinds = new Set(uses.map(({ type }) => type));
      const [first] = uses as [Attribute];
      if (kinds.size === 1 && first.type !== 'enum') return [column, valueColumn(first)];
      if (kinds.size === 1) return [column, labelOf([...new Set(uses.flatMap((use) => (use.type === 'enum' ? use.values : [])))])];
      asJson.add(name);
      return [column, text];
    }),
  );
  return { names, columns, asJson };
}
