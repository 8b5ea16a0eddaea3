import type { CasObject, CasValue } from './cas-objects.ts';
import { sofaId, viewName } from './cas-objects.ts';
import { type CasFeature, type CasType, uima } from './cas-types.ts';
import { jsonLine } from './json-text.ts';
import type { Ledger } from './ledger.ts';

/**
 * A CAS as UIMA CAS JSON 0.4.0 (apache/uima-uimaj-io-jsoncas, SPECIFICATION.adoc), with its type system. Offsets count UTF-16 code units.
 * Arrays are objects of their own, with ids above those of `objects`. There is no %HEADER: the reader in Java, INCEpTION's, refuses the
 * version that the specification asks for in it.
 */
export function casJson(text: string, objects: readonly CasObject[], types: readonly CasType[], ledger: Ledger): string {
  let next = (objects.at(-1)?.id ?? sofaId) + 1;
  const json = (value: unknown) => jsonLine(value, ledger).trimEnd();
  const doubles = new Map(types.map(({ name, features }) => [name, new Set(features.flatMap((one) => (isDouble(one) ? [one.name] : [])))]));
  const sofa = { '%ID': sofaId, '%TYPE': uima.sofa, sofaNum: 1, sofaID: viewName, mimeType: 'text', sofaString: text };
  const lines = [json(sofa)];
  for (const { id, type, place, features } of objects) {
    const members = features.map(([name, value]): string => {
      const array = arrayOf(value);
      if (array) {
        lines.push(json({ '%ID': next, '%TYPE': array.type, '%ELEMENTS': array.elements }));
        return `${json(`@${name}`)}:${next++}`;
      }
      if (typeof value === 'object') return `${json(`@${name}`)}:${(value as { to: number }).to}`;
      return `${json(name)}:${doubles.get(type)?.has(name) ? decimal(value as number) : json(value)}`;
    });
    const placed = place ? { '@sofa': sofaId, begin: place.start, end: place.end } : {};
    const head = json({ '%ID': id, '%TYPE': type, ...placed }).slice(0, -1);
    lines.push(`${[head, ...members].join(',')}}`);
  }
  const views = { [viewName]: { '%SOFA': sofaId, '%MEMBERS': objects.flatMap(({ id, place }) => (place ? [id] : [])) } };
  // One type and one object a line, so that a person can read it and a tool can tell what changed.
  return [
    '{"%TYPES":{',
    types.map((type) => `${json(type.name)}:${json(typeJson(type))}`).join(',\n'),
    '},',
    '"%FEATURE_STRUCTURES":[',
    lines.join(',\n'),
    '],',
    `"%VIEWS":${json(views)}}`,
    '',
  ].join('\n');
}

const isDouble = ({ range, many }: CasFeature) => range === uima.double && !many;

// The reader in Java takes no whole number for a double.
function decimal(value: number): string {
  const written = JSON.stringify(value);
  return /^-?\d+$/.test(written) ? `${written}.0` : written;
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
