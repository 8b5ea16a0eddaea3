import { z } from 'zod';
import type { Annotation, AttributeValue, RoleFiller, RoleTarget } from './annotation.ts';

/** The id of a layer or the name of an attribute, role or value: a plain ASCII word, but none that every object of JavaScript has as a property. */
export const Name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must be one word of letters A to Z, digits and underscores that begins with a letter')
  .refine((name) => !(name in Object.prototype), 'must be another word: this one has a meaning in programs that read datasets');
/** A key as the keyboard names it, in lower case, such as `q`. Shift is reserved for variants of a command. */
export const Key = z.string().regex(/^[\p{Ll}\p{Lo}]$/u, 'must be one letter, no capital');

/** The hues that a layer or value can be drawn in; the page gives each a shade of sufficient contrast in both themes. */
export const Hue = z.enum(['yellow', 'orange', 'red', 'purple', 'blue', 'teal', 'green', 'grey']);
export type Hue = z.infer<typeof Hue>;

/** A retired item can no longer be chosen. Where it was already used it stays, is shown and is exported. */
const retired = z.literal(true).optional();
const attributeCommon = { name: Name, title: z.string(), required: z.boolean(), help: z.string(), retired };

/** An attribute of a layer: the form of its value, whether it is required, and its default for new annotations. */
export const Attribute = z.discriminatedUnion('type', [
  z.strictObject({
    ...attributeCommon,
    type: z.literal('enum'),
    values: z.array(Name).min(1),
    retiredValues: z.array(Name).optional(),
    default: Name.nullable(),
  }),
  z.strictObject({ ...attributeCommon, type: z.literal('boolean'), default: z.boolean().nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('number'), default: z.number().nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('text'), default: z.string().nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('date'), default: z.string().nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('list'), default: z.array(z.string()).nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('quantity'), default: z.null() }),
  z.strictObject({ ...attributeCommon, type: z.literal('evidence'), default: z.null() }),
]);
export type Attribute = z.infer<typeof Attribute>;

/** A role of a layer. `targets` holds `mention`, `annotation`, `AUTHOR` or ids of entity types. `ENTITY` means any type. */
export const Role = z.strictObject({
  name: Name,
  title: z.string(),
  key: Key,
  targets: z.array(z.string().min(1)).min(1),
  min: z.int().min(0),
  max: z.int().min(1),
  help: z.string(),
  retired,
});
export type Role = z.infer<typeof Role>;

/**
 * A kind of annotation: its key, its look and its fields. If `hueBy` is set, the value of that enumeration determines the colour instead of `hue`.
 */
export const Layer = z.strictObject({
  id: Name,
  title: z.string(),
  key: Key,
  look: z.enum(['tint', 'underline', 'double', 'box']),
  hue: Hue,
  hueBy: z.strictObject({ attribute: Name, hues: z.record(z.string(), Hue) }).nullable(),
  /** The guidelines. Examples show what belongs to this layer and why. */
  help: z.string(),
  examples: z.array(z.strictObject({ text: z.string(), note: z.string() })).optional(),
  attributes: z.array(Attribute),
  roles: z.array(Role),
  retired,
});
export type Layer = z.infer<typeof Layer>;

/** A type of relation between annotations, with the layers that it may join. */
export const RelationType = z.strictObject({
  id: Name,
  title: z.string(),
  scope: z.enum(['article', 'any']),
  from: z.array(Name).min(1),
  to: z.array(Name).min(1),
  symmetric: z.boolean(),
  key: Key.nullable(),
  attributes: z.array(Attribute),
  help: z.string(),
  retired,
});
export type RelationType = z.infer<typeof RelationType>;

export const EntityType = z.strictObject({ id: Name, title: z.string(), retired });
export type EntityType = z.infer<typeof EntityType>;

/** The scheme of a project: what can be tagged and how. Exports carry the ids of layers and the names of attributes. */
export const Codebook = z.strictObject({
  name: z.string().min(1),
  language: z.string(),
  layers: z.array(Layer).min(1),
  relations: z.array(RelationType),
  entityTypes: z.array(EntityType).min(1),
});
export type Codebook = z.infer<typeof Codebook>;

/** The layer with this id, or undefined. */
export function layerOf(codebook: Codebook, id: string): Layer | undefined {
  return codebook.layers.find((layer) => layer.id === id);
}

/** The items of a list that can still be chosen, that is, those not retired. */
export function current<T extends { readonly retired?: true | undefined }>(list: readonly T[]): T[] {
  return list.filter((one) => !one.retired);
}

