import type { Annotation, AnnotationSet, AttributeValue, Mention, Relation } from '../model/annotation.ts';
import { emptySet } from '../model/annotation.ts';
import { type Codebook, defaultsOf, fillersOf, fits, layerOf, type RelationType, valuesOf } from '../model/codebook.ts';
import { type Entity, entityOfMention, type Registry } from '../model/entity.ts';
import { type Edit, relationEdit, type Work } from '../steps/edit.ts';
import { Refusal, type Scene } from '../steps/gestures.ts';
import { matchOf } from '../text/likeness.ts';

/** An annotation at one end of a relation, with the mentions that its annotator made in its article. */
export interface RelationEnd {
  readonly annotation: Annotation;
  readonly mentions: ReadonlyMap<string, Mention>;
}

/** The end of a relation at which an annotation is. Both ends of a symmetric relation are alike. */
export type Place = 'from' | 'to' | 'both';

/** A type of relation that an annotation can take part in, and at which end. */
export interface RelationOption {
  readonly type: RelationType;
  readonly place: Place;
}

/** Thrown when a relation contradicts what its ends are about; the message says why. The relation can still be made if a reason is given. */
export class OverrideNeeded extends Refusal {
  override name = 'OverrideNeeded';
}

// Facts about two different events neither confirm nor deny each other, nor do stances on two different targets.
const needsCommonGround: readonly string[] = ['corroborates', 'contradicts'];
const groundRoles: readonly string[] = ['event', 'target'];

// The role whose filler both ends must have in common, by the roles of the layer: a codebook may have given the layer another id.
function groundRole(codebook: Codebook, layer: string): string | undefined {
  const roles = layerOf(codebook, layer)?.roles ?? [];
  return groundRoles.find((name) => roles.some((role) => role.name === name));
}

/**
 * The relations that an annotation of `layer` can take part in, in the order of the codebook. A directed type that takes the layer at both ends is
 * listed twice.
 */
export function relationOptions(codebook: Codebook, layer: string): RelationOption[] {
  return codebook.relations.flatMap((type): RelationOption[] => {
    const [begins, ends] = [type.from.includes(layer), type.to.includes(layer)];
    if (type.symmetric) return begins || ends ? [{ type, place: 'both' }] : [];
    return [...(begins ? [{ type, place: 'from' as const }] : []), ...(ends ? [{ type, place: 'to' as const }] : [])];
  });
}

/** The layers that the other end of `option` may have, if one end has `layer`. */
export function otherLayers({ type, place }: RelationOption, layer: string): readonly string[] {
  if (place === 'from') return type.to;
  if (place === 'to') return type.from;
  const reached = [...(type.from.includes(layer) ? type.to : []), ...(type.to.includes(layer) ? type.from : [])];
  return [...new Set(reached)];
}

/** What the other end is to an annotation at `place`, shown before its words: “Evidence for”, “Evidence for this”. */
export function titleAt(type: RelationType, place: Place): string {
  return place === 'to' ? `${type.title} this` : type.title;
}

/** The end at which the annotation `id` is in `relation`. */
export function placeIn(relation: Relation, codebook: Codebook, id: string): Place {
  if (codebook.relations.find((type) => type.id === relation.type)?.symmetric) return 'both';
  return relation.from.annotation === id ? 'from' : 'to';
}

/** The end of `relation` that is not the annotation `id`. */
export function otherEnd(relation: Relation, id: string): Relation['from'] {
  return relation.from.annotation === id ? relation.to : relation.from;
}

/**
 * One annotator's relations that begin or end at an annotation, in its article and across articles. In the order of the codebook, oldest first
 * within a type.
 */
export function relationsOf(work: Pick<Work, 'sets' | 'links'>, article: string, id: string, codebook: Codebook): Relation[] {
  const inArticle = work.sets.get(article)?.relations;
  const found = [...(inArticle ? (byEnd(inArticle).get(id) ?? []) : []), ...(byEnd(work.links).get(id) ?? [])];
  const rank = ({ type, from }: Relation) =>
    2 * codebook.relations.findIndex((known) => known.id === type) + (from.annotation === id ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b) || (a.created < b.created ? -1 : a.created > b.created ? 1 : a.id < b.id ? -1 : 1));
}

/** How many of one annotator's relations begin or end at an annotation. The cost does not depend on how many relations there are. */
export function relationCount(inArticle: AnnotationSet['relations'], links: Work['links'], id: string): number {
  return (byEnd(inArticle).get(id)?.length ?? 0) + (byEnd(links).get(id)?.length ?? 0);
}

// Cached by the map it was made from. Every change of a relation creates a new map.
const indexes = new WeakMap<ReadonlyMap<string, Relation>, ReadonlyMap<string, readonly Relation[]>>();

function byEnd(relations: ReadonlyMap<string, Relation>): ReadonlyMap<string, readonly Relation[]> {
  const known = indexes.get(relations);
  if (known) return known;
  const index = new Map<string, Relation[]>();
  for (const relation of relations.values()) {
    for (const id of new Set([relation.from.annotation, relation.to.annotation])) {
      const there = index.get(id);
      if (there) there.push(relation);
      else index.set(id, [relation]);
    }
  }
  indexes.set(relations, index);
  return index;
}

