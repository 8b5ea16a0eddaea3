import { z } from 'zod';
import { Id } from './annotation.ts';
import { isLater, newestField, type Stamp, stamped } from './stamp.ts';

/** A title or office held for some time. `from` and `to` are EDTF, or null if open or unknown. */
export const DatedRole = z.strictObject({
  title: z.string(),
  organisation: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type DatedRole = z.infer<typeof DatedRole>;

/**
 * What one annotator has said about one entity: one record for each annotator and entity. Every field carries its time, and only the fields that
 * this annotator set are present.
 * `aliases` and `members` map a string or an entity id to whether it belongs, so that additions and removals by several annotators can be
 * combined.
 * `moved` lists what a split took from this entity: ids of mentions, or of annotations with this entity in a role, each with the entity it refers
 * to instead, or null if it was given back. Records older than splits have no `moved`.
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

/** A person, organisation, place, event, issue or document as seen by all annotators together. */
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
  /** The entity that this one was merged into, after following every merge; null if it was not merged. */
  mergedInto: Id.nullable(),
  /** The entity that this one was directly merged into. It may be unknown, and may itself be merged or split. */
  redirect: Id.nullable(),
  /** By the id of a mention or annotation, the entity it refers to instead of this one. */
  moved: z.record(Id, Id),
  removed: z.boolean(),
});
export type Entity = z.infer<typeof Entity>;

/** The registry: every entity by id. Merged and removed entities are included, so that links never dangle. */
export type Registry = ReadonlyMap<string, Entity>;

/** Combines what annotators wrote, field by field. Pure; the order of `records` does not matter. */
export function resolveRegistry(records: Iterable<EntityRecord>): Registry {
  const groups = Map.groupBy(records, ({ id }) => id);
  const redirects = new Map<string, string | null>();
  const entities = new Map<string, Entity>();
  for (const [id, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    redirects.set(id, redirectOf(group));
    entities.set(id, entityFrom(id, group));
  }
  for (const [id, entity] of entities) entities.set(id, { ...entity, mergedInto: endOfRedirects(id, redirects) });
  return entities;
}

/** The entity `id` resolved from its records, `group`, without following merges. */
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

/** The entity that this one was merged into according to its latest record, whether known or not; null if it is not merged. */
export function redirectOf(group: readonly EntityRecord[]): string | null {
  return newestField(group, 'mergedInto') ?? null;
}

/** The entity that `id` refers to today, following merges. Undefined if the registry does not know it. */
export function entityOf(registry: Registry, id: string): Entity | undefined {
  const entity = registry.get(id);
  return entity?.mergedInto ? registry.get(entity.mergedInto) : entity;
}

/**
 * The entity that a mention refers to today, following the split or merge of each entity on the way. For an entity that fills a role directly,
 * pass the id of its annotation. Undefined if nothing is linked or the registry does not know the entity.
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

// What a split says about one mention takes precedence over a merge of the whole entity. References to unknown entities are ignored.
function nextOf(registry: Registry, { moved, redirect }: Entity, mention: string): Entity | undefined {
  const target = Object.hasOwn(moved, mention) ? moved[mention] : undefined;
  return (target ? registry.get(target) : undefined) ?? (redirect ? registry.get(redirect) : undefined);
}

/**
 * The entities of one of `types`, neither merged nor removed, whose canonical name or an alias equals `name`. Ignores letter case and the amount
 * of space. Ascending by id.
 */
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

/** The record of an annotator who has not said anything about the entity yet. */
export function blankRecord(id: string, annotator: string): EntityRecord {
  return { id, annotator, fields: {}, aliases: {}, members: {}, moved: {} };
}

/** A new entity, as a record of its creator. */
export function newEntity(id: string, annotator: string, type: string, canonical: string, time: string): EntityRecord {
  return { ...blankRecord(id, annotator), fields: { type: { value: type, time }, canonical: { value: canonical, time } } };
}

/**
 * What an annotator writes when linking to an entity created by others: its type and name, with a time older than anything anybody says about it.
 * The link then stays valid even if whoever created the entity takes it back.
 */
export function holdingRecord({ id, type, canonical }: Entity, annotator: string): EntityRecord {
  return newEntity(id, annotator, type, canonical, '1970-01-01T00:00:00.000Z');
}

/** A name prepared for comparison: letter case, the amount of white space and Unicode composition are normalised. */
export const foldedName = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

function belonging(group: readonly EntityRecord[], field: 'aliases' | 'members'): string[] {
  return newestByKey(group, (record) => record[field]).flatMap(([key, belongs]) => (belongs ? [key] : []));
}

function movedFrom(group: readonly EntityRecord[]): Record<string, string> {
  const entries = newestByKey(group, ({ moved }) => moved).flatMap(([key, to]) => (to === null ? [] : [[key, to] as const]));
  return Object.fromEntries(entries);
}

// The latest value that any annotator gave to each key, ascending by key.
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
 * The entity at the end of the `redirects` from `id`, or null if `id` is not redirected. `redirects` has an entry for every known entity. Two
 * annotators may merge a into b and b into a; in such a ring, the smallest id stays.
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
