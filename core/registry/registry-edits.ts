import { dequal } from 'dequal';
import { edtfProblem } from '../model/edtf.ts';
import {
  blankRecord,
  type DatedRole,
  type Entity,
  type EntityRecord,
  entityOf,
  entityOfMention,
  foldedName,
  newEntity,
  type Registry,
} from '../model/entity.ts';
import type { Edit } from '../steps/edit.ts';
import { Refusal } from '../steps/gestures.ts';

/**
 * What the builders of registry edits need. `records` are those of the annotator: every change is written there, never to another annotator's.
 * `newId` returns a new id at each call, and `now` is ISO 8601.
 */
export interface RegistryScene {
  readonly records: ReadonlyMap<string, EntityRecord>;
  readonly registry: Registry;
  readonly annotator: string;
  readonly now: string;
  readonly newId: () => string;
}

/** The fields of an entity that have a single value, with the type of each. */
export interface EntityFields {
  readonly type: string;
  readonly canonical: string;
  readonly wikidata: string | null;
  readonly date: string | null;
  readonly roles: readonly DatedRole[];
  readonly notes: string;
}

/** Creates an entity. @throws Refusal for an empty name */
export function createEntity(scene: RegistryScene, type: string, canonical: string): { id: string; edits: Edit[] } {
  const id = scene.newId();
  return { id, edits: [change(null, newEntity(id, scene.annotator, type, soundName(canonical), scene.now))] };
}

/**
 * Sets a field. Returns no edits if the value would not change. Names and identifiers are trimmed; an empty date or Wikidata id means none.
 * @throws Refusal for an empty name or type, a date that is not EDTF, an invalid Wikidata id, or a role without content
 */
export function setEntityField<F extends keyof EntityFields>(scene: RegistryScene, id: string, field: F, value: EntityFields[F]): Edit[] {
  const entity = entityNamed(scene, id);
  const sound = soundField(field, value);
  if (dequal(entity[field], sound)) return [];
  return [edit(scene, id, ({ fields, ...record }) => ({ ...record, fields: { ...fields, [field]: { value: sound, time: scene.now } } }))];
}

/**
 * Adds or removes an alias. Returns no edits if nothing would change, or if the alias to add is the canonical name. @throws Refusal for an empty
 * one
 */
export function setAlias(scene: RegistryScene, id: string, alias: string, belongs: boolean): Edit[] {
  const entity = entityNamed(scene, id);
  const name = belongs ? soundName(alias) : alias;
  if (entity.aliases.includes(name) === belongs || (belongs && entity.canonical === name)) return [];
  return [flagged(scene, id, 'aliases', [name], belongs)];
}

/** Adds a member to a group or removes it. Returns no edits if nothing would change. @throws Refusal for a group that would contain itself */
export function setMember(scene: RegistryScene, id: string, member: string, belongs: boolean): Edit[] {
  const entity = entityNamed(scene, id);
  if (entity.members.includes(member) === belongs) return [];
  if (belongs && holds(scene, entityNamed(scene, member), entity.id, new Set())) {
    throw new Refusal(`${entity.canonical} cannot be a member of itself`);
  }
  return [flagged(scene, id, 'members', [member], belongs)];
}

/**
 * Merges entities into one. The others redirect to it; nothing else is rewritten. With `aliases`, their names become aliases of the one that
 * stays. Entities already merged into it are left out.
 * @throws Refusal for merging an entity into itself, and for entities of different types unless `otherType` is set
 */
export function mergeEntities(
  scene: RegistryScene,
  from: readonly string[],
  into: string,
  options: { readonly aliases: boolean; readonly otherType?: boolean },
): Edit[] {
  const target = standing(scene, into);
  const sources = [...new Set(from.map((id) => standing(scene, id)))];
  const others = sources.filter((source) => source !== target);
  if (others.length === 0) throw new Refusal(`${target.canonical} cannot be merged into itself`);
  const foreign = others.find(({ type }) => type !== target.type);
  if (foreign && !options.otherType) {
    throw new Refusal(`${foreign.canonical} is a ${foreign.type} and ${target.canonical} a ${target.type}`);
  }
  const known = new Set([target.canonical, ...target.aliases].map(foldedName));
  const names = options.aliases
    ? others
        .flatMap(({ canonical, aliases }) => [canonical, ...aliases])
        .filter((name) => {
          const isNew = !known.has(foldedName(name));
          known.add(foldedName(name));
          return isNew;
        })
    : [];
  return [
    ...others.map(({ id }) =>
      edit(scene, id, ({ fields, ...record }) => ({
        ...record,
        fields: { ...fields, mergedInto: { value: target.id, time: scene.now } },
      })),
    ),
    ...(names.length > 0 ? [flagged(scene, target.id, 'aliases', names, true)] : []),
  ];
}

/** Undoes the merge of an entity. Returns no edits if it is not merged. */
export function unmergeEntity(scene: RegistryScene, id: string): Edit[] {
  const { mergedInto } = entityNamed(scene, id);
  if (mergedInto === null) return [];
  return [edit(scene, id, ({ fields, ...record }) => ({ ...record, fields: { ...fields, mergedInto: { value: null, time: scene.now } } }))];
}

/**
 * Splits an entity: creates a new one of the same type, to which `moved` refer from now on. `moved` holds ids of mentions, or of annotations with
 * the entity in a role, by any annotator in any article.
 * @throws Refusal for an empty name, or if `moved` is empty
 */
export function splitEntity(scene: RegistryScene, id: string, moved: readonly string[], canonical: string): { id: string; edits: Edit[] } {
  const old = standing(scene, id);
  if (moved.length === 0) throw new Refusal('Choose at least one mention for the new entry');
  const made = createEntity(scene, old.type, canonical);
  return { id: made.id, edits: [...made.edits, moveMentions(scene, old.id, moved, made.id)] };
}

