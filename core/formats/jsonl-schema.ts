import type { Attribute, Codebook, Layer, RelationType } from '../model/codebook.ts';
import { mentionLayer } from './document.ts';

/** A JSON Schema, draft 2020-12. */
export type Schema = { readonly [keyword: string]: unknown };

/** The definition in the schema for the lines of each JSONL file. `documents.jsonl` uses the schema itself. */
export const lineDefinitions = {
  'entities.jsonl': 'entity',
  'relations.jsonl': 'link',
  'annotators.jsonl': 'annotator',
} as const;

const text: Schema = { type: 'string' };
const textOrNull: Schema = { type: ['string', 'null'] };
const name: Schema = { type: 'string', minLength: 1 };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const definition = (id: string): Schema => ({ $ref: `#/$defs/${id}` });
const sha256: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const index: Schema = { type: 'integer', minimum: 0 };

/** An object with exactly these properties. All are required except those in `optional`. */
function record(properties: Record<string, Schema>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((property) => !optional.includes(property));
  return { type: 'object', additionalProperties: false, required, properties };
}

/**
 * The schema for a line of `documents.jsonl` (reference format qds/1.0, section 1), with definitions for the lines of the other files. It is made
 * from the codebook: layers, attributes, their values, roles and relation types are exactly the project's, and a `final` annotation must have
 * everything that the codebook requires. Its description states what JSON Schema cannot express: a span's text is the document's text from `start`
 * to `end` in code points, spans ascend, and every reference exists. With `withText` false, there is no text.
 */
