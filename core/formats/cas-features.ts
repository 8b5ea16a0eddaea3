import type { AttributeValue } from '../model/annotation.ts';
import { CasFault, type CasGraph, type GraphObject } from './cas-graph.ts';
import { dkpro } from './cas-types.ts';
import type { ForeignSpan } from './foreign.ts';

/** The objects that the view of the text lists. */
export const membersOf = ({ objects }: CasGraph): GraphObject[] => [...objects.values()].filter(({ isMember }) => isMember);

// Linguistic layers of DKPro Core, which nobody tagged for this dataset.
const linguistic = new RegExp(`^(uima\\.|${dkpro.replaceAll('.', '\\.')}\\.(segmentation|metadata|lexmorph|syntax)\\.)`);

/**
 * Whether an object becomes an annotation or relation of the dataset. Tokens, sentences, what belongs to them, and objects that no view lists do
 * not.
 */
export const isTaken = ({ type, isMember }: GraphObject): boolean => isMember && !linguistic.test(type);

/** The plain value of a feature as text; null if it has none. */
export function textOf({ features }: Pick<GraphObject, 'features'>, name: string): string | null {
  const value = features.get(name);
  return value?.kind === 'plain' ? String(value.value) : null;
}

/** Whether a value was set. UIMA has no empty number or boolean, so 0 and false may also mean that it was never set; see `given` in cas-types.ts. */
export function isGiven({ features }: Pick<GraphObject, 'features'>, name: string): boolean {
  const value = features.get(name);
  if (value?.kind !== 'plain' || (value.value !== 0 && value.value !== false)) return true;
  const given = features.get('given');
  return given?.kind === 'strings' && given.value.includes(name);
}

/** All features except references, unchanged. */
export function valuesOf({ features }: GraphObject): Record<string, AttributeValue> {
  return Object.fromEntries(
    [...features].flatMap(([name, value]) => (value.kind === 'references' ? [] : [[name, value.value as AttributeValue]])),
  );
}

/** The object with the id `id`, to which `object` refers. @throws CasFault if there is none */
export function objectAt({ objects }: CasGraph, object: GraphObject, id: number): GraphObject {
  const found = objects.get(id);
  if (!found) throw new CasFault('damaged', `The ${object.type} ${object.id} refers to the object ${id}, which is not there.`);
  return found;
}

/** What a feature refers to, in order; empty if it holds no references. @throws CasFault if a reference leads nowhere */
export function referencesOf(graph: CasGraph, object: GraphObject, feature: string): GraphObject[] {
  const value = object.features.get(feature);
  return value?.kind === 'references' ? value.to.map((id) => objectAt(graph, object, id)) : [];
}

/** What a feature refers to through links, which are objects with a role and a target, as in INCEpTION. @throws CasFault if a link leads nowhere */
export function linksOf(graph: CasGraph, object: GraphObject, feature: string): { role: string; target: GraphObject }[] {
  return referencesOf(graph, object, feature).flatMap((link) => {
    const [target] = referencesOf(graph, link, 'target');
    return target ? [{ role: textOf(link, 'role') ?? '', target }] : [];
  });
}

/** The span of an object. Empty if the object is between two characters or has no place. */
export function spansOf({ text }: CasGraph, { place }: GraphObject): ForeignSpan[] {
  return place && place.start < place.end ? [{ ...place, text: text.slice(place.start, place.end) }] : [];
}

/** Whether an object ties two others together, like relations in INCEpTION. */
export const isRelation = ({ features }: GraphObject): boolean =>
  ['Governor', 'Dependent'].every((name) => features.get(name)?.kind === 'references');

/** The two ends of a relation; null if one of them is not taken. @throws CasFault if one leads nowhere */
export function endsOf(graph: CasGraph, relation: GraphObject): { readonly from: GraphObject; readonly to: GraphObject } | null {
  const [from, to] = ['Governor', 'Dependent'].map((name) => referencesOf(graph, relation, name)[0]);
  return from && to && isTaken(from) && isTaken(to) ? { from, to } : null;
}
