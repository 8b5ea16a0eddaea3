import type { Annotation, AnnotationSet, AttributeValue, Mention, Relation, RoleFiller, RoleTarget } from '../model/annotation.ts';
import { emptySet, mentionsOf } from '../model/annotation.ts';
import { type Codebook, defaultsOf, entityTypesOf, fillersOf, fits, type Layer, layerOf, type Role, takes } from '../model/codebook.ts';
import { entitiesNamed, entityOf, entityOfMention, holdingRecord, newEntity, type Registry } from '../model/entity.ts';
import { isPronoun } from '../text/pronouns.ts';
import { type Range, rangeKey, type Span, spanAt, unite } from '../text/span.ts';
import { annotationEdit, type Edit, mentionEdit, relationEdit, type Work } from './edit.ts';

/**
 * What the functions that build edits need to know. `newId` returns a new id at each call and `now` is ISO 8601, because core has no clock and no
 * randomness.
 */
export interface Scene {
  readonly article: string;
  readonly text: string;
  readonly work: Work;
  readonly registry: Registry;
  readonly codebook: Codebook;
  readonly codebookVersion: number;
  readonly annotator: string;
  readonly now: string;
  readonly newId: () => string;
}

/** Why a step cannot be taken, in words for a person. Nothing was changed. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** Tags `ranges` (fragments of one annotation, in any order) as `layerId`, with the codebook's defaults. */
export function tag(scene: Scene, layerId: string, ranges: readonly Range[]): { id: string; edits: Edit[] } {
  const layer = givenLayer(scene, layerId);
  const annotation = newAnnotation(scene, layer, spansOf(scene.text, ranges), {});
  return { id: annotation.id, edits: [annotationEdit(null, annotation)] };
}

/**
 * Tags each of `ranges` as an annotation of its own, with `attributes` in addition to the codebook's defaults. A range that already has an
 * annotation of this layer with the same ends is left out.
 */
export function tagEach(scene: Scene, layerId: string, ranges: readonly Range[], attributes: Annotation['attributes']): Edit[] {
  const layer = givenLayer(scene, layerId);
  const taken = new Set(
    [...setOf(scene).annotations.values()].filter((annotation) => annotation.layer === layer.id).map(({ spans }) => placeOf(spans)),
  );
  return ranges
    .filter((range) => !taken.has(placeOf([range])))
    .map((range) => annotationEdit(null, newAnnotation(scene, layer, [spanAt(scene.text, range)], attributes)));
}

/**
 * Fills `role` of an annotation from a selection: makes or reuses the mention there. A role that takes only entities is filled with the entity
 * that the mention is linked to, or else the one of that name, which is made if the registry has none. Replaces the role's fillers unless
 * `further`, which adds one.
 * @throws Refusal when the role is full or takes nothing that a selection can give.
 */
export function fillRole(scene: Scene, id: string, roleName: string, range: Range, further: boolean): Edit[] {
  const { layer, annotation } = find(scene, id);
  const role = roleNamed(layer, roleName);
  const span = spanAt(scene.text, range);
  const known = mentionAt(setOf(scene), span);
  const mention: Mention = known ?? { id: scene.newId(), article: scene.article, annotator: scene.annotator, span, entity: null };
  if (role.targets.includes('mention')) {
    const changed = withSpeakerForm(layer, role, span, withFiller(annotation, role, { kind: 'mention', id: mention.id }, further));
    return tidy(scene, [...(known ? [] : [mentionEdit(null, mention)]), changeOf(scene, annotation, changed)]);
  }
  const types = entityTypesOf(role, scene.codebook);
  const [type] = types;
  if (!type) throw new Refusal(`${role.title} cannot be filled from a selection`);
  const linked = known && entityOfMention(scene.registry, known);
  const fitting = linked && types.includes(linked.type) ? linked : entitiesNamed(scene.registry, span.text, types)[0];
  const entity = fitting?.id ?? scene.newId();
  return tidy(scene, [
    ...(fitting ? holdEntity(scene, fitting.id) : [entityEdit(newEntity(entity, scene.annotator, type, span.text, scene.now))]),
    // A link set by a person stays, whatever else this selection fills.
    ...(known?.entity ? [] : [mentionEdit(known ?? null, { ...mention, entity })]),
    changeOf(scene, annotation, withFiller(annotation, role, { kind: 'entity', id: entity }, further)),
  ]);
}

