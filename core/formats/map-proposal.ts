import { type Attribute, type Codebook, current, type Layer } from '../model/codebook.ts';
import { likenessTo } from '../text/likeness.ts';
import { mentionLayer } from './document.ts';
import type { Labels, LayerLabels, RelationLabels } from './labels.ts';
import type { AttributeMap, LabelMap, LayerMap, RelationMap } from './mapping.ts';
import { mentionOf, roleOf } from './mapping.ts';

/** The least likeness of two names for proposing one for the other. */
const leastLikeness = 0.6;
/** Equal apart from case and punctuation. Values need this, because “not true” is like “true”. */
const sameName = 1;

// Usual names of entity types in the data on which most programs were trained (CoNLL 2003, OntoNotes).
const customary: Readonly<Record<string, readonly string[]>> = {
  PERSON: ['PER', 'PERS'],
  ORGANISATION: ['ORG'],
  PLACE: ['LOC', 'GPE', 'FAC', 'location'],
  ISSUE: ['topic', 'concept'],
  DOCUMENT: ['LAW', 'work of art'],
};

// Usual names of relations to the filler of a role.
const customaryRoles: Readonly<Record<string, readonly string[]>> = {
  speaker: ['spoken by', 'said by'],
  holder: ['held by'],
  cue: ['cued by', 'said with'],
  target: ['toward', 'towards', 'about'],
  addressee: ['spoken to', 'said to'],
};

/**
 * Proposes what `labels` become in `codebook`, by name: the same name, otherwise the most similar one that can still be chosen. A label named like
 * an entity type or a role becomes a mention. A label similar to nothing is left out. Choices in `chosen` take precedence.
 */
export function proposeMap(labels: Labels, codebook: Codebook, chosen: LabelMap | null = null): LabelMap {
  const layers = [...labels.layers].map(([name, uses]): [string, LayerMap] => [
    name,
    layerMap(name, uses, codebook, chosenOf(chosen?.layers, name)),
  ]);
  const relations = [...labels.relations].map(([name, uses]): [string, RelationMap] => [
    name,
    relationMap(name, uses, codebook, chosenOf(chosen?.relations, name)),
  ]);
  const types = [...labels.entityTypes].map(([name]): [string, string | null] => {
    const wanted = chosenOf(chosen?.entityTypes, name);
    return [name, wanted === undefined ? best(name, typeNames(codebook)) : wanted];
  });
  return {
    ...{ format: 'pressmark-labels', version: 1 },
    ...{ layers: Object.fromEntries(layers), relations: Object.fromEntries(relations), entityTypes: Object.fromEntries(types) },
  };
}

function layerMap(name: string, { attributes, roles }: LayerLabels, codebook: Codebook, chosen: LayerMap | undefined): LayerMap {
  const to = chosen ? chosen.to : proposedLayer(name, codebook);
  const layer = codebook.layers.find(({ id }) => id === to);
  if (!layer) return { to, attributes: {}, roles: {} };
  return {
    to,
    attributes: attributeMaps(attributes, layer.attributes, chosen?.attributes),
    roles: Object.fromEntries(
      [...roles.keys()].map((role) => {
        const wanted = chosenOf(chosen?.roles, role);
        return [role, wanted === undefined ? best(role, named(layer.roles)) : wanted];
      }),
    ),
  };
}

function proposedLayer(name: string, codebook: Codebook): string | null {
  if (name === mentionLayer) return mentionLayer;
  const layer = rated(name, named(codebook.layers));
  const type = rated(name, typeNames(codebook));
  const role = rated(name, roleNames(codebook.layers));
  const most = Math.max(layer.like, type.like, role.like, rated(name, [{ id: mentionLayer, names: [mentionLayer, 'entity'] }]).like);
  if (most < leastLikeness) return null;
  if (layer.like === most) return layer.id;
  return type.like === most ? `${mentionOf}${type.id}` : mentionLayer;
}

