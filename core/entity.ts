import { z } from 'zod';
import { Id } from './annotation.ts';
import { isLater, newestField, type Stamp, stamped } from './stamp.ts';

/** A title or office held for a time. `from` and `to` are EDTF, null where open or unknown. */
export const DatedRole = z.strictObject({
  title: z.string(),
  organisation: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type DatedRole = z.infer<typeof DatedRole>;

/**
 * What one annotator has said of one entity, field by field, each with its time: one record for an annotator and entity. Only the
 * fields that this annotator set are there.
 * `aliases` and `members` map a string or entity id to whether it belongs, so that two annotators' additions and removals unite.
 */
export const EntityRecord = z.strictObject({
  id: Id,
  annotator: Id,
  fields: z.strictObject({
    type: stamped(z.string().min(1)).optional(),
    canonical: stamped(z.string().min(1)).optional(),
    wikidata: stamped(z.string().nullable()).optional(),
    date: stamped(z.string().nullable()).optional(),
    roles: stamped(z.array(DatedRole)).optional(),
    notes: stamped(z.string()).optional(),
    mergedInto: stamped(Id.nullable()).optional(),
    removed: stamped(z.boolean()).optional(),
  }),
  aliases: z.record(z.string(), stamped(z.boolean())),
  members: z.record(z.string(), stamped(z.boolean())),
});
export type EntityRecord = z.infer<typeof EntityRecord>;

/** A person, organisation, place, event, issue or document as all annotators together know it. */
export const Entity = z.strictObject({
  id: Id,
  type: z.string(),
  canonical: z.string(),
  aliases: z.array(z.string()),
  members: z.array(z.string()),
  wikidata: z.string().nullable(),
  date: z.string().nullable(),
  roles: z.array(DatedRole),
  notes: z.string(),
  /** The entity that this one was merged into, followed to the end; null for one that stands. */
  mergedInto: Id.nullable(),
  removed: z.boolean(),
});
export type Entity = z.infer<typeof Entity>;

/** The registry: every entity by id, those merged or removed included, so that no link ever dangles. */
export type Registry = ReadonlyMap<string, Entity>;

/** The union of what annotators wrote, resolved field by field. Pure, and the same whatever the order of `records`. */
export function resolveRegistry(records: Iterable<EntityRecord>): Registry {
  const groups = new Map<string, EntityRecord[]>();
  for (const record of records) {
    const group = groups.get(record.id);
    if (group) group.push(record);
    else groups.set(record.id, [record]);
  }
  const redirects = new Map<string, string | null>();
  const entities = new Map<string, Entity>();
  for (const [id, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    redirects.set(id, redirectOf(group));
    entities.set(id, entityFrom(id, group));
  }
  for (const [id, entity] of entities) entities.set(id, { ...entity, mergedInto: endOfRedirects(id, redirects) });
  return entities;
}

/** The entity `id` resolved from what annotators said of it, `group`, as if nothing were merged. */
export function entityFrom(id: string, group: readonly EntityRecord[]): Entity {
  return {
    id,
    type: newestField(group, 'type') ?? 'PERSON',
    canonical: newestField(group, 'canonical') ?? id,
    aliases: belonging(group, 'aliases'),
    members: belonging(group, 'members'),
    wikidata: newestField(group, 'wikidata') ?? null,
    date: newestField(group, 'date') ?? null,
    roles: newestField(group, 'roles') ?? [],
    notes: newestField(group, 'notes') ?? '',
    mergedInto: null,
    removed: newestField(group, 'removed') ?? false,
  };
}

/** The entity that one was merged into, as the newest word on it says, known or not; null when it stands. */
export function redirectOf(group: readonly EntityRecord[]): string | null {
  return newestField(group, 'mergedInto') ?? null;
}

/** The entity that `id` stands for today: merges are followed. Undefined when the registry does not know it. */
export function entityOf(registry: Registry, id: string): Entity | undefined {
  const entity = registry.get(id);
  return entity?.mergedInto ? registry.get(entity.mergedInto) : entity;
}

/** The standing entities of one of `types` whose canonical name or alias equals `name`, letter case and amount of space aside; ascending by id. */
export function entitiesNamed(registry: Registry, name: string, types: readonly string[]): Entity[] {
  const wanted = fold(name);
  return [...registry.values()].filter(
    (entity) => !entity.mergedInto && !entity.removed && types.includes(entity.type) && foldedNamesOf(entity).includes(wanted),
  );
}

function foldedNamesOf(entity: Entity): readonly string[] {
  let names = foldedNames.get(entity);
  if (!names) {
    names = [entity.canonical, ...entity.aliases].map(fold);
    foldedNames.set(entity, names);
  }
  return names;
}
const foldedNames = new WeakMap<Entity, readonly string[]>();

/** A new entity as its creator's record. */
export function newEntity(id: string, annotator: string, type: string, canonical: string, time: string): EntityRecord {
  return { id, annotator, fields: { type: { value: type, time }, canonical: { value: canonical, time } }, aliases: {}, members: {} };
}

const fold = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

function belonging(group: readonly EntityRecord[], field: 'aliases' | 'members'): string[] {
  const newest = new Map<string, Stamp<boolean>>();
  for (const record of group) {
    for (const [key, stamp] of Object.entries(record[field])) {
      const candidate = { ...stamp, annotator: record.annotator };
      const known = newest.get(key);
      if (!known || isLater(candidate, known)) newest.set(key, candidate);
    }
  }
  return [...newest]
    .filter(([, stamp]) => stamp.value)
    .map(([key]) => key)
    .sort();
}

/**
 * The entity that `id` leads to by `redirects`, which has every known entity; null when it leads to itself. Two annotators may merge a
 * into b and b into a: of the ids in such a ring the smallest stands.
 */
export function endOfRedirects(id: string, redirects: ReadonlyMap<string, string | null>): string | null {
  const walked = [id];
  for (;;) {
    const next = redirects.get(walked.at(-1) as string);
    if (!next || !redirects.has(next)) break;
    const seen = walked.indexOf(next);
    if (seen >= 0) {
      walked.push(walked.slice(seen).sort()[0] as string);
      break;
    }
    walked.push(next);
  }
  const end = walked.at(-1) as string;
  return end === id ? null : end;
}
