import { z } from 'zod';
import { AnnotationHit, EntityMention, IncompleteAnnotation, Occurrence } from '../annotations/hits.ts';
import { Id } from '../model/annotation.ts';
import { Experience } from '../suggestions/learning.ts';
import { method } from './method.ts';

/** The calls that look through all articles, in parts. */
export const lookupCalls = {
  /** Where words stand in the article `only`, or in all when it is null, answered in parts: `next` is what to give as `after` for the part that follows. */
  findOccurrences: method(
    z.strictObject({
      query: z.string().min(1).max(1000),
      matchCase: z.boolean(),
      wholeWords: z.boolean(),
      only: Id.nullable(),
      after: Id.nullable(),
    }),
    z.strictObject({ hits: z.array(Occurrence), next: Id.nullable(), searched: z.int().min(0) }),
  ),
  /** How many places in all articles speak of each entity, and the own mentions without a link by their words; in parts, as findOccurrences. */
  countMentions: method(
    z.strictObject({ after: Id.nullable() }),
    z.strictObject({
      counts: z.record(Id, z.int().min(1)),
      unlinked: z.array(z.strictObject({ words: z.string(), count: z.int().min(1) })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /** The places that speak of an entity, whoever tagged them, or the own mentions without a link that read like `words`; in parts, as findOccurrences. */
  listMentions: method(
    z.strictObject({
      of: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('entity'), entity: Id }),
        z.strictObject({ kind: z.literal('unlinked'), words: z.string() }),
      ]),
      after: Id.nullable(),
    }),
    z.strictObject({ hits: z.array(EntityMention), next: Id.nullable(), searched: z.int().min(0) }),
  ),
  /**
   * Everybody's annotations whose text, note or speaker holds the words of `query`, by layers (none: all) and annotator (null: all); in parts,
   * as findOccurrences: `next` is the place to go on from.
   */
  searchAnnotations: method(
    z.strictObject({
      query: z.string().max(1000),
      layers: z.array(z.string()),
      annotator: Id.nullable(),
      after: z.strictObject({ article: Id, skip: z.int().min(0) }).nullable(),
    }),
    z.strictObject({
      hits: z.array(AnnotationHit),
      next: z.strictObject({ article: Id, skip: z.int().min(0) }).nullable(),
      searched: z.int().min(0),
    }),
  ),
  /** Those of these annotations that there are, whoever wrote them; what went along to a corrected version is found there. */
  readAnnotations: method(
    z.strictObject({ ends: z.array(z.strictObject({ article: Id, annotation: Id })).max(1000) }),
    z.strictObject({ found: z.array(AnnotationHit) }),
  ),
  /** The own annotations that have something to complete, in listed articles that have any, answered in parts: `next` is what to give as `after`. */
  listToComplete: method(
    z.strictObject({ after: Id.nullable() }),
    z.strictObject({
      articles: z.array(z.strictObject({ article: Id, incomplete: z.array(IncompleteAnnotation).min(1) })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /**
   * What the annotator's own work tells the suggester, of listed articles where it tells anything, answered in parts like `listToComplete`.
   * Only what was made and decided at `since` (ISO 8601) or later counts; null for all.
   */
  listExperience: method(
    z.strictObject({ after: Id.nullable(), since: z.iso.datetime().nullable() }),
    z.strictObject({
      articles: z.array(z.strictObject({ article: Id, experience: Experience })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
} as const;