/**
 * Relates two annotations, by the same annotator or others, in one article or in two. A symmetric relation has the smaller id first, whichever is
 * given as `from`. If the letters of the two ends show how they match, that attribute is set. `override` is the reason for relating ends that are
 * about different things; it is dropped if they are not. Of the values in `known`, those are set that the codebook has an attribute for.
 * @throws OverrideNeeded if a reason is needed and none is given
 * @throws Refusal if the codebook does not allow the relation, it already exists, or it would lead back to where it begins
 */
export function addRelation(
  scene: Scene,
  typeId: string,
  from: RelationEnd,
  to: RelationEnd,
  override = '',
  known: Readonly<Record<string, string>> = {},
): { id: string; edits: Edit[] } {
  const type = relationType(scene.codebook, typeId);
  const [one, other] = type.symmetric && from.annotation.id > to.annotation.id ? [to, from] : [from, to];
  refuseUnfit(scene.codebook, type, one.annotation, other.annotation);
  refuseKnown(scene, type, one.annotation, other.annotation);
  const difference = differenceOf(scene, type, one, other);
  const reason = override.trim();
  if (difference && !reason) throw new OverrideNeeded(difference);
  const relation: Relation = {
    id: scene.newId(),
    type: type.id,
    annotator: scene.annotator,
    from: { article: one.annotation.article, annotation: one.annotation.id },
    to: { article: other.annotation.article, annotation: other.annotation.id },
    attributes: { ...defaultsOf(type), ...matchTold(type, one.annotation, other.annotation), ...offered(type, known) },
    note: '',
    ...(difference ? { override: reason } : {}),
    origin: { kind: 'person' },
    codebook: scene.codebookVersion,
    created: scene.now,
    modified: scene.now,
  };
  return { id: relation.id, edits: [relationEdit(null, relation)] };
}

// Fills in how the ends match, if their letters show it, so that the user need not. The value can be changed like any other.
function matchTold(type: RelationType, one: Annotation, other: Annotation): Record<string, AttributeValue> {
  const attribute = type.attributes.find(({ name }) => name === 'match');
  if (attribute?.type !== 'enum') return {};
  const match = matchOf(textOf(one), textOf(other));
  return match && valuesOf(attribute).includes(match) ? { match } : {};
}

const offered = ({ attributes }: RelationType, known: Readonly<Record<string, string>>): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(known).filter(([name, value]) => {
      const attribute = attributes.find((candidate) => candidate.name === name && !candidate.retired);
      return attribute?.type === 'enum' && valuesOf(attribute).includes(value);
    }),
  );

const textOf = ({ spans }: Annotation) => spans.map(({ text }) => text).join(' … ');

/** Whether annotations with similar words are likely to be the other end. True for relations across articles, which join the same words or claims. */
export function isAmongAlike({ scope }: RelationType): boolean {
  return scope === 'any';
}

/** Removes a relation. @throws RangeError if the annotator has no such relation, neither on a loaded article nor across articles */
export function removeRelation(scene: Pick<Scene, 'work'>, id: string): Edit[] {
  return [relationEdit(relationIn(scene.work, id), null)];
}

/** Sets an attribute of a relation; null removes it. @throws Refusal if the codebook does not allow the value */
export function setRelationAttribute(scene: Scene, id: string, name: string, value: AttributeValue | null): Edit[] {
  const relation = relationIn(scene.work, id);
  const type = relationType(scene.codebook, relation.type);
  const attribute = type.attributes.find((candidate) => candidate.name === name);
  if (!attribute) throw new Refusal(`${type.title} has no attribute ${name}`);
  if (value !== null && !fits(attribute, value)) throw new Refusal(`${attribute.title} cannot be ${JSON.stringify(value)}`);
  const { [name]: _, ...rest } = relation.attributes;
  const attributes = value === null ? rest : { ...rest, [name]: value };
  return [relationEdit(relation, { ...relation, attributes, modified: scene.now })];
}

/**
 * Sets the note of a relation; an empty one removes it. @throws RangeError if the annotator has no such relation, neither on a loaded article nor
 * across articles
 */
export function setRelationNote(scene: Scene, id: string, note: string): Edit[] {
  const relation = relationIn(scene.work, id);
  return relation.note === note.trim() ? [] : [relationEdit(relation, { ...relation, note: note.trim(), modified: scene.now })];
}

