import { dequal } from 'dequal';
import type { Attribute, Codebook } from '../model/codebook.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What differs in `after`, one sentence each, by ids and names. Empty if both are the same. */
export function codebookDifferences(before: Codebook, after: Codebook): string[] {
  return [
    ...fieldsOf('The codebook', before as Entry, after as Entry, ['name', 'language']),
    ...listOf(
      'layer',
      before.layers,
      after.layers,
      (layer) => layer.id,
      (was, is) => [
        ...fieldsOf(is.id, was as Entry, is as Entry, ['title', 'key', 'look', 'hue', 'hueBy', 'help', 'examples', 'retired']),
        ...attributesOf(is.id, was.attributes, is.attributes),
        ...listOf(
          `role of ${is.id}`,
          was.roles,
          is.roles,
          (role) => role.name,
          (one, other) =>
            fieldsOf(`${is.id}.${other.name}`, one as Entry, other as Entry, ['title', 'key', 'targets', 'min', 'max', 'help', 'retired']),
        ),
      ],
    ),
    ...listOf(
      'relation',
      before.relations,
      after.relations,
      (relation) => relation.id,
      (was, is) => [
        ...fieldsOf(is.id, was as Entry, is as Entry, ['title', 'scope', 'from', 'to', 'symmetric', 'key', 'help', 'retired']),
        ...attributesOf(is.id, was.attributes, is.attributes),
      ],
    ),
    ...listOf(
      'entity type',
      before.entityTypes,
      after.entityTypes,
      (type) => type.id,
      (was, is) => fieldsOf(is.id, was as Entry, is as Entry, ['title', 'retired']),
    ),
  ];
}

function attributesOf(owner: string, before: readonly Attribute[], after: readonly Attribute[]): string[] {
  return listOf(
    `attribute of ${owner}`,
    before,
    after,
    (attribute) => attribute.name,
    (was, is) => [
      ...fieldsOf(`${owner}.${is.name}`, was as Entry, is as Entry, [
        'title',
        'type',
        'required',
        'default',
        'help',
        'retired',
        'retiredValues',
      ]),
      ...(was.type === 'enum' && is.type === 'enum' ? valuesOf(`${owner}.${is.name}`, was.values, is.values) : []),
    ],
  );
}

function valuesOf(place: string, before: readonly string[], after: readonly string[]): string[] {
  const gone = before.filter((value) => !after.includes(value));
  const come = after.filter((value) => !before.includes(value));
  if (gone.length + come.length === 0) return dequal(before, after) ? [] : [`${place} has its values in another order`];
  return [
    ...(come.length > 0 ? [`${place} has the new ${come.length > 1 ? 'values' : 'value'} ${come.join(', ')}`] : []),
    ...(gone.length > 0 ? [`${place} no longer has ${gone.join(', ')}`] : []),
  ];
}

function listOf<T>(
  what: string,
  before: readonly T[],
  after: readonly T[],
  idOf: (one: T) => string,
  between: (was: T, is: T) => string[],
): string[] {
  const names = (list: readonly T[]) => list.map(idOf);
  const kept = after.filter((one) => names(before).includes(idOf(one)));
  const sentences = [
    ...after.filter((one) => !kept.includes(one)).map((one) => `There is the new ${what} ${idOf(one)}`),
    ...before.filter((one) => !names(after).includes(idOf(one))).map((one) => `The ${what} ${idOf(one)} is gone`),
    ...kept.flatMap((is) => between(before.find((was) => idOf(was) === idOf(is)) as T, is)),
  ];
  const order = (list: readonly T[], other: readonly T[]) => names(list).filter((id) => names(other).includes(id));
  return dequal(order(before, after), order(after, before)) ? sentences : [...sentences, `Each ${what} may be in another place`];
}

const titles: Readonly<Record<string, string>> = {
  hueBy: 'colours by value',
  help: 'guidelines',
  min: 'least number',
  max: 'greatest number',
  from: 'first ends',
  to: 'second ends',
  retiredValues: 'retired values',
};

function fieldsOf(place: string, before: Entry, after: Entry, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (dequal(was, is)) return [];
    if (name === 'retired') return [is ? `${place} is retired` : `${place} is no longer retired`];
    if (name === 'required') return [is ? `${place} is required` : `${place} is no longer required`];
    const title = titles[name] ?? name;
    return isShort(was) && isShort(is)
      ? [`The ${title} of ${place} is ${said(is)}, no longer ${said(was)}`]
      : [`The ${title} of ${place} ${/^colours|s$/.test(title) ? 'are' : 'is'} different`];
  });
}

const isShort = (value: unknown) => value === undefined || JSON.stringify(value).length < 60;
const said = (value: unknown): string => {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value || 'empty' : JSON.stringify(value);
};
