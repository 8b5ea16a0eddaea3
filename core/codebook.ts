import { z } from 'zod';
import { type Annotation, AttributeValue, type RoleFiller, type RoleTarget } from './annotation.ts';

const Name = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/);
/** One key as the keyboard names it, lower case: `q`. Shift is left free for variants of a command. */
const Key = z.string().regex(/^[\p{Ll}\p{Lo}]$/u);

/** The hues that a layer or value can be drawn in; the page gives each a shade of sufficient contrast in both themes. */
export const Hue = z.enum(['yellow', 'orange', 'red', 'purple', 'blue', 'teal', 'green', 'grey']);
export type Hue = z.infer<typeof Hue>;

const attributeCommon = { name: Name, title: z.string(), required: z.boolean(), help: z.string() };

/** An attribute of a layer: what form its value takes, whether it must be there, and what a new annotation gets. */
export const Attribute = z.discriminatedUnion('type', [
  z.strictObject({ ...attributeCommon, type: z.literal('enum'), values: z.array(Name).min(1), default: Name.nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('boolean'), default: z.boolean().nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('number'), default: z.number().nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('text'), default: z.string().nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('date'), default: z.string().nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('list'), default: z.array(z.string()).nullable() }),
  z.strictObject({ ...attributeCommon, type: z.literal('quantity'), default: z.null() }),
  z.strictObject({ ...attributeCommon, type: z.literal('evidence'), default: z.null() }),
]);
export type Attribute = z.infer<typeof Attribute>;

/** A role of a layer. `targets` holds `mention`, `annotation`, `AUTHOR` or ids of entity types; `ENTITY` is any type. */
export const Role = z.strictObject({
  name: Name,
  title: z.string(),
  key: Key,
  targets: z.array(z.string().min(1)).min(1),
  min: z.int().min(0),
  max: z.int().min(1),
  help: z.string(),
});
export type Role = z.infer<typeof Role>;

/** A kind of annotation: its key, its look, what it carries. `hueBy` colours by the value of an enumeration instead of `hue`. */
export const Layer = z.strictObject({
  id: Name,
  title: z.string(),
  key: Key,
  look: z.enum(['tint', 'underline', 'double', 'box']),
  hue: Hue,
  hueBy: z.strictObject({ attribute: Name, hues: z.record(z.string(), Hue) }).nullable(),
  help: z.string(),
  attributes: z.array(Attribute),
  roles: z.array(Role),
});
export type Layer = z.infer<typeof Layer>;

/** A type of tie between annotations, by the layers that it may join. */
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
});
export type RelationType = z.infer<typeof RelationType>;

export const EntityType = z.strictObject({ id: Name, title: z.string() });

/** The scheme of a project: what can be tagged and how. Ids of layers and names of attributes are what exports carry. */
export const Codebook = z.strictObject({
  name: z.string().min(1),
  language: z.string(),
  layers: z.array(Layer).min(1),
  relations: z.array(RelationType),
  entityTypes: z.array(EntityType).min(1),
});
export type Codebook = z.infer<typeof Codebook>;

/** One change from a version of the codebook to the next, as far as it touches annotations. */
export const MigrationStep = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('rename-layer'), from: Name, to: Name }),
  z.strictObject({ step: z.literal('rename-attribute'), layer: Name, from: Name, to: Name }),
  z.strictObject({ step: z.literal('rename-value'), layer: Name, attribute: Name, from: Name, to: Name }),
  z.strictObject({ step: z.literal('set-default'), layer: Name, attribute: Name, value: AttributeValue }),
  z.strictObject({ step: z.literal('rename-role'), layer: Name, from: Name, to: Name }),
]);
export type MigrationStep = z.infer<typeof MigrationStep>;

/** The file `codebook.json`: every version in order (the first is version 1) and the steps that led to each from the one before. */
export const CodebookFile = z.strictObject({
  format: z.literal(1),
  versions: z.array(z.strictObject({ codebook: Codebook, steps: z.array(MigrationStep), changed: z.string() })).min(1),
});
export type CodebookFile = z.infer<typeof CodebookFile>;

