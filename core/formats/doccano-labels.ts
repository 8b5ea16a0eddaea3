import type { Codebook, Hue, Layer } from '../model/codebook.ts';
import { type DatasetAnnotation, mentionLayer } from './document.ts';

/** The relation from a fragment to the next one. Names of roles and relation types never contain a hyphen. */
export const nextFragment = 'next-fragment';

/** The longest label that doccano's database accepts. */
const longest = 100;

/** What the labels and relations of an export mean. Written as a column of each line, because doccano keeps columns that it does not know. */
export interface LabelKey {
  /** By layer, the attribute whose value follows the colon in a label. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The relations that stand for roles, and for which. */
  readonly roles: Readonly<Record<string, string>>;
}

/** The labels for `codebook`. doccano has no attributes, so the first required enumeration of a layer becomes part of its label. */
export function labelKey(codebook: Codebook): LabelKey {
  const attributes = codebook.layers.flatMap((layer): [string, string][] => {
    const attribute = shownAttribute(layer);
    return attribute ? [[layer.id, attribute.name]] : [];
  });
  const types = new Set(codebook.relations.map(({ id }) => id));
  const names = [...new Set(codebook.layers.flatMap((layer) => layer.roles.map(({ name }) => name)))];
  // A role with the same name as a relation type gets a different label.
  const roles = names.map((name): [string, string] => [types.has(name) ? `role-${name}` : name, name]);
  return { attributes: Object.fromEntries(attributes), roles: Object.fromEntries(roles) };
}

/** The label of an annotation, and whether it includes the value of its layer's attribute. */
export function labelOf({ layer, attributes }: DatasetAnnotation, key: LabelKey): { label: string; hasValue: boolean } {
  const name = Object.hasOwn(key.attributes, layer) ? (key.attributes[layer] as string) : '';
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  const label = `${layer}:${value}`;
  const hasValue = typeof value === 'string' && label.length <= longest;
  return { label: hasValue ? label : layer, hasValue };
}

/** The label of the relation that stands for the role. */
export function roleLabel(role: string, { roles }: LabelKey): string {
  return Object.entries(roles).find(([, name]) => name === role)?.[0] ?? role;
}

const colours: Readonly<Record<Hue, string>> = {
  ...{ yellow: '#f2c94c', orange: '#f2994a', red: '#eb5757', purple: '#9b51e0' },
  ...{ blue: '#2f80ed', teal: '#2aa198', green: '#27ae60', grey: '#828282' },
};

/** The labels of spans and relations, in the form that doccano imports. A key is given to only one label, as doccano requires. */
export function labelTypes(codebook: Codebook, key: LabelKey): { spans: object[]; relations: object[] } {
  const spans = codebook.layers.flatMap((layer) => {
    const values = shownAttribute(layer)?.values ?? [];
    const labels = [layer.id, ...values.map((value) => `${layer.id}:${value}`).filter((label) => label.length <= longest)];
    return labels.map((text, index) => {
      const hue = layer.hueBy?.attribute === shownAttribute(layer)?.name ? layer.hueBy?.hues[values[index - 1] ?? ''] : undefined;
      return labelType(text, colours[hue ?? layer.hue], index === 0 ? layer.key : null);
    });
  });
  const relations = [nextFragment, ...Object.keys(key.roles), ...codebook.relations.map(({ id }) => id)];
  return {
    spans: [...spans, labelType(mentionLayer, '#56ccf2', null)],
    relations: relations.map((text) => labelType(text, '#828282', null)),
  };
}

function labelType(text: string, colour: string, key: string | null): object {
  const suffix = key !== null && /^[a-z]$/.test(key) ? key : null;
  return { text, prefix_key: null, suffix_key: suffix, background_color: colour, text_color: '#ffffff' };
}

function shownAttribute({ attributes }: Layer) {
  const attribute = attributes.find(({ type, required }) => type === 'enum' && required);
  return attribute?.type === 'enum' ? attribute : undefined;
}
