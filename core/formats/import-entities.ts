import { edtfProblem } from '../model/edtf.ts';
import { type Entity, type EntityRecord, entitiesNamed, entityOf, foldedName, newEntity, type Registry } from '../model/entity.ts';
import type { Edit } from '../steps/edit.ts';
import { holdEntity } from '../steps/gestures.ts';
import type { DatasetEntity } from './document.ts';
import type { ImportIds } from './import-ids.ts';

/** What entities are matched against. `records` are the annotator's own. */
export interface EntityGround {
  readonly annotator: string;
  readonly registry: Registry;
  readonly records: ReadonlyMap<string, EntityRecord>;
  readonly now: string;
}

/**
 * Maps the entities of an import to the registry. An entity matches the one with its id and name, or with its Wikidata id, or with its name and
 * type; otherwise it is created. Existing entities are not changed.
 */
export class ImportedEntities {
  readonly #ground: EntityGround;
  readonly #ids: ImportIds;
  readonly #given: ReadonlyMap<string, DatasetEntity>;
  readonly #found = new Map<string, string>();
  readonly #made = new Map<string, EntityRecord>();
  readonly #byName = new Map<string, string>();
  readonly #used = new Set<string>();
  /** How many of the file's entities were created, and how many exist already. */
  readonly counts = { fresh: 0, known: 0 };

  constructor(entities: readonly DatasetEntity[], ids: ImportIds, ground: EntityGround) {
    this.#ground = ground;
    this.#ids = ids;
    this.#given = new Map(entities.map((entity) => [entity.id, { ...entity, canonical: soundName(entity.canonical, entity.id) }]));
    for (const entity of this.#given.values()) this.#place(entity);
    for (const entity of this.#given.values()) this.#complete(entity);
  }

  /** The entity of the project for an id in the file. Null if neither the file nor the registry has it. */
  called(id: string): string | null {
    return this.#found.get(id) ?? (this.#given.has(id) || !this.#ground.registry.has(id) ? null : id);
  }

  /** The same for an entity that the annotator then links to. */
  linked(id: string): string | null {
    const found = this.called(id);
    if (found !== null) this.use(found);
    return found;
  }

  /** Notes that the annotator links to this entity of the project. */
  use(id: string): void {
    this.#used.add(id);
  }

  /** The entity with this type and name, created if there is none. */
  named(type: string, words: string): string {
    const key = JSON.stringify([type, foldedName(words)]);
    const known = this.#byName.get(key) ?? entitiesNamed(this.#ground.registry, words, [type])[0]?.id;
    const id = known ?? this.#make(null, type, soundName(words.trim().replace(/\s+/g, ' '), type));
    this.#byName.set(key, id);
    this.#used.add(id);
    return id;
  }

  /** The type of an entity of the project or this import after following merges. In a ring of merges, the smallest id stays. */
  typeOf(id: string): string | undefined {
    const walked: string[] = [];
    for (let at = id; ; ) {
      const made = this.#made.get(at);
      if (!made) return entityOf(this.#ground.registry, at)?.type;
      if (walked.includes(at)) return this.#made.get(walked.slice(walked.indexOf(at)).sort()[0] as string)?.fields.type?.value;
      walked.push(at);
      const into = made.fields.mergedInto?.value;
      if (!into) return made.fields.type?.value;
      at = into;
    }
  }

  /** The records of new entities, and those that the annotator needs for linking to entities of others. */
  edits(): Edit[] {
    const { records: entities, registry, annotator } = this.#ground;
    const work = { entities, sets: new Map(), links: new Map(), articles: new Map() };
    const held = [...this.#used].filter((id) => !this.#made.has(id)).flatMap((id) => holdEntity({ work, registry, annotator }, id));
    return [...[...this.#made.values()].map((after): Edit => ({ record: 'entity', id: after.id, before: null, after })), ...held];
  }

  #place(entity: DatasetEntity): void {
    const known = this.#known(entity);
    if (known !== null) {
      this.counts.known++;
      this.#found.set(entity.id, known);
      return;
    }
    const id = this.#make(entity.id, entity.type, entity.canonical);
    if (this.#made.has(id)) this.counts.fresh++;
    else this.counts.known++;
    this.#found.set(entity.id, id);
    if (!entity.merged_into && !entity.removed) this.#byName.set(JSON.stringify([entity.type, foldedName(entity.canonical)]), id);
  }

  #known({ id, type, canonical, aliases, wikidata, merged_into, removed }: DatasetEntity): string | null {
    const { registry } = this.#ground;
    const own = registry.get(id);
    const names = new Set([canonical, ...aliases].map(foldedName));
    const isCalledSo = (one: Entity) => [one.canonical, ...one.aliases].some((name) => names.has(foldedName(name)));
    if (own && own.type === type && own.removed === removed && (isCalledSo(own) || (wikidata !== null && own.wikidata === wikidata)))
      return id;
    if (merged_into !== null || removed) return null;
    const standing = [...registry.values()].filter((one) => !one.mergedInto && !one.removed && one.type === type);
    const same = wikidata === null ? undefined : standing.find((one) => one.wikidata === wikidata);
    if (same) return same.id;
    // Someone with another Wikidata id is not the same just because of the name.
    const called = entitiesNamed(registry, canonical, [type]).filter((one) => wikidata === null || one.wikidata === null);
    return called.length === 1 ? (called[0] as Entity).id : null;
  }

  #make(wanted: string | null, type: string, name: string): string {
    const { annotator, now } = this.#ground;
    const { id, isKnown } = this.#ids.choose(wanted, ['entity', type, name], () => false);
    if (!isKnown) this.#made.set(id, newEntity(id, annotator, type, name, now));
    return id;
  }

  // Done once all have an id, because they refer to each other.
  #complete(entity: DatasetEntity): void {
    const made = this.#made.get(this.#found.get(entity.id) ?? '');
    if (!made) return;
    const stamp = <T>(value: T) => ({ value, time: this.#ground.now });
    const isDate = (date: string | null) => date !== null && edtfProblem(date) === null;
    const { wikidata, date, roles, notes, merged_into, removed, aliases, members } = entity;
    const into = merged_into === null ? null : (this.#found.get(merged_into) ?? null);
    const flags = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, stamp(true)]));
    this.#made.set(made.id, {
      ...made,
      fields: {
        ...made.fields,
        ...(wikidata !== null && /^Q[1-9]\d*$/.test(wikidata) ? { wikidata: stamp(wikidata) } : {}),
        ...(isDate(date) ? { date: stamp(date) } : {}),
        ...(roles.length > 0 ? { roles: stamp([...roles]) } : {}),
        ...(notes === '' ? {} : { notes: stamp(notes) }),
        ...(into === null || into === made.id ? {} : { mergedInto: stamp(into) }),
        ...(removed ? { removed: stamp(true) } : {}),
      },
      aliases: flags(aliases.filter((name) => name !== '__proto__' && name.trim() !== '' && name !== entity.canonical)),
      members: flags(members.flatMap((id) => this.#found.get(id) ?? []).filter((id) => id !== made.id)),
    });
  }
}

// This key of a plain object would be lost.
function soundName(name: string, otherwise: string): string {
  if (name.trim() === '') return otherwise.trim() === '' ? '…' : soundName(otherwise, '…');
  return name === '__proto__' ? `“${name}”` : name;
}