/** The values of an enumeration that can still be chosen, plus `held`, the value that an annotation already has. */
export function valuesOf(attribute: Extract<Attribute, { type: 'enum' }>, held?: unknown): string[] {
  return attribute.values.filter((value) => value === held || !attribute.retiredValues?.includes(value));
}

/** The initial attributes of a new annotation of a layer or a new relation of a type: every default that is not null. */
export function defaultsOf({ attributes }: Pick<Layer, 'attributes'>): Record<string, AttributeValue> {
  return Object.fromEntries(current(attributes).flatMap(({ name, default: value }) => (value === null ? [] : [[name, value]])));
}

/** What an annotation still lacks: required attributes without a value, and roles with fewer fillers than their minimum. */
export function openFields(layer: Layer, annotation: Annotation): { attributes: Attribute[]; roles: Role[] } {
  return {
    attributes: openAttributes(layer, annotation.attributes),
    roles: current(layer.roles).filter((role) => fillersOf(annotation, role.name).length < role.min),
  };
}

/** The required attributes of a layer or a relation type that have no value in `given`. */
export function openAttributes({ attributes }: Pick<Layer, 'attributes'>, given: Annotation['attributes']): Attribute[] {
  return current(attributes).filter(({ name, required }) => required && !Object.hasOwn(given, name));
}

/** The fillers of one role of an annotation, in order. */
export function fillersOf(annotation: Pick<Annotation, 'roles'>, role: string): RoleFiller[] {
  return annotation.roles.filter((filler) => filler.role === role);
}

/** The entity types that a role may be filled with; empty when it takes no entity. */
export function entityTypesOf(role: Role, codebook: Codebook): string[] {
  const types = codebook.entityTypes.map(({ id }) => id);
  return role.targets.includes('ENTITY') ? types : types.filter((type) => role.targets.includes(type));
}

/** Whether `role` may be filled with `target`. `typeOf` returns the type of an entity by id, or undefined if there is no such entity. */
export function takes(role: Role, target: RoleTarget, codebook: Codebook, typeOf: (id: string) => string | undefined): boolean {
  switch (target.kind) {
    case 'author':
      return role.targets.includes('AUTHOR');
    case 'entity':
      return entityTypesOf(role, codebook).some((type) => type === typeOf(target.id));
    case 'mention':
    case 'annotation':
      return role.targets.includes(target.kind);
  }
}

/** The hue in which an annotation is drawn. */
export function hueOf(layer: Layer, annotation: Pick<Annotation, 'attributes'>): Hue {
  const value = layer.hueBy && annotation.attributes[layer.hueBy.attribute];
  return (typeof value === 'string' && layer.hueBy?.hues[value]) || layer.hue;
}

/**
 * Where `annotation` breaks `codebook`, one sentence each: unknown layers, attributes, values or roles, and too many fillers. Fields that are
 * still open do not count.
 */
export function codebookProblems(annotation: Annotation, codebook: Codebook): string[] {
  const layer = layerOf(codebook, annotation.layer);
  if (!layer) return [`its layer ${annotation.layer} is not in the codebook`];
  const problems: string[] = [];
  for (const [name, value] of Object.entries(annotation.attributes)) {
    const attribute = layer.attributes.find((candidate) => candidate.name === name);
    if (!attribute) problems.push(`${layer.id} has no attribute ${name}`);
    else if (!fits(attribute, value)) problems.push(`${name} cannot be ${JSON.stringify(value)}`);
  }
  for (const name of new Set(annotation.roles.map(({ role }) => role))) {
    const role = layer.roles.find((candidate) => candidate.name === name);
    const count = fillersOf(annotation, name).length;
    if (!role) problems.push(`${layer.id} has no role ${name}`);
    else if (count > role.max) problems.push(`${name} holds ${count}, at most ${role.max} are allowed`);
  }
  return problems;
}

/** Whether `value` has the form that `attribute` requires. */
export function fits(attribute: Attribute, value: AttributeValue): boolean {
  switch (attribute.type) {
    case 'enum':
      return typeof value === 'string' && attribute.values.includes(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'text':
    case 'date':
      return typeof value === 'string';
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'quantity':
      return Array.isArray(value) && value.every((item) => typeof item === 'object' && 'modifier' in item);
    case 'evidence':
      return Array.isArray(value) && value.every((item) => typeof item === 'object' && 'says' in item);
  }
}
