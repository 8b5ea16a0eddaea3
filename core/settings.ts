import { z } from 'zod';
import { Id } from './model/annotation.ts';
import { KeptSearches } from './search/calls.ts';
import { SuggestionChoice } from './suggestions/choice.ts';

/**
 * How the person likes the window: kept by the host in the person's settings folder, never in the project. Every field has a default, so
 * that a file written before a setting existed is still read.
 */
export const Settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Sizes of panes in percent by group; `hidden` names the panes that are hidden, with 1. */
  layout: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  lastArticle: z.record(z.string(), z.string()).default({}),
  /** What a tag takes: whole words, or exactly what is selected. With Shift it does the other. */
  tagging: z.enum(['words', 'exact']).default('words'),
  /** Whether keys of a single letter, digit or sign act in the article. */
  letterKeys: z.boolean().default(true),
  textSize: z.enum(['small', 'medium', 'large', 'largest']).default('medium'),
  suggestions: SuggestionChoice.prefault({}),
  /** The time of the last reset of what suggestions learned, by project id. */
  learnedSince: z.record(z.string(), z.iso.datetime()).default({}),
  /** The keys that the person gave to commands, by command id; see core/key-bindings.ts. */
  keys: z.record(z.string(), z.array(z.string())).default({}),
  /** Whether facts are reviewed (verdict, evidence, justification), by project id. */
  review: z.record(z.string(), z.boolean()).default({}),
  /** The person's searches by project id: those kept under a name, and the last ones, the newest first. */
  searches: z.record(z.string(), KeptSearches).default({}),
  /** Whether the tour of the sample project was seen or skipped. */
  tourDone: z.boolean().default(false),
  /** The person's own name; null until they have said it. */
  person: z.string().nullable().default(null),
  /** The annotator that the person works as, by project id. The host keeps it, whatever a page sends. */
  annotator: z.record(z.string(), Id).default({}),
  /** The projects that were opened last, the newest first. The host keeps it, whatever a page sends. */
  recent: z
    .array(z.strictObject({ id: Id, name: z.string(), folder: z.string(), time: z.string(), key: Id.optional() }))
    .max(10)
    .default([]),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = Settings.parse({});

/** The folder of the sample project in a person's projects folder; the page knows the sample by it. */
export const sampleFolderName = 'paris-summit-sample';
