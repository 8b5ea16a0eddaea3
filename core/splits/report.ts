import { z } from 'zod';
import { GroupBy, SplitName } from './options.ts';

const count = z.int().min(0);
const documents = z.array(z.string());

/** Two documents in different splits whose texts have much in common. */
export const CrossingPair = z.strictObject({ documents: z.tuple([z.string(), z.string()]), jaccard: z.number(), containment: z.number() });
export type CrossingPair = z.infer<typeof CrossingPair>;

/** Something that documents in several splits share, with some of those documents. */
export const CrossingKey = z.strictObject({ key: z.string(), documents, count });
export type CrossingKey = z.infer<typeof CrossingKey>;

/** What documents of a group have in common. `key` is the id of an entity or a quote, empty for nearly identical texts. */
export const Tie = z.strictObject({ by: GroupBy, key: z.string(), documents: count });
export type Tie = z.infer<typeof Tie>;

/**
 * What the splits contain and where one could leak into another. Lists of examples are cut short; `count` is the full number. Entities are given
 * by id, quotes by their words in compared form.
 */
export const SplitReport = z.strictObject({
  documents: count,
  groups: count,
  /** In the order of the splits. `labels` counts annotations by layer. */
  splits: z.array(z.strictObject({ split: SplitName, documents: count, groups: count, labels: z.record(z.string(), count) })),
  /** Nearly identical texts in different splits. */
  nearDuplicates: z.strictObject({ count, examples: z.array(CrossingPair) }),
  /** Texts in different splits that are alike, but not nearly identical. */
  alike: z.strictObject({ count, examples: z.array(CrossingPair) }),
  /** Quotes of at least four words that documents in different splits share. */
  quotes: z.strictObject({ count, examples: z.array(CrossingKey) }),
  /** Events, main or not, that annotations in different splits name. */
  events: z.strictObject({ count, examples: z.array(CrossingKey) }),
  /** For validation and test: how many entities they name, and how many of those are also named in train. */
  entities: z.array(z.strictObject({ split: SplitName, entities: count, inTrain: count })),
  /** Groups with more than a fifth of all documents, and what ties most of their documents together. */
  largeGroups: z.array(z.strictObject({ group: z.string(), documents: count, ties: z.array(Tie) })),
  /** Documents that belong together but are in different published splits. */
  divided: z.array(z.strictObject({ documents, count, splits: z.array(SplitName) })),
  /** There are more than a million similar pairs, and the rest was not checked. */
  isCutShort: z.boolean(),
});
export type SplitReport = z.infer<typeof SplitReport>;
