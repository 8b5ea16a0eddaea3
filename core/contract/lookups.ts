import { z } from 'zod';
import { ArticleAgreement } from '../agreement/article-agreement.ts';
import { AnnotationHit, EntityMention, IncompleteAnnotation, Occurrence } from '../annotations/hits.ts';
import { Id } from '../model/annotation.ts';
import { Experience } from '../suggestions/learning.ts';
import { method } from './method.ts';

/** The calls that go through all articles. They answer in parts: `next` is the `after` of the call for the next part, null after the last. */
export const lookupCalls = {
  /** The places of the words `query` in the article `only`, or in all articles if it is null. */
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
  /** How many places in all articles mention each entity, and how many of the annotator's own unlinked mentions there are, by their words. */
  countMentions: method(
    z.strictObject({ after: Id.nullable() }),
    z.strictObject({
      counts: z.record(Id, z.int().min(1)),
      unlinked: z.array(z.strictObject({ words: z.string(), count: z.int().min(1) })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /** The places that mention an entity, whoever tagged them, or the annotator's own unlinked mentions that read like `words`. */
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
  /** Everybody's annotations whose text, note or speaker contains the words of `query`, in `layers` (empty: all) by `annotator` (null: all). */
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
  /** Those of these annotations that exist, whoever wrote them. One that moved to a corrected version of its article is found there. */
  readAnnotations: method(
    z.strictObject({ ends: z.array(z.strictObject({ article: Id, annotation: Id })).max(1000) }),
    z.strictObject({ found: z.array(AnnotationHit) }),
  ),
  /** The annotator's own annotations that need completing, by listed article. Articles without any are left out. */
  listToComplete: method(
    z.strictObject({ after: Id.nullable() }),
    z.strictObject({
      articles: z.array(z.strictObject({ article: Id, incomplete: z.array(IncompleteAnnotation).min(1) })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /**
   * What the suggester can learn from the annotator's own work, by listed article. Articles without anything are left out. Only counts what was
   * made and decided at `since` (ISO 8601) or later, or everything if it is null.
   */
  listExperience: method(
    z.strictObject({ after: Id.nullable(), since: z.iso.datetime().nullable() }),
    z.strictObject({
      articles: z.array(z.strictObject({ article: Id, experience: Experience })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /**
   * How far the annotators agree on listed articles that at least two of them have worked on, in parts like `listToComplete`. Adjudicators are not
   * compared; the decisions are those of the annotator that `deciderOf` returns.
   */
  readAgreement: method(
    z.strictObject({ after: Id.nullable() }),
    z.strictObject({ articles: z.array(ArticleAgreement), next: Id.nullable(), searched: z.int().min(0) }),
  ),
} as const;
