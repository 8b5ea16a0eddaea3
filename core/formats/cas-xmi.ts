import type { CasObject } from './cas-objects.ts';
import { sofaId, viewName } from './cas-objects.ts';
import { type CasType, uima } from './cas-types.ts';
import { Utf8Text } from './utf8-text.ts';
import { element, opening, xmlText } from './xml-text.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * Writes each CAS as XMI 1.0 of UIMA, without its types; for those see `typeSystemXml`. Offsets count UTF-16 code units. The result is only valid
 * until the next call, which uses the same buffer.
 */
export function casXmiWriter(): (text: string, objects: readonly CasObject[]) => Utf8Text {
  const file = new Utf8Text();
  const members = new Utf8Text();
  return (text, objects) => {
    const prefixes = prefixesOf(objects);
    const spaces = Object.fromEntries(
      [...prefixes].map(([space, prefix]) => [`xmlns:${prefix}`, `http:///${space.replaceAll('.', '/')}.ecore`]),
    );
    const tags = new Map<string, string>();
    const tagOf = (type: string) => {
      const known = tags.get(type) ?? `${prefixes.get(spaceOf(type))}:${type.slice(type.lastIndexOf('.') + 1)}`;
      tags.set(type, known);
      return known;
    };
    const root = opening('xmi:XMI', { 'xmlns:xmi': 'http://www.omg.org/XMI', ...spaces, 'xmi:version': '2.0' });
    file.clear().add(`${head}${root}>\n ${element('cas:NULL', { 'xmi:id': 0 })}`);
    members.clear();
    for (const object of objects) {
      const { id, type, place, features } = object;
      if (place) members.add(members.length > 0 ? ' ' : '').addNumber(id);
      file.add('\n ');
      // A fast path, because nearly all objects are tokens.
      if (place && features.length === 0) {
        file.add('<').add(tagOf(type)).add(' xmi:id="').addNumber(id).add(placed).addNumber(place.start);
        file.add('" end="').addNumber(place.end).add('"/>');
      } else file.add(objectXmi(object, tagOf(type)));
    }
    const sofa = { 'xmi:id': sofaId, sofaNum: 1, sofaID: viewName, mimeType: 'text', sofaString: text };
    file.add(`\n ${element('cas:Sofa', sofa)}\n <cas:View sofa="${sofaId}" members="`).addPart(members);
    return file.add('"/>\n</xmi:XMI>\n');
  };
}

const placed = `" sofa="${sofaId}" begin="`;

// Prefixes by package, `cas` first. A prefix is the last word of the package, with a number if another package has the same.
function prefixesOf(objects: readonly CasObject[]): Map<string, string> {
  const types = new Set<string>();
  for (const { type } of objects) types.add(type);
  const spaces = [...new Set([...types].map(spaceOf))].sort();
  const prefixes = new Map([['uima.cas', 'cas']]);
  for (const space of spaces) {
    const last = space.slice(space.lastIndexOf('.') + 1);
    const used = new Set(prefixes.values());
    let prefix = last;
    for (let number = 2; used.has(prefix) || prefix === 'xmi'; number++) prefix = `${last}${number}`;
    if (!prefixes.has(space)) prefixes.set(space, prefix);
  }
  return prefixes;
}

const spaceOf = (type: string) => type.slice(0, type.lastIndexOf('.'));

function objectXmi({ id, place, features }: CasObject, tag: string): string {
  const attributes: Record<string, string | number> = { 'xmi:id': id };
  if (place) Object.assign(attributes, { sofa: sofaId, begin: place.start, end: place.end });
  const children: string[] = [];
  for (const [name, value] of features) {
    if (typeof value !== 'object') attributes[name] = String(value);
    else if ('to' in value) attributes[name] = typeof value.to === 'number' ? value.to : value.to.join(' ');
    // An empty list element would look like a missing list.
    else if (value.length === 0) attributes[name] = '';
    else children.push(...value.map((item) => `<${name}>${xmlText(item)}</${name}>`));
  }
  return element(tag, attributes, children.join(''));
}

/** The type system for XMI files, as a UIMA type system description. */
export function typeSystemXml(types: readonly CasType[]): string {
  const text = (name: string, content: string) => element(name, {}, xmlText(content));
  const feature = ({ name, range, many }: CasType['features'][number]) => {
    const isObjects = many && range !== uima.string;
    const written = many ? (isObjects ? uima.objectArray : uima.stringArray) : range;
    const parts = [
      text('name', name),
      text('description', ''),
      text('rangeTypeName', written),
      isObjects ? text('elementType', range) : '',
    ];
    return element('featureDescription', {}, parts.join(''));
  };
  const lines = types.map(({ name, description, superType, features }) => {
    const about = [text('name', name), text('description', description), text('supertypeName', superType)].join('');
    const all = element('features', {}, features.map((one) => `\n    ${feature(one)}`).join(''));
    return `\n  ${element('typeDescription', {}, `${about}\n   ${all}\n  `)}`;
  });
  const content = element('types', {}, `${lines.join('')}\n `);
  return `${head}${element('typeSystemDescription', { xmlns: 'http://uima.apache.org/resourceSpecifier' }, `\n ${content}\n`)}\n`;
}
