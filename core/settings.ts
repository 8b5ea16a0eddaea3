import { z } from 'zod';
import { Id } from './model/annotation.ts';
import { KeptSearches } from './search/calls.ts';
import { SuggestionChoice } from './suggestions/choice.ts';

/**
 * The user's preferences. The host keeps them in the user's settings folder, never in the project. Every field has a default, so that files
 * written before a setting existed can still be read.
 */
export const Settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Sizes of panes in percent, by group. `hidden` lists the hidden panes, with the value 1. */
  layout: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  lastArticle: z.record(z.string(), z.string()).default({}),
  /** What a tag takes: whole words, or exactly the selection. With Shift it does the opposite. */
  tagging: z.enum(['words', 'exact']).default('words'),
  /** Whether single-character keys (letters, digits, signs) act in the article. */
  letterKeys: z.boolean().default(true),
  textSize: z.enum(['small', 'medium', 'large', 'largest']).default('medium'),
  suggestions: SuggestionChoice.prefault({}),
  /** When the learning of suggestions was last reset, by project id. */
  learnedSince: z.record(z.string(), z.iso.datetime()).default({}),
  /** The keys that the user assigned to commands, by command id; see core/key-bindings.ts. */
  keys: z.record(z.string(), z.array(z.string())).default({}),
  /** Whether facts are reviewed (verdict, evidence, justification), by project id. */
  review: z.record(z.string(), z.boolean()).default({}),
  /** The user's searches by project id: those saved under a name, and the recent ones, newest first. */
  searches: z.record(z.string(), KeptSearches).default({}),
  /** Whether the tour of the sample project was finished or skipped. */
  tourDone: z.boolean().default(false),
  /** The user's own name; null until they enter it. */
  person: z.string().nullable().default(null),
  /** The annotator that the user works as, by project id. Kept by the host, whatever a page sends. */
  annotator: z.record(z.string(), Id).default({}),
  /** The recently opened projects, newest first. Kept by the host, whatever a page sends. */
  recent: z
    .array(z.strictObject({ id: Id, name: z.string(), folder: z.string(), time: z.string(), key: Id.optional() }))
    .max(10)
    .default([]),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = Settings.parse({});

/** The folder of the sample project within a user's projects folder. The page recognises the sample by it. */
export const sampleFolderName = 'paris-summit-sample';
