import type { Attribute, Codebook } from '../model/codebook.ts';
import { mentionLayer } from './document.ts';

/** A cell before it is written. Null is the empty cell; anything other than text, number or boolean is written as JSON. */
export type Cell = string | number | boolean | null | readonly unknown[];

/** A column as Frictionless Table Schema 2 describes it. */
export interface Field {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array';
  readonly description: string;
  readonly constraints?: { readonly required?: true; readonly enum?: readonly string[] };
  /** The attribute whose values are in the column, and its type by layer or relation type. The columns alone do not tell a reader. */
  readonly attribute?: string;
  readonly forms?: Readonly<Record<string, Attribute['type']>>;
}

/** A table of the export with its columns in order. `foreignKeys` maps a column to the table and column that its values come from. */
export interface Table {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly Field[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: Readonly<Record<string, readonly [table: string, field: string]>>;
}

/** All tables of a codebook, and the columns of the attributes of its layers and relation types. */
export interface Tables {
  readonly documents: Table;
  readonly annotations: Table;
  readonly roles: Table;
  readonly mentions: Table;
  readonly relations: Table;
  readonly entities: Table;
  readonly annotators: Table;
  readonly layerColumns: ReadonlyMap<string, string>;
  readonly relationColumns: ReadonlyMap<string, string>;
}

const unit = 'in Unicode code points of the document, 0-based';
const key = (name: string, description: string): Field => ({ name, type: 'string', description, constraints: { required: true } });
const text = (name: string, description: string): Field => ({ name, type: 'string', description });
const whole = (name: string, description: string): Field => ({ name, type: 'integer', description });
const json = (name: string, description: string): Field => ({ name, type: 'array', description: `${description}, as JSON` });
const choice = (name: string, description: string, values: readonly string[]): Field => ({
  name,
  type: 'string',
  description,
  constraints: { required: true, enum: values },
});

const start = whole('start', `Where the text begins, ${unit}, inclusive`);
const end = whole('end', `Where the text ends, ${unit}, exclusive`);
const annotator = key('annotator', 'Who made it');
const history: readonly Field[] = [
  choice('origin', 'manual; imported; or model, a suggestion that a person accepted or rejected', ['manual', 'imported', 'model']),
  { name: 'confidence', type: 'number', description: 'Of the suggestion, 0 to 1' },
  text('rule', 'The rule that suggested it'),
  text('rule_version', 'The version of that rule'),
  text('import_format', 'The format that it was imported from'),
  text('import_file', 'The file that it was imported from'),
  text('note', 'A note of the annotator'),
  text('created', 'ISO 8601'),
  text('modified', 'ISO 8601'),
];

const documents: Table = {
  name: 'documents',
  title: 'One row a document',
  fields: [
    key('doc_id', 'The document'),
    text('group_id', 'The group that it belongs to; documents of one group are in one split'),
    text('split', 'train, validation or test; empty where the dataset is not split'),
    text('title', 'Title'),
    text('source', 'Where it was published'),
    text('published', 'When, EDTF'),
    text('url', 'Address'),
    text('language', 'BCP 47'),
    text('original_name', 'Name of the imported file'),
    text('imported', 'ISO 8601'),
    whole('length', 'Length of the text in Unicode code points'),
    whole('words', 'Number of words'),
    json('headings', 'Lines of the text that are headings, counted from 0'),
    json('completions', 'Annotators who marked it as done, and when'),
    text('text_sha256', 'sha256 of the text in UTF-8'),
    text('original_sha256', 'sha256 of the imported file'),
    text('text', 'The text, LF line ends'),
  ],
  primaryKey: ['doc_id'],
  foreignKeys: {},
};

const roles: Table = {
  name: 'roles',
  title: 'One row a filler of a role of an annotation',
  fields: [
    key('annotation_id', 'The annotation whose role it is'),
    key('role', 'The role'),
    { ...whole('position', 'Index among the fillers of that role, from 0'), constraints: { required: true } },
    choice('target_kind', 'What fills the role', [mentionLayer, 'entity', 'annotation', 'author']),
    text('mention_id', 'The mention that fills it'),
    text('entity_id', 'The entity that fills it or that the mention names'),
    text('target_annotation_id', 'The annotation that fills it'),
    start,
    end,
    text('text', 'The covered text of the mention'),
    text('entity', 'Canonical name of the entity'),
  ],
  primaryKey: ['annotation_id', 'role', 'position'],
  foreignKeys: {
    annotation_id: ['annotations', 'annotation_id'],
    mention_id: ['mentions', 'mention_id'],
    entity_id: ['entities', 'entity_id'],
    target_annotation_id: ['annotations', 'annotation_id'],
  },
};

const mentions: Table = {
  name: 'mentions',
  title: 'One row a place in the text that names or stands for someone or something',
  fields: [
    key('mention_id', 'The mention'),
    key('doc_id', 'The document'),
    start,
    end,
    text('text', 'The covered text'),
    text('entity_id', 'The entity that it names'),
    text('entity', 'Canonical name of the entity'),
    annotator,
    choice('status', 'adjudicated if made by an adjudicator', ['final', 'adjudicated']),
  ],
  primaryKey: ['mention_id'],
  foreignKeys: {
    doc_id: ['documents', 'doc_id'],
    entity_id: ['entities', 'entity_id'],
    annotator: ['annotators', 'annotator_id'],
  },
};

const entities: Table = {
  name: 'entities',
  title: 'One row an entity of the registry',
  fields: [
    key('entity_id', 'The entity'),
    key('type', 'Its type'),
    key('canonical', 'Its canonical name'),
    json('aliases', 'Other names'),
    json('members', 'Ids of the entities that it is made of'),
    text('wikidata', 'Wikidata id'),
    text('date', 'EDTF'),
    json('roles', 'Titles and offices with their dates'),
    text('notes', 'Notes'),
    text('merged_into', 'The entity that it was merged into; no role or mention names it any more'),
    { name: 'removed', type: 'boolean', description: 'Whether it was removed from the registry' },
  ],
  primaryKey: ['entity_id'],
  foreignKeys: { merged_into: ['entities', 'entity_id'] },
};

const annotators: Table = {
  name: 'annotators',
  title: 'One row an annotator',
  fields: [
    key('annotator_id', 'The annotator'),
    key('name', 'Name'),
    choice('role', 'annotator or adjudicator', ['annotator', 'adjudicator']),
  ],
  primaryKey: ['annotator_id'],
  foreignKeys: {},
};

/** The tables of `codebook`. Attributes become columns of annotations.csv and relations.csv, under their own names if those are free. */
export function tablesOf(codebook: Codebook): Tables {
  const { table: annotations, columns: layerColumns } = annotationTable(codebook.layers);
  const { table: relations, columns: relationColumns } = relationTable(codebook.relations);
  return { documents, annotations, roles, mentions, relations, entities, annotators, layerColumns, relationColumns };
}

// A table with a column for each attribute, and the column names by attribute.
interface WithAttributes {
  readonly table: Table;
  readonly columns: ReadonlyMap<string, string>;
}

function annotationTable(layers: Codebook['layers']): WithAttributes {
  const head = [
    key('annotation_id', 'The annotation; its fragments share it'),
    { ...whole('fragment', 'Index of the fragment within the annotation, from 0'), constraints: { required: true } } as const,
    key('doc_id', 'The document'),
    choice(
      'layer',
      'What kind of annotation it is',
      layers.map(({ id }) => id),
    ),
    start,
    end,
    text('text', 'The covered text of the fragment'),
  ];
  const tail = [
    annotator,
    choice('status', 'draft lacks something that the codebook requires; rejected is a suggestion that was turned down', [
      'draft',
      'final',
      'adjudicated',
      'rejected',
    ]),
    ...history,
  ];
  const { fields, columns } = attributeFields(layers, [...head, ...tail]);
  const table: Table = {
    name: 'annotations',
    title: 'One row a fragment of an annotation; the values of the annotation stand in each of its rows',
    fields: [...head, ...fields, ...tail],
    primaryKey: ['annotation_id', 'fragment'],
    foreignKeys: { doc_id: ['documents', 'doc_id'], annotator: ['annotators', 'annotator_id'] },
  };
  return { table, columns };
}

function relationTable(types: Codebook['relations']): WithAttributes {
  const head = [
    key('relation_id', 'The relation'),
    choice(
      'type',
      'What kind of relation it is',
      types.map(({ id }) => id),
    ),
    key('from_doc', 'Document of the first end'),
    key('from_annotation', 'Annotation at the first end'),
    key('to_doc', 'Document of the second end'),
    key('to_annotation', 'Annotation at the second end'),
  ];
  const tail = [text('override', 'Why the two are related although they are about different things'), annotator, ...history];
  const { fields, columns } = attributeFields(types, [...head, ...tail]);
  const table: Table = {
    name: 'relations',
    title: 'One row a relation between two annotations, of one document or of two',
    fields: [...head, ...fields, ...tail],
    primaryKey: ['relation_id'],
    foreignKeys: {
      from_doc: ['documents', 'doc_id'],
      from_annotation: ['annotations', 'annotation_id'],
      to_doc: ['documents', 'doc_id'],
      to_annotation: ['annotations', 'annotation_id'],
      annotator: ['annotators', 'annotator_id'],
    },
  };
  return { table, columns };
}

// Two attributes with the same name share a column. Names must also differ when letter case is ignored, as some readers do.
function attributeFields(
  owners: readonly { readonly id: string; readonly attributes: readonly Attribute[] }[],
  taken: readonly Field[],
): { fields: Field[]; columns: Map<string, string> } {
  const used = new Set(taken.map(({ name }) => name.toLowerCase()));
  const columns = new Map<string, string>();
  const meanings = new Map<string, { owner: string; attribute: Attribute }[]>();
  for (const { id: owner, attributes } of owners) {
    for (const attribute of attributes) {
      const known = meanings.get(attribute.name);
      if (known) known.push({ owner, attribute });
      else meanings.set(attribute.name, [{ owner, attribute }]);
    }
  }
  const fields = [...meanings].map(([name, uses]): Field => {
    let column = name;
    while (used.has(column.toLowerCase())) column = `attribute_${column}`;
    used.add(column.toLowerCase());
    columns.set(name, column);
    const description = uses.map(({ owner, attribute }) => `${owner}: ${attribute.help || attribute.title}`).join('; ');
    const forms = Object.fromEntries(uses.map(({ owner, attribute }) => [owner, attribute.type]));
    const types = new Set(uses.map(({ attribute }) => fieldType(attribute)));
    const [type] = types;
    if (!type || types.size > 1) {
      return { name: column, type: 'string', description: `${description} (of several forms)`, attribute: name, forms };
    }
    const enums = uses.map(({ attribute }) => (attribute.type === 'enum' ? attribute.values : null));
    if (enums.includes(null)) return { name: column, type, description, attribute: name, forms };
    const constraints = { enum: [...new Set(enums.flatMap((values) => values ?? []))] };
    return { name: column, type, description, constraints, attribute: name, forms };
  });
  return { fields, columns };
}

function fieldType(attribute: Attribute): Field['type'] {
  switch (attribute.type) {
    case 'boolean':
    case 'number':
      return attribute.type;
    case 'list':
    case 'quantity':
    case 'evidence':
      return 'array';
    case 'enum':
    case 'text':
    case 'date':
      return 'string';
  }
}
