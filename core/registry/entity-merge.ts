import { dequal } from 'dequal';
import { type DatedRole, type Entity, entityOf, foldedName, type Registry } from '../model/entity.ts';
import type { Edit } from '../steps/edit.ts';
import {
  type EntityFields,
  inTurn,
  mergeEntities,
  type RegistryScene,
  setAlias,
  setEntityField,
  setMember,
  splitEntity,
  unmergeEntity,
} from './registry-edits.ts';

/** The fields for which the merged entity can have only one value. */
export const singleFields = ['type', 'wikidata', 'date'] as const;
export type SingleField = (typeof singleFields)[number];

/**
 * What an entity would hold after others are merged into it. `values` holds the distinct values of each single field, starting with that of the
 * entity that stays; if there are several, the user must choose. Roles, members and notes are combined.
 */
export interface MergePreview {
  readonly canonical: string;
  readonly aliases: readonly string[];
  readonly values: Readonly<Record<SingleField, readonly string[]>>;
  readonly roles: readonly DatedRole[];
  readonly members: readonly string[];
  readonly notes: string;
}

/** What the entity `into` would hold after the others of `ids` are merged into it. @throws RangeError for an id that is not in the registry */
export function mergePreview(registry: Registry, ids: readonly string[], into: string): MergePreview {
  const target = known(registry, into);
  const others = ids.filter((id) => id !== into).map((id) => known(registry, id));
  const all = [target, ...others];
  const valuesOf = (field: SingleField) => [...new Set(all.flatMap((entity) => entity[field] ?? []))];
  const gone = new Set(all.map(({ id }) => id));
  return {
    canonical: target.canonical,
    aliases: uniqueNames(all.flatMap(({ canonical, aliases }) => [canonical, ...aliases])).filter(
      (name) => foldedName(name) !== foldedName(target.canonical),
    ),
    values: { type: valuesOf('type'), wikidata: valuesOf('wikidata'), date: valuesOf('date') },
    roles: all.flatMap(({ roles }) => roles).filter((role, at, list) => list.findIndex((other) => dequal(other, role)) === at),
    members: [...new Set(all.flatMap(({ members }) => members))].filter((id) => !gone.has(entityOf(registry, id)?.id ?? id)),
    notes: [...new Set(all.flatMap(({ notes }) => notes.trim() || []))].join('\n'),
  };
}

/**
 * Merges `from` into `into`, with the result that the preview shows. Single fields keep the value of `into` unless `values` gives another; roles,
 * members and notes are combined, and with `aliases` the names too. @throws Refusal as mergeEntities, except for different types
 */
export function mergeWith(
  scene: RegistryScene,
  from: readonly string[],
  into: string,
  options: { readonly aliases: boolean; readonly values: Readonly<Partial<Record<SingleField, string>>> },
): Edit[] {
  const preview = mergePreview(scene.registry, from, into);
  const chosen = (field: SingleField) => options.values[field] ?? preview.values[field][0] ?? null;
  const set =
    <F extends keyof EntityFields>(field: F, value: EntityFields[F]) =>
    (now: RegistryScene) =>
      setEntityField(now, into, field, value);
  return inTurn(
    scene,
    (now) => mergeEntities(now, from, into, { aliases: options.aliases, otherType: true }),
    set('type', chosen('type') ?? known(scene.registry, into).type),
    set('wikidata', chosen('wikidata')),
    set('date', chosen('date')),
    set('roles', preview.roles),
    set('notes', preview.notes),
    ...preview.members.map((member) => (now: RegistryScene) => setMember(now, into, member, true)),
  );
}

/** Undoes the merge of an entity. The other entity loses the names that the same annotator gave it in the merging step. */
export function unmergeWith(scene: RegistryScene, id: string): Edit[] {
  const { mergedInto, canonical, aliases } = known(scene.registry, id);
  if (mergedInto === null) return [];
  const merged = scene.records.get(id)?.fields.mergedInto?.time;
  const names = new Set([canonical, ...aliases].map(foldedName));
  const learnt = Object.entries(scene.records.get(mergedInto)?.aliases ?? {}).filter(
    ([name, { value, time }]) => value && time === merged && names.has(foldedName(name)),
  );
  return inTurn(
    scene,
    (now) => unmergeEntity(now, id),
    ...learnt.map(
      ([name]) =>
        (now: RegistryScene) =>
          setAlias(now, mergedInto, name, false),
    ),
  );
}

/**
 * The aliases that would move along to an entity split from this one: those used only by the mentions that move. `moved` and `left` are the words
 * of mentions.
 */
export function aliasesToMove({ aliases }: Entity, moved: readonly string[], left: readonly string[]): string[] {
  const going = new Set(moved.map(foldedName));
  const staying = new Set(left.map(foldedName));
  return aliases.filter((alias) => going.has(foldedName(alias)) && !staying.has(foldedName(alias)));
}

/** Splits an entity like splitEntity, and moves `aliases` to the new one. @throws Refusal as splitEntity */
export function splitWith(
  scene: RegistryScene,
  id: string,
  moved: readonly string[],
  canonical: string,
  aliases: readonly string[],
): { id: string; edits: Edit[] } {
  const made = splitEntity(scene, id, moved, canonical);
  const taken = Object.fromEntries(
    aliases.filter((alias) => foldedName(alias) !== foldedName(canonical)).map((alias) => [alias, { value: true, time: scene.now }]),
  );
  const begun = made.edits.map(
    (edit): Edit =>
      edit.record === 'entity' && edit.id === made.id && edit.after ? { ...edit, after: { ...edit.after, aliases: taken } } : edit,
  );
  const edits = inTurn(scene, () => begun, ...aliases.map((alias) => (now: RegistryScene) => setAlias(now, id, alias, false)));
  return { id: made.id, edits };
}

/** What refers to an entity within the registry: the groups it is a member of, and the entities merged into it. */
export function holdersOf(registry: Registry, id: string): { groups: Entity[]; merged: Entity[] } {
  const all = [...registry.values()].filter(({ removed }) => !removed);
  return {
    groups: all.filter((entity) => !entity.mergedInto && entity.members.some((member) => entityOf(registry, member)?.id === id)),
    merged: all.filter(({ mergedInto }) => mergedInto === id),
  };
}

function known(registry: Registry, id: string): Entity {
  const entity = registry.get(id);
  if (!entity) throw new RangeError(`no entity ${id} in the registry`);
  return entity;
}

function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map(names.map((name) => [foldedName(name), name] as const).reverse());
  return names.filter((name, at) => seen.get(foldedName(name)) === name && names.indexOf(name) === at);
}
