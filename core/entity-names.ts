import { type Entity, foldedName, type Registry } from './entity.ts';

/** An entity found by a name of it: how far the name is from what was sought, 0 being equal, and the name. */
export interface NamedEntity {
  readonly entity: Entity;
  readonly name: string;
}

/** The standing entities of a registry by their names; made once for a registry. */
export interface EntityNames {
  /** Those with this very name, case, space, marks on letters and titles (“Mr”, “President”) aside. */
  called(name: string): readonly NamedEntity[];
  /** The persons whose last name this is. */
  surnamed(name: string): readonly NamedEntity[];
  /** Those with a name that differs in one letter; only of five letters and more, with the same first letter. */
  spelledLike(name: string): readonly NamedEntity[];
  /** Those called so, best match first: equal, beginning so, a word in it beginning so, holding it. At most `limit`. */
  search(words: string, types: readonly string[], limit: number): readonly NamedEntity[];
}

/** The names of `registry`, which is read once. */
export function namesOf(registry: Registry): EntityNames {
  let names = known.get(registry);
  if (!names) {
    names = build(registry);
    known.set(registry, names);
  }
  return names;
}
const known = new WeakMap<Registry, EntityNames>();

/** A name as spellings are compared: letter case, space, apostrophes and the marks on letters aside. */
export function plainName(name: string): string {
  return foldedName(name).normalize('NFD').replace(/\p{M}/gu, '').replace(/['’.]/g, '');
}

/** `name` without a possessive s, an article and the titles before it: “Ukrainian President Zelensky’s” is “Zelensky”. Itself where nothing would be left. */
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

// What is looked up often is kept by entity, so that a changed registry costs what changed.
interface Forms {
  readonly names: readonly string[];
  readonly plain: readonly string[];
}
const forms = new WeakMap<Entity, Forms>();

function formsOf(entity: Entity): Forms {
  let found = forms.get(entity);
  if (!found) {
    const names = [entity.canonical, ...entity.aliases];
    found = { names, plain: names.map(plainName) };
    forms.set(entity, found);
  }
  return found;
}

function build(registry: Registry): EntityNames {
  const standing = [...registry.values()].filter(({ mergedInto, removed }) => !mergedInto && !removed);
  let index: { byName: Lists; bySurname: Lists; byLetter: Lists } | null = null;
  const indexed = () => {
    index ??= indexOf(standing);
    return index;
  };
  return {
    called: (name) => indexed().byName.get(plainName(withoutTitle(name))) ?? [],
    surnamed: (name) => indexed().bySurname.get(plainName(withoutTitle(name))) ?? [],
    spelledLike(name) {
      const plain = plainName(withoutTitle(name));
      if (plain.length < 5) return [];
      return (indexed().byLetter.get(plain.charAt(0)) ?? []).filter((candidate) =>
        [plainName(withoutTitle(candidate.name)), surnameOf(candidate)].some((other) => other.length >= 5 && isOneLetterOff(plain, other)),
      );
    },
    search: (words, types, limit) => search(standing, plainName(words), types, limit),
  };
}

type Lists = Map<string, NamedEntity[]>;

function indexOf(standing: readonly Entity[]) {
  const lists = { byName: new Map() as Lists, bySurname: new Map() as Lists, byLetter: new Map() as Lists };
  const add = (list: Lists, key: string, found: NamedEntity) => {
    const there = list.get(key);
    if (!there) list.set(key, [found]);
    else if (!there.some(({ entity }) => entity === found.entity) || list === lists.byLetter) there.push(found);
  };
  for (const entity of standing) {
    for (const name of formsOf(entity).names) {
      const found = { entity, name };
      const plain = plainName(withoutTitle(name));
      const surname = surnameOf(found);
      add(lists.byName, plain, found);
      if (surname !== '' && surname !== plain) add(lists.bySurname, surname, found);
      for (const letter of new Set([plain.charAt(0), surname.charAt(0)])) if (letter) add(lists.byLetter, letter, found);
    }
  }
  return lists;
}

// The last word of a person's name of several words; of one word the word itself.
function surnameOf({ entity, name }: NamedEntity): string {
  return entity.type === 'PERSON' ? plainName(withoutTitle(name).split(/\s+/).at(-1) ?? '') : '';
}

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
  const byName = (a: NamedEntity, b: NamedEntity) =>
    a.entity.canonical < b.entity.canonical ? -1 : a.entity.canonical > b.entity.canonical ? 1 : 0;
  const found: NamedEntity[] = [];
  for (const rank of ranks) {
    if (found.length >= limit) break;
    found.push(...rank.sort(byName));
  }
  return found.slice(0, limit);
}

function rankOf(name: string, words: string): number {
  const at = name.indexOf(words);
  if (at < 0) return 4;
  if (at === 0) return name.length === words.length ? 0 : 1;
  return name.includes(` ${words}`) ? 2 : 3;
}

/** Whether one letter more, less, other or swapped with its neighbour makes `a` into `b`. Equal words are not. */
function isOneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
