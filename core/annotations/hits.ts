import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { Problem } from './validation.ts';

/** One place where words stand: UTF-16 offsets, half-open, with a little of the line before and after. */
export const Occurrence = z.strictObject({
  article: Id,
  start: z.int().min(0),
  end: z.int().min(1),
  text: z.string(),
  before: z.string(),
  after: z.string(),
});
export type Occurrence = z.infer<typeof Occurrence>;

/**
 * One place that speaks of an entity: a mention, or (kind `role`) an annotation with a role that the entity fills itself. `id` is the
 * mention's or the annotation's; `uses` are the roles that it fills, `also` the annotations of which a role that the entity fills has its
 * words in the mention.
 */
export const EntityMention = Occurrence.extend({
  annotator: Id,
  kind: z.enum(['mention', 'role']),
  id: Id,
  uses: z.array(z.strictObject({ annotation: Id, layer: z.string(), role: z.string() })),
  also: z.array(Id),
});
export type EntityMention = z.infer<typeof EntityMention>;

/** An annotation of anybody as a list shows it: its fragments' words in one, cut where they are very long; `who` speaks, holds or vouches. */
export const AnnotationHit = z.strictObject({
  article: Id,
  annotation: Id,
  annotator: Id,
  layer: z.string(),
  /** Where it begins, in UTF-16 code units. */
  start: z.int().min(0),
  text: z.string(),
  who: z.string().nullable(),
  note: z.string(),
});
export type AnnotationHit = z.infer<typeof AnnotationHit>;

/** An annotation of the current annotator that has something to complete, with what it is: its layer and the words that it covers, cut short. */
export const IncompleteAnnotation = z.strictObject({
  annotation: Id,
  layer: z.string(),
  text: z.string(),
  problems: z.array(Problem).min(1),
});
export type IncompleteAnnotation = z.infer<typeof IncompleteAnnotation>;