/**
 * Fills `role` with something that already exists: an entity, a mention, another annotation, the article's author.
 * @throws Refusal if the role is full or does not take such a thing
 */
export function fillRoleWith(scene: Scene, id: string, roleName: string, target: RoleTarget, further: boolean): Edit[] {
  const { layer, annotation } = find(scene, id);
  const role = roleNamed(layer, roleName);
  if (!takesHere(scene, role, target)) throw new Refusal(`${role.title} does not take this`);
  return tidy(scene, [
    ...(target.kind === 'entity' ? holdEntity(scene, target.id) : []),
    changeOf(scene, annotation, withFiller(annotation, role, target, further)),
  ]);
}

/** The edit by which an annotator keeps a copy of an entity that only others wrote, before linking to it; none if it is unknown or already theirs. */
export function holdEntity({ work, registry, annotator }: Pick<Scene, 'work' | 'registry' | 'annotator'>, id: string): Edit[] {
  const entity = registry.get(id);
  return entity && !work.entities.has(id) ? [entityEdit(holdingRecord(entity, annotator))] : [];
}

/** Removes one filler from its role, and its mention if nothing else uses it. */
export function clearRole(scene: Scene, id: string, filler: RoleFiller): Edit[] {
  const annotation = annotationOf(scene, id);
  const roles = annotation.roles.filter((candidate) => !sameFiller(candidate, filler));
  return tidy(scene, [changeOf(scene, annotation, { ...annotation, roles })]);
}

/** Sets an attribute; null removes it. @throws Refusal if the codebook does not allow the value */
export function setAttribute(scene: Scene, id: string, name: string, value: AttributeValue | null): Edit[] {
  const { layer, annotation } = find(scene, id);
  const attribute = layer.attributes.find((candidate) => candidate.name === name);
  if (!attribute) throw new Refusal(`${layer.title} has no attribute ${name}`);
  if (attribute.type === 'enum' && value !== null && attribute.retiredValues?.includes(String(value)))
    throw new Refusal(`${attribute.title} ${value} is retired`);
  if (value !== null && !fits(attribute, value)) throw new Refusal(`${attribute.title} cannot be ${JSON.stringify(value)}`);
  const { [name]: _, ...rest } = annotation.attributes;
  const attributes = value === null ? rest : { ...rest, [name]: value };
  return tidy(scene, [changeOf(scene, annotation, { ...annotation, attributes })]);
}

/** Sets the note of an annotation. */
export function setNote(scene: Scene, id: string, note: string): Edit[] {
  const annotation = annotationOf(scene, id);
  return [changeOf(scene, annotation, { ...annotation, note })];
}

/** Adds a fragment to an annotation. Fragments that then touch become one. */
export function addFragment(scene: Scene, id: string, range: Range): Edit[] {
  const annotation = annotationOf(scene, id);
  return [changeOf(scene, annotation, { ...annotation, spans: unite(scene.text, annotation.spans, range) })];
}

/** Changes the boundaries of an annotation. `ranges` may be in any order. */
export function setSpans(scene: Scene, id: string, ranges: readonly Range[]): Edit[] {
  const annotation = annotationOf(scene, id);
  return [changeOf(scene, annotation, { ...annotation, spans: spansOf(scene.text, ranges) })];
}

/**
 * Changes the layer of an annotation: attributes and fillers that the new layer allows are kept, other attributes get its defaults. Relations that
 * the new layer cannot be part of are removed.
 */
export function relabel(scene: Scene, id: string, layerId: string): Edit[] {
  const annotation = annotationOf(scene, id);
  const layer = givenLayer(scene, layerId);
  const kept = Object.entries(annotation.attributes).filter(([name, value]) =>
    layer.attributes.some((a) => a.name === name && fits(a, value)),
  );
  const roles = layer.roles.flatMap((role) =>
    fillersOf(annotation, role.name)
      .filter(({ target }) => takesHere(scene, role, target))
      .slice(0, role.max),
  );
  const attributes = { ...defaultsOf(layer), ...Object.fromEntries(kept) };
  const isUnfit = ({ type: name, from, to }: Relation) => {
    const type = scene.codebook.relations.find((candidate) => candidate.id === name);
    if (!type || (from.annotation !== id && to.annotation !== id)) return false;
    const taken = type.symmetric ? [...type.from, ...type.to] : from.annotation === id ? type.from : type.to;
    return !taken.includes(layer.id);
  };
  const relabelled = changeOf(scene, annotation, { ...annotation, layer: layer.id, attributes, roles });
  return tidy(scene, [...withoutRelations(scene, isUnfit), relabelled]);
}

