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
 * `moved` holds what a split took from this entity: ids of mentions, or of annotations with this entity in a role, each with the entity
 * that it stands for instead; null where it was given back. Records from before there were splits have none.
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
  moved: z.record(Id, stamped(Id.nullable())).default({}),
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
  /** The entity that it was merged into in so many words, known or not, which may be merged or split itself. */
  redirect: Id.nullable(),
  /** The entity that a mention or annotation stands for instead of this one, by the id of the mention or annotation. */
  moved: z.record(Id, Id),
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
    redirect: redirectOf(group),
    moved: movedFrom(group),
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

/**
 * The entity that a mention means today: splits and merges are followed, each where it was made. For an entity that fills a role itself, give
 * the id of its annotation. Undefined where nothing is linked, or the registry does not know it.
 */
export function entityOfMention(registry: Registry, mention: { readonly id: string; readonly entity: string | null }): Entity | undefined {
  const walked: Entity[] = [];
  let entity = mention.entity === null ? undefined : registry.get(mention.entity);
  while (entity) {
    const seen = walked.indexOf(entity);
    if (seen >= 0) {
      const ring = walked.slice(seen).sort((a, b) => (a.id < b.id ? -1 : 1));
      return ring.find(({ mergedInto }) => !mergedInto) ?? entityOf(registry, (ring[0] as Entity).id);
    }
    walked.push(entity);
    entity = nextOf(registry, entity, mention.id);
  }
  return walked.at(-1);
}

// What a split says of one mention counts before what a merge says of all. What leads to an unknown entity leads nowhere.
function nextOf(registry: Registry, { moved, redirect }: Entity, mention: string): Entity | undefined {
  const target = Object.hasOwn(moved, mention) ? moved[mention] : undefined;
  return (target ? registry.get(target) : undefined) ?? (redirect ? registry.get(redirect) : undefined);
}

/** The standing entities of one of `types` whose canonical name or alias equals `name`, letter case and amount of space aside; ascending by id. */
export function entitiesNamed(registry: Registry, name: string, types: readonly string[]): Entity[] {
  const wanted = foldedName(name);
  return [...registry.values()].filter(
    (entity) => !entity.mergedInto && !entity.removed && types.includes(entity.type) && foldedNamesOf(entity).includes(wanted),
  );
}

function foldedNamesOf(entity: Entity): readonly string[] {
  let names = foldedNames.get(entity);
  if (!names) {
    names = [entity.canonical, ...entity.aliases].map(foldedName);
    foldedNames.set(entity, names);
  }
  return names;
}
const foldedNames = new WeakMap<Entity, readonly string[]>();

/** The record of an annotator who has said nothing of the entity yet. */
export function blankRecord(id: string, annotator: string): EntityRecord {
  return { id, annotator, fields: {}, aliases: {}, members: {}, moved: {} };
}

/** A new entity as its creator's record. */
export function newEntity(id: string, annotator: string, type: string, canonical: string, time: string): EntityRecord {
  return { ...blankRecord(id, annotator), fields: { type: { value: type, time }, canonical: { value: canonical, time } } };
}

/**
 * What an annotator writes who links to an entity of others: its type and name, older than anything that anybody says of it. So the link
 * leads somewhere even if whoever made the entity takes that back.
 */
export function holdingRecord({ id, type, canonical }: Entity, annotator: string): EntityRecord {
  return newEntity(id, annotator, type, canonical, '1970-01-01T00:00:00.000Z');
}

/** A name as names are compared: letter case, amount of white space and composition aside. */
export const foldedName = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

function belonging(group: readonly EntityRecord[], field: 'aliases' | 'members'): string[] {
  return newestByKey(group, (record) => record[field]).flatMap(([key, belongs]) => (belongs ? [key] : []));
}

function movedFrom(group: readonly EntityRecord[]): Record<string, string> {
  const entries = newestByKey(group, ({ moved }) => moved).flatMap(([key, to]) => (to === null ? [] : [[key, to] as const]));
  return Object.fromEntries(entries);
}

// The newest value that anybody gave to each key, ascending by key.
function newestByKey<T>(
  group: readonly EntityRecord[],
  stampsOf: (record: EntityRecord) => Readonly<Record<string, Omit<Stamp<T>, 'annotator'>>>,
): [key: string, value: T][] {
  const newest = new Map<string, Stamp<T>>();
  for (const record of group) {
    for (const [key, stamp] of Object.entries(stampsOf(record))) {
      const candidate = { ...stamp, annotator: record.annotator };
      const known = newest.get(key);
      if (!known || isLater(candidate, known)) newest.set(key, candidate);
    }
  }
  return [...newest].map(([key, { value }]): [string, T] => [key, value]).sort(([a], [b]) => (a < b ? -1 : 1));
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
