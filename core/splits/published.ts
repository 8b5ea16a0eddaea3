import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { SplitName, SplitOptions } from './options.ts';

/** The group and split of one document when the splits were published. */
export const PublishedAssignment = z.strictObject({ doc_id: Id, group: Id, split: SplitName });
export type PublishedAssignment = z.infer<typeof PublishedAssignment>;

/**
 * The file `splits.json`: the splits of the dataset as published. After that, no document moves to another split. `published` is ISO 8601, `by`
 * the annotator who published them, `codebook` the version in force at that time. Documents are in ascending order of id.
 */
export const PublishedSplits = z
  .strictObject({
    format: z.literal(1),
    published: z.string(),
    by: Id,
    codebook: z.int().min(1),
    options: SplitOptions,
    assignments: z.array(PublishedAssignment),
  })
  .refine(namesEachOnce, { error: 'a document is there twice' })
  .refine(dividesNothing, { error: 'a group is in two splits' });
export type PublishedSplits = z.infer<typeof PublishedSplits>;

function namesEachOnce({ assignments }: { assignments: readonly PublishedAssignment[] }): boolean {
  return new Set(assignments.map(({ doc_id }) => doc_id)).size === assignments.length;
}

function dividesNothing({ assignments }: { assignments: readonly PublishedAssignment[] }): boolean {
  const splits = new Map(assignments.map(({ group, split }) => [group, split]));
  return assignments.every(({ group, split }) => splits.get(group) === split);
}
