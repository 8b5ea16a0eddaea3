import type { Hue } from '../model/codebook.ts';
import { type BratNames, bratForm } from './brat-names.ts';
import { mentionLayer } from './document.ts';
import type { DatasetSource } from './format.ts';

/** annotation.conf: the types, what they may be tied to, and the values of attributes. Annotations may overlap in any way. */
export function annotationConf({ codebook }: DatasetSource, names: BratNames): string {
  const { layers } = names;
  const ids = layers.map(({ id }) => id);
  const relation = (type: string, from: readonly string[], to: readonly string[], more = '') =>
    `${type}\tArg1:${from.join('|')}, Arg2:${to.join('|')}${more}`;
  const roles = layers.flatMap(({ id, roles }) =>
    roles.flatMap((role) => {
      const fillers = names.fillersOf(role);
      return fillers.length === 0 ? [] : [relation(names.role(role.name), [id], fillers)];
    }),
  );
  const relations = codebook.relations.flatMap(({ id, from, to, symmetric }) => {
    const ends = [from, to].map((some) => some.filter((layer) => ids.includes(layer))) as [string[], string[]];
    return ends.some(({ length }) => length === 0) ? [] : [relation(id, ...ends, symmetric ? ', <REL-TYPE>:symmetric' : '')];
  });
  const attributes = new Map<string, { layers: string[]; values: string }>();
  for (const layer of layers) {
    for (const attribute of layer.attributes.filter((one) => bratForm(one) !== 'comment')) {
      const name = names.attribute(layer.id, attribute.name);
      const known = attributes.get(name) ?? {
        layers: [],
        values: attribute.type === 'enum' ? `, Value:${attribute.values.join('|')}` : '',
      };
      known.layers.push(layer.id);
      attributes.set(name, known);
    }
  }
  const types = names.mentionTypes.map((type) => (type === mentionLayer ? type : `\t${type}`));
  return sections({
    entities: [...ids, ...types],
    relations: [...roles, ...relations, '<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>'],
    events: [],
    attributes: [...attributes].map(([name, { layers: on, values }]) => `${name}\tArg:${on.join('|')}${values}`),
  });
}

// Light enough for black letters on top.
const colours: Readonly<Record<Hue, string>> = {
  yellow: '#ffe08a',
  orange: '#ffc38f',
  red: '#ffb3b3',
  purple: '#ddc5ff',
  blue: '#b9d6ff',
  teal: '#a8e6df',
  green: '#bfe8b0',
  grey: '#dcdcdc',
};

/** visual.conf: the display names of types, and their colours. */
export function visualConf({ codebook }: DatasetSource, names: BratNames): string {
  const labels = new Map<string, string>();
  const add = (type: string, title: string) => {
    if (!labels.has(type)) labels.set(type, label(title) || type);
  };
  for (const { id, title, roles, attributes } of names.layers) {
    add(id, title);
    for (const role of roles) add(names.role(role.name), role.title);
    for (const attribute of attributes) add(names.attribute(id, attribute.name), attribute.title);
  }
  add(mentionLayer, 'Mention');
  for (const { id, title } of codebook.entityTypes) if (names.mentionTypes.includes(id)) add(id, title);
  for (const { id, title } of codebook.relations) add(id, title);
  return sections({
    labels: [...labels].map(([type, title]) => `${type} | ${title}`),
    drawing: [
      'SPAN_DEFAULT\tfgColor:black, bgColor:#f0f0f0, borderColor:darken',
      'ARC_DEFAULT\tcolor:black, arrowHead:triangle-5',
      'ATTRIBUTE_DEFAULT\tglyph:*',
      ...names.layers.map(({ id, hue }) => `${id}\tbgColor:${colours[hue]}`),
    ],
  });
}

function sections(content: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(content)
    .map(([name, lines]) => `[${name}]\n${lines.map((line) => `${line}\n`).join('')}`)
    .join('\n');
}

// Replaces characters that are part of brat's notation, and line ends.
function label(title: string): string {
  return title
    .toWellFormed()
    .replace(/[|<>!#[\]\s\u0085]+/g, ' ')
    .trim();
}
