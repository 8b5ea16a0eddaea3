import { AppError } from '../failure.ts';
import type { Annotation, AttributeValue, Decision, Mention, Origin, Quantity, Relation, RoleFiller } from '../model/annotation.ts';
import { byReadingOrder, sortedById } from '../model/annotation.ts';
import { type Attribute, fits, type Layer, layerOf } from '../model/codebook.ts';
import type { DatasetArticle } from '../model/dataset-article.ts';
import { entityOf, entityOfMention } from '../model/entity.ts';
import { type OffsetMap, offsetMap } from '../text/offsets.ts';
import { type Span, spanProblem } from '../text/span.ts';
import {
  type Arg,
  type DatasetAnnotation,
  type DatasetDocument,
  type DatasetEntity,
  type DatasetLink,
  type DatasetRelation,
  mentionLayer,
  type Provenance,
  type RelationCore,
} from './document.ts';
import type { DatasetSource } from './format.ts';
import type { Ledger } from './ledger.ts';

/**
 * Converts the project's records into dataset records: UTF-16 offsets become code points, merged entities are replaced by those they were merged
 * into, and every reference leads to something that exists. What the codebook or the references do not cover is left out and entered in the
 * ledger. Each instance serves one export run: first `document` for each article, then `links`, which must know every annotation.
 */
export class Projection {
  /** How many records of each kind were made so far. `layers.<id>` counts annotations of a layer, without rejected ones. */
  readonly counts: Record<string, number>;
  readonly #source: DatasetSource;
  readonly #ledger: Ledger;
  readonly #adjudicators: ReadonlySet<string>;
  // The document of every exported annotation, for checking links after all documents.
  readonly #places = new Map<string, string>();
  readonly #crossing: Relation[] = [];

  /** @throws AppError if the codebook has a layer with the id reserved for mentions */
  constructor(source: DatasetSource, ledger: Ledger) {
    if (layerOf(source.codebook, mentionLayer)) {
      throw new AppError(
        'unsupported',
        `The codebook has a layer with the id ${mentionLayer}, which datasets keep for mentions.`,
        'Give that layer another id.',
      );
    }
    this.#source = source;
    this.#ledger = ledger;
    this.#adjudicators = new Set(source.annotators.flatMap(({ id, role }) => (role === 'adjudicator' ? [id] : [])));
    this.counts = {
      documents: 0,
      annotations: 0,
      drafts: 0,
      mentions: 0,
      rejected: 0,
      relations: 0,
      cross_document_relations: 0,
      entities: 0,
      annotators: source.annotators.length,
    };
    for (const { id } of source.codebook.layers) this.counts[`layers.${id}`] = 0;
  }

