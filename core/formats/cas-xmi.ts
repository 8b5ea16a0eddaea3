import type { CasObject } from './cas-objects.ts';
import { sofaId, viewName } from './cas-objects.ts';
import { type CasType, uima } from './cas-types.ts';
import { element, xmlText } from './xml-text.ts';

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A CAS as XMI 1.0 of UIMA. It does without its types, for which see `typeSystemXml`. Offsets count UTF-16 code units. */
export function casXmi(text: string, objects: readonly CasObject[]): string {
  const prefixes = prefixesOf(objects);
  const declared = Object.fromEntries(
    [...prefixes].map(([space, prefix]) => [`xmlns:${prefix}`, `http:///${space.replaceAll('.', '/')}.ecore`]),
  );
  const sofa = { 'xmi:id': sofaId, sofaNum: 1, sofaID: viewName, mimeType: 'text', sofaString: text };
  const members = objects.flatMap(({ id, place }) => (place ? [id] : [])).join(' ');
  const lines = [
    element('cas:NULL', { 'xmi:id': 0 }),
    ...objects.map((object) => objectXmi(object, prefixes)),
    element('cas:Sofa', sofa),
    element('cas:View', { sofa: sofaId, members }),
  ];
  const root = { 'xmlns:xmi': 'http://www.omg.org/XMI', ...declared, 'xmi:version': '2.0' };
  return `${head}${element('xmi:XMI', root, `\n ${lines.join('\n ')}\n`)}\n`;
}

// By package, `cas` first. The last word of a package, with a number where another has it.
function prefixesOf(objects: readonly CasObject[]): Map<string, string> {
  const spaces = [...new Set(objects.map(({ type }) => spaceOf(type)))].sort();
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

function objectXmi({ id, type, place, features }: CasObject, prefixes: ReadonlyMap<string, string>): string {
  const attributes: Record<string, string | number> = { 'xmi:id': id };
  if (place) Object.assign(attributes, { sofa: sofaId, begin: place.start, end: place.end });
  const children: string[] = [];
  for (const [name, value] of features) {
    if (typeof value !== 'object') attributes[name] = String(value);
    else if ('to' in value) attributes[name] = typeof value.to === 'number' ? value.to : value.to.join(' ');
    // A list without items would be as one that is not there.
    else if (value.length === 0) attributes[name] = '';
    else children.push(...value.map((item) => `<${name}>${xmlText(item)}</${name}>`));
  }
  return element(`${prefixes.get(spaceOf(type))}:${type.slice(type.lastIndexOf('.') + 1)}`, attributes, children.join(''));
}

/** The type system that goes with XMI files: a UIMA type system description. */
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
