import { type Entity, type EntityRecord, endOfRedirects, entityFrom, type Registry, redirectOf, resolveRegistry } from '../model/entity.ts';

/** The new state of one annotator's record of an entity; null if it was withdrawn. */
export interface RecordChange {
  readonly id: string;
  readonly annotator: string;
  readonly record: EntityRecord | null;
}

/**
 * Keeps a registry resolved while its records change, and resolves only the entities that a change affects. The resolver is mutable, but the
 * registries it returns are not, and they share every unchanged entity.
 */
export class RegistryResolver {
  readonly #groups = new Map<string, Map<string, EntityRecord>>();
  readonly #redirects = new Map<string, string | null>();
  /** The entities merged into each id. The id may be unknown. */
  readonly #sources = new Map<string, Set<string>>();
  #registry: Registry;

  /** `records` holds at most one record for each annotator and entity. */
  constructor(records: readonly EntityRecord[]) {
    for (const record of records) this.#keep(record.id, record.annotator, record);
    for (const id of this.#groups.keys()) this.#redirect(id);
    this.#registry = resolveRegistry(records);
  }

  get registry(): Registry {
    return this.#registry;
  }

  /** Applies `changes` in order and returns the resulting registry. */
  change(changes: readonly RecordChange[]): Registry {
    for (const { id, annotator, record } of changes) this.#keep(id, annotator, record);
    const entities = new Map(this.#registry);
    const redirected: string[] = [];
    for (const id of new Set(changes.map((change) => change.id))) {
      const group = this.#groupOf(id);
      if (group.length > 0) entities.set(id, { ...entityFrom(id, group), mergedInto: entities.get(id)?.mergedInto ?? null });
      else entities.delete(id);
      if (this.#redirect(id)) redirected.push(id);
    }
    for (const id of this.#leadingTo(redirected)) {
      const entity = entities.get(id);
      const mergedInto = endOfRedirects(id, this.#redirects);
      if (entity && entity.mergedInto !== mergedInto) entities.set(id, { ...entity, mergedInto });
    }
    const isNew = changes.some(({ id }) => entities.has(id) && !this.#registry.has(id));
    this.#registry = isNew ? ascending(entities) : entities;
    return this.#registry;
  }

  #keep(id: string, annotator: string, record: EntityRecord | null): void {
    const group = this.#groups.get(id) ?? new Map<string, EntityRecord>();
    if (record) group.set(annotator, record);
    else group.delete(annotator);
    if (group.size > 0) this.#groups.set(id, group);
    else this.#groups.delete(id);
  }

  #groupOf(id: string): EntityRecord[] {
    return [...(this.#groups.get(id)?.values() ?? [])];
  }

  // Whether the redirect of `id` changed, or `id` was added or removed.
  #redirect(id: string): boolean {
    const before = this.#redirects.get(id);
    const now = this.#groups.has(id) ? redirectOf(this.#groupOf(id)) : undefined;
    if (now === before) return false;
    if (before) this.#sources.get(before)?.delete(id);
    if (now) this.#sources.set(now, (this.#sources.get(now) ?? new Set()).add(id));
    if (now === undefined) this.#redirects.delete(id);
    else this.#redirects.set(id, now);
    return true;
  }

  #leadingTo(ids: readonly string[]): Set<string> {
    const found = new Set(ids);
    for (const id of found) for (const source of this.#sources.get(id) ?? []) found.add(source);
    return found;
  }
}

const ascending = (entities: ReadonlyMap<string, Entity>): Registry => new Map([...entities].sort(([a], [b]) => (a < b ? -1 : 1)));
