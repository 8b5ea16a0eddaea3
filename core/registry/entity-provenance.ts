import type { EntityRecord } from '../model/entity.ts';
import { isLater, type Stamp } from '../model/stamp.ts';

/**
 * Which annotator determines the current value of one part of an entity, and since when. A part is a field, its aliases or its members; for
 * aliases and members it is the latest change of any of them.
 */
export interface Provenance {
  readonly part: keyof EntityRecord['fields'] | 'aliases' | 'members';
  readonly annotator: string;
  readonly time: string;
}

/** Who determines each part of an entity. `group` holds every annotator's record of it. Parts that nobody set are left out. */
export function entityProvenance(group: readonly EntityRecord[]): Provenance[] {
  const newest = new Map<Provenance['part'], Stamp<unknown>>();
  const consider = (part: Provenance['part'], stamp: Stamp<unknown>) => {
    const before = newest.get(part);
    if (!before || isLater(stamp, before)) newest.set(part, stamp);
  };
  for (const { annotator, fields, aliases, members } of group) {
    for (const [part, stamp] of Object.entries(fields)) if (stamp) consider(part as keyof EntityRecord['fields'], { ...stamp, annotator });
    for (const stamp of Object.values(aliases)) consider('aliases', { ...stamp, annotator });
    for (const stamp of Object.values(members)) consider('members', { ...stamp, annotator });
  }
  return [...newest].map(([part, { annotator, time }]) => ({ part, annotator, time }));
}
