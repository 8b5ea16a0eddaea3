import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { Problem } from './validation.ts';

/** One place where the words occur: UTF-16 offsets, half-open, with a little of the line before and after. */
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
 * One place that refers to an entity: a mention, or (kind `role`) an annotation with a role filled directly by the entity. `id` is that of the
 * mention or the annotation. `uses` are the roles it fills. `also` lists annotations with a role that the entity fills directly and whose words
 * are in this mention.
 */
export const EntityMention = Occurrence.extend({
  annotator: Id,
  kind: z.enum(['mention', 'role']),
  id: Id,
  uses: z.array(z.strictObject({ annotation: Id, layer: z.string(), role: z.string() })),
  also: z.array(Id),
});
export type EntityMention = z.infer<typeof EntityMention>;

/**
 * An annotation by any annotator, as lists show it. The words of its fragments are joined, and cut if they are very long. `who` speaks, holds or
 * vouches.
 */
export const AnnotationHit = z.strictObject({
  article: Id,
  annotation: Id,
  annotator: Id,
  layer: z.string(),
  /** The offset at which it begins, in UTF-16 code units. */
  start: z.int().min(0),
  text: z.string(),
  who: z.string().nullable(),
  note: z.string(),
});
export type AnnotationHit = z.infer<typeof AnnotationHit>;

/** An annotation of the current annotator that needs completing. `layer` and the shortened words show which one it is. */
export const IncompleteAnnotation = z.strictObject({
  annotation: Id,
  layer: z.string(),
  text: z.string(),
  problems: z.array(Problem).min(1),
});
export type IncompleteAnnotation = z.infer<typeof IncompleteAnnotation>;
