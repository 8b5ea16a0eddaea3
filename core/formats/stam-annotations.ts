import type { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import {
  type DatasetAnnotation,
  type DatasetDocument,
  type DatasetEntity,
  type DatasetLink,
  type DatasetRelation,
  mentionLayer,
  type RelationCore,
} from './document.ts';

/** An object of STAM JSON. */
export type StamNode = Readonly<Record<string, unknown>>;

/** The annotation set for the fields of every record, and the one for the codebook's attributes, with keys such as `LAYER.attribute`. */
export const recordSet = 'pressmark';
export const codebookSet = 'codebook';
/** The annotation sets for facts about a document, and about an entity of the registry. */
const documentSet = 'document';
const entitySet = 'entity';

const recordKeys = [
  ...['layer', 'rejected', 'role', 'relation', 'entity', 'entity_name', 'author', 'annotator', 'annotator_name', 'annotator_role'],
  ...['status', 'note', 'override', 'origin', 'confidence', 'rule', 'rule_version', 'imported_from_format', 'imported_from_file'],
  ...['created', 'modified', 'completed'],
] as const;
type RecordKey = (typeof recordKeys)[number];

/** The keys of the sets that are the same in every project, by set. */
export const fixedSets: Readonly<Record<string, readonly string[]>> = {
  [recordSet]: recordKeys,
  [documentSet]: [
    ...['title', 'source', 'url', 'published', 'language', 'group_id', 'split', 'length', 'offset_unit', 'text_sha256', 'original_name'],
    ...['original_sha256', 'imported', 'words', 'headings'],
  ],
  [entitySet]: ['id', 'type', 'canonical', 'aliases', 'members', 'wikidata', 'date', 'roles', 'notes', 'merged_into', 'removed'],
};

/**
 * A value with its type (STAM, DataValue). Quantities, evidence and dated roles are written as JSON, because the Python library cannot read a Map.
 */
function dataValue(value: unknown): StamNode {
  if (typeof value === 'string') return { '@type': 'String', value };
  if (typeof value === 'boolean') return { '@type': 'Bool', value };
  if (typeof value === 'number') return { '@type': Number.isSafeInteger(value) ? 'Int' : 'Float', value };
  if (Array.isArray(value)) return { '@type': 'List', value: value.map(dataValue) };
  return { '@type': 'String', value: JSON.stringify(value) };
}

/** The annotations for one document: the facts about it, who is done with it, its annotations, roles and relations. */
export function documentAnnotations(document: DatasetDocument, nameOf: (entity: string) => string): StamNode[] {
  const { doc_id, text: _, schema: __, metadata, annotations, relations, completions, ...facts } = document;
  const onText = { '@type': 'ResourceSelector', resource: doc_id };
  return [
    node(`${doc_id}.document`, onText, known(documentSet, { ...facts, ...metadata })),
    ...completions.map(({ annotator, marked }) =>
      node(`${doc_id}.completed.${annotator}`, onText, [data('annotator', annotator), time('completed', marked)]),
    ),
    ...annotations.map((annotation) => annotationNode(annotation, doc_id, nameOf)),
    // A role refers to annotations, which must come before it.
    ...annotations.flatMap((annotation) => roleNodes(annotation, nameOf)),
    ...relations.map((relation) => relationNode(relation, relation)),
  ];
}

/** A relation across documents, whose annotations are in other stores. */
export function linkNode({ from, to, ...link }: DatasetLink): StamNode {
  return relationNode(link, { from: from.annotation, to: to.annotation });
}

/** An entity of the registry. It is not about any text, so its target is the set. */
export function entityNode(entity: DatasetEntity): StamNode {
  return node(`entity.${entity.id}`, onSet, known(entitySet, entity));
}

/** An annotator; here, too, the target is the set. */
export function annotatorNode({ id, name, role }: Annotator): StamNode {
  return node(`annotator.${id}`, onSet, [data('annotator', id), data('annotator_name', name), data('annotator_role', role)]);
}

const onSet = { '@type': 'DataSetSelector', annotationset: recordSet };

const node = (id: string, target: StamNode, content: readonly StamNode[]): StamNode => ({
  '@type': 'Annotation',
  '@id': id,
  target,
  data: content,
});

// Null values are unknown and left out.
const known = (set: string, facts: object): StamNode[] =>
  Object.entries(facts).flatMap(([key, value]) =>
    value === null ? [] : [{ '@type': 'AnnotationData', set, key, value: dataValue(value) }],
  );

const data = (key: RecordKey, value: unknown): StamNode => ({ '@type': 'AnnotationData', set: recordSet, key, value: dataValue(value) });

const time = (key: RecordKey, value: string): StamNode =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
    ? { ...data(key, value), value: { '@type': 'Datetime', value } }
    : data(key, value);

function annotationNode(annotation: DatasetAnnotation, document: string, nameOf: (entity: string) => string): StamNode {
  const { id, layer, spans, attributes, annotator, status, note } = annotation;
  const selectors = spans.map(({ start, end }) => ({
    '@type': 'TextSelector',
    resource: document,
    offset: {
      '@type': 'Offset',
      begin: { '@type': 'BeginAlignedCursor', value: start },
      end: { '@type': 'BeginAlignedCursor', value: end },
    },
  }));
  const entity = layer === mentionLayer ? attributes.entity_id : undefined;
  return node(id, selectors.length === 1 ? (selectors[0] as StamNode) : { '@type': 'CompositeSelector', selectors }, [
    // A rejected suggestion has no layer, so that queries for the layer do not find it.
    data(status === 'rejected' ? 'rejected' : 'layer', layer),
    data('annotator', annotator),
    data('status', status),
    ...(typeof entity === 'string' ? [data('entity', entity), data('entity_name', nameOf(entity))] : []),
    ...(layer === mentionLayer ? [] : attributeData(layer, attributes)),
    ...(note ? [data('note', note)] : []),
    ...history(annotation),
  ]);
}

function roleNodes({ id, args, annotator }: DatasetAnnotation, nameOf: (entity: string) => string): StamNode[] {
  return args.map((arg, index) => {
    const content = [data('role', arg.role), data('annotator', annotator)];
    const at = `${id}.role.${index + 1}`;
    if ('annotation' in arg) return node(at, directed(id, arg.annotation), content);
    const filler = 'entity' in arg ? [data('entity', arg.entity), data('entity_name', nameOf(arg.entity))] : [data('author', true)];
    return node(at, onAnnotation(id), [...content, ...filler]);
  });
}

function relationNode(relation: RelationCore, { from, to }: Pick<DatasetRelation, 'from' | 'to'>): StamNode {
  const { id, type, attributes, annotator, note, override } = relation;
  return node(id, directed(from, to), [
    data('relation', type),
    data('annotator', annotator),
    ...attributeData(type, attributes),
    ...(note ? [data('note', note)] : []),
    ...(override === undefined ? [] : [data('override', override)]),
    ...history(relation),
  ]);
}

const onAnnotation = (annotation: string): StamNode => ({ '@type': 'AnnotationSelector', annotation });
const directed = (from: string, to: string): StamNode => ({
  '@type': 'DirectionalSelector',
  selectors: [onAnnotation(from), onAnnotation(to)],
});

function attributeData(owner: string, attributes: Readonly<Record<string, AttributeValue>>): StamNode[] {
  return Object.entries(attributes).map(([name, value]) => ({
    ...{ '@type': 'AnnotationData', set: codebookSet, key: `${owner}.${name}`, value: dataValue(value) },
  }));
}

function history({ origin, confidence, rule, imported_from, created, modified }: DatasetAnnotation | RelationCore): StamNode[] {
  return [
    ...(origin === undefined ? [] : [data('origin', origin)]),
    ...(typeof confidence === 'number' ? [data('confidence', confidence)] : []),
    ...(rule ? [data('rule', rule.id), data('rule_version', rule.version)] : []),
    ...(imported_from ? [data('imported_from_format', imported_from.format), data('imported_from_file', imported_from.file)] : []),
    ...(created === undefined ? [] : [time('created', created)]),
    ...(modified === undefined ? [] : [time('modified', modified)]),
  ];
}