/** The codebook in force and its version, which counts from 1. */
export function currentCodebook(file: CodebookFile): { version: number; codebook: Codebook } {
  const version = file.versions.length;
  return { version, codebook: (file.versions[version - 1] as CodebookFile['versions'][number]).codebook };
}

/** `annotation` brought to the version in force; itself when it is there already. @throws RangeError for a version not yet made. */
export function migrate(annotation: Annotation, file: CodebookFile): Annotation {
  if (annotation.codebook > file.versions.length) {
    throw new RangeError(`codebook version ${annotation.codebook} is newer than this codebook's ${file.versions.length}`);
  }
  let migrated = annotation;
  for (const [index, { steps }] of file.versions.entries()) {
    if (index + 1 > annotation.codebook) migrated = { ...steps.reduce(migrateOnce, migrated), codebook: index + 1 };
  }
  return migrated;
}

function migrateOnce(annotation: Annotation, step: MigrationStep): Annotation {
  if (step.step === 'rename-layer') return annotation.layer === step.from ? { ...annotation, layer: step.to } : annotation;
  if (annotation.layer !== step.layer) return annotation;
  switch (step.step) {
    case 'rename-attribute': {
      const { [step.from]: value, ...rest } = annotation.attributes;
      return value === undefined ? annotation : { ...annotation, attributes: { ...rest, [step.to]: value } };
    }
    case 'rename-value':
      return annotation.attributes[step.attribute] === step.from
        ? { ...annotation, attributes: { ...annotation.attributes, [step.attribute]: step.to } }
        : annotation;
    case 'set-default':
      return step.attribute in annotation.attributes
        ? annotation
        : { ...annotation, attributes: { ...annotation.attributes, [step.attribute]: step.value } };
    case 'rename-role':
      return {
        ...annotation,
        roles: annotation.roles.map((filler) => (filler.role === step.from ? { ...filler, role: step.to } : filler)),
      };
  }
}

/** The layer with this id, or undefined. */
export function layerOf(codebook: Codebook, id: string): Layer | undefined {
  return codebook.layers.find((layer) => layer.id === id);
}

/** The attributes of a new annotation of a layer, or of a new relation of a type: every default that is not null. */
export function defaultsOf(layer: Pick<Layer, 'attributes'>): Record<string, AttributeValue> {
  return Object.fromEntries(layer.attributes.flatMap(({ name, default: value }) => (value === null ? [] : [[name, value]])));
}

/** What an annotation still lacks: required attributes without a value, roles with fewer fillers than their minimum. */
export function openFields(layer: Layer, annotation: Annotation): { attributes: Attribute[]; roles: Role[] } {
  return {
    attributes: layer.attributes.filter(({ name, required }) => required && !Object.hasOwn(annotation.attributes, name)),
    roles: layer.roles.filter((role) => fillersOf(annotation, role.name).length < role.min),
  };
}

/** The fillers of one role of an annotation, in order. */
export function fillersOf(annotation: Annotation, role: string): RoleFiller[] {
  return annotation.roles.filter((filler) => filler.role === role);
}

/** The entity types that a role may be filled with; empty when it takes no entity. */
export function entityTypesOf(role: Role, codebook: Codebook): string[] {
  const types = codebook.entityTypes.map(({ id }) => id);
  return role.targets.includes('ENTITY') ? types : types.filter((type) => role.targets.includes(type));
}

/** Whether `role` may be filled with `target`. `typeOf` gives the type of an entity by its id, undefined when there is none. */
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
export function hueOf(layer: Layer, annotation: Annotation): Hue {
  const value = layer.hueBy && annotation.attributes[layer.hueBy.attribute];
  return (typeof value === 'string' && layer.hueBy?.hues[value]) || layer.hue;
}

/** Where `annotation` breaks `codebook`, one sentence each: unknown layer, attribute, value or role, too many fillers. Open fields are no break. */
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

/** Whether `value` has the form that `attribute` asks for. */
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
