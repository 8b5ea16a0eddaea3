import { type Attribute, type Codebook, layerOf } from '../model/codebook.ts';

/** A feature of a type. `range` is the type of its value, or with `many` that of its elements. */
export interface CasFeature {
  readonly name: string;
  readonly range: string;
  readonly many?: true;
}

/** A type of a UIMA type system. */
export interface CasType {
  readonly name: string;
  readonly superType: string;
  readonly description: string;
  readonly features: readonly CasFeature[];
}

/** UIMA's own types, and the types of DKPro Core that text readers look for. */
export const uima = {
  top: 'uima.cas.TOP',
  sofa: 'uima.cas.Sofa',
  annotation: 'uima.tcas.Annotation',
  documentAnnotation: 'uima.tcas.DocumentAnnotation',
  objectArray: 'uima.cas.FSArray',
  stringArray: 'uima.cas.StringArray',
  string: 'uima.cas.String',
  boolean: 'uima.cas.Boolean',
  integer: 'uima.cas.Integer',
  double: 'uima.cas.Double',
} as const;
export const dkpro = 'de.tudarmstadt.ukp.dkpro.core.api';
export const sentenceType = `${dkpro}.segmentation.type.Sentence`;
export const tokenType = `${dkpro}.segmentation.type.Token`;
export const metadataType = `${dkpro}.metadata.type.DocumentMetaData`;

/** The types of this format. Those of a codebook are in separate packages, so that layer names never clash. */
export const own = {
  /** What is known about the article, and whose work this is. */
  article: 'pressmark.Article',
  mention: 'pressmark.Mention',
  /** Any fragment of an annotation after its first. */
  part: 'pressmark.Part',
  /** The filler of a role without words in the text: an entity, or the author of the article. Empty range at the beginning of its annotation. */
  entity: 'pressmark.EntityReference',
  rejected: 'pressmark.Rejected',
  rejectedParts: 'pressmark.RejectedParts',
  layer: 'pressmark.layer.',
  relation: 'pressmark.relation.',
  link: 'pressmark.link.',
} as const;

const string = (name: string): CasFeature => ({ name, range: uima.string });
const strings = (...names: string[]): CasFeature[] => names.map(string);
const entityFeatures = strings('entity_id', 'entity_name', 'entity_type', 'entity_wikidata');
const provenance = [
  string('origin'),
  { name: 'confidence', range: uima.double },
  ...strings('rule', 'rule_version', 'imported_format', 'imported_file', 'created', 'modified', 'note'),
  // UIMA has no empty number or boolean: Java gives 0 and false for what was never set. These were set to 0 or false.
  { name: 'given', range: uima.string, many: true as const },
];
const relationFeatures = ['override', 'Governor', 'Dependent'];

// Names that attributes cannot have as features: those of this format, those that INCEpTION reserves (WebAnnoConst.RESTRICTED_FEATURE_NAMES), and
// those that would break the classes that cassis generates from types (its own methods, and Python's keywords).
const taken = new Set(
  [
    ...provenance.map(({ name }) => name),
    ...['id', 'status', 'roles', 'parts', 'first', 'next'],
    ...relationFeatures,
    ...'address begin end coveredText booleanValue doubleValue byteValue CAS CASImpl class featureValue floatValue longValue'.split(' '),
    ...'lowLevelCas printRefs sofa stringValue type typeIndexId view self xmiID elements get set value get_covered_text'.split(' '),
    ...'False None True and as assert async await break continue def del elif else except finally for from global if import'.split(' '),
    ...'in is lambda nonlocal not or pass raise return try while with yield'.split(' '),
  ].map((name) => name.toLowerCase()),
);
const prefix = 'attribute_';
const structured = 'json_';

/**
 * The feature for an attribute: the same name, or with `attribute_` in front if that name is taken. Quantities and evidence are lists of JSON
 * texts, with `json_` in front of everything. `attributeOf` reverses this.
 */
