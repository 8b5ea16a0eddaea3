import { z } from 'zod';
import { type AttributeValue, Evidence, Quantity } from '../model/annotation.ts';
import { Annotator } from '../model/annotator.ts';
import { safeParsed } from '../text/misfit.ts';
import { endsOf, isGiven, linksOf, spansOf, textOf } from './cas-features.ts';
import { CasFault, type CasGraph, type GraphObject } from './cas-graph.ts';
import type { RecordIds } from './cas-record-ids.ts';
import { attributeOf, own } from './cas-types.ts';
import { type Arg, type DatasetEntity, mentionLayer, type Provenance } from './document.ts';
import type { ForeignAnnotation, ForeignRelation } from './foreign.ts';

/** Turns an object of Pressmark's own types into an annotation, mention or rejection; null if it is part of another one. */
export function ownAnnotation(graph: CasGraph, ids: RecordIds, annotator: string | null, object: GraphObject): ForeignAnnotation | null {
  const { type } = object;
  const base = { id: ids.of(object), annotator, status: safeParsed(Status, textOf(object, 'status')).data ?? null };
  if (type === own.mention) {
    const entity = textOf(object, 'entity_id');
    const attributes: Record<string, AttributeValue> = entity === null ? {} : { entity_id: entity };
    return { ...base, layer: mentionLayer, spans: spansOf(graph, object), attributes, args: [] };
  }
  if (type !== own.rejected && !type.startsWith(own.layer)) return null;
  const spans = [object, ...linksOf(graph, object, 'parts').map(({ target }) => target)].flatMap((part) => spansOf(graph, part));
  if (type === own.rejected) return { ...base, spans, ...rejectionOf(object) };
  const args = linksOf(graph, object, 'roles').map(({ role, target }) => fillerOf(ids, role, target));
  return { ...base, layer: type.slice(own.layer.length), spans, attributes: attributesOf(ids, object), args, ...provenanceOf(object) };
}

/** Turns an object of Pressmark's own types with two ends into a relation; null if an end is not taken. */
export function ownRelation(graph: CasGraph, ids: RecordIds, annotator: string | null, object: GraphObject): ForeignRelation | null {
  const ends = endsOf(graph, object);
  if (!ends) return null;
  const override = textOf(object, 'override');
  return {
    ...{ id: ids.of(object), type: object.type.slice(own.relation.length), from: ids.of(ends.from), to: ids.of(ends.to), annotator },
    attributes: attributesOf(ids, object),
    ...provenanceOf(object),
    ...(override === null ? {} : { override }),
  };
}

/** The entity of a mention or role. Null if there is none, or if the file does not give its name and type. */
export function entityIn(object: GraphObject): DatasetEntity | null {
  if (object.type !== own.mention && object.type !== own.entity) return null;
  const [id, canonical, type] = ['entity_id', 'entity_name', 'entity_type'].map((name) => textOf(object, name));
  if (!id || !canonical || !type) return null;
  const wikidata = textOf(object, 'entity_wikidata');
  return { id, type, canonical, wikidata, aliases: [], members: [], date: null, roles: [], notes: '', merged_into: null, removed: false };
}

/** The annotator whose work a file contains, from its object for the article; null if it does not say. */
export function annotatorOf(article: GraphObject): Annotator | null {
  const id = textOf(article, 'annotator');
  if (id === null) return null;
  return safeParsed(Annotator, { id, name: textOf(article, 'annotator_name') ?? id, role: textOf(article, 'annotator_role') }).data ?? null;
}

const Items = z.union([z.array(Quantity), z.array(Evidence)]);
const Origin = z.enum(['manual', 'imported', 'model']);
const Status = z.enum(['draft', 'final', 'adjudicated', 'rejected']);

/** Where and when a record was made, as far as the file says. */
type WrittenProvenance = Partial<Provenance> & { readonly created?: string; readonly modified?: string; readonly note: string };

function rejectionOf(object: GraphObject): Pick<ForeignAnnotation, 'layer' | 'attributes' | 'args' | 'status'> & WrittenProvenance {
  const decided = textOf(object, 'decided');
  return {
    ...{ layer: textOf(object, 'layer') ?? '', attributes: {}, args: [], note: '', status: 'rejected', origin: 'model', confidence: null },
    rule: { id: textOf(object, 'rule') ?? '', version: textOf(object, 'rule_version') ?? '' },
    ...(decided === null ? {} : { created: decided, modified: decided }),
  };
}

function fillerOf(ids: RecordIds, role: string, target: GraphObject): Arg {
  if (target.type !== own.entity) return { role, annotation: ids.of(target) };
  const entity = textOf(target, 'entity_id');
  return entity === null ? { role, author: true } : { role, entity };
}

function attributesOf(ids: RecordIds, object: GraphObject): Record<string, AttributeValue> {
  const attributes = [...object.features].flatMap(([name, value]): [string, AttributeValue][] => {
    const attribute = attributeOf(name);
    if (!attribute || value.kind === 'references' || !isGiven(object, name)) return [];
    return [[attribute.name, attribute.isJson ? itemsOf(ids, object, value.value) : (value.value as AttributeValue)]];
  });
  return Object.fromEntries(attributes);
}

// Quantities or evidence, each a JSON text. A quantity refers to its mention.
function itemsOf(ids: RecordIds, { type, id }: GraphObject, texts: unknown): AttributeValue {
  const read = readItems(texts);
  if (!read) throw new CasFault('damaged', `The quantities or the evidence of the ${type} ${id} are not as Pressmark writes them.`);
  return read.map((item) =>
    'mention' in item && item.mention !== null ? { ...item, mention: ids.inPlaceOf(item.mention) } : item,
  ) as AttributeValue;
}

function readItems(texts: unknown): (Quantity | Evidence)[] | null {
  try {
    return safeParsed(Items, Array.isArray(texts) ? texts.map((item) => JSON.parse(item as string)) : texts).data ?? null;
  } catch {
    return null;
  }
}

function provenanceOf(object: GraphObject): WrittenProvenance {
  const origin = safeParsed(Origin, textOf(object, 'origin')).data;
  const confidence = isGiven(object, 'confidence') ? Number(textOf(object, 'confidence') ?? Number.NaN) : Number.NaN;
  const [rule, format] = [textOf(object, 'rule'), textOf(object, 'imported_format')];
  const [created, modified] = [textOf(object, 'created'), textOf(object, 'modified')];
  return {
    ...(origin ? { origin, confidence: confidence >= 0 && confidence <= 1 ? confidence : null } : {}),
    ...(rule === null ? {} : { rule: { id: rule, version: textOf(object, 'rule_version') ?? '' } }),
    ...(format === null ? {} : { imported_from: { format, file: textOf(object, 'imported_file') ?? '' } }),
    ...(created === null ? {} : { created }),
    ...(modified === null ? {} : { modified }),
    note: textOf(object, 'note') ?? '',
  };
}
