import type { CasObject, CasValue } from './cas-objects.ts';
import { sofaId, viewName } from './cas-objects.ts';
import { type CasType, uima } from './cas-types.ts';
import { jsonLine } from './json-text.ts';
import type { Ledger } from './ledger.ts';

/**
 * A CAS as UIMA CAS JSON 0.4.0 (apache/uima-uimaj-io-jsoncas, SPECIFICATION.adoc), with its type system. Offsets count UTF-16 code units.
 * Arrays are objects of their own, with ids above those of `objects`.
 */
export function casJson(text: string, objects: readonly CasObject[], types: readonly CasType[], ledger: Ledger): string {
  let next = (objects.at(-1)?.id ?? sofaId) + 1;
  const structures: Record<string, unknown>[] = [
    { '%ID': sofaId, '%TYPE': uima.sofa, sofaNum: 1, sofaID: viewName, mimeType: 'text', sofaString: text },
  ];
  for (const { id, type, place, features } of objects) {
    const members = features.map(([name, value]): [string, unknown] => {
      const array = arrayOf(value);
      if (!array) return typeof value === 'object' ? [`@${name}`, (value as { to: number }).to] : [name, value];
      structures.push({ '%ID': next, '%TYPE': array.type, '%ELEMENTS': array.elements });
      return [`@${name}`, next++];
    });
    const placed = place ? { '@sofa': sofaId, begin: place.start, end: place.end } : {};
    structures.push({ '%ID': id, '%TYPE': type, ...placed, ...Object.fromEntries(members) });
  }
  const views = { [viewName]: { '%SOFA': sofaId, '%MEMBERS': objects.flatMap(({ id, place }) => (place ? [id] : [])) } };
  // One type and one object a line, so that a person can read it and a tool can tell what changed.
  const line = (value: unknown) => jsonLine(value, ledger).trimEnd();
  return [
    `{"%HEADER":${line({ '%VERSION': '0.4.0' })},`,
    '"%TYPES":{',
    types.map((type) => `${line(type.name)}:${line(typeJson(type))}`).join(',\n'),
    '},',
    '"%FEATURE_STRUCTURES":[',
    structures.map(line).join(',\n'),
    '],',
    `"%VIEWS":${line(views)}}`,
    '',
  ].join('\n');
}

function arrayOf(value: CasValue): { type: string; elements: readonly (string | number)[] } | null {
  if (typeof value !== 'object') return null;
  if (Array.isArray(value)) return { type: uima.stringArray, elements: value as readonly string[] };
  const { to } = value as { to: number | readonly number[] };
  return typeof to === 'number' ? null : { type: uima.objectArray, elements: to };
}

// Java writes the range of an array of objects as `X[]`, that of an array of strings by its name.
function typeJson({ name, superType, description, features }: CasType): unknown {
  const ranges = features.map(({ name, range, many }) => [
    name,
    { '%NAME': name, '%RANGE': many ? (range === uima.string ? uima.stringArray : `${range}[]`) : range },
  ]);
  const about = description === '' ? {} : { '%DESCRIPTION': description };
  return { '%NAME': name, '%SUPER_TYPE': superType, ...about, ...Object.fromEntries(ranges) };
}