  /** One article with all sets on it. Annotations are sorted by start, then longer first, then id; relations by id. */
  document({ article: { meta, text }, sets }: DatasetArticle): DatasetDocument {
    const offsets = offsetMap(text);
    const annotations: DatasetAnnotation[] = [];
    const relations: DatasetRelation[] = [];
    for (const { set } of sets) {
      // A fast path: most sets of most articles are empty.
      if (set.mentions.size === 0 && set.annotations.size === 0 && set.decisions.size === 0) continue;
      const covers = (spans: readonly Span[]) => spanProblem(text, spans) === null || this.#drop('records whose spans do not fit the text');
      const mentions = sortedById(set.mentions).filter(({ span }) => covers([span]));
      const kept = sortedById(set.annotations).filter(({ layer, spans }) => this.#hasLayer(layer, 'annotations') && covers(spans));
      const rejected = sortedById(set.decisions).filter(({ layer, spans }) => this.#hasLayer(layer, 'rejections') && covers(spans));
      const ids = { mention: new Set(mentions.map(({ id }) => id)), annotation: new Set(kept.map(({ id }) => id)) };
      for (const { id } of kept) this.#places.set(id, meta.id);
      annotations.push(
        ...mentions.map((mention) => this.#mention(mention, offsets)),
        ...kept.map((annotation) => this.#annotation(annotation, offsets, ids)),
        ...rejected.map((decision) => this.#rejection(decision, offsets)),
      );
    }
    for (const { set } of sets) {
      for (const relation of set.relations.values()) {
        if (relation.from.article !== meta.id || relation.to.article !== meta.id) this.#crossing.push(relation);
        else {
          const core = this.#relation(relation);
          if (core) relations.push({ ...core, from: relation.from.annotation, to: relation.to.annotation });
        }
      }
    }
    this.#count('documents');
    this.#count('relations', relations.length);
    return {
      schema: 'qds/1.0',
      doc_id: meta.id,
      group_id: this.#source.splits?.assignments.get(meta.id)?.group ?? null,
      split: this.#source.splits?.assignments.get(meta.id)?.split ?? null,
      language: meta.language,
      offset_unit: 'unicode_code_point',
      length: offsets.codePoints,
      text_sha256: meta.textSha256,
      text: this.#source.withText ? text : '',
      metadata: {
        title: meta.title,
        source: meta.source,
        url: meta.url,
        published: meta.date,
        original_name: meta.originalName,
        original_sha256: meta.originalSha256,
        imported: meta.imported,
        words: meta.words,
        headings: meta.headings,
      },
      completions: sets.flatMap(({ annotator, set }) => (set.completion ? [{ annotator, marked: set.completion.marked }] : [])),
      annotations: annotations.sort(byReadingOrder),
      relations: relations.sort((a, b) => (a.id < b.id ? -1 : 1)),
    };
  }

  /** The relations across documents, ascending by id. Only those between annotations of documents converted before. */
  links(): DatasetLink[] {
    const links = [...this.#source.links, ...this.#crossing].flatMap((relation): DatasetLink[] => {
      const core = this.#relation(relation);
      const end = ({ article, annotation }: Relation['from']) => ({ doc_id: article, annotation });
      return core ? [{ ...core, from: end(relation.from), to: end(relation.to) }] : [];
    });
    this.#count('cross_document_relations', links.length);
    return links.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The registry, ascending by id, including merged and removed entities. */
  entities(): DatasetEntity[] {
    const { registry } = this.#source;
    this.#count('entities', registry.size);
    return sortedById(registry).map(({ mergedInto, members, ...entity }) => ({
      id: entity.id,
      type: entity.type,
      canonical: entity.canonical,
      aliases: entity.aliases,
      members: members.flatMap((id) => this.#entity(id) ?? []),
      wikidata: entity.wikidata,
      date: entity.date,
      roles: entity.roles,
      notes: entity.notes,
      merged_into: mergedInto,
      removed: entity.removed,
    }));
  }

  // Without text, the covered words are left out too.
  #spans(spans: readonly Span[], offsets: OffsetMap): Span[] {
    const { withText } = this.#source;
    return spans.map(({ start, end, text }) => ({
      start: offsets.toCodePoint(start),
      end: offsets.toCodePoint(end),
      text: withText ? text : '',
    }));
  }

  #mention(mention: Mention, offsets: OffsetMap): DatasetAnnotation {
    const { id, span, annotator } = mention;
    const standing = this.#meant(mention);
    this.#count('mentions');
    const attributes: Record<string, AttributeValue> = standing === null ? {} : { entity_id: standing };
    const status = this.#adjudicators.has(annotator) ? 'adjudicated' : 'final';
    return { id, layer: mentionLayer, spans: this.#spans([span], offsets), attributes, args: [], annotator, status };
  }

  #annotation(annotation: Annotation, offsets: OffsetMap, ids: KnownIds): DatasetAnnotation {
    const { id, annotator, created, modified, note } = annotation;
    const layer = layerOf(this.#source.codebook, annotation.layer) as Layer;
    const attributes = this.#attributes(layer.id, layer.attributes, annotation.attributes, ids.mention);
    const args = annotation.roles.flatMap((filler) => this.#arg(layer, id, filler, ids) ?? []);
    const open =
      layer.attributes.some(({ name, required }) => required && !Object.hasOwn(attributes, name)) ||
      layer.roles.some(({ name, min }) => args.filter(({ role }) => role === name).length < min);
    const status = open ? 'draft' : this.#adjudicators.has(annotator) ? 'adjudicated' : 'final';
    this.#count('annotations');
    this.#count(`layers.${layer.id}`);
    if (open) this.#count('drafts');
    const spans = this.#spans(annotation.spans, offsets);
    const provenance = this.#provenance(annotation.origin);
    return { id, layer: layer.id, spans, attributes, args, annotator, status, ...provenance, created, modified, note };
  }

  #rejection({ id, layer, annotator, decided, rule, version, ...decision }: Decision, offsets: OffsetMap): DatasetAnnotation {
    this.#count('rejected');
    return {
      id,
      layer,
      spans: this.#spans(decision.spans, offsets),
      attributes: {},
      args: [],
      annotator,
      status: 'rejected',
      origin: 'model',
      confidence: null,
      rule: { id: rule, version },
      created: decided,
      modified: decided,
      note: '',
    };
  }

  #relation(relation: Relation): RelationCore | null {
    const type = this.#source.codebook.relations.find(({ id }) => id === relation.type);
    if (!type) return this.#lose(`relations of type ${relation.type}, which the codebook does not have`);
    const dangles = [relation.from, relation.to].some(({ article, annotation }) => this.#places.get(annotation) !== article);
    if (dangles) return this.#lose('relations with an end that is not in the dataset');
    const { id, annotator, created, modified, note } = relation;
    const attributes = this.#attributes(type.id, type.attributes, relation.attributes, new Set());
    const override = relation.override === undefined ? {} : { override: relation.override };
    return { id, type: type.id, attributes, annotator, ...this.#provenance(relation.origin), created, modified, note, ...override };
  }

  #arg(layer: Layer, annotation: string, { role, target }: RoleFiller, ids: KnownIds): Arg | null {
    const name = `${layer.id}.${role}`;
    if (!layer.roles.some((known) => known.name === role)) return this.#lose(`roles ${name}, which the codebook does not have`);
    if (target.kind === 'author') return { role, author: true };
    if (target.kind === 'entity') {
      const entity = this.#meant({ id: annotation, entity: target.id });
      return entity === null ? null : { role, entity };
    }
    if (!ids[target.kind].has(target.id)) return this.#lose(`roles ${name} whose ${target.kind} is not in the dataset`);
    return { role, annotation: target.id };
  }

  // In the order of the codebook, so that equal annotations give equal bytes however they were edited.
  #attributes(
    owner: string,
    known: readonly Attribute[],
    values: Annotation['attributes'],
    mentions: ReadonlySet<string>,
  ): Record<string, AttributeValue> {
    const kept: Record<string, AttributeValue> = {};
    for (const attribute of known) {
      const value = Object.hasOwn(values, attribute.name) ? values[attribute.name] : undefined;
      if (value === undefined) continue;
      if (!fits(attribute, value)) this.#lose(`values of ${owner}.${attribute.name} that the codebook does not allow`);
      else kept[attribute.name] = attribute.type === 'quantity' ? this.#quantities(value as Quantity[], mentions) : value;
    }
    for (const name of Object.keys(values)) {
      if (!known.some((attribute) => attribute.name === name)) this.#lose(`values of ${owner}.${name}, which the codebook does not have`);
    }
    return kept;
  }

  #quantities(quantities: readonly Quantity[], mentions: ReadonlySet<string>): Quantity[] {
    return quantities.map((quantity) => {
      if (quantity.mention === null || mentions.has(quantity.mention)) return quantity;
      return { ...quantity, mention: this.#lose('quantities whose mention is not in the dataset (kept without it)') };
    });
  }

  #provenance(origin: Origin): Provenance {
    if (origin.kind === 'adoption') this.#lose('whose version was taken over');
    if (origin.kind === 'person' || origin.kind === 'adoption') return { origin: 'manual', confidence: null };
    if (origin.kind === 'import') {
      return { origin: 'imported', confidence: null, imported_from: { format: origin.format, file: origin.file } };
    }
    const { rule, version, confidence } = origin;
    const fair = confidence >= 0 && confidence <= 1 ? confidence : this.#lose('confidences outside 0 to 1');
    return { origin: 'model', confidence: fair, rule: { id: rule, version } };
  }

  // What a mention, or a role of an annotation, refers to today if it was linked to `entity`.
  #meant(of: { readonly id: string; readonly entity: string | null }): string | null {
    if (of.entity === null) return null;
    return entityOfMention(this.#source.registry, of)?.id ?? this.#lose('links to an entity that the registry does not have');
  }

  #entity(id: string): string | null {
    return entityOf(this.#source.registry, id)?.id ?? this.#lose('links to an entity that the registry does not have');
  }

  #hasLayer(layer: string, what: string): boolean {
    return !!layerOf(this.#source.codebook, layer) || this.#drop(`${what} of the layer ${layer}, which the codebook does not have`);
  }

  #count(name: string, by = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + by;
  }

  #lose(kind: string): null {
    this.#ledger.lose(kind);
    return null;
  }

  #drop(kind: string): false {
    this.#ledger.lose(kind);
    return false;
  }
}

interface KnownIds {
  readonly mention: ReadonlySet<string>;
  readonly annotation: ReadonlySet<string>;
}
