import { type Entity, foldedName, type Registry } from '../model/entity.ts';

/** An entity found by one of its names, with the name that was found. */
export interface NamedEntity {
  readonly entity: Entity;
  readonly name: string;
}

/** Looks up the entities of a registry, except merged and removed ones, by their names. Created once for each registry. */
export interface EntityNames {
  /** Entities with exactly this name. Ignores case, space, diacritics and titles (“Mr”, “President”). */
  called(name: string): readonly NamedEntity[];
  /** Persons with this surname. */
  surnamed(name: string): readonly NamedEntity[];
  /** Entities with a name that differs in one letter. Compares only names of at least five letters with the same first letter. */
  spelledLike(name: string): readonly NamedEntity[];
  /** Entities of the same type that may be the same thing: with the same name, one letter off, or (for persons) with the same surname. */
  similar(entity: Pick<Entity, 'id' | 'type' | 'canonical'>): readonly Entity[];
  /**
   * Entities matching `words`, at most `limit`, best match first: equal, then beginning with them, then a word in it beginning with them, then
   * containing them.
   */
  search(words: string, types: readonly string[], limit: number): readonly NamedEntity[];
}

/** The names of `registry`. Results are cached; for the next registry, only entities that changed are indexed again. */
export function namesOf(registry: Registry): EntityNames {
  let names = known.get(registry);
  if (!names) {
    names = namesIn(registry);
    known.set(registry, names);
  }
  return names;
}
const known = new WeakMap<Registry, EntityNames>();

/** A name normalised to compare spellings: ignores letter case, space, apostrophes and diacritics. */
export function plainName(name: string): string {
  return foldedName(name).normalize('NFD').replace(/\p{M}/gu, '').replace(/['’.]/g, '');
}

/**
 * `name` without a possessive s, an article or the titles before it: “Ukrainian President Zelensky’s” gives “Zelensky”. Titles stay if no
 * capitalised word would be left.
 */
export function withoutTitle(name: string): string {
  const bare = name
    .trim()
    .replace(/(?:['’]s|(?<=s)['’])$/u, '')
    .replace(/^(the|an?)\s+/i, '');
  const words = bare.split(/\s+/);
  const last = words.findLastIndex((word) => titles.has(word.toLowerCase().replace(/\.$/, '')));
  const rest = words.slice(last + 1);
  return rest.length > 0 && /^\p{Lu}|^\p{Lo}/u.test(rest[0] as string) ? rest.join(' ') : bare;
}

const titles = new Set(
  (
    'mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness president vice-president chancellor minister secretary premier senator sen ' +
    'representative rep congressman congresswoman governor gov mayor king queen prince princess pope general gen colonel col admiral captain capt lieutenant lt ' +
    'sergeant sgt judge justice ambassador envoy commissioner director chairman chairwoman chair spokesman spokeswoman spokesperson leader taoiseach emperor ' +
    'sheikh ayatollah rev reverend bishop archbishop cardinal chief ceo'
  ).split(' '),
);

// Cached by entity, so that after a change only the changed entities are computed again.
interface Forms {
  readonly names: readonly string[];
  readonly plain: readonly string[];
  /** The plain names without titles. */
  readonly bare: readonly string[];
  /** The last words of the names of a person; empty for other types. */
  readonly surnames: readonly string[];
}
const forms = new WeakMap<Entity, Forms>();

function formsOf(entity: Entity): Forms {
  let found = forms.get(entity);
  if (!found) {
    const names = [entity.canonical, ...entity.aliases];
    const bare = names.map((name) => plainName(withoutTitle(name)));
    const surnames = bare.map((name) => (entity.type === 'PERSON' ? (name.split(' ').at(-1) ?? '') : ''));
    found = { names, plain: names.map(plainName), bare, surnames };
    forms.set(entity, found);
  }
  return found;
}

function namesIn(registry: Registry): EntityNames {
  let sorted: readonly Entity[] | null = null;
  const names: EntityNames = {
    called: (name) => indexOf(registry).byName.get(plainName(withoutTitle(name))) ?? [],
    surnamed: (name) => indexOf(registry).bySurname.get(plainName(withoutTitle(name))) ?? [],
    spelledLike(name) {
      const plain = plainName(withoutTitle(name));
      if (plain.length < 5) return [];
      return (indexOf(registry).byLetter.get(plain.charAt(0)) ?? []).filter(({ entity, name: other }) => {
        const { names, bare, surnames } = formsOf(entity);
        const at = names.indexOf(other);
        return [bare[at], surnames[at]].some((each) => each !== undefined && each.length >= 5 && isOneLetterOff(plain, each));
      });
    },
    similar({ id, type, canonical }) {
      const forms = [canonical, ...(type === 'PERSON' ? [withoutTitle(canonical).split(/\s+/).at(-1) ?? ''] : [])];
      const found = forms.flatMap((form) => [...names.called(form), ...names.spelledLike(form), ...names.surnamed(form)]);
      return [...new Set(found.map(({ entity }) => entity))].filter((entity) => entity.id !== id && entity.type === type);
    },
    search(words, types, limit) {
      sorted ??= [...registry.values()].filter(isStanding).sort(byCanonical);
      return search(sorted, plainName(words), types, limit);
    },
  };
  return names;
}

const isStanding = ({ mergedInto, removed }: Entity) => !mergedInto && !removed;

type Lists = Map<string, NamedEntity[]>;

// There is one index, for the registry used last. The next registry shares most of its entities, so the index is updated rather than rebuilt.
class Index {
  readonly byName: Lists = new Map();
  readonly bySurname: Lists = new Map();
  readonly byLetter: Lists = new Map();

  add(entity: Entity): void {
    this.#each(entity, (list, key, found) => {
      const there = list.get(key);
      if (!there) list.set(key, [found]);
      // The names of one entity are added one after the other, so only the last entry can be a duplicate.
      else if (list === this.byLetter || there.at(-1)?.entity !== entity) there.push(found);
    });
  }

  remove(entity: Entity): void {
    this.#each(entity, (list, key) => {
      const left = list.get(key)?.filter((found) => found.entity !== entity) ?? [];
      if (left.length > 0) list.set(key, left);
      else list.delete(key);
    });
  }

  #each(entity: Entity, deed: (list: Lists, key: string, found: NamedEntity) => void): void {
    if (!isStanding(entity)) return;
    const { names, bare, surnames } = formsOf(entity);
    for (const [at, name] of names.entries()) {
      const found = { entity, name };
      const plain = bare[at] as string;
      const surname = surnames[at] as string;
      deed(this.byName, plain, found);
      if (surname !== '' && surname !== plain) deed(this.bySurname, surname, found);
      for (const letter of new Set([plain.charAt(0), surname.charAt(0)])) if (letter) deed(this.byLetter, letter, found);
    }
  }
}

