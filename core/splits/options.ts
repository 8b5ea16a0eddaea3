import { z } from 'zod';

/** The splits of a dataset, in order. Readers of datasets know them by these names. */
export const SplitName = z.enum(['train', 'validation', 'test']);
export type SplitName = z.infer<typeof SplitName>;

/** What keeps documents in one group: the same event, nearly the same text, a long quote in common, somebody in common who speaks. */
export const GroupBy = z.enum(['event', 'near-duplicate', 'quote', 'speaker']);
export type GroupBy = z.infer<typeof GroupBy>;

const fraction = z.number().min(0).max(1);

/** Which part of the documents each split is to have; together 1. */
export const Fractions = z
  .strictObject({ train: fraction, validation: fraction, test: fraction })
  .refine(({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-9, { error: 'the parts must add up to 1' });
export type Fractions = z.infer<typeof Fractions>;

/** How a dataset is split. `stratify` balances labels over the splits instead of going by the hash of each group: for small datasets. */
export const SplitOptions = z.strictObject({ fractions: Fractions, group: z.array(GroupBy), stratify: z.boolean() });
export type SplitOptions = z.infer<typeof SplitOptions>;

/** What is done where nothing else was asked for. */
export const defaultSplitOptions: SplitOptions = {
  fractions: { train: 0.8, validation: 0.1, test: 0.1 },
  group: ['near-duplicate'],
  stratify: false,
};

/** Whether both lead to the same splits; the order in which groupings are named says nothing. */
export function areSameOptions(a: SplitOptions, b: SplitOptions): boolean {
  const [one, other] = [a, b].map(({ group }) => GroupBy.options.filter((by) => group.includes(by)).join());
  return one === other && a.stratify === b.stratify && SplitName.options.every((name) => a.fractions[name] === b.fractions[name]);
}

/** Where one document belongs: its group, named by a document of it, and its split. */
export const Assignment = z.strictObject({ group: z.string(), split: SplitName });
export type Assignment = z.infer<typeof Assignment>;
