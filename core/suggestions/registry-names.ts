import { type Entity, foldedName, type Registry } from '../model/entity.ts';
import { skeleton } from './spelling.ts';
import type { SuggestedEntity } from './suggestion.ts';

const speakerTypes = new Set(['PERSON', 'ORGANISATION', 'PLACE']);
const thingTypes = new Set(['ISSUE', 'DOCUMENT', 'EVENT', 'ORGANISATION', 'PLACE']);

// Where the adjective does not begin like the name of its country.
const countries: Readonly<Record<string, readonly string[]>> = {
  american: ['united states', 'us', 'usa', 'u.s.'],
  us: ['united states', 'usa'],
  'u.s.': ['united states', 'us', 'usa'],
  british: ['united kingdom', 'uk', 'great britain', 'britain'],
  uk: ['united kingdom', 'great britain', 'britain'],
  french: ['france'],
  spanish: ['spain'],
  polish: ['poland'],
  dutch: ['netherlands', 'the netherlands'],
  danish: ['denmark'],
  greek: ['greece'],
  swiss: ['switzerland'],
  welsh: ['wales'],
  irish: ['ireland'],
  turkish: ['turkey', 'türkiye'],
};

/** The names of a registry as an article may use them. Made once for a registry. */
export interface RegistryNames {
  /** The person, organisation or place called `name`; of several spellings of a person's name, and by a surname that only one person has. */
  speaker(name: string): SuggestedEntity | null;
  /** Who holds the office, “ukrainian president”: one whose role or alias it is; null where two do. `form` is in small letters. */
  holder(form: string): SuggestedEntity | null;
  /** The issue, document, event, organisation or place that is called so, articles aside. */
  thing(words: string): SuggestedEntity | null;
  /** The events by their names in small letters, the longest name first. */
  readonly events: readonly { readonly name: string; readonly entity: SuggestedEntity }[];
}

/** The names of `registry`. */
export function registryNames(registry: Registry): RegistryNames {
  let names = known.get(registry);
  if (!names) {
    names = namesIn(registry);
    known.set(registry, names);
  }
  return names;
}
const known = new WeakMap<Registry, RegistryNames>();

function namesIn(registry: Registry): RegistryNames {
  const standing = [...registry.values()].filter(({ mergedInto, removed }) => !mergedInto && !removed);
  const byName = new Map<string, Entity[]>();
  const bySpelling = new Map<string, Set<Entity>>();
  const bySurname = new Map<string, Set<Entity>>();
  for (const entity of standing) {
    for (const name of [entity.canonical, ...entity.aliases]) {
      byName.set(foldedName(name), [...(byName.get(foldedName(name)) ?? []), entity]);
      if (entity.type !== 'PERSON') continue;
      const words = foldedName(name).split(' ').map(skeleton);
      put(bySpelling, words.join(' '), entity);
      if (words.length > 1) put(bySurname, words.at(-1) ?? '', entity);
    }
  }
  const called = (name: string, types: ReadonlySet<string>) => byName.get(foldedName(name))?.find(({ type }) => types.has(type)) ?? null;
  return {
    speaker(name) {
      const words = foldedName(name).split(' ').map(skeleton);
      const found =
        called(name, speakerTypes) ??
        only(bySpelling.get(words.join(' '))) ??
        (words.length === 1 ? only(bySurname.get(words[0] ?? '')) : null);
      return found && suggested(found);
    },
    holder(form) {
      const alias = called(form, speakerTypes) ?? called(`the ${form}`, speakerTypes);
      if (alias) return suggested(alias);
      const found = only(new Set(standing.filter(({ type, roles }) => type === 'PERSON' && roles.some((role) => isHeld(role, form)))));
      return found && suggested(found);
    },
    thing(words) {
      const found = called(words, thingTypes) ?? called(words.replace(/^(?:the|an?)\s+/i, ''), thingTypes);
      return found && suggested(found);
    },
    events: standing
      .filter(({ type }) => type === 'EVENT')
      .flatMap((entity) => [entity.canonical, ...entity.aliases].map((name) => ({ name: foldedName(name), entity: suggested(entity) })))
      .sort((a, b) => b.name.length - a.name.length || (a.name < b.name ? -1 : 1)),
  };
}

// “ukrainian president” is held by who is “President” of “Ukraine”, as long as no end is known.
function isHeld({ title, organisation, to }: Entity['roles'][number], form: string): boolean {
  if (to !== null) return false;
  const office = title.toLowerCase();
  const whole = [`${organisation} ${title}`, `${title} of ${organisation}`, title].map((name) => name.toLowerCase().trim());
  if (organisation !== '' && form.endsWith(` ${office}`)) {
    const nation = form.slice(0, -office.length - 1);
    const country = organisation.toLowerCase();
    return countries[nation]?.includes(country) ?? (nation.length >= 4 && country.slice(0, 4) === nation.slice(0, 4));
  }
  return form.includes(' ') && whole.includes(form);
}

const suggested = ({ id, canonical, type }: Entity): SuggestedEntity => ({ id, canonical, type });

function put(index: Map<string, Set<Entity>>, key: string, entity: Entity): void {
  const there = index.get(key);
  if (there) there.add(entity);
  else index.set(key, new Set([entity]));
}

const only = (found: ReadonlySet<Entity> | undefined): Entity | null => (found?.size === 1 ? ([...found][0] ?? null) : null);
