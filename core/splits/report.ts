import { z } from 'zod';
import { GroupBy, SplitName } from './options.ts';

const count = z.int().min(0);
const documents = z.array(z.string());

/** Two documents of different splits whose texts have much in common. */
export const CrossingPair = z.strictObject({ documents: z.tuple([z.string(), z.string()]), jaccard: z.number(), containment: z.number() });
export type CrossingPair = z.infer<typeof CrossingPair>;

/** Something that documents of several splits share, with some of the documents. */
export const CrossingKey = z.strictObject({ key: z.string(), documents, count });
export type CrossingKey = z.infer<typeof CrossingKey>;

/** What documents of a group have in common; `key` is an entity's id or a quote, empty for texts that are nearly the same. */
export const Tie = z.strictObject({ by: GroupBy, key: z.string(), documents: count });
export type Tie = z.infer<typeof Tie>;

/**
 * What the splits hold and where one could leak into another. Lists of examples are cut short, `count` is of all. Entities are named by id;
 * quotes by their words as they are compared.
 */
export const SplitReport = z.strictObject({
  documents: count,
  groups: count,
  /** In the order of the splits; `labels` counts annotations by layer. */
  splits: z.array(z.strictObject({ split: SplitName, documents: count, groups: count, labels: z.record(z.string(), count) })),
  /** Nearly the same texts in different splits. */
  nearDuplicates: z.strictObject({ count, examples: z.array(CrossingPair) }),
  /** Texts in different splits that are alike, short of being nearly the same. */
  alike: z.strictObject({ count, examples: z.array(CrossingPair) }),
  /** Quotes of four words or more that documents of different splits have in common. */
  quotes: z.strictObject({ count, examples: z.array(CrossingKey) }),
  /** Events, main or not, that annotations in different splits name. */
  events: z.strictObject({ count, examples: z.array(CrossingKey) }),
  /** How many of the entities that a split other than train names are named in train too. */
  entities: z.array(z.strictObject({ split: SplitName, entities: count, inTrain: count })),
  /** Groups with more than a fifth of all documents, with what ties most of their documents together. */
  largeGroups: z.array(z.strictObject({ group: z.string(), documents: count, ties: z.array(Tie) })),
  /** Documents that belong together, which published splits keep apart. */
  divided: z.array(z.strictObject({ documents, count, splits: z.array(SplitName) })),
  /** More than a million pairs are alike: the rest was not looked at. */
  isCutShort: z.boolean(),
});
export type SplitReport = z.infer<typeof SplitReport>;
