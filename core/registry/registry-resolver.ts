import { type Entity, type EntityRecord, endOfRedirects, entityFrom, type Registry, redirectOf, resolveRegistry } from '../model/entity.ts';

/** A new state of what one annotator said of one entity; null where it was taken back. */
export interface RecordChange {
  readonly id: string;
  readonly annotator: string;
  readonly record: EntityRecord | null;
}

/**
 * A registry that is kept resolved while its records change: only what a change bears on is resolved again. It changes; the registries
 * that it gives do not, and share every entity that stayed the same.
 */
export class RegistryResolver {
  readonly #groups = new Map<string, Map<string, EntityRecord>>();
  readonly #redirects = new Map<string, string | null>();
  /** The entities merged into each id, known or not. */
  readonly #sources = new Map<string, Set<string>>();
  #registry: Registry;

  /** `records`: at most one for an annotator and entity. */
  constructor(records: readonly EntityRecord[]) {
    for (const record of records) this.#keep(record.id, record.annotator, record);
    for (const id of this.#groups.keys()) this.#redirect(id);
    this.#registry = resolveRegistry(records);
  }

  get registry(): Registry {
    return this.#registry;
  }

  /** Takes `changes` in, in their order; answers the registry after them. */
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

  // Whether `id` leads elsewhere now, or came, or went.
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
