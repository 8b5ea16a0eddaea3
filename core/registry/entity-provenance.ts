import type { EntityRecord } from '../model/entity.ts';
import { isLater, type Stamp } from '../model/stamp.ts';

/** Whose word stands for one part of an entity, and since when: a field, its aliases or its members (the newest word on any of them). */
export interface Provenance {
  readonly part: keyof EntityRecord['fields'] | 'aliases' | 'members';
  readonly annotator: string;
  readonly time: string;
}

/** Whose word stands for each part of the entity that `group` is everybody's records of; parts that nobody gave are not there. */
export function provenanceOf(group: readonly EntityRecord[]): Provenance[] {
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