/** Removes annotations with what depends on them: relations and links that end there, roles that they fill, mentions that nothing else needs. */
export function removeAnnotations(scene: Scene, ids: readonly string[]): Edit[] {
  const set = setOf(scene);
  const gone = new Set(ids);
  const edits: Edit[] = [];
  for (const annotation of set.annotations.values()) {
    if (gone.has(annotation.id)) continue;
    const left = withoutFillers(annotation, gone);
    if (left !== annotation) edits.push(changeOf(scene, annotation, left));
  }
  edits.push(...withoutRelations(scene, ({ from, to }) => gone.has(from.annotation) || gone.has(to.annotation)));
  for (const id of gone) edits.push(annotationEdit(annotationOf(scene, id), null));
  return tidy(scene, edits);
}

// Their fillers go from the trail too: undoing a change of the codebook must not bring back a filler that is gone.
function withoutFillers(annotation: Annotation, gone: ReadonlySet<string>): Annotation {
  const isGone = ({ target }: RoleFiller) => target.kind === 'annotation' && gone.has(target.id);
  const lists = [annotation.roles, ...(annotation.was ?? []).flatMap(({ roles }) => (roles ? [roles.now, roles.was] : []))];
  if (!lists.some((list) => list.some(isGone))) return annotation;
  const kept = (list: readonly RoleFiller[]) => list.filter((filler) => !isGone(filler));
  const was = annotation.was?.map((entry) => ({
    ...entry,
    roles: entry.roles && { now: kept(entry.roles.now), was: kept(entry.roles.was) },
  }));
  return { ...annotation, roles: kept(annotation.roles), ...(was ? { was } : {}) };
}

/** Marks the article as done or no longer done. */
export function setDone(scene: Scene, done: boolean): Edit[] {
  const before = setOf(scene).completion;
  const after = done ? { article: scene.article, annotator: scene.annotator, done: true as const, marked: scene.now } : null;
  return [{ record: 'completion', article: scene.article, id: scene.article, before, after }];
}

/** The mention in `set` that covers exactly `range`, if any. */
export function mentionAt(set: AnnotationSet, range: Range): Mention | undefined {
  for (const mention of set.mentions.values()) {
    if (mention.span.start === range.start && mention.span.end === range.end) return mention;
  }
  return undefined;
}

/** Whether two fillers fill the same role with the same thing. */
export function sameFiller(a: RoleFiller, b: RoleFiller): boolean {
  if (a.role !== b.role || a.target.kind !== b.target.kind) return false;
  return a.target.kind === 'author' || (b.target.kind !== 'author' && a.target.id === b.target.id);
}

function withFiller(annotation: Annotation, role: Role, target: RoleTarget, further: boolean): Annotation {
  const filler: RoleFiller = { role: role.name, target };
  const others = annotation.roles.filter((candidate) => candidate.role !== role.name);
  const held = fillersOf(annotation, role.name);
  if (!further) return { ...annotation, roles: [...others, filler] };
  if (held.some((candidate) => sameFiller(candidate, filler))) throw new Refusal(`${role.title} holds this already`);
  if (held.length >= role.max) throw new Refusal(`${role.title} takes at most ${role.max}; remove one first`);
  return { ...annotation, roles: [...others, ...held, filler] };
}

// The words of the speaker determine the speaker's form, so that nobody has to choose it by hand (PDNC: explicit, anaphoric, implicit).
function withSpeakerForm(layer: Layer, role: Role, span: Span, annotation: Annotation): Annotation {
  const attribute = layer.attributes.find(({ name }) => name === 'speaker_form');
  if (role.name !== 'speaker' || !attribute) return annotation;
  // At the start of a sentence, the grammatical article is capitalised too: “The council” is not a name.
  const words = span.text.replace(/^(the|an?)\s+/i, '');
  const value = isPronoun(words) ? 'pronoun' : /\p{Lu}/u.test(words) ? 'named' : 'nominal';
  return fits(attribute, value) ? { ...annotation, attributes: { ...annotation.attributes, speaker_form: value } } : annotation;
}

