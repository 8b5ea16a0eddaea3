import type { Attribute, Codebook } from '../model/codebook.ts';
import type { Owner } from './codebook-change.ts';

type Item = { readonly title: string } & ({ readonly id: string } | { readonly name: string });

/** The id of a layer, relation or entity type, or the name of an attribute or role. */
export const idOf = (item: Item): string => ('id' in item ? item.id : item.name);

/**
 * What people call the item of `list` with this id: its title, with the id where another has the same title. An item that has no title, or is not
 * there, is called by its id.
 */
export function titleIn(list: readonly Item[], id: string): string {
  const title = list.find((item) => idOf(item) === id)?.title.trim();
  if (!title) return id;
  return list.filter((item) => item.title.trim() === title).length > 1 ? `${title} (${id})` : title;
}

/** What people call `item` once it is in `list` too. */
export const newTitle = (list: readonly Item[], item: Item): string => titleIn([...list, item], idOf(item));

/** The items of `list` other than `item`, by what people call them. */
export function titlesBeside<T extends Item>(list: readonly T[], item: T): { id: string; title: string }[] {
  return list.filter((other) => other !== item).map((other) => ({ id: idOf(other), title: titleIn(list, idOf(other)) }));
}

const listOf = (codebook: Codebook, { kind }: Owner) => (kind === 'layer' ? codebook.layers : codebook.relations);

/** The attributes of a layer or relation type; none if it does not exist. */
export function attributesOf(codebook: Codebook, owner: Owner): readonly Attribute[] {
  return listOf(codebook, owner).find(({ id }) => id === owner.id)?.attributes ?? [];
}

/** What people call the layer or relation type that has attributes. */
export function ownerTitle(codebook: Codebook, owner: Owner): string {
  return titleIn(listOf(codebook, owner), owner.id);
}

/** What people call an attribute of a layer or relation type: “Polarity of Stance”. */
export function attributeTitle(codebook: Codebook, owner: Owner, attribute: string): string {
  return `${titleIn(attributesOf(codebook, owner), attribute)} of ${ownerTitle(codebook, owner)}`;
}

/** What people call a role: “Holder of Stance”. */
export function roleTitle(codebook: Codebook, layer: string, role: string): string {
  return `${titleIn(codebook.layers.find(({ id }) => id === layer)?.roles ?? [], role)} of ${titleIn(codebook.layers, layer)}`;
}

/** A value of an enumeration as people read it. */
export const valueWords = (value: string): string => value.replaceAll('_', ' ');

/** What an attribute of each type holds. */
export const formTitles: Readonly<Record<Attribute['type'], string>> = {
  enum: 'one of some values',
  boolean: 'yes or no',
  number: 'a number',
  text: 'a text',
  date: 'a date',
  list: 'a list of texts',
  quantity: 'quantities',
  evidence: 'evidence',
};

const otherTargets: Readonly<Record<string, string>> = {
  mention: 'words of the article',
  annotation: 'another annotation',
  AUTHOR: 'the author of the article',
  ENTITY: 'an entity of any type',
};

/** What people call something that a role takes. */
export function targetTitle(codebook: Codebook, target: string): string {
  return otherTargets[target] ?? titleIn(codebook.entityTypes, target);
}

/** What people call those fields of an item that are not called by their own name. */
export const fieldTitles: Readonly<Record<string, string>> = {
  hueBy: 'colours by value',
  help: 'guidelines',
  min: 'least number',
  max: 'greatest number',
  from: 'first ends',
  to: 'second ends',
  targets: 'fillers',
  retiredValues: 'retired values',
};
