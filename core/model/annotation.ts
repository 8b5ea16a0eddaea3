import { z } from 'zod';
import { Span, spanProblem } from '../text/span.ts';

/** What an `Id` looks like. */
export const idForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** Opaque, and unique among all records of a project. Some files are named after it, hence the narrow alphabet. */
export const Id = z.string().regex(idForm, 'must be letters A to Z, digits, hyphens and underscores');

/** A number found in the text. `value` to `value_max` when it is a range, then what it counts and the mention that holds it. */
export const Quantity = z.strictObject({
  value: z.number(),
  value_max: z.number().nullable(),
  modifier: z.enum(['exact', 'approx', 'at_least', 'at_most']),
  unit: z.string(),
  counts: z.string(),
  mention: z.string().nullable(),
});
export type Quantity = z.infer<typeof Quantity>;

/** What a verdict rests on. `accessed` is EDTF. */
export const Evidence = z.strictObject({
  url: z.string(),
  accessed: z.string(),
  says: z.enum(['supports', 'refutes', 'context']),
  note: z.string(),
});
export type Evidence = z.infer<typeof Evidence>;

/** The value of an attribute. The codebook says which of these forms it takes. */
export const AttributeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(Quantity), z.array(Evidence)]);
export type AttributeValue = z.infer<typeof AttributeValue>;

/** What fills a role: a mention in the text, an entity of the registry, another annotation, or the article's author. */
export const RoleTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mention'), id: Id }),
  z.strictObject({ kind: z.literal('entity'), id: Id }),
  z.strictObject({ kind: z.literal('annotation'), id: Id }),
  z.strictObject({ kind: z.literal('author') }),
]);
export type RoleTarget = z.infer<typeof RoleTarget>;

export const RoleFiller = z.strictObject({ role: z.string().min(1), target: RoleTarget });
export type RoleFiller = z.infer<typeof RoleFiller>;

/** Where a record came from: an annotator, an accepted suggestion, an import, or the record `of` another annotator, which was taken over. */
export const Origin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person') }),
  z.strictObject({ kind: z.literal('suggestion'), rule: z.string(), version: z.string(), confidence: z.number() }),
  z.strictObject({ kind: z.literal('import'), format: z.string(), file: z.string() }),
  z.strictObject({ kind: z.literal('adoption'), annotator: Id, of: Id }),
]);
export type Origin = z.infer<typeof Origin>;

/**
 * What a version of the codebook removed from an annotation or relation, in the names of the version before: for each place, what is there now and
 * what was there. Reverting that version puts it back; see core/codebook/codebook-migration.ts. On a relation, `layer` is its type.
 */
export const Trail = z.strictObject({
  version: z.int().min(2),
  layer: z.strictObject({ now: z.string(), was: z.string() }),
  attributes: z.record(z.string(), z.strictObject({ now: AttributeValue.nullable(), was: AttributeValue.nullable() })),
  roles: z.strictObject({ now: z.array(RoleFiller), was: z.array(RoleFiller) }).nullable(),
});
export type Trail = z.infer<typeof Trail>;

/** One tagged piece of an article. Its spans are the fragments of one whole (such as a quote split by its cue). They ascend and never touch. */
export const Annotation = z.strictObject({
  id: Id,
  article: Id,
  annotator: Id,
  layer: z.string().min(1),
  spans: z.array(Span).min(1),
  attributes: z.record(z.string(), AttributeValue),
  roles: z.array(RoleFiller),
  note: z.string(),
  origin: Origin,
  /** The codebook version under which it was written. */
  codebook: z.int().min(1),
  was: z.array(Trail).optional(),
  created: z.string(),
  modified: z.string(),
});
export type Annotation = z.infer<typeof Annotation>;

/** A place in the text that names or stands for someone or something. It may be linked to an entity of the registry. */
export const Mention = z.strictObject({
  id: Id,
  article: Id,
  annotator: Id,
  span: Span,
  entity: Id.nullable(),
});
export type Mention = z.infer<typeof Mention>;