export function featureOf({ name, type }: Pick<Attribute, 'name' | 'type'>): CasFeature {
  const isTaken = taken.has(name.toLowerCase()) || /^(attribute_|json_|xml)/i.test(name);
  const free = isTaken ? `${prefix}${name}` : name;
  if (type === 'quantity' || type === 'evidence') return { name: `${structured}${free}`, range: uima.string, many: true };
  if (type === 'list') return { name: free, range: uima.string, many: true };
  return { name: free, range: type === 'boolean' ? uima.boolean : type === 'number' ? uima.double : uima.string };
}

/** The attribute of a feature of Pressmark's own types, and whether its items are JSON. Null for a feature of the format itself. */
export function attributeOf(feature: string): { name: string; isJson: boolean } | null {
  const isJson = feature.startsWith(structured);
  const free = isJson ? feature.slice(structured.length) : feature;
  if (free.startsWith(prefix)) return { name: free.slice(prefix.length), isJson };
  return taken.has(free.toLowerCase()) ? null : { name: free, isJson };
}

/** The type system of `codebook`, from which INCEpTION needs to make its layers before it can import a file. */
export function typeSystem(codebook: Codebook): CasType[] {
  const annotation = (name: string, description: string, features: CasFeature[]): CasType => ({
    ...{ name, superType: uima.annotation, description, features },
  });
  const link = (name: string, target: string): CasType => ({
    ...{ name, superType: uima.top, description: '', features: [string('role'), { name: 'target', range: target }] },
  });
  const layers = codebook.layers.flatMap(({ id, title, help, attributes }) => [
    link(`${own.link}${id}Roles`, uima.annotation),
    link(`${own.link}${id}Parts`, own.part),
    annotation(`${own.layer}${id}`, described(title, help), [
      ...strings('id', 'status'),
      ...attributes.map(featureOf),
      { name: 'roles', range: `${own.link}${id}Roles`, many: true },
      { name: 'parts', range: `${own.link}${id}Parts`, many: true },
      ...provenance,
    ]),
  ]);
  const relations = codebook.relations.map(({ id, title, help, from, to, attributes }) => {
    // A relation layer in INCEpTION joins annotations of one layer; others are declared between any annotations.
    const only = [...new Set([...from, ...to])];
    const range = only.length === 1 && layerOf(codebook, only[0] as string) ? `${own.layer}${only[0]}` : uima.annotation;
    return annotation(`${own.relation}${id}`, described(title, help), [
      string('id'),
      ...attributes.map(featureOf),
      ...provenance,
      string('override'),
      { name: 'Governor', range },
      { name: 'Dependent', range },
    ]);
  });
  return [
    annotation(sentenceType, '', [string('id')]),
    annotation(tokenType, '', [string('id')]),
    {
      ...{ name: metadataType, superType: uima.documentAnnotation, description: '' },
      features: [
        ...strings('documentTitle', 'documentId', 'documentUri', 'collectionId', 'documentBaseUri'),
        { name: 'isLastSegment', range: uima.boolean },
      ],
    },
    annotation(own.article, 'What is known of the article, and whose work this file is', [
      ...strings('doc_id', 'annotator', 'annotator_name', 'annotator_role', 'completed', 'split', 'group_id', 'language', 'title'),
      ...strings('source', 'url', 'published', 'original_name', 'original_sha256', 'text_sha256', 'imported'),
      { name: 'words', range: uima.integer },
      { name: 'headings', range: uima.string, many: true },
    ]),
    annotation(own.mention, 'A place in the text that names or stands for someone or something', [
      ...strings('id', 'status'),
      ...entityFeatures,
    ]),
    annotation(own.part, 'A fragment of an annotation after its first', strings('annotation_id')),
    annotation(own.entity, 'What fills a role without words in the text', [...entityFeatures, { name: 'author', range: uima.boolean }]),
    link(own.rejectedParts, own.part),
    annotation(own.rejected, 'A suggestion that the annotator turned down', [
      ...strings('id', 'layer', 'rule', 'rule_version', 'decided'),
      { name: 'parts', range: own.rejectedParts, many: true },
    ]),
    ...layers,
    ...relations,
  ];
}

function described(title: string, help: string): string {
  return [title, help].filter((text) => text !== '').join('. ');
}
