import { z } from 'zod';

/** The splits of a dataset, in order. Dataset readers know them by these names. */
export const SplitName = z.enum(['train', 'validation', 'test']);
export type SplitName = z.infer<typeof SplitName>;

/** What keeps documents in one group: the same event, nearly the same text, a shared long quote, a shared speaker. */
export const GroupBy = z.enum(['event', 'near-duplicate', 'quote', 'speaker']);
export type GroupBy = z.infer<typeof GroupBy>;

const fraction = z.number().min(0).max(1);

/** The fraction of the documents for each split. They add up to 1. */
export const Fractions = z
  .strictObject({ train: fraction, validation: fraction, test: fraction })
  .refine(({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-9, { error: 'the parts must add up to 1' });
export type Fractions = z.infer<typeof Fractions>;

/** How to split a dataset. `stratify` balances labels across the splits instead of using the hash of each group; meant for small datasets. */
export const SplitOptions = z.strictObject({ fractions: Fractions, group: z.array(GroupBy), stratify: z.boolean() });
export type SplitOptions = z.infer<typeof SplitOptions>;

export const defaultSplitOptions: SplitOptions = {
  fractions: { train: 0.8, validation: 0.1, test: 0.1 },
  group: ['near-duplicate'],
  stratify: false,
};

/** Whether both give the same splits. The order of the groupings does not matter. */
export function areSameOptions(a: SplitOptions, b: SplitOptions): boolean {
  const [one, other] = [a, b].map(({ group }) => GroupBy.options.filter((by) => group.includes(by)).join());
  return one === other && a.stratify === b.stratify && SplitName.options.every((name) => a.fractions[name] === b.fractions[name]);
}

/** The group of one document, named after one of its documents, and its split. */
export const Assignment = z.strictObject({ group: z.string(), split: SplitName });
export type Assignment = z.infer<typeof Assignment>;
