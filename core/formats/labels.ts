import type { AttributeValue } from '../model/annotation.ts';
import { mentionLayer } from './document.ts';
import type { Foreign } from './foreign.ts';

/** The labels of a file with how often each occurs, in order of appearance. */
export interface Labels {
  readonly layers: ReadonlyMap<string, LayerLabels>;
  readonly relations: ReadonlyMap<string, RelationLabels>;
  readonly entityTypes: ReadonlyMap<string, number>;
}

/** The labels of one layer: its attributes, and the roles that its annotations fill. Rejected suggestions do not count as annotations. */
export interface LayerLabels extends RelationLabels {
  readonly rejected: number;
  readonly roles: ReadonlyMap<string, number>;
}

/** The labels of one relation type, within documents and across. `values` has those that are a single word, a number or a boolean. */
export interface RelationLabels {
  readonly count: number;
  readonly attributes: ReadonlyMap<string, { readonly count: number; readonly values: ReadonlyMap<string, number> }>;
}

/** The most values that a dialog can show for one attribute. One with more is not a list of choices. */
const mostValues = 100;

/** The labels of `foreign`. */
export function labelsOf({ documents, links, entities }: Foreign): Labels {
  const layers = new Map<string, Growing & { rejected: number; roles: Map<string, number> }>();
  const relations = new Map<string, Growing>();
  const entityTypes = new Map<string, number>();
  for (const { annotations, relations: within } of documents) {
    for (const { layer, attributes, args, status } of annotations) {
      const labels = held(layers, layer, () => ({ ...growing(), rejected: 0, roles: new Map() }));
      if (status === 'rejected') {
        labels.rejected++;
        continue;
      }
      // What a mention is linked to is not a label.
      const { entity_id: _, ...others } = attributes;
      note(labels, layer === mentionLayer ? others : attributes);
      for (const { role } of args) add(labels.roles, role);
    }
    for (const { type, attributes } of within) note(held(relations, type, growing), attributes);
  }
  for (const { type, attributes } of links) note(held(relations, type, growing), attributes);
  for (const { type } of entities) add(entityTypes, type);
  return { layers, relations, entityTypes };
}

/** The key of a value in a map; null if the value is a list. */
export function valueKey(value: AttributeValue): string | null {
  return typeof value === 'object' ? null : String(value);
}

interface Growing {
  count: number;
  attributes: Map<string, { count: number; values: Map<string, number> }>;
}

const growing = (): Growing => ({ count: 0, attributes: new Map() });

function note(labels: Growing, attributes: Readonly<Record<string, AttributeValue>>): void {
  labels.count++;
  for (const [name, value] of Object.entries(attributes)) {
    const seen = held(labels.attributes, name, () => ({ count: 0, values: new Map<string, number>() }));
    seen.count++;
    const key = valueKey(value);
    if (key !== null && (seen.values.size < mostValues || seen.values.has(key))) add(seen.values, key);
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function held<T>(map: Map<string, T>, name: string, make: () => T): T {
  let value = map.get(name);
  if (!value) {
    value = make();
    map.set(name, value);
  }
  return value;
}
