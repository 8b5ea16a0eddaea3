import { dequal } from 'dequal';
import { Settings } from '../core/settings.ts';
import { safeParsed } from '../core/text/misfit.ts';

/** A part of a settings file that this Pressmark does not know: a value that a newer version may know, or a wrong one. `used` is used instead. */
export interface StrangeSetting {
  /** Where it was; in a list, its index. */
  readonly path: Place;
  readonly value: unknown;
  readonly used: unknown;
}

// A file with more than these is damaged rather than from another version.
const mostStrange = 100;

type Place = readonly (string | number)[];

/**
 * Reads a settings file with the content `value`: the known settings, with the usual values for all others, and the unknown parts. Null if the
 * content is not settings at all.
 */
export function readSettings(value: unknown): { readonly settings: Settings; readonly strange: readonly StrangeSetting[] } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const known = copyOf(value);
  // Last taken first, because putting them back in that order restores each to its place in a list.
  let taken: { readonly path: Place; readonly value: unknown }[] = [];
  while (taken.length <= mostStrange) {
    const read = safeParsed(Settings, known);
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
    // If something is missing, the part that should contain it is strange, including anything already taken out of that part.
    const path = isThere(known, place) ? place : place.slice(0, -1);
    if (path.length === 0) return null;
    const removed = take(known, path);
    const isInside = (one: Place) => one.length > path.length && path.every((key, index) => key === one[index]);
    for (const one of taken) if (isInside(one.path)) putBack(removed, { ...one, path: one.path.slice(path.length) });
    taken = [{ path, value: removed }, ...taken.filter((one) => !isInside(one.path))];
  }
  return null;
}

/** The settings with the unknown parts of their file put back, except where the person has changed the setting since. */
export function withStrange(settings: Settings, strange: readonly StrangeSetting[]): unknown {
  const all = copyOf(settings);
  for (const one of strange) {
    const isInList = Array.isArray(at(all, one.path.slice(0, -1)));
    if (isInList || dequal(at(all, one.path), one.used)) putBack(all, one);
  }
  return all;
}

// Only for values that come from JSON and go to JSON.
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
    // The key may be the name of a property that every object has.
    Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
  }
}