export function documentSchema(codebook: Codebook, version: number, withText: boolean): Schema {
  const document = record({
    schema: { const: 'qds/1.0' },
    doc_id: name,
    group_id: textOrNull,
    split: { enum: ['train', 'validation', 'test', null] },
    language: { ...textOrNull, description: 'BCP 47' },
    offset_unit: { const: 'unicode_code_point' },
    length: { ...index, description: 'Of the text, in Unicode code points' },
    text_sha256: { ...sha256, description: 'Of the text in UTF-8' },
    ...(withText ? { text } : {}),
    metadata: record({
      title: text,
      source: textOrNull,
      url: textOrNull,
      published: { ...textOrNull, description: 'EDTF' },
      original_name: text,
      original_sha256: sha256,
      imported: text,
      words: index,
      headings: { ...listOf(index), description: 'Lines of the text that are headings, counted from 0' },
    }),
    completions: {
      ...listOf(record({ annotator: name, marked: text })),
      description: 'The annotators who marked the document as done, and when',
    },
    annotations: listOf(definition('annotation')),
    relations: listOf(definition('relation')),
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:qds:schema:document:1.0:codebook-${version}`,
    title: `Document of a dataset qds/1.0 under version ${version} of the codebook ${codebook.name}`,
    description:
      'Offsets are 0-based, half-open and count Unicode code points: in Python, text[start:end] is the span. ' +
      'Spans of an annotation ascend and neither touch nor overlap. Every annotator has an annotation of their own.',
    ...document,
    $defs: {
      span: record({ start: index, end: { type: 'integer', minimum: 1 }, ...(withText ? { text: { type: 'string', minLength: 1 } } : {}) }),
      rule: record({ id: text, version: text }),
      imported_from: record({ format: text, file: text }),
      arg: {
        description: 'What fills a role: a mention or annotation of the document, an entity, or the author of the article',
        ...record({ role: name, annotation: name, entity: name, author: { const: true } }, ['annotation', 'entity', 'author']),
        oneOf: [{ required: ['annotation'] }, { required: ['entity'] }, { required: ['author'] }],
      },
      quantity: record({
        value: { type: 'number' },
        value_max: { type: ['number', 'null'] },
        modifier: { enum: ['exact', 'approx', 'at_least', 'at_most'] },
        unit: text,
        counts: text,
        mention: { ...textOrNull, description: 'Id of the mention that holds the number' },
      }),
      evidence: record({
        url: text,
        accessed: { ...text, description: 'EDTF' },
        says: { enum: ['supports', 'refutes', 'context'] },
        note: text,
      }),
      annotation: annotationSchema(codebook),
      ...Object.fromEntries(codebook.layers.map((layer) => [`layer.${layer.id}`, layerSchema(layer)])),
      ...Object.fromEntries(codebook.relations.map((type) => [`relation.${type.id}`, relationAttributes(type)])),
      relation: relationSchema(codebook, name),
      link: relationSchema(codebook, record({ doc_id: name, annotation: name })),
      entity: record({
        id: name,
        type: name,
        canonical: name,
        aliases: listOf(text),
        members: { ...listOf(name), description: 'Ids of the entities that this one is made of' },
        wikidata: textOrNull,
        date: { ...textOrNull, description: 'EDTF' },
        roles: listOf(record({ title: text, organisation: text, from: textOrNull, to: textOrNull })),
        notes: text,
        merged_into: { ...textOrNull, description: 'The entity that this one was merged into; nothing else names this one any more' },
        removed: { type: 'boolean' },
      }),
      annotator: record({ id: name, name, role: { enum: ['annotator', 'adjudicator'] } }),
    },
  };
}

const provenance: Record<string, Schema> = {
  origin: { enum: ['manual', 'imported', 'model'], description: 'model is a suggestion that a person accepted or rejected' },
  confidence: { type: ['number', 'null'], minimum: 0, maximum: 1 },
  rule: definition('rule'),
  imported_from: definition('imported_from'),
};

function annotationSchema(codebook: Codebook): Schema {
  const properties = {
    id: name,
    layer: { enum: [...codebook.layers.map(({ id }) => id), mentionLayer] },
    spans: { ...listOf(definition('span')), minItems: 1 },
    attributes: { type: 'object' },
    args: listOf(definition('arg')),
    annotator: name,
    status: {
      enum: ['draft', 'final', 'adjudicated', 'rejected'],
      description: 'draft lacks something that the codebook requires; rejected is a suggestion that was turned down',
    },
    ...provenance,
    created: text,
    modified: text,
    note: text,
  };
  const history = ['origin', 'confidence', 'created', 'modified', 'note'];
  const mention = record({ entity_id: name }, ['entity_id']);
  return {
    ...record(properties, [...history, 'rule', 'imported_from']),
    allOf: [
      {
        if: { properties: { layer: { const: mentionLayer } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: {
          properties: {
            attributes: mention,
            args: { maxItems: 0 },
            status: { enum: ['final', 'adjudicated'] },
            ...Object.fromEntries([...history, 'rule', 'imported_from'].map((property) => [property, false])),
          },
        },
        else: { required: history },
      },
      ...codebook.layers.map(({ id }) => ({
        if: { properties: { layer: { const: id } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: definition(`layer.${id}`),
      })),
    ],
  };
}

/** What `layer` adds to an annotation: its attributes and roles, and those that a finished annotation must have. */
function layerSchema(layer: Layer): Schema {
  const roles = layer.roles.map((role) => role.name);
  const filled = layer.roles
    .filter(({ min }) => min > 0)
    .map((role) => ({ contains: { properties: { role: { const: role.name } } }, minContains: role.min }));
  return {
    title: layer.title,
    description: layer.help,
    properties: {
      attributes: attributesSchema(layer.attributes),
      args: roles.length > 0 ? listOf({ properties: { role: { enum: roles } } }) : { maxItems: 0 },
    },
    if: { properties: { status: { enum: ['final', 'adjudicated'] } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      properties: {
        attributes: { required: layer.attributes.flatMap((attribute) => (attribute.required ? [attribute.name] : [])) },
        ...(filled.length > 0 ? { args: { allOf: filled } } : {}),
      },
    },
  };
}

function relationSchema(codebook: Codebook, end: Schema): Schema {
  const properties = {
    id: name,
    type: { enum: codebook.relations.map(({ id }) => id) },
    from: end,
    to: end,
    attributes: { type: 'object' },
    annotator: name,
    ...provenance,
    created: text,
    modified: text,
    note: text,
    override: { description: 'Why the two are related although they are about different things', type: 'string', minLength: 1 },
  };
  return {
    ...record(properties, ['rule', 'imported_from', 'override']),
    allOf: codebook.relations.map(({ id }) => ({
      if: { properties: { type: { const: id } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { attributes: definition(`relation.${id}`) } },
    })),
  };
}

function relationAttributes({ title, help, attributes }: RelationType): Schema {
  return { title, description: help, ...attributesSchema(attributes) };
}

function attributesSchema(attributes: readonly Attribute[]): Schema {
  const names = attributes.map((attribute) => attribute.name);
  return record(Object.fromEntries(attributes.map((attribute) => [attribute.name, valueSchema(attribute)])), names);
}

function valueSchema(attribute: Attribute): Schema {
  const { title, help: description } = attribute;
  switch (attribute.type) {
    case 'enum':
      return { title, description, enum: attribute.values };
    case 'boolean':
    case 'number':
      return { title, description, type: attribute.type };
    case 'text':
      return { title, description, type: 'string' };
    case 'date':
      return { title, description: `${description} (EDTF)`.trim(), type: 'string' };
    case 'list':
      return { title, description, ...listOf(text) };
    case 'quantity':
    case 'evidence':
      return { title, description, ...listOf(definition(attribute.type)) };
  }
}
