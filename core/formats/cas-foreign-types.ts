import { endsOf, isTaken, objectAt, referencesOf, spansOf, textOf, valuesOf } from './cas-features.ts';
import type { CasGraph, GraphObject } from './cas-graph.ts';
import type { RecordIds } from './cas-record-ids.ts';
import type { Arg } from './document.ts';
import type { ForeignAnnotation, ForeignRelation } from './foreign.ts';

/**
 * Turns an object of another program into an annotation: its type is the layer, plain features are attributes, references are roles. Without a
 * place in the text it has no spans.
 */
export function foreignAnnotation(graph: CasGraph, ids: RecordIds, annotator: string | null, object: GraphObject): ForeignAnnotation {
  return {
    ...{ id: ids.of(object), layer: object.type, spans: spansOf(graph, object), attributes: valuesOf(object) },
    ...{ args: rolesOf(graph, ids, object), annotator, status: null },
  };
}

/** Turns an object of another program with two ends into a relation; null if an end is not taken. */
export function foreignRelation(graph: CasGraph, ids: RecordIds, annotator: string | null, object: GraphObject): ForeignRelation | null {
  const ends = endsOf(graph, object);
  if (!ends) return null;
  return { id: ids.of(object), type: object.type, from: ids.of(ends.from), to: ids.of(ends.to), attributes: valuesOf(object), annotator };
}

// A reference leads to an annotation, or to a link, which has no place of its own and names the role.
function rolesOf(graph: CasGraph, ids: RecordIds, object: GraphObject): Arg[] {
  return [...object.features].flatMap(([name, value]): Arg[] => {
    if (value.kind !== 'references') return [];
    return value.to.flatMap((id): Arg[] => {
      const target = objectAt(graph, object, id);
      const isLink = target.place === null && !target.isMember;
      const end = isLink ? referencesOf(graph, target, 'target')[0] : target;
      const role = (isLink ? textOf(target, 'role') : null) ?? name;
      return end && isTaken(end) ? [{ role, annotation: ids.of(end) }] : [];
    });
  });
}
