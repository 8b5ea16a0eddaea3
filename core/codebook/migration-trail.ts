import { dequal } from 'dequal';
import type { RoleFiller, Trail } from '../model/annotation.ts';
import { type Coding, withAttribute } from './migration-steps.ts';

/** What must change in `now` to get `then`, as an entry of the trail. Null if they are the same. */
export function lossBetween(now: Coding, then: Coding): Omit<Trail, 'version'> | null {
  const names = [...new Set([...Object.keys(now.attributes), ...Object.keys(then.attributes)])].sort();
  const attributes: Trail['attributes'] = {};
  for (const name of names) {
    const slot = { now: now.attributes[name] ?? null, was: then.attributes[name] ?? null };
    if (!dequal(slot.now, slot.was)) attributes[name] = slot;
  }
  const roles = dequal(now.roles, then.roles) ? null : { now: [...now.roles], was: [...then.roles] };
  if (now.layer === then.layer && Object.keys(attributes).length === 0 && roles === null) return null;
  return { layer: { now: now.layer, was: then.layer }, attributes, roles };
}

/**
 * Restores what the trail of `version` holds into `coding`, except where it has been changed since. The rest stays in the trail, so that an undo
 * loses nothing either.
 */
export function restored(coding: Coding, version: number): Coding {
  const entry = coding.was.find((one) => one.version === version);
  if (!entry || coding.layer !== entry.layer.now) return coding;
  let back: Coding = { ...coding, layer: entry.layer.was };
  const attributes: Trail['attributes'] = {};
  for (const [name, slot] of Object.entries(entry.attributes)) {
    if (dequal(coding.attributes[name] ?? null, slot.now)) back = withAttribute(back, name, slot.was);
    else attributes[name] = slot;
  }
  const roles = entry.roles && restoredRoles(coding.roles, entry.roles);
  if (roles) back = { ...back, roles: roles.fillers };
  const isLeft = Object.keys(attributes).length > 0 || roles?.isLeft;
  const others = coding.was.filter((one) => one !== entry);
  return { ...back, was: isLeft ? [...others, { ...entry, attributes, roles: roles?.isLeft ? entry.roles : null }] : others };
}

// Restores role by role. `isLeft` is true if one could not be restored, so that the entry must stay.
function restoredRoles(fillers: readonly RoleFiller[], slot: NonNullable<Trail['roles']>): { fillers: RoleFiller[]; isLeft: boolean } {
  // Restore all at once if possible, so that fillers of several roles keep their original order.
  if (dequal(fillers, slot.now)) return { fillers: slot.was, isLeft: false };
  const of = (list: readonly RoleFiller[], role: string) => list.filter((filler) => filler.role === role);
  const lost = [...new Set([...slot.was, ...slot.now].map(({ role }) => role))].filter(
    (role) => !dequal(of(slot.now, role), of(slot.was, role)),
  );
  const back = new Set(lost.filter((role) => dequal(of(fillers, role), of(slot.now, role))));
  return {
    fillers: [...fillers.filter(({ role }) => !back.has(role)), ...slot.was.filter(({ role }) => back.has(role))],
    isLeft: back.size < lost.length,
  };
}
