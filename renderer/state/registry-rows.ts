import { type Entity, entityOf, foldedName, type Registry } from '../../core/model/entity.ts';

/** How to filter and sort the list of entities. `type` null means every type. */
export interface RegistryQuery {
  readonly filter: string;
  readonly type: string | null;
  readonly sort: 'name' | 'mentions';
}

/** One row of the list: an entity, or one that was merged into `target`. */
export interface RegistryRow {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  /** The name of the entity that it was merged into; null if it is not merged. */
  readonly target: string | null;
  /** How many places refer to it; null while unknown. */
  readonly count: number | null;
}

/** One group of the annotator's own unlinked mentions with the same words. */
export interface UnlinkedGroup {
  readonly words: string;
  readonly count: number;
}

/**
 * The rows that match `query`. Without words, merged entities are left out; with words, they are included. An entity matches if a name or alias
 * contains every word. `counts` is null while mentions are being counted.
 */
export function registryRows(registry: Registry, counts: ReadonlyMap<string, number> | null, query: RegistryQuery): RegistryRow[] {
  const words = foldedName(query.filter).split(' ').filter(Boolean);
  const rows: RegistryRow[] = [];
  for (const entity of byName(registry)) {
    if (entity.removed || (entity.mergedInto && words.length === 0)) continue;
    if (query.type !== null && entity.type !== query.type) continue;
    if (words.length > 0 && !words.every((word) => namesOf(entity).includes(word))) continue;
    const { id, canonical: title, type, mergedInto } = entity;
    const target = mergedInto ? (entityOf(registry, id)?.canonical ?? null) : null;
    rows.push({ id, title, type, target, count: counts ? (counts.get(id) ?? 0) : null });
  }
  return query.sort === 'mentions' ? rows.sort((a, b) => (b.count ?? 0) - (a.count ?? 0)) : rows;
}

/** The number of entities of each type, without merged and removed ones. */
export function countsByType(registry: Registry): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type, removed, mergedInto } of registry.values()) {
    if (!removed && !mergedInto) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

/** The groups that match the filter, largest first. */
export function unlinkedRows(groups: readonly UnlinkedGroup[], filter: string): UnlinkedGroup[] {
  const words = foldedName(filter).split(' ').filter(Boolean);
  return groups
    .filter((group) => words.every((word) => foldedName(group.words).includes(word)))
    .sort((a, b) => b.count - a.count || compare(a.words, b.words));
}

const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

// Sorting thousands of names is slow, so it is done once for each registry.
const named = new WeakMap<Registry, readonly Entity[]>();
function byName(registry: Registry): readonly Entity[] {
  let entities = named.get(registry);
  if (!entities) {
    entities = [...registry.values()].sort((a, b) => compare(a.canonical, b.canonical) || (a.id < b.id ? -1 : 1));
    named.set(registry, entities);
  }
  return entities;
}

// All names as one folded text, so that a keystroke in the filter can search thousands of entities at once.
const foldedNames = new WeakMap<Entity, string>();
function namesOf(entity: Entity): string {
  let names = foldedNames.get(entity);
  if (names === undefined) {
    names = [entity.canonical, ...entity.aliases].map(foldedName).join('\n');
    foldedNames.set(entity, names);
  }
  return names;
}
