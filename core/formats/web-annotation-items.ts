import type { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import type { OffsetMap } from '../text/offsets.ts';
import type { Span } from '../text/span.ts';
import {
  type Arg,
  type DatasetAnnotation,
  type DatasetDocument,
  type DatasetEntity,
  type DatasetLink,
  mentionLayer,
  type RelationCore,
} from './document.ts';

/** An object of JSON-LD. */
export type Node = Readonly<Record<string, unknown>>;

/** The IRI of a record. Ids are globally unique, so two exports of a project use the same IRIs. */
export const iri = (kind: IriKind, id: string) => `urn:pressmark:${kind}:${id}`;
export type IriKind = 'annotation' | 'document' | 'annotator' | 'entity' | 'relation' | 'project' | 'page';

/** The id in such an IRI; null for other IRIs. */
export function idOf(kind: IriKind, value: unknown): string | null {
  const start = `urn:pressmark:${kind}:`;
  return typeof value === 'string' && value.startsWith(start) ? value.slice(start.length) : null;
}

/** The filler of a role for the article's writer. */
export const authorIri = 'urn:pressmark:author';

/**
 * The context of all files: the official one, without which `Annotation` and the other terms would not be understood, and a vocabulary for what it
 * has no terms for. `role:` has a property for each role of the codebook; `pm:value` is a JSON literal.
 */
export const context = [
  'http://www.w3.org/ns/anno.jsonld',
  {
    '@version': 1.1,
    pm: 'urn:pressmark:ns#',
    role: 'urn:pressmark:role#',
    'pm:value': { '@id': 'pm:value', '@type': '@json' },
    'pm:headings': { '@id': 'pm:headings', '@type': '@json' },
    'pm:roles': { '@id': 'pm:roles', '@type': '@json' },
  },
] as const;

/** The number of code points before and after a quoted text by which it can be found again if positions have moved. */
const around = 32;

/** The text of a document with its offset map; null in a dataset without text. */
export type Words = { readonly text: string; readonly offsets: OffsetMap } | null;

/** An annotation or mention as an Annotation of the Web Annotation Data Model. */
export function annotationItem(
  annotation: DatasetAnnotation,
  document: DatasetDocument,
  words: Words,
  annotator: Annotator | undefined,
): Node {
  const { id, layer, spans, attributes, args, status, note, created, modified } = annotation;
  const isMention = layer === mentionLayer;
  const entity = isMention ? attributes.entity_id : undefined;
  const targets = spans.map((span) => target(span, document.doc_id, words));
  return {
    id: iri('annotation', id),
    type: 'Annotation',
    motivation: isMention ? 'identifying' : 'tagging',
    creator: creator(annotation.annotator, annotator),
    ...(created === undefined ? {} : { created }),
    ...(modified === undefined ? {} : { modified }),
    body: [
      textualBody(layer, 'classifying'),
      ...(typeof entity === 'string' ? [{ type: 'SpecificResource', source: iri('entity', entity), purpose: 'identifying' }] : []),
      ...(isMention ? [] : attributeBodies(attributes)),
      ...(note ? [textualBody(note, 'commenting')] : []),
    ],
    target: targets.length === 1 ? targets[0] : targets,
    ...(targets.length > 1 ? { 'pm:discontinuous': true } : {}),
    ...roles(args),
    'pm:status': status,
    ...provenance(annotation),
  };
}

/** A relation as a linking Annotation: its target is one end, its body has the type and the other end. */
export function relationItem(relation: RelationCore, ends: { from: string; to: string }, annotator: Annotator | undefined): Node {
  const { id, type, attributes, note, override, created, modified } = relation;
  return {
    id: iri('relation', id),
    type: 'Annotation',
    motivation: 'linking',
    creator: creator(relation.annotator, annotator),
    created,
    modified,
    body: [
      textualBody(type, 'classifying'),
      { type: 'SpecificResource', source: iri('annotation', ends.to), purpose: 'linking' },
      ...attributeBodies(attributes),
      ...(note ? [textualBody(note, 'commenting')] : []),
    ],
    target: iri('annotation', ends.from),
    ...(override === undefined ? {} : { 'pm:override': override }),
    ...provenance(relation),
  };
}

/** The ends of a relation across documents, and their documents. */
export function linkItem(link: DatasetLink, annotator: Annotator | undefined): Node {
  return {
    ...relationItem(link, { from: link.from.annotation, to: link.to.annotation }, annotator),
    'pm:fromDocument': { id: iri('document', link.from.doc_id) },
    'pm:toDocument': { id: iri('document', link.to.doc_id) },
  };
}

/** The facts about a document, for the head of its page. `file` is the file with its text; null without text. */
export function documentNode(document: DatasetDocument, file: string | null): Node {
  const { doc_id, language, length, text_sha256, metadata, group_id, split } = document;
  const known = (name: string, value: string | number | null) => (value === null ? {} : { [name]: value });
  return {
    id: iri('document', doc_id),
    type: 'Text',
    format: 'text/plain',
    ...known('language', language),
    ...known('dc:title', metadata.title),
    ...known('dc:publisher', metadata.source),
    ...known('schema:url', metadata.url),
    ...known('dc:date', metadata.published),
    ...known('pm:file', file),
    'pm:length': length,
    'pm:sha256': text_sha256,
    'pm:originalName': metadata.original_name,
    'pm:originalSha256': metadata.original_sha256,
    'pm:imported': metadata.imported,
    'pm:words': metadata.words,
    'pm:headings': metadata.headings,
    ...known('pm:group', group_id),
    ...known('pm:split', split),
  };
}

/** An entity as a SKOS concept. */
export function entityNode(entity: DatasetEntity): Node {
  const { id, type, canonical, aliases, members, wikidata, date, roles: titles, notes, merged_into, removed } = entity;
  return {
    id: iri('entity', id),
    type: 'skos:Concept',
    'pm:entityType': type,
    'skos:prefLabel': canonical,
    'skos:altLabel': aliases,
    'pm:member': members.map((member) => ({ id: iri('entity', member) })),
    ...(wikidata === null ? {} : { 'pm:wikidata': wikidata }),
    ...(wikidata !== null && /^Q\d+$/.test(wikidata) ? { 'skos:exactMatch': { id: `http://www.wikidata.org/entity/${wikidata}` } } : {}),
    ...(date === null ? {} : { 'dc:date': date }),
    'pm:roles': titles,
    'skos:note': notes,
    ...(merged_into === null ? {} : { 'dcterms:isReplacedBy': { id: iri('entity', merged_into) } }),
    'pm:removed': removed,
  };
}

/** An annotator as a person, whether still in the project or only known from records. */
export function creator(id: string, annotator: Annotator | undefined): Node {
  const known = annotator ? { name: annotator.name, 'pm:annotatorRole': annotator.role } : {};
  return { id: iri('annotator', id), type: 'Person', ...known };
}

const textualBody = (value: string, purpose: string): Node => ({ type: 'TextualBody', value, format: 'text/plain', purpose });

// A tag for each attribute: as text for everybody, and if it is something else also in its original form.
function attributeBodies(attributes: Readonly<Record<string, AttributeValue>>): Node[] {
  return Object.entries(attributes).map(([name, value]) => ({
    ...textualBody(typeof value === 'string' ? value : JSON.stringify(value), 'tagging'),
    'pm:attribute': name,
    ...(typeof value === 'string' ? {} : { 'pm:value': value }),
  }));
}

function roles(args: readonly Arg[]): Node {
  const byRole = new Map<string, Node[]>();
  for (const arg of args) {
    const filler = 'annotation' in arg ? iri('annotation', arg.annotation) : 'entity' in arg ? iri('entity', arg.entity) : authorIri;
    byRole.set(arg.role, [...(byRole.get(arg.role) ?? []), { id: filler }]);
  }
  return Object.fromEntries([...byRole].map(([role, fillers]) => [`role:${role}`, fillers]));
}

function provenance({ origin, confidence, rule, imported_from }: DatasetAnnotation | RelationCore): Node {
  return {
    ...(origin === undefined ? {} : { 'pm:origin': origin }),
    ...(typeof confidence === 'number' ? { 'pm:confidence': confidence } : {}),
    ...(rule ? { 'pm:rule': { 'pm:ruleId': rule.id, 'pm:ruleVersion': rule.version } } : {}),
    ...(imported_from ? { 'pm:importedFrom': { 'pm:format': imported_from.format, 'pm:fileName': imported_from.file } } : {}),
  };
}

// Both selectors of a target select the same words; a reader may use either.
function target({ start, end, text }: Span, document: string, words: Words): Node {
  const source = { type: 'SpecificResource', source: iri('document', document) };
  const position = { type: 'TextPositionSelector', start, end };
  if (!words) return { ...source, selector: position };
  const at = (point: number) => words.offsets.fromCodePoint(Math.min(Math.max(0, point), words.offsets.codePoints));
  const quote = {
    type: 'TextQuoteSelector',
    exact: text,
    prefix: words.text.slice(at(start - around), at(start)),
    suffix: words.text.slice(at(end), at(end + around)),
  };
  return { ...source, selector: [position, quote] };
}
