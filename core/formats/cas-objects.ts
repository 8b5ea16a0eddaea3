import type { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import type { Attribute, Codebook } from '../model/codebook.ts';
import { entityOf } from '../model/entity.ts';
import { type OffsetMap, offsetMap } from '../text/offsets.ts';
import type { Range } from '../text/span.ts';
import { featureOf, metadataType, own, sentenceType, tokenType } from './cas-types.ts';
import { type Arg, type DatasetAnnotation, type DatasetDocument, type DatasetRelation, mentionLayer, type Provenance } from './document.ts';
import type { DatasetSource } from './format.ts';
import type { Ledger } from './ledger.ts';
import { fitsXml } from './xml-text.ts';

/** A reference to another object, or a list of them, by id. */
export interface Reference {
  readonly to: number;
}
export interface References {
  readonly to: readonly number[];
}
export type CasValue = string | number | boolean | readonly string[] | Reference | References;

/** A feature structure. Those with a place in the text (UTF-16, half-open) are annotations. `features` are in the order of the type. */
export interface CasObject {
  readonly id: number;
  readonly type: string;
  readonly place: Range | null;
  readonly features: readonly (readonly [name: string, value: CasValue])[];
}

/** Tokens and sentences of an article, in UTF-16. All its annotators have the same ones, so that their work can be compared. */
export interface Segmentation {
  readonly tokens: readonly Range[];
  readonly sentences: readonly Range[];
}

/** One annotator's work on one article, which becomes one CAS. `annotator` is null for an article that nobody has worked on. */
export interface CasWork {
  readonly annotator: Annotator | null;
  readonly annotations: readonly DatasetAnnotation[];
  readonly relations: readonly DatasetRelation[];
  readonly completed: string | null;
}

type Features = [string, CasValue | null | undefined][];

const none: CasObject['features'] = [];

/** The id of the text itself. */
export const sofaId = 1;

/** The objects of one CAS, ascending by id, starting after `sofaId`. Strings are well-formed; those that XML cannot hold are entered as losses. */
export function casObjects(
  document: DatasetDocument,
  segmentation: Segmentation,
  work: CasWork,
  source: DatasetSource,
  ledger: Ledger,
): CasObject[] {
  return new Objects(document, source, ledger).all(work, segmentation);
}

class Objects {
  readonly #document: DatasetDocument;
  readonly #source: DatasetSource;
  readonly #ledger: Ledger;
  readonly #offsets: OffsetMap;
  readonly #objects: CasObject[] = [];
  readonly #ids = new Map<string, number>();
  #next = sofaId + 1;

  constructor(document: DatasetDocument, source: DatasetSource, ledger: Ledger) {
    this.#document = document;
    this.#source = source;
    this.#ledger = ledger;
    this.#offsets = offsetMap(document.text);
  }

  all({ annotator, annotations, relations, completed }: CasWork, { tokens, sentences }: Segmentation): CasObject[] {
    const { doc_id, text, language, metadata, group_id, split, text_sha256 } = this.#document;
    const whole = { start: 0, end: text.length };
    this.#add(metadataType, whole, [
      ['language', language ?? 'x-unspecified'],
      ['documentTitle', metadata.title],
      ['documentId', doc_id],
      ['documentUri', metadata.url],
      ['collectionId', this.#source.project.id],
      ['isLastSegment', false],
    ]);
    for (const place of sentences) this.#bare(sentenceType, place);
    for (const place of tokens) this.#bare(tokenType, place);
    this.#add(own.article, { start: 0, end: 0 }, [
      ['doc_id', doc_id],
      ['annotator', annotator?.id],
      ['annotator_name', annotator?.name],
      ['annotator_role', annotator?.role],
      ['completed', completed],
      ['split', split],
      ['group_id', group_id],
      ['language', language],
      ['title', metadata.title],
      ['source', metadata.source],
      ['url', metadata.url],
      ['published', metadata.published],
      ['original_name', metadata.original_name],
      ['original_sha256', metadata.original_sha256],
      ['text_sha256', text_sha256],
      ['imported', metadata.imported],
      ['words', metadata.words],
      ['headings', metadata.headings.map(String)],
    ]);
    // Assign all ids first, because roles may refer to later annotations.
    for (const { id } of annotations) this.#ids.set(id, this.#next++);
    for (const annotation of annotations) this.#annotation(annotation);
    const places = new Map(annotations.map(({ id, spans }) => [id, spans]));
    for (const relation of relations) this.#relation(relation, this.#place(places.get(relation.to) ?? []));
    return this.#objects.sort((a, b) => a.id - b.id);
  }

  #annotation(annotation: DatasetAnnotation): void {
    const { id, layer, spans, status, attributes, args } = annotation;
    const object = this.#ids.get(id) as number;
    const place = this.#place(spans);
    if (layer === mentionLayer) {
      this.#put(object, own.mention, place, [['id', id], ['status', status], ...this.#entity(attributes['entity_id'])]);
      return;
    }
    const isRejected = status === 'rejected';
    const parts = spans.slice(1).map((span) => this.#add(own.part, this.#place([span]), [['annotation_id', id]]));
    const linked = this.#links(
      isRejected ? own.rejectedParts : `${own.link}${layer}Parts`,
      parts.map((part) => ({ role: 'continuation', to: part })),
    );
    if (isRejected) {
      const { rule, created } = annotation;
      this.#put(object, own.rejected, place, [
        ['id', id],
        ['layer', layer],
        ['rule', rule?.id],
        ['rule_version', rule?.version],
        ['decided', created],
        ['parts', linked],
      ]);
      return;
    }
    const fillers = args.map((arg) => ({ role: arg.role, to: this.#filler(arg, place.start) }));
    this.#put(object, `${own.layer}${layer}`, place, [
      ['id', id],
      ['status', status],
      ...attributeFeatures(layerAttributes(this.#source.codebook, layer), attributes),
      ['roles', this.#links(`${own.link}${layer}Roles`, fillers)],
      ['parts', linked],
      ...provenanceFeatures(annotation),
    ]);
  }

  // INCEpTION places a relation where its dependent is.
  #relation(relation: DatasetRelation, place: Range): void {
    const attributes = this.#source.codebook.relations.find(({ id }) => id === relation.type)?.attributes ?? [];
    this.#add(`${own.relation}${relation.type}`, place, [
      ['id', relation.id],
      ...attributeFeatures(attributes, relation.attributes),
      ...provenanceFeatures(relation),
      ['override', relation.override],
      ['Governor', { to: this.#ids.get(relation.from) as number }],
      ['Dependent', { to: this.#ids.get(relation.to) as number }],
    ]);
  }

  #filler(arg: Arg, at: number): number {
    if ('annotation' in arg) return this.#ids.get(arg.annotation) as number;
    const nowhere = { start: at, end: at };
    return 'author' in arg ? this.#add(own.entity, nowhere, [['author', true]]) : this.#add(own.entity, nowhere, this.#entity(arg.entity));
  }

  #links(type: string, ends: readonly { role: string; to: number }[]): References | null {
    if (ends.length === 0) return null;
    return {
      to: ends.map(({ role, to }) =>
        this.#add(type, null, [
          ['role', role],
          ['target', { to }],
        ]),
      ),
    };
  }

  #entity(id: AttributeValue | undefined): Features {
    if (typeof id !== 'string') return [];
    const entity = entityOf(this.#source.registry, id);
    return [
      ['entity_id', id],
      ['entity_name', entity?.canonical],
      ['entity_type', entity?.type],
      ['entity_wikidata', entity?.wikidata],
    ];
  }

  #place(spans: DatasetAnnotation['spans']): Range {
    const [first] = spans;
    const at = (point: number) => this.#offsets.fromCodePoint(point);
    return first ? { start: at(first.start), end: at(first.end) } : { start: 0, end: 0 };
  }

  #bare(type: string, place: Range): void {
    this.#objects.push({ id: this.#next++, type, place, features: none });
  }

  #add(type: string, place: Range | null, features: Features): number {
    const id = this.#next++;
    this.#put(id, type, place, features);
    return id;
  }

  #put(id: number, type: string, place: Range | null, features: Features): void {
    const zeros = features.flatMap(([name, value]) => (value === 0 || value === false ? [name] : []));
    const isOfCodebook = type.startsWith(own.layer) || type.startsWith(own.relation);
    const given: Features = isOfCodebook && zeros.length > 0 ? [['given', zeros]] : [];
    const said = [...features, ...given].flatMap(([name, value]): [string, CasValue][] =>
      value === null || value === undefined ? [] : [[name, this.#clean(value)]],
    );
    this.#objects.push({ id, type, place, features: said });
  }

  #clean(value: CasValue): CasValue {
    if (typeof value === 'string') return this.#text(value);
    return Array.isArray(value) ? value.map((item) => this.#text(item)) : value;
  }

  #text(text: string): string {
    if (!fitsXml(text)) this.#ledger.lose(unfit);
    return this.#ledger.wellFormed(text);
  }
}

