import { z } from 'zod';
import { ImportProblem } from '../import/draft.ts';
import { mentionLayer } from './document.ts';
import { LabelMap } from './mapping.ts';

const Count = z.strictObject({ fresh: z.int().min(0), known: z.int().min(0) });

/** A label of a file and how often it occurs there. `values` only if they are words, numbers or booleans. */
const LabelUse = z.strictObject({ name: z.string(), count: z.int().min(1) });
const AttributeUse = LabelUse.extend({ values: z.array(LabelUse) });

/**
 * A preview of a dataset before it is imported: the labels of its files, what `map` turns them into, and what the import would do. The `count` of
 * a layer excludes rejected suggestions, which are counted in `rejected`. `fresh` counts what is new, `known` what the project already has.
 * `layers` are those of the codebook and `mention`.
 */
export const DatasetLook = z.strictObject({
  title: z.string(),
  labels: z.strictObject({
    layers: z.array(
      LabelUse.extend({ count: z.int().min(0), rejected: z.int().min(0), attributes: z.array(AttributeUse), roles: z.array(LabelUse) }),
    ),
    relations: z.array(LabelUse.extend({ attributes: z.array(AttributeUse) })),
    entityTypes: z.array(LabelUse),
  }),
  map: LabelMap,
  articles: Count,
  layers: z.record(z.string(), Count),
  others: z.record(z.string(), Count),
  losses: z.array(z.strictObject({ kind: z.string(), count: z.int().min(1) })),
  problems: z.array(ImportProblem),
  remarks: z.array(z.string()),
  /** The other people whose work it is, by name, as far as it names them. */
  annotators: z.array(z.string()),
  /** What to tell about work of several people that becomes one's own; null if there is nothing to tell. */
  shared: z.string().nullable(),
  /** How many records the step would write; 0 if there is nothing to do. */
  edits: z.int().min(0),
});
export type DatasetLook = z.infer<typeof DatasetLook>;

/** How many annotations an import adds, not counting the mentions that they bring. */
export function freshAnnotations(layers: Readonly<Record<string, { readonly fresh: number }>>): number {
  return Object.entries(layers).reduce((sum, [layer, { fresh }]) => (layer === mentionLayer ? sum : sum + fresh), 0);
}
