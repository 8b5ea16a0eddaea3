import { dequal } from 'dequal';
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

/** A part of a settings file that this Pressmark does not know: a value that a newer one may know, or one that is wrong. `used` stands in its place. */
export interface StrangeSetting {
  /** Where it stood; in a list its place there. */
  readonly path: Place;
  readonly value: unknown;
  readonly used: unknown;
}

// A file with more than these is damaged, and not another version's.
const mostStrange = 100;

type Place = readonly (string | number)[];

/** What is known of a settings file with the content `value`, the rest in its usual value, and what is not known; null for what is no settings at all. */
export function readSettings(value: unknown): { readonly settings: Settings; readonly strange: readonly StrangeSetting[] } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const known = copyOf(value);
  // The last that was taken comes first: put back in that order, each finds its place in a list.
  let taken: { readonly path: Place; readonly value: unknown }[] = [];
  while (taken.length <= mostStrange) {
    const read = Settings.safeParse(known);
    if (read.success) {
      const whole = copyOf(read.data);
      const strange = taken.map((one) => {
        const used = at(whole, one.path);
        putBack(whole, one);
        return { ...one, used };
      });
      return { settings: read.data, strange };
    }
    const [issue] = read.error.issues;
    const place = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])] as Place;
    // What is missing makes what should hold it strange, with all that was taken from that before.
    const path = isThere(known, place) ? place : place.slice(0, -1);
    if (path.length === 0) return null;
    const removed = take(known, path);
    const isInside = (one: Place) => one.length > path.length && path.every((key, index) => key === one[index]);
    for (const one of taken) if (isInside(one.path)) putBack(removed, { ...one, path: one.path.slice(path.length) });
    taken = [{ path, value: removed }, ...taken.filter((one) => !isInside(one.path))];
  }
  return null;
}

/** The settings with what was strange in their file back in its place, but for what the person has changed since. */
export function withStrange(settings: Settings, strange: readonly StrangeSetting[]): unknown {
  const all = copyOf(settings);
  for (const one of strange) {
    const isInList = Array.isArray(at(all, one.path.slice(0, -1)));
    if (isInList || dequal(at(all, one.path), one.used)) putBack(all, one);
  }
  return all;
}

// What comes from JSON and goes to JSON.
const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function at(value: unknown, path: Place): unknown {
  return path.reduce<unknown>(
    (owner, key) => (isThere(owner, [key]) ? (owner as Record<string | number, unknown>)[key] : undefined),
    value,
  );
}

function isThere(value: unknown, path: Place): boolean {
  const owner = at(value, path.slice(0, -1));
  return typeof owner === 'object' && owner !== null && Object.hasOwn(owner, path.at(-1) ?? '');
}

function take(value: unknown, path: Place): unknown {
  const removed = at(value, path);
  const owner = at(value, path.slice(0, -1));
  if (Array.isArray(owner)) owner.splice(Number(path.at(-1)), 1);
  else delete (owner as Record<string | number, unknown>)[path.at(-1) ?? ''];
  return removed;
}

function putBack(all: unknown, { path, value }: { readonly path: Place; readonly value: unknown }): void {
  const key = path.at(-1) ?? '';
  const owner = at(all, path.slice(0, -1));
  if (Array.isArray(owner)) {
    if (!owner.some((one) => dequal(one, value))) owner.splice(Number(key), 0, value);
  } else if (typeof owner === 'object' && owner !== null) {
    // A key may be the name of what every object has.
    Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

/** The folder of the sample project in a person's projects folder; the page knows the sample by it. */
export const sampleFolderName = 'paris-summit-sample';