/**
 * The edit after which `moved` (as in splitEntity) refer to the entity `to` instead of `id`, or to `id` again if `to` is null. `to` may be created
 * in the same step.
 */
function moveMentions(scene: RegistryScene, id: string, moved: readonly string[], to: string | null): Edit {
  const stamps = Object.fromEntries(moved.map((mention) => [mention, { value: to, time: scene.now }]));
  return edit(scene, id, (record) => ({ ...record, moved: { ...record.moved, ...stamps } }));
}

/** Removes an entity from the registry's list. The caller must make sure that nothing uses it any more. Returns no edits if it is already removed. */
export function removeEntity(scene: RegistryScene, id: string): Edit[] {
  if (entityNamed(scene, id).removed) return [];
  return [edit(scene, id, ({ fields, ...record }) => ({ ...record, fields: { ...fields, removed: { value: true, time: scene.now } } }))];
}

/**
 * The registry edits needed when a mention is linked to `entity` in the same step: if a split moved this mention away, that is reverted, so that
 * the mention refers to `entity`.
 */
export function returnMention(scene: RegistryScene, mention: string, entity: string): Edit[] {
  const meant = entityOfMention(scene.registry, { id: mention, entity });
  return meant && meant.id !== entityOf(scene.registry, entity)?.id ? [moveMentions(scene, entity, [mention], null)] : [];
}

/**
 * Combines several changes into one. Each of `steps` builds on the records that the previous ones leave, and all changes to one record become one
 * edit. `scene.registry` is not updated in between.
 */
export function inTurn(scene: RegistryScene, ...steps: readonly ((scene: RegistryScene) => readonly Edit[])[]): Edit[] {
  const records = new Map(scene.records);
  const others: Edit[] = [];
  const changed = new Map<string, Extract<Edit, { record: 'entity' }>>();
  for (const step of steps) {
    for (const made of step({ ...scene, records })) {
      if (made.record !== 'entity') others.push(made);
      else {
        // A record that the first of its changes creates has null before it.
        const earlier = changed.get(made.id);
        changed.set(made.id, earlier ? { ...made, before: earlier.before } : made);
        if (made.after) records.set(made.id, made.after);
      }
    }
  }
  return [...changed.values(), ...others];
}

function edit(scene: RegistryScene, id: string, after: (record: EntityRecord) => EntityRecord): Edit {
  const before = scene.records.get(id) ?? null;
  return change(before, after(before ?? blankRecord(id, scene.annotator)));
}

function change(before: EntityRecord | null, after: EntityRecord): Edit {
  return { record: 'entity', id: after.id, before, after };
}

function flagged(scene: RegistryScene, id: string, field: 'aliases' | 'members', keys: readonly string[], belongs: boolean): Edit {
  const stamps = Object.fromEntries(keys.map((key) => [key, { value: belongs, time: scene.now }]));
  return edit(scene, id, (record) => ({ ...record, [field]: { ...record[field], ...stamps } }));
}

function entityNamed({ registry }: RegistryScene, id: string): Entity {
  const entity = registry.get(id);
  if (!entity) throw new RangeError(`no entity ${id} in the registry`);
  return entity;
}

function standing(scene: RegistryScene, id: string): Entity {
  return entityOf(scene.registry, entityNamed(scene, id).id) as Entity;
}

function holds(scene: RegistryScene, group: Entity, wanted: string, seen: Set<string>): boolean {
  if (group.id === wanted) return true;
  seen.add(group.id);
  return group.members.some((id) => {
    const member = entityOf(scene.registry, id);
    return member !== undefined && !seen.has(member.id) && holds(scene, member, wanted, seen);
  });
}

function soundName(name: string): string {
  const sound = name.trim().replace(/\s+/g, ' ');
  if (sound === '') throw new Refusal('A name cannot be empty');
  // This key of a plain object would be lost.
  if (sound === '__proto__') throw new Refusal(`“${sound}” cannot be a name`);
  return sound;
}

function soundField<F extends keyof EntityFields>(field: F, value: EntityFields[F]): EntityFields[keyof EntityFields] {
  if (field === 'roles') return (value as readonly DatedRole[]).map(soundRole);
  const text = value as string | null;
  switch (field as Exclude<keyof EntityFields, 'roles'>) {
    case 'canonical':
      return soundName(text ?? '');
    case 'type':
      if (!text) throw new Refusal('A type cannot be empty');
      return text;
    case 'wikidata':
      return soundWikidata(text);
    case 'date':
      return soundDate(text);
    case 'notes':
      return text ?? '';
  }
}

function soundRole({ title, organisation, from, to }: DatedRole): DatedRole {
  const role = { title: title.trim(), organisation: organisation.trim(), from: soundDate(from), to: soundDate(to) };
  if (role.title === '' && role.organisation === '') throw new Refusal('A role has a title or an organisation');
  return role;
}

function soundWikidata(value: string | null): string | null {
  const id = value?.trim() ?? '';
  if (id === '') return null;
  if (!/^Q[1-9]\d*$/.test(id)) throw new Refusal(`“${id}” is not a Wikidata id; one is Q and a number, as in Q90`);
  return id;
}

function soundDate(value: string | null): string | null {
  const date = value?.trim() ?? '';
  const problem = date === '' ? null : edtfProblem(date);
  // A refusal adds its own full stop when it is shown.
  if (problem) throw new Refusal(problem.replace(/\.$/, ''));
  return date === '' ? null : date;
}
