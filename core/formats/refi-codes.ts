import type { Attribute, Codebook, Hue, Layer } from '../model/codebook.ts';
import { mentionLayer } from './document.ts';
import { element, xmlText } from './xml-text.ts';

/** A code of a REFI-QDA codebook. Codes that are not codable only contain others. */
export interface RefiCode {
  readonly guid: string;
  readonly name: string;
  readonly isCodable: boolean;
  readonly description: string;
  readonly colour: string | null;
  readonly codes: readonly RefiCode[];
}

/** The codes of a codebook, and how to find those for an annotation. */
export interface RefiCodes {
  readonly tree: readonly RefiCode[];
  /** The code of a layer, including `mention`. */
  layer(id: string): string;
  /** The code of a value of an enumeration, or of a boolean that is true; null for an attribute without codes. */
  value(layer: string, attribute: string, value: string | true): string | null;
  /** The code of a role's filler. */
  role(layer: string, role: string): string;
}

const colours: Readonly<Record<Hue, string>> = {
  ...{ yellow: '#C79A00', orange: '#D96B00', red: '#C8372D', purple: '#8A4FBF', blue: '#2F6FCE', teal: '#00857A', green: '#3A8A2E' },
  grey: '#7A7A7A',
};

/**
 * Codes for `codebook`: one for each layer; within it, one for each role and one for each attribute, which contains one for each value. Each name
 * includes everything above it and is unique, because programs keep codes in one list in which names must differ. `guidOf` returns the id of a
 * thing, given what it is. `clean` makes texts valid for the file.
 */
export function refiCodes(codebook: Codebook, guidOf: (...what: string[]) => string, clean: (text: string) => string): RefiCodes {
  const names = new Set<string>();
  const unique = (wanted: string) => {
    let name = wanted;
    for (let number = 2; names.has(name.toLowerCase()); number++) name = `${wanted} (${number})`;
    names.add(name.toLowerCase());
    return name;
  };
  const code = (what: string[], name: string, more: Partial<RefiCode> = {}): RefiCode => ({
    ...{ guid: guidOf('code', ...what), name: unique(clean(name)), isCodable: true, description: '', colour: null, codes: [] },
    ...more,
  });
  const attributeCode = (layer: Layer, title: string, attribute: Attribute): RefiCode[] => {
    const { name, type, help } = attribute;
    const about = { description: clean(help) };
    const own = `${title}: ${attribute.title || name}`;
    if (type === 'boolean') return [code([layer.id, 'attribute', name, 'true'], own, about)];
    if (type !== 'enum') return [];
    const hues = layer.hueBy?.attribute === name ? layer.hueBy.hues : {};
    // The code itself first, so that it gets the plainer of two similar names.
    const holder = code([layer.id, 'attribute', name], own, { ...about, isCodable: false });
    const values = attribute.values.map((value) => {
      const hue = Object.hasOwn(hues, value) ? hues[value] : undefined;
      return code([layer.id, 'attribute', name, 'value', value], `${own}: ${value}`, { colour: hue ? colours[hue] : null });
    });
    return [{ ...holder, codes: values }];
  };
  const layerCode = (layer: Layer): RefiCode => {
    const title = layer.title || layer.id;
    const own = code([layer.id], title, { description: clean(layer.help), colour: colours[layer.hue] });
    const roles = layer.roles.map(({ name, title: roleTitle, help }) =>
      code([layer.id, 'role', name], `${title}: ${roleTitle || name}`, { description: clean(help) }),
    );
    return { ...own, codes: [...roles, ...layer.attributes.flatMap((attribute) => attributeCode(layer, title, attribute))] };
  };
  const mentions = code([mentionLayer], 'Mention', {
    description: 'A place in the text that names or stands for someone or something. Its case says whom or what.',
  });
  const typeOf = (layer: string, attribute: string) =>
    codebook.layers.find(({ id }) => id === layer)?.attributes.find(({ name }) => name === attribute)?.type;
  return {
    tree: [mentions, ...codebook.layers.map(layerCode)],
    layer: (id) => guidOf('code', id),
    value(layer, attribute, value) {
      const type = typeOf(layer, attribute);
      if (type === 'boolean') return value === true ? guidOf('code', layer, 'attribute', attribute, 'true') : null;
      return type === 'enum' ? guidOf('code', layer, 'attribute', attribute, 'value', String(value)) : null;
    },
    role: (layer, role) => guidOf('code', layer, 'role', role),
  };
}

/** `codes` as the Codes element of a project or codebook. */
export function codesXml(codes: readonly RefiCode[], indent: string): string {
  const inner = `${indent} `;
  return element('Codes', {}, `\n${codes.map((code) => `${inner}${codeXml(code, inner)}\n`).join('')}${indent}`);
}

function codeXml({ guid, name, isCodable, description, colour, codes }: RefiCode, indent: string): string {
  const about = description === '' ? '' : `\n${indent} ${element('Description', {}, xmlText(description))}`;
  const inner = codes.map((code) => `\n${indent} ${codeXml(code, `${indent} `)}`).join('');
  const content = about + inner;
  return element('Code', { guid, name, isCodable: String(isCodable), color: colour }, content === '' ? '' : `${content}\n${indent}`);
}