function relationMap(name: string, { attributes }: RelationLabels, codebook: Codebook, chosen: RelationMap | undefined): RelationMap {
  const type = rated(name, named(codebook.relations));
  const role = rated(name, fillingNames(codebook.layers));
  const proposed = Math.max(type.like, role.like) < leastLikeness ? null : type.like >= role.like ? type.id : `${roleOf}${role.id}`;
  const to = chosen ? chosen.to : proposed;
  const relation = codebook.relations.find(({ id }) => id === to);
  return { to, attributes: relation ? attributeMaps(attributes, relation.attributes, chosen?.attributes) : {} };
}

function attributeMaps(
  used: RelationLabels['attributes'],
  known: readonly Attribute[],
  chosen: Readonly<Record<string, AttributeMap>> | undefined,
): Record<string, AttributeMap> {
  const maps = [...used].map(([name, { values }]): [string, AttributeMap] => {
    const wanted = chosenOf(chosen, name);
    const to = wanted ? wanted.to : best(name, named(known));
    const attribute = known.find((candidate) => candidate.name === to);
    if (attribute?.type !== 'enum') return [name, { to }];
    const names = attribute.values.map((value) => ({
      id: value,
      names: [value],
      retired: attribute.retiredValues?.includes(value) ?? false,
    }));
    const turned = [...values.keys()].map((value) => {
      const said = chosenOf(wanted?.values, value);
      return [value, said === undefined ? best(value, names, sameName) : said];
    });
    return [name, { to, values: Object.fromEntries(turned) }];
  });
  return Object.fromEntries(maps);
}

interface Candidate {
  readonly id: string;
  readonly names: readonly string[];
  readonly retired?: boolean;
}

type Titled = { readonly title: string; readonly retired?: true | undefined } & ({ readonly id: string } | { readonly name: string });

const named = (list: readonly Titled[]): Candidate[] =>
  list.map((one) => {
    const id = 'id' in one ? one.id : one.name;
    return { id, names: [id, one.title], retired: one.retired ?? false };
  });

const typeNames = ({ entityTypes }: Codebook): Candidate[] =>
  named(entityTypes).map((type) => ({ ...type, names: [...type.names, ...(customary[type.id] ?? [])] }));

const roleNames = (layers: readonly Layer[]): Candidate[] => current(layers).flatMap(({ roles }) => named(current(roles)));

const fillingNames = (layers: readonly Layer[]): Candidate[] =>
  roleNames(layers).map((role) => ({ ...role, names: [...role.names, ...(customaryRoles[role.id] ?? [])] }));

const best = (name: string, candidates: readonly Candidate[], least = leastLikeness): string | null => {
  const { id, like } = rated(name, candidates);
  return like < least ? null : id;
};

function rated(name: string, candidates: readonly Candidate[]): { id: string; like: number } {
  const words = apart(name);
  const likeness = likenessTo(words);
  let found = { id: '', like: 0 };
  for (const { id, names, retired } of candidates) {
    if (id === name) return { id, like: 2 };
    if (retired) continue;
    for (const other of names) {
      const like = Math.max(likeness(apart(other)), beginningLikeness(words, apart(other)));
      if (like > found.like) found = { id, like };
    }
  }
  return found;
}

// Splits names such as `spokenBy` and `quote_type` into words.
const apart = (name: string) => name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_\-:.]+/g, ' ');

// Recognises ORG for organisation, quotation for quote, organization for organisation.
function beginningLikeness(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (/\s/.test(a) || /\s/.test(b)) return 0;
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  if (same < 3 || same < 0.7 * Math.min(a.length, b.length)) return 0;
  return same === Math.min(a.length, b.length) || same >= 4 ? 0.62 + 0.1 * (same / Math.max(a.length, b.length)) : 0;
}

const chosenOf = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record && Object.hasOwn(record, name) ? record[name] : undefined;
