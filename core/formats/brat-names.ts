import type { Attribute, Codebook, Layer } from '../model/codebook.ts';
import { mentionLayer } from './document.ts';
import type { DatasetSource } from './format.ts';
import { layersOf } from './views.ts';

/** Names that differ in brat from the codebook. brat has a single list of names for all types. */
export interface BratNames {
  readonly layers: readonly Layer[];
  /** The types of text-bound annotations that are mentions: one for each entity type, and `mention` for all others. */
  readonly mentionTypes: readonly string[];
  /** The type of relation that stands for a role. */
  role(role: string): string;
  /** The name of an attribute of a layer. */
  attribute(layer: string, attribute: string): string;
  /** The types of text-bound annotations that may fill a role. */
  fillersOf(role: Layer['roles'][number]): string[];
}

/** How an attribute is represented in brat: an enumeration, a flag that is present or not, or a comment with its name. */
export function bratForm({ type }: Attribute): 'enum' | 'flag' | 'comment' {
  if (type === 'enum') return 'enum';
  return type === 'boolean' ? 'flag' : 'comment';
}

/** The names in brat for the parts of a codebook. */
export function bratNames(source: Pick<DatasetSource, 'codebook' | 'selection'>): BratNames {
  const { codebook } = source;
  const layers = layersOf(source);
  const ids = new Set(codebook.layers.map(({ id }) => id));
  const mentionTypes = [mentionLayer, ...codebook.entityTypes.map(({ id }) => id).filter((id) => !ids.has(id) && id !== mentionLayer)];
  const relations = new Set(codebook.relations.map(({ id }) => id));
  const clashing = clashingAttributes(codebook);
  return {
    layers,
    mentionTypes,
    role: (role) => (relations.has(role) ? `role_${role}` : role),
    attribute: (layer, attribute) => (clashing.has(attribute) || attribute.startsWith(`${layer}_`) ? `${layer}_${attribute}` : attribute),
    fillersOf: ({ targets }) => [
      ...(targets.includes('mention') ? mentionTypes : []),
      ...(targets.includes('annotation') ? layers.map(({ id }) => id) : []),
    ],
  };
}

/** The codebook's name for an attribute of `layer` that is called `name` in brat. */
export function attributeOf(layer: string, name: string): string {
  return name.startsWith(`${layer}_`) ? name.slice(layer.length + 1) : name;
}

// For each name, brat has only one list of values.
function clashingAttributes({ layers }: Codebook): Set<string> {
  const forms = new Map<string, string>();
  const clashing = new Set<string>();
  for (const attribute of layers.flatMap(({ attributes }) => attributes)) {
    const form = JSON.stringify([bratForm(attribute), attribute.type === 'enum' ? attribute.values : null]);
    if ((forms.get(attribute.name) ?? form) !== form) clashing.add(attribute.name);
    forms.set(attribute.name, form);
  }
  return clashing;
}
