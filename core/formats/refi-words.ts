import type { AttributeValue, Evidence, Quantity } from '../model/annotation.ts';
import type { Attribute, RelationType } from '../model/codebook.ts';
import type { Provenance, RelationCore } from './document.ts';

/** The attributes without a code, one on each line: title and value. */
export function valuesInWords(values: Readonly<Record<string, AttributeValue>>, known: readonly Attribute[]): string[] {
  return known.flatMap(({ name, title, type }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || type === 'enum' || type === 'boolean') return [];
    return (Array.isArray(value) ? value : [value]).map((item) => `${title || name}: ${inWords(item)}`);
  });
}

function inWords(value: string | number | boolean | Quantity | Evidence): string {
  if (typeof value !== 'object') return String(value);
  if ('says' in value) return [`${value.says} ${value.url}`, value.accessed, value.note].filter(Boolean).join('; ');
  const { value: from, value_max, modifier, unit, counts } = value;
  const range = value_max === null ? `${from}` : `${from} to ${value_max}`;
  return [`${range} ${unit}`.trim(), modifier.replaceAll('_', ' '), counts].filter(Boolean).join('; ');
}

/** Where a record came from, unless a person made it here. */
export function provenanceInWords({ origin, confidence, rule, imported_from }: Partial<Provenance>): string[] {
  if (origin === 'imported') return [`Imported from ${imported_from?.file ?? ''} (${imported_from?.format ?? ''})`];
  if (origin !== 'model') return [];
  const sure = confidence === null || confidence === undefined ? '' : `, confidence ${confidence}`;
  return [`Suggested by ${rule?.id ?? ''} ${rule?.version ?? ''}${sure}`];
}

/** Everything known about a relation except its ends, one fact on each line. */
export function relationInWords(relation: RelationCore, type: RelationType | undefined): string[] {
  const { attributes, note, override, modified, created } = relation;
  const values = (type?.attributes ?? []).flatMap(({ name, title }) => {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return value === undefined ? [] : (Array.isArray(value) ? value : [value]).map((item) => `${title || name}: ${inWords(item)}`);
  });
  const changed = modified === created ? [] : [`Changed: ${modified}`];
  const why = override === undefined ? [] : [`Related all the same, because: ${override}`];
  return [type?.title || relation.type, ...values, ...why, ...changed, ...provenanceInWords(relation), ...(note === '' ? [] : [note])];
}
