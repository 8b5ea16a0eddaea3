import { type Entity, entityOf, foldedName, type Registry } from '../../core/model/entity.ts';

/** How the list of entities is narrowed and ordered. `type` null means every type. */
export interface RegistryQuery {
  readonly filter: string;
  readonly type: string | null;
  readonly sort: 'name' | 'mentions';
}

/** One row of the list: an entity that stands, or one that was merged into `target`. `id` is the entity's. */
export interface RegistryRow {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  /** The name of the entity that it was merged into; null when it stands. */
  readonly target: string | null;
  /** How many places speak of it; null while that is not known. */
  readonly count: number | null;
}

/** One group of own mentions without a link, by their words. */
export interface UnlinkedGroup {
  readonly words: string;
  readonly count: number;
}

/**
 * The rows that `query` lets through: those that stand, and where words are sought those merged too, found by every word of a name or alias.
 * `counts` is null while mentions are being counted.
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

/** The number of entities of each type that stand, by type. */
export function countsByType(registry: Registry): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type, removed, mergedInto } of registry.values()) {
    if (!removed && !mergedInto) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

/** The groups that the filter lets through, the largest first. */
export function unlinkedRows(groups: readonly UnlinkedGroup[], filter: string): UnlinkedGroup[] {
  const words = foldedName(filter).split(' ').filter(Boolean);
  return groups
    .filter((group) => words.every((word) => foldedName(group.words).includes(word)))
    .sort((a, b) => b.count - a.count || compare(a.words, b.words));
}

const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

// Comparing names takes long among thousands, so it is done once for a registry.
const named = new WeakMap<Registry, readonly Entity[]>();
function byName(registry: Registry): readonly Entity[] {
  let entities = named.get(registry);
  if (!entities) {
    entities = [...registry.values()].sort((a, b) => compare(a.canonical, b.canonical) || (a.id < b.id ? -1 : 1));
    named.set(registry, entities);
  }
  return entities;
}

// All names as one folded text, so that a keystroke in the filter looks at thousands of entities at once.
const foldedNames = new WeakMap<Entity, string>();
function namesOf(entity: Entity): string {
  let names = foldedNames.get(entity);
  if (names === undefined) {
    names = [entity.canonical, ...entity.aliases].map(foldedName).join('\n');
    foldedNames.set(entity, names);
  }
  return names;
}
