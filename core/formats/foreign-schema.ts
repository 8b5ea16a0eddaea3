import { z } from 'zod';
import { AttributeValue } from '../model/annotation.ts';
import { DatedRole } from '../model/entity.ts';

/** The filler of a role as datasets write it, in the form of `Arg`. */
export const Arg = z.union([
  z.strictObject({ role: z.string().min(1), annotation: z.string().min(1) }),
  z.strictObject({ role: z.string().min(1), entity: z.string().min(1) }),
  z.strictObject({ role: z.string().min(1), author: z.literal(true) }),
]);

const provenance = {
  origin: z.enum(['manual', 'imported', 'model']).exactOptional(),
  confidence: z.number().min(0).max(1).nullable().exactOptional(),
  rule: z.strictObject({ id: z.string(), version: z.string() }).exactOptional(),
  imported_from: z.strictObject({ format: z.string(), file: z.string() }).exactOptional(),
  created: z.string().exactOptional(),
  modified: z.string().exactOptional(),
  note: z.string().exactOptional(),
};

const attributes = z.record(z.string(), AttributeValue);

/** The members of an annotation that datasets write in JSON, except its spans and annotator, in the form of `DatasetAnnotation`. */
export const AnnotationMembers = z.strictObject({
  id: z.string().min(1),
  layer: z.string().min(1),
  attributes,
  args: z.array(Arg),
  status: z.enum(['draft', 'final', 'adjudicated', 'rejected']).nullable(),
  ...provenance,
});

/** The members of a relation within a document, except its annotator, in the form of `DatasetRelation`. */
export const RelationMembers = z.strictObject({
  id: z.string().min(1),
  type: z.string().min(1),
  from: z.string().min(1),
  to: z.string().min(1),
  attributes,
  override: z.string().min(1).exactOptional(),
  ...provenance,
});

const text = z.string().nullable();

/** The facts about a document besides its text, as returned by `factsOf`. There may be more. */
export const DocumentFacts = z.looseObject({
  doc_id: text,
  ...{ language: text, text_sha256: text, name: z.string(), title: text, source: text, url: text, published: text },
  headings: z.array(z.int().min(0)).exactOptional(),
});
export type DocumentFacts = z.infer<typeof DocumentFacts>;

/** An entity as datasets write it in JSON, in the form of `DatasetEntity`. */
export const EntityMembers = z.strictObject({
  ...{ id: z.string().min(1), type: z.string().min(1), canonical: z.string(), aliases: z.array(z.string()), members: z.array(z.string()) },
  ...{ wikidata: text, date: text, roles: z.array(DatedRole), notes: z.string(), merged_into: text, removed: z.boolean() },
});