/**
 * A typed tie between two annotations of one article, by the same annotator or by others. Ties across articles are stored separately, as links.
 * Symmetric relations have `from` < `to`. An end that belongs to another annotator may be deleted; the relation then stays and is reported as
 * having lost that end.
 */
export const Relation = z.strictObject({
  id: Id,
  type: z.string().min(1),
  annotator: Id,
  from: z.strictObject({ article: Id, annotation: Id }),
  to: z.strictObject({ article: Id, annotation: Id }),
  attributes: z.record(z.string(), AttributeValue),
  note: z.string(),
  /** Why the two are related although they are about different things. Present only when an annotator gave a reason. */
  override: z.string().min(1).optional(),
  origin: Origin,
  codebook: z.int().min(1),
  was: z.array(Trail).optional(),
  created: z.string(),
  modified: z.string(),
});
export type Relation = z.infer<typeof Relation>;

/** A rejected suggestion, with enough detail to recognise it again and to export it as a negative example. */
export const Decision = z.strictObject({
  id: Id,
  article: Id,
  annotator: Id,
  verdict: z.literal('rejected'),
  layer: z.string(),
  spans: z.array(Span).min(1),
  rule: z.string(),
  version: z.string(),
  decided: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** An annotator's mark that an article is finished. Without it, an article with at least one annotation is in progress. */
export const Completion = z.strictObject({ article: Id, annotator: Id, done: z.literal(true), marked: z.string() });
export type Completion = z.infer<typeof Completion>;

/** Everything one annotator has written on one article. Immutable: an edit makes a new set that shares whatever it did not change. */
export interface AnnotationSet {
  readonly article: string;
  readonly annotations: ReadonlyMap<string, Annotation>;
  readonly mentions: ReadonlyMap<string, Mention>;
  readonly relations: ReadonlyMap<string, Relation>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly completion: Completion | null;
}

/** The set as plain data. Lists are sorted by id, so that equal sets give equal bytes. */
export const AnnotationSetRecord = z.strictObject({
  article: Id,
  annotations: z.array(Annotation),
  mentions: z.array(Mention),
  relations: z.array(Relation),
  decisions: z.array(Decision),
  completion: Completion.nullable(),
});
export type AnnotationSetRecord = z.infer<typeof AnnotationSetRecord>;

/** A set without annotations, mentions, relations or decisions. */
export function emptySet(article: string): AnnotationSet {
  return { article, annotations: new Map(), mentions: new Map(), relations: new Map(), decisions: new Map(), completion: null };
}

/** `set` as plain data. */
export function setToRecord(set: AnnotationSet): AnnotationSetRecord {
  return {
    article: set.article,
    annotations: sortedById(set.annotations),
    mentions: sortedById(set.mentions),
    relations: sortedById(set.relations),
    decisions: sortedById(set.decisions),
    completion: set.completion,
  };
}

/** The set that `record` describes. */
export function setFromRecord(record: AnnotationSetRecord): AnnotationSet {
  return {
    article: record.article,
    annotations: byId(record.annotations),
    mentions: byId(record.mentions),
    relations: byId(record.relations),
    decisions: byId(record.decisions),
    completion: record.completion,
  };
}

/** Records as a map from id, in the order given. */
export function byId<R extends { readonly id: string }>(records: readonly R[]): Map<string, R> {
  return new Map(records.map((record) => [record.id, record]));
}

/** The values of a map of records, ascending by id. */
export function sortedById<R extends { readonly id: string }>(records: ReadonlyMap<string, R>): R[] {
  return [...records.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** How far the annotator is with an article. */
export function statusOf(set: AnnotationSet): 'not_started' | 'in_progress' | 'done' {
  if (set.completion) return 'done';
  return set.annotations.size > 0 ? 'in_progress' : 'not_started';
}

/** The number of annotations of each layer, by layer id. Layers without annotations are left out. */
export function countsByLayer({ annotations }: AnnotationSet): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { layer } of annotations.values()) counts[layer] = (counts[layer] ?? 0) + 1;
  return counts;
}

/** Something with an id that covers spans of a text. */
export interface Placed {
  readonly id: string;
  readonly spans: readonly Span[];
}

/** Sorts by first start, then longest first, then id: the order in which a reader meets annotations. */
export function byReadingOrder(a: Placed, b: Placed): number {
  const [first, second] = [a.spans[0] as Span, b.spans[0] as Span];
  return first.start - second.start || (b.spans.at(-1) as Span).end - (a.spans.at(-1) as Span).end || (a.id < b.id ? -1 : 1);
}

/** The ids of the mentions that `annotation` refers to: those in its roles, those of its quantities, and those of both kinds in its trail. */
export function mentionsOf(annotation: Annotation): string[] {
  const trail = annotation.was ?? [];
  const fillers = [annotation.roles, ...trail.map(({ roles }) => roles?.was ?? [])].flat();
  const values = [
    ...Object.values(annotation.attributes),
    ...trail.flatMap(({ attributes }) => Object.values(attributes).map(({ was }) => was)),
  ];
  const inRoles = fillers.flatMap(({ target }) => (target.kind === 'mention' ? [target.id] : []));
  const inQuantities = values
    .flatMap((value): (string | Quantity | Evidence)[] => (Array.isArray(value) ? value : []))
    .flatMap((item) => (typeof item === 'object' && 'mention' in item && item.mention !== null ? [item.mention] : []));
  return [...inRoles, ...inQuantities];
}

/** `annotation` without its trail. A copy of an annotation starts without one. */
export function withoutTrail(annotation: Annotation): Annotation {
  const { was: _, ...rest } = annotation;
  return rest;
}

/**
 * Every broken invariant of `set` on the article's `text`, one sentence each. Each sentence begins with the record it is about. Checks that spans
 * lie inside the text and match its words, that records belong to this article, that role targets and relation ends exist, and that every mention
 * is used.
 * `hasEntity` tells whether the registry has an id. `hasAnnotation` tells whether any annotator has that annotation in this article; without it,
 * only annotations of `set` count.
 */
export function setProblems(
  set: AnnotationSet,
  text: string,
  hasEntity: (id: string) => boolean,
  hasAnnotation: (id: string) => boolean = (id) => set.annotations.has(id),
): string[] {
  const problems: string[] = [];
  const spans = (name: string, list: readonly Span[]) => {
    const problem = spanProblem(text, list);
    if (problem) problems.push(`${name}: ${problem}`);
  };
  const filed = (name: string, article: string) => {
    if (article !== set.article) problems.push(`${name}: filed under ${set.article} but written for ${article}`);
  };
  const pointed = new Set<string>();
  for (const annotation of set.annotations.values()) {
    const name = `annotation ${annotation.id}`;
    filed(name, annotation.article);
    spans(name, annotation.spans);
    for (const id of mentionsOf(annotation)) {
      pointed.add(id);
      if (!set.mentions.has(id)) problems.push(`${name}: it points at the mention ${id}, which is missing`);
    }
    for (const { role, target } of annotation.roles) {
      if (target.kind === 'annotation' && !set.annotations.has(target.id)) {
        problems.push(`${name}: its ${role} is the annotation ${target.id}, which is missing`);
      } else if (target.kind === 'entity' && !hasEntity(target.id)) {
        problems.push(`${name}: its ${role} is the entity ${target.id}, which is missing`);
      }
    }
  }
  for (const mention of set.mentions.values()) {
    const name = `mention ${mention.id}`;
    filed(name, mention.article);
    spans(name, [mention.span]);
    if (mention.entity && !hasEntity(mention.entity)) problems.push(`${name}: its entity ${mention.entity} is missing`);
    if (!mention.entity && !pointed.has(mention.id)) problems.push(`${name}: nothing points at it and no entity holds it`);
  }
  for (const relation of set.relations.values()) {
    for (const end of [relation.from, relation.to]) {
      filed(`relation ${relation.id}`, end.article);
      if (!hasAnnotation(end.annotation)) problems.push(`relation ${relation.id}: its end ${end.annotation} is gone`);
    }
  }
  for (const decision of set.decisions.values()) {
    filed(`decision ${decision.id}`, decision.article);
    spans(`decision ${decision.id}`, decision.spans);
  }
  if (set.completion) filed('completion', set.completion.article);
  return problems;
}