let last: { registry: Registry; index: Index } = { registry: new Map(), index: new Index() };

function indexOf(registry: Registry): Index {
  if (last.registry === registry) return last.index;
  const gone = [...last.registry.values()].filter((entity) => registry.get(entity.id) !== entity);
  const come = [...registry.values()].filter((entity) => last.registry.get(entity.id) !== entity);
  if (gone.length > 100) {
    last = { registry, index: new Index() };
    for (const entity of registry.values()) last.index.add(entity);
  } else {
    for (const entity of gone) last.index.remove(entity);
    for (const entity of come) last.index.add(entity);
    last = { registry, index: last.index };
  }
  return last.index;
}

const byCanonical = (a: Entity, b: Entity) => (a.canonical < b.canonical ? -1 : a.canonical > b.canonical ? 1 : 0);

// `standing` is sorted by name.
function search(standing: readonly Entity[], words: string, types: readonly string[], limit: number): NamedEntity[] {
  const ranks: NamedEntity[][] = [[], [], [], []];
  for (const entity of standing) {
    if (!types.includes(entity.type)) continue;
    const { names, plain } = formsOf(entity);
    let best = ranks.length;
    let name = entity.canonical;
    for (const [at, form] of plain.entries()) {
      const rank = rankOf(form, words);
      if (rank < best) [best, name] = [rank, names[at] as string];
    }
    ranks[best]?.push({ entity, name });
  }
  const found: NamedEntity[] = [];
  for (const rank of ranks) {
    if (found.length >= limit) break;
    found.push(...rank.slice(0, limit));
  }
  return found.slice(0, limit);
}

function rankOf(name: string, words: string): number {
  const at = name.indexOf(words);
  if (at < 0) return 4;
  if (at === 0) return name.length === words.length ? 0 : 1;
  return name.includes(` ${words}`) ? 2 : 3;
}

/** Whether adding, removing, changing or swapping one letter turns `a` into `b`. False for equal words. */
function isOneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
