import type { CasObject, CasValue } from './cas-objects.ts';
import { sofaId, viewName } from './cas-objects.ts';
import { type CasFeature, type CasType, uima } from './cas-types.ts';
import { jsonLine } from './json-text.ts';
import type { Ledger } from './ledger.ts';
import { Utf8Text } from './utf8-text.ts';

/** Writes the CASes of an export as JSON, all with the same type system. The result is only valid until the next call, which uses the same buffer. */
export type CasJsonWriter = (text: string, objects: readonly CasObject[]) => Utf8Text;

/**
 * A CAS as UIMA CAS JSON 0.4.0 (apache/uima-uimaj-io-jsoncas, SPECIFICATION.adoc), including its type system. Offsets count UTF-16 code units.
 * Arrays are separate objects with ids above those of `objects`. There is no %HEADER: the Java reader, which INCEpTION uses, rejects the version
 * that the specification requires in it.
 */
export function casJsonWriter(types: readonly CasType[], ledger: Ledger): CasJsonWriter {
  const json = (value: unknown) => jsonLine(value, ledger).slice(0, -1);
  const doubles = new Map(types.map(({ name, features }) => [name, new Set(features.flatMap((one) => (isDouble(one) ? [one.name] : [])))]));
  const declared = types.map((type) => `${json(type.name)}:${json(typeJson(type))}`).join(',\n');
  // One type and one object on each line, so that people can read it and tools can compare it.
  const head = new Utf8Text().add(`{"%TYPES":{\n${declared}\n},\n"%FEATURE_STRUCTURES":[\n`);
  const typed = new Map<string, string>();
  const typeOf = (type: string) => {
    const known = typed.get(type) ?? `,"%TYPE":${json(type)}`;
    typed.set(type, known);
    return known;
  };
  const file = new Utf8Text();
  const members = new Utf8Text();
  return (text, objects) => {
    let next = (objects.at(-1)?.id ?? sofaId) + 1;
    file.clear().addPart(head);
    members.clear();
    file.add(json({ '%ID': sofaId, '%TYPE': uima.sofa, sofaNum: 1, sofaID: viewName, mimeType: 'text', sofaString: text }));
    for (const { id, type, place, features } of objects) {
      let more = '';
      for (const [name, value] of features) {
        const array = arrayOf(value);
        if (array) {
          file.add(`,\n${json({ '%ID': next, '%TYPE': array.type, '%ELEMENTS': array.elements })}`);
          more += `,${json(`@${name}`)}:${next++}`;
        } else if (typeof value === 'object') more += `,${json(`@${name}`)}:${(value as { to: number }).to}`;
        else more += `,${json(name)}:${doubles.get(type)?.has(name) ? decimal(value as number) : json(value)}`;
      }
      file.add(',\n{"%ID":').addNumber(id).add(typeOf(type));
      if (place) {
        file.add(placed).addNumber(place.start).add(',"end":').addNumber(place.end);
        if (members.length > 0) members.add(',');
        members.addNumber(id);
      }
      file.add(more).add('}');
    }
    file.add(`\n],\n"%VIEWS":{"${viewName}":{"%SOFA":${sofaId},"%MEMBERS":[`).addPart(members);
    return file.add(']}}}\n');
  };
}

const placed = `,"@sofa":${sofaId},"begin":`;

const isDouble = ({ range, many }: CasFeature) => range === uima.double && !many;

// The Java reader does not accept a whole number for a double.
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

// Java writes the range of an array of objects as `X[]`, but that of an array of strings as its type name.
function typeJson({ name, superType, description, features }: CasType): unknown {
  const ranges = features.map(({ name, range, many }) => [
    name,
    { '%NAME': name, '%RANGE': many ? (range === uima.string ? uima.stringArray : `${range}[]`) : range },
  ]);
  const about = description === '' ? {} : { '%DESCRIPTION': description };
  return { '%NAME': name, '%SUPER_TYPE': superType, ...about, ...Object.fromEntries(ranges) };
}