/** The name of the loss for characters that XMI cannot hold. */
export const unfit = 'texts with characters that XML cannot hold (U+FFFD in their place in XMI files; whole in JSON files)';

/** The name of the view that holds the annotations of an article, which is the first. */
export const viewName = '_InitialView';

function layerAttributes(codebook: Codebook, id: string): readonly Attribute[] {
  return codebook.layers.find((layer) => layer.id === id)?.attributes ?? [];
}

function attributeFeatures(known: readonly Attribute[], values: Readonly<Record<string, AttributeValue>>): Features {
  return known.flatMap((attribute): Features => {
    const value = Object.hasOwn(values, attribute.name) ? values[attribute.name] : undefined;
    if (value === undefined) return [];
    const texts = Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))) : null;
    return [[featureOf(attribute).name, texts ?? (value as string | number | boolean)]];
  });
}

function provenanceFeatures(record: Partial<Provenance> & { created?: string; modified?: string; note?: string }): Features {
  return [
    ['origin', record.origin],
    ['confidence', record.confidence],
    ['rule', record.rule?.id],
    ['rule_version', record.rule?.version],
    ['imported_format', record.imported_from?.format],
    ['imported_file', record.imported_from?.file],
    ['created', record.created],
    ['modified', record.modified],
    ['note', record.note === '' ? null : record.note],
  ];
}
