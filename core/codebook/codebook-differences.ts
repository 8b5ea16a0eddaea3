import { dequal } from 'dequal';
import type { Attribute, Codebook, Layer, RelationType, Role } from '../model/codebook.ts';
import { fieldTitles, formTitles, idOf, targetTitle, titleIn, valueWords } from './codebook-titles.ts';

/** What differs in `after`, one sentence each, by titles. Empty if both are the same. */
export function codebookDifferences(before: Codebook, after: Codebook): string[] {
  // What was there before is called as it is now, so that a new title is no other difference.
  const layerNow = titlesNow(before.layers, after.layers);
  const typeNow = titlesNow(before.entityTypes, after.entityTypes);
  const ends = (relation: RelationType, title: (id: string) => string) => ({
    ...relation,
    from: relation.from.map(title),
    to: relation.to.map(title),
  });
  const fillers = (role: Role, codebook: Codebook, title: (id: string) => string) => ({
    ...role,
    targets: role.targets.map((target) =>
      codebook.entityTypes.some(({ id }) => id === target) ? title(target) : targetTitle(codebook, target),
    ),
  });
  const layerIs = (id: string) => titleIn(after.layers, id);
  const typeIs = (id: string) => titleIn(after.entityTypes, id);
  return [
    ...fieldsOf('the codebook', before, after, ['name', 'language']),
    ...listOf('layer', '', before.layers, after.layers, (place, was, is) => [
      ...fieldsOf(place, was, is, ['key', 'look', 'hue', 'hueBy', 'help', 'examples', 'retired']),
      ...attributesIn(place, was.attributes, is.attributes),
      ...listOf('role', place, was.roles, is.roles, (role, one, other) =>
        fieldsOf(role, fillers(one, before, typeNow), fillers(other, after, typeIs), ['key', 'targets', 'min', 'max', 'help', 'retired']),
      ),
    ]),
    ...listOf('relation', '', before.relations, after.relations, (place, was, is) => [
      ...fieldsOf(place, ends(was, layerNow), ends(is, layerIs), ['scope', 'from', 'to', 'symmetric', 'key', 'help', 'retired']),
      ...attributesIn(place, was.attributes, is.attributes),
    ]),
    ...listOf('entity type', '', before.entityTypes, after.entityTypes, (place, was, is) => fieldsOf(place, was, is, ['retired'])),
  ];
}

function attributesIn(owner: string, before: readonly Attribute[], after: readonly Attribute[]): string[] {
  const shown = (attribute: Attribute) => {
    const type = formTitles[attribute.type];
    if (attribute.type !== 'enum') return { ...attribute, type };
    const { default: value, retiredValues = [] } = attribute;
    return { ...attribute, type, default: value === null ? null : valueWords(value), retiredValues: retiredValues.map(valueWords) };
  };
  return listOf('attribute', owner, before, after, (place, was, is) => [
    ...fieldsOf(place, shown(was), shown(is), ['type', 'required', 'default', 'help', 'retired', 'retiredValues']),
    ...(was.type === 'enum' && is.type === 'enum' ? valuesOf(place, was.values, is.values) : []),
  ]);
}

function valuesOf(place: string, before: readonly string[], after: readonly string[]): string[] {
  const gone = before.filter((value) => !after.includes(value)).map(valueWords);
  const come = after.filter((value) => !before.includes(value)).map(valueWords);
  if (gone.length + come.length === 0) return dequal(before, after) ? [] : [`${place} has its values in another order`];
  return [
    ...(come.length > 0 ? [`${place} has the new ${come.length > 1 ? 'values' : 'value'} ${come.join(', ')}`] : []),
    ...(gone.length > 0 ? [`${place} no longer has ${gone.join(', ')}`] : []),
  ];
}

// `of` is the place of what the list belongs to; empty for the lists of the codebook itself. What has another id and the same title is the same.
function listOf<T extends Layer | RelationType | Attribute | Role | Codebook['entityTypes'][number]>(
  what: string,
  of: string,
  before: readonly T[],
  after: readonly T[],
  between: (place: string, was: T, is: T) => string[],
): string[] {
  const placeIn = (list: readonly T[], item: T) => `${titleIn(list, idOf(item))}${of && ` of ${of}`}`;
  const pairs = pairsOf(before, after);
  const kept = after.flatMap((is) => (pairs.has(is) ? [[pairs.get(is) as T, is] as const] : []));
  const were = new Set(pairs.values());
  const sentences = [
    ...after.filter((is) => !pairs.has(is)).map((is) => `There is the new ${what} ${placeIn(after, is)}`),
    ...before.filter((was) => !were.has(was)).map((was) => `The ${what} ${placeIn(before, was)} is gone`),
    ...kept.flatMap(([was, is]) => {
      const place = placeIn(after, is);
      const isRenamed = idOf(was) !== idOf(is);
      return [
        ...(was.title === is.title ? [] : [`${placeIn(before, was)} is now called ${is.title.trim() || idOf(is)}`]),
        ...(isRenamed ? [`The ${'id' in is ? 'id' : 'name'} of ${place} is ${idOf(is)}, no longer ${idOf(was)}`] : []),
        ...between(place, was, is),
      ];
    }),
  ];
  const isInOrder = before.filter((was) => were.has(was)).every((was, index) => was === kept[index]?.[0]);
  return isInOrder ? sentences : [...sentences, `${of ? `Each ${what} of ${of}` : `Each ${what}`} may be in another place`];
}

// What each item of `after` was in `before`: the one with its id or name, or else the one with its title that has gone.
function pairsOf<T extends { readonly title: string } & ({ readonly id: string } | { readonly name: string })>(
  before: readonly T[],
  after: readonly T[],
): Map<T, T> {
  const pairs = new Map<T, T>();
  for (const is of after) {
    const was = before.find((one) => idOf(one) === idOf(is));
    if (was) pairs.set(is, was);
  }
  for (const is of after) {
    const taken = new Set(pairs.values());
    const was = pairs.has(is) ? undefined : before.find((one) => !taken.has(one) && one.title === is.title);
    if (was) pairs.set(is, was);
  }
  return pairs;
}

function titlesNow<T extends { readonly id: string; readonly title: string }>(before: readonly T[], after: readonly T[]) {
  const pairs = pairsOf(before, after);
  return (id: string): string => {
    const is = after.find((one) => pairs.get(one)?.id === id);
    return is ? titleIn(after, is.id) : titleIn(before, id);
  };
}

function fieldsOf(place: string, before: object, after: object, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const [was, is] = [(before as Record<string, unknown>)[name], (after as Record<string, unknown>)[name]];
    if (dequal(was, is)) return [];
    if (name === 'retired') return [is ? `${place} is retired` : `${place} is no longer retired`];
    if (name === 'required') return [is ? `${place} is required` : `${place} is no longer required`];
    if (name === 'symmetric') return [is ? `${place} is the same both ways` : `${place} is no longer the same both ways`];
    const title = fieldTitles[name] ?? name;
    return isShort(was) && isShort(is)
      ? [`The ${title} of ${place} ${isMany(title) ? 'are' : 'is'} ${said(is)}, no longer ${said(was)}`]
      : [`The ${title} of ${place} ${isMany(title) ? 'are' : 'is'} different`];
  });
}

const isMany = (title: string) => /^colours|s$/.test(title);
const isShort = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  ((Array.isArray(value) ? value.every((one) => typeof one === 'string') : typeof value !== 'object') && JSON.stringify(value).length < 60);
const said = (value: unknown): string => {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value || 'empty' : JSON.stringify(value);
};