/** Where `relation` breaks `codebook`, one sentence each. `layerAt` gives the layer of an end, or undefined if the end no longer exists. */
export function relationProblems(relation: Relation, codebook: Codebook, layerAt: (end: Relation['from']) => string | undefined): string[] {
  const type = codebook.relations.find(({ id }) => id === relation.type);
  if (!type) return [`its type ${relation.type} is not in the codebook`];
  const problems: string[] = [];
  const [from, to] = [layerAt(relation.from), layerAt(relation.to)];
  if (from !== undefined && to !== undefined && !mayJoin(type, from, to)) problems.push(`${type.id} does not join ${from} to ${to}`);
  if (type.scope === 'article' && relation.from.article !== relation.to.article) problems.push(`${type.id} does not cross articles`);
  for (const [name, value] of Object.entries(relation.attributes)) {
    const attribute = type.attributes.find((candidate) => candidate.name === name);
    if (!attribute) problems.push(`${type.id} has no attribute ${name}`);
    else if (!fits(attribute, value)) problems.push(`${name} cannot be ${JSON.stringify(value)}`);
  }
  return problems;
}

/** Why two ends are not about the same thing, as a sentence without its full stop. Null if they are, or need not be. */
export function differenceOf(
  scene: Pick<Scene, 'registry' | 'codebook'>,
  type: RelationType,
  one: RelationEnd,
  other: RelationEnd,
): string | null {
  if (!needsCommonGround.includes(type.id)) return null;
  const [first, second] = [one, other].map(({ annotation: { layer } }) => ({ role: groundRole(scene.codebook, layer), layer }));
  if (!first?.role || !second?.role) return null;
  if (first.layer !== second.layer) {
    const [a, b] = [titleOf(scene.codebook, first.layer), titleOf(scene.codebook, second.layer)];
    return `A ${a} and a ${b} have neither ${withArticle(first.role)} nor ${withArticle(second.role)} in common`;
  }
  const role = first.role;
  const [here, there] = [fillersIn(scene.registry, one, role), fillersIn(scene.registry, other, role)];
  if (here.some(({ id }) => there.some((entity) => entity.id === id))) return null;
  const [a, b] = [here[0], there[0]];
  if (a && b) return `They name different ${role}s: “${a.canonical}” and “${b.canonical}”`;
  return a || b ? `One of them names no ${role} of the registry` : `Neither names ${withArticle(role)} of the registry`;
}

function fillersIn(registry: Registry, { annotation, mentions }: RelationEnd, role: string): Entity[] {
  return fillersOf(annotation, role).flatMap(({ target }) => {
    if (target.kind === 'entity') return entityOfMention(registry, { id: annotation.id, entity: target.id }) ?? [];
    const mention = target.kind === 'mention' ? mentions.get(target.id) : undefined;
    return (mention && entityOfMention(registry, mention)) ?? [];
  });
}

function refuseUnfit(codebook: Codebook, type: RelationType, one: Annotation, other: Annotation): void {
  if (one.id === other.id) throw new Refusal('An annotation cannot be related to itself');
  if (!mayJoin(type, one.layer, other.layer)) {
    const list = (layers: readonly string[]) => layers.map((layer) => titleOf(codebook, layer)).join(' or ');
    throw new Refusal(`“${type.title}” goes from a ${list(type.from)} to a ${list(type.to)}`);
  }
  if (type.scope === 'article' && one.article !== other.article) throw new Refusal(`“${type.title}” stays within one article`);
}

function refuseKnown(scene: Scene, type: RelationType, one: Annotation, other: Annotation): void {
  const known = relationsOf(scene.work, one.article, one.id, scene.codebook).filter((relation) => relation.type === type.id);
  const ties = ({ from, to }: Relation, a: string, b: string) => from.annotation === a && to.annotation === b;
  const isThere = known.some((each) => ties(each, one.id, other.id) || (type.symmetric && ties(each, other.id, one.id)));
  if (isThere) throw new Refusal(`“${type.title}” ties these two already`);
  if (type.symmetric || type.scope === 'any') return;
  const relations = (scene.work.sets.get(one.article) ?? emptySet(one.article)).relations;
  const reached = new Set([other.id]);
  for (const id of reached) {
    for (const { type: each, to } of byEnd(relations).get(id) ?? []) if (each === type.id) reached.add(to.annotation);
  }
  if (reached.has(one.id)) throw new Refusal(`“${type.title}” would lead in a circle back to where it begins`);
}

/** Whether a relation of this type may go from an annotation of layer `one` to one of layer `other`. */
export function mayJoin({ from, to, symmetric }: RelationType, one: string, other: string): boolean {
  return (from.includes(one) && to.includes(other)) || (symmetric && from.includes(other) && to.includes(one));
}

function relationType(codebook: Codebook, id: string): RelationType {
  const type = codebook.relations.find((candidate) => candidate.id === id);
  if (!type) throw new RangeError(`no relation type ${id} in the codebook`);
  return type;
}

function relationIn(work: Work, id: string): Relation {
  const link = work.links.get(id);
  if (link) return link;
  for (const { relations } of work.sets.values()) {
    const relation = relations.get(id);
    if (relation) return relation;
  }
  throw new RangeError(`no relation ${id}`);
}

const titleOf = (codebook: Codebook, layer: string) => layerOf(codebook, layer)?.title.toLowerCase() ?? layer;
const withArticle = (role: string) => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;
