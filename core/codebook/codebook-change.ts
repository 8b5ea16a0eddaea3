import { z } from 'zod';
import { AttributeValue } from '../model/annotation.ts';
import { Attribute, Codebook, EntityType, Layer, Name, RelationType, Role } from '../model/codebook.ts';

const Owner = z.strictObject({ kind: z.enum(['layer', 'relation']), id: Name });
/** What has attributes: a layer or a relation type. */
export type Owner = z.infer<typeof Owner>;

const LayerFields = Layer.pick({ title: true, key: true, look: true, hue: true, hueBy: true, help: true, examples: true }).partial();
const AttributeFields = z.strictObject({
  title: z.string().optional(),
  help: z.string().optional(),
  required: z.boolean().optional(),
  default: AttributeValue.nullable().optional(),
});
const RoleFields = Role.pick({ title: true, key: true, targets: true, min: true, max: true, help: true }).partial();
const RelationFields = RelationType.pick({
  title: true,
  scope: true,
  from: true,
  to: true,
  symmetric: true,
  key: true,
  help: true,
}).partial();

/**
 * One change that a project's lead can make to the codebook. `into` names what replaces something that is removed. Null means no replacement,
 * which is refused for layers and relation types in use. Retired items stay wherever they were used.
 */
export const CodebookChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('edit-codebook'), set: Codebook.pick({ name: true, language: true }).partial() }),
  /** Replaces everything by another codebook, matching by ids and names. Items that are in use but missing there are kept as retired. */
  z.strictObject({ change: z.literal('replace'), codebook: Codebook }),

  z.strictObject({ change: z.literal('add-layer'), layer: Layer }),
  z.strictObject({ change: z.literal('edit-layer'), layer: Name, set: LayerFields }),
  z.strictObject({ change: z.literal('rename-layer'), layer: Name, to: Name }),
  z.strictObject({ change: z.literal('retire-layer'), layer: Name, retired: z.boolean() }),
  z.strictObject({ change: z.literal('remove-layer'), layer: Name, into: Name.nullable() }),
  /** Annotations with one of `values` in `attribute` move to a new layer with the same attributes and roles. */
  z.strictObject({
    change: z.literal('split-layer'),
    layer: Name,
    attribute: Name,
    values: z.array(Name).min(1),
    into: Layer.pick({ id: true, title: true, key: true }),
  }),

  /** `fill` is the value for existing annotations; null leaves it open. */
  z.strictObject({ change: z.literal('add-attribute'), owner: Owner, attribute: Attribute, fill: AttributeValue.nullable() }),
  z.strictObject({ change: z.literal('edit-attribute'), owner: Owner, attribute: Name, set: AttributeFields }),
  z.strictObject({ change: z.literal('rename-attribute'), owner: Owner, attribute: Name, to: Name }),
  z.strictObject({ change: z.literal('convert-attribute'), owner: Owner, attribute: Name, to: z.enum(['text', 'list']) }),
  z.strictObject({ change: z.literal('retire-attribute'), owner: Owner, attribute: Name, retired: z.boolean() }),
  z.strictObject({ change: z.literal('remove-attribute'), owner: Owner, attribute: Name }),

  z.strictObject({ change: z.literal('add-value'), owner: Owner, attribute: Name, value: Name }),
  z.strictObject({ change: z.literal('rename-value'), owner: Owner, attribute: Name, value: Name, to: Name }),
  z.strictObject({ change: z.literal('retire-value'), owner: Owner, attribute: Name, value: Name, retired: z.boolean() }),
  z.strictObject({ change: z.literal('remove-value'), owner: Owner, attribute: Name, value: Name, into: Name.nullable() }),
  z.strictObject({ change: z.literal('order-values'), owner: Owner, attribute: Name, values: z.array(Name).min(1) }),

  z.strictObject({ change: z.literal('add-role'), layer: Name, role: Role }),
  z.strictObject({ change: z.literal('edit-role'), layer: Name, role: Name, set: RoleFields }),
  z.strictObject({ change: z.literal('rename-role'), layer: Name, role: Name, to: Name }),
  z.strictObject({ change: z.literal('retire-role'), layer: Name, role: Name, retired: z.boolean() }),
  z.strictObject({ change: z.literal('remove-role'), layer: Name, role: Name, into: Name.nullable() }),

  z.strictObject({ change: z.literal('add-relation'), relation: RelationType }),
  z.strictObject({ change: z.literal('edit-relation'), relation: Name, set: RelationFields }),
  z.strictObject({ change: z.literal('rename-relation'), relation: Name, to: Name }),
  z.strictObject({ change: z.literal('retire-relation'), relation: Name, retired: z.boolean() }),
  z.strictObject({ change: z.literal('remove-relation'), relation: Name, into: Name.nullable() }),

  z.strictObject({ change: z.literal('add-entity-type'), type: EntityType }),
  z.strictObject({ change: z.literal('edit-entity-type'), type: Name, title: z.string() }),
  z.strictObject({ change: z.literal('retire-entity-type'), type: Name, retired: z.boolean() }),
  z.strictObject({ change: z.literal('remove-entity-type'), type: Name }),
]);
export type CodebookChange = z.infer<typeof CodebookChange>;