// Adds the removal of mentions that are no longer used by any annotation and have no entity.
function tidy(scene: Scene, edits: Edit[]): Edit[] {
  const set = setOf(scene);
  const changed = new Map<string, Annotation | null>();
  const dropped = new Set<string>();
  for (const edit of edits) {
    if (edit.record !== 'annotation') continue;
    changed.set(edit.id, edit.after);
    for (const id of edit.before ? mentionsOf(edit.before) : []) dropped.add(id);
  }
  if (dropped.size === 0) return edits;
  const standing = [...changed.values(), ...[...set.annotations.values()].filter(({ id }) => !changed.has(id))];
  const pointed = new Set(standing.flatMap((annotation) => (annotation ? mentionsOf(annotation) : [])));
  const linkedHere = new Set(edits.flatMap((edit) => (edit.record === 'mention' ? [edit.id] : [])));
  const orphans = [...dropped].filter((id) => !pointed.has(id) && !linkedHere.has(id) && set.mentions.get(id)?.entity === null);
  return [...edits, ...orphans.map((id) => mentionEdit(set.mentions.get(id) as Mention, null))];
}

// Removes those of the article's relations, and of the links across articles, for which `goes` holds.
function withoutRelations(scene: Scene, goes: (relation: Relation) => boolean): Edit[] {
  const inArticle = [...setOf(scene).relations.values()].filter(goes);
  const across = [...scene.work.links.values()].filter(goes);
  return [
    ...inArticle.map((relation) => relationEdit(relation, null)),
    ...across.map((link): Edit => ({ record: 'link', id: link.id, before: link, after: null })),
  ];
}

function newAnnotation(scene: Scene, layer: Layer, spans: Span[], attributes: Annotation['attributes']): Annotation {
  return {
    id: scene.newId(),
    article: scene.article,
    annotator: scene.annotator,
    layer: layer.id,
    spans,
    attributes: { ...defaultsOf(layer), ...attributes },
    roles: [],
    note: '',
    origin: { kind: 'person' },
    codebook: scene.codebookVersion,
    created: scene.now,
    modified: scene.now,
  };
}

const placeOf = (ranges: readonly Range[]) => ranges.map(rangeKey).join(' ');

function setOf(scene: Scene): AnnotationSet {
  return scene.work.sets.get(scene.article) ?? emptySet(scene.article);
}

// Does not look at the layer, so that annotations of a layer that the codebook no longer has can still be moved and removed.
function annotationOf(scene: Scene, id: string): Annotation {
  const annotation = setOf(scene).annotations.get(id);
  if (!annotation) throw new RangeError(`no annotation ${id} in ${scene.article}`);
  return annotation;
}

function find(scene: Scene, id: string): { annotation: Annotation; layer: Layer } {
  const annotation = annotationOf(scene, id);
  return { annotation, layer: layerNamed(scene, annotation.layer) };
}

function takesHere(scene: Scene, role: Role, target: RoleTarget): boolean {
  return takes(role, target, scene.codebook, (id) => entityOf(scene.registry, id)?.type);
}

function spansOf(text: string, ranges: readonly Range[]): Span[] {
  const [first, ...rest] = ranges;
  if (!first) throw new RangeError('an annotation needs at least one range');
  return unite(text, rest, first);
}

function layerNamed(scene: Scene, id: string): Layer {
  const layer = layerOf(scene.codebook, id);
  if (!layer) throw new RangeError(`no layer ${id} in the codebook`);
  return layer;
}

function givenLayer(scene: Scene, id: string): Layer {
  const layer = layerNamed(scene, id);
  if (layer.retired) throw new Refusal(`${layer.title} is retired: it can no longer be given`);
  return layer;
}

function roleNamed(layer: Layer, name: string): Role {
  const role = layer.roles.find((candidate) => candidate.name === name);
  if (!role) throw new RangeError(`${layer.id} has no role ${name}`);
  return role;
}

const changeOf = ({ now }: Scene, before: Annotation, after: Annotation): Edit => annotationEdit(before, { ...after, modified: now });

function entityEdit(after: ReturnType<typeof newEntity>): Edit {
  return { record: 'entity', id: after.id, before: null, after };
}
