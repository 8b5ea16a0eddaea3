import type { Annotation, AnnotationSet, AttributeValue, Mention, RoleFiller, RoleTarget } from './annotation.ts';
import { emptySet } from './annotation.ts';
import { type Codebook, defaultsOf, entityTypesOf, fillersOf, fits, type Layer, layerOf, type Role } from './codebook.ts';
import type { Edit, Work } from './edit.ts';
import { entitiesNamed, newEntity, type Registry } from './entity.ts';
import { type Range, type Span, spanAt, unite } from './span.ts';

/** What the builders of edits need to know. `newId` gives a fresh id at each call and `now` is ISO 8601: core has neither of its own. */
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

/** Says in words for a person why a step cannot be taken. Nothing was changed. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/** Tags `ranges` (fragments of one annotation) as `layerId`, with the codebook's defaults. */
export function tag(scene: Scene, layerId: string, ranges: readonly Range[]): { id: string; edits: Edit[] } {
  const layer = layerNamed(scene, layerId);
  const [first, ...rest] = ranges;
  if (!first) throw new RangeError('no range to tag');
  const spans = rest.reduce<Span[]>((united, range) => unite(scene.text, united, range), [spanAt(scene.text, first)]);
  const annotation: Annotation = {
    id: scene.newId(),
    article: scene.article,
    annotator: scene.annotator,
    layer: layer.id,
    spans,
    attributes: defaultsOf(layer),
    roles: [],
    note: '',
    origin: { kind: 'person' },
    codebook: scene.codebookVersion,
    created: scene.now,
    modified: scene.now,
  };
  return { id: annotation.id, edits: [put(scene, null, annotation)] };
}

/**
 * Fills `role` of an annotation from a selection: makes or reuses the mention there. A role that takes only entities gets the
 * entity of that name, made where the registry has none. Replaces what filled the role, unless `further`.
 * @throws Refusal when the role is full.
 */
export function fillRole(scene: Scene, id: string, roleName: string, range: Range, further: boolean): Edit[] {
  const { layer, annotation } = find(scene, id);
  const role = roleNamed(layer, roleName);
  const span = spanAt(scene.text, range);
  const known = mentionAt(setOf(scene), span);
  const mention: Mention = known ?? { id: scene.newId(), article: scene.article, annotator: scene.annotator, span, entity: null };
  if (role.targets.includes('mention')) {
    const changed = withSpeakerForm(layer, role, span, withFiller(annotation, role, { kind: 'mention', id: mention.id }, further));
    return tidy(scene, [...(known ? [] : [putMention(scene, null, mention)]), put(scene, annotation, changed, scene.now)]);
  }
  const types = entityTypesOf(role, scene.codebook);
  const [type] = types;
  if (!type) throw new Refusal(`${role.title} cannot be filled from a selection`);
  const entity = entitiesNamed(scene.registry, span.text, types)[0]?.id ?? scene.newId();
  const linked: Mention = { ...mention, entity };
  return tidy(scene, [
    ...(scene.registry.has(entity) ? [] : [entityEdit(newEntity(entity, scene.annotator, type, span.text, scene.now))]),
    ...(known?.entity === entity ? [] : [putMention(scene, known ?? null, linked)]),
    put(scene, annotation, withFiller(annotation, role, { kind: 'entity', id: entity }, further), scene.now),
  ]);
}

/** Fills `role` with something that is there already: an entity, another annotation, the article's author. @throws Refusal */
export function fillRoleWith(scene: Scene, id: string, roleName: string, target: RoleTarget, further: boolean): Edit[] {
  const { layer, annotation } = find(scene, id);
  return tidy(scene, [put(scene, annotation, withFiller(annotation, roleNamed(layer, roleName), target, further), scene.now)]);
}

/** Takes one filler out of its role. A mention that nothing needs any more goes with it. */
export function clearRole(scene: Scene, id: string, filler: RoleFiller): Edit[] {
  const { annotation } = find(scene, id);
  const roles = annotation.roles.filter((candidate) => !sameFiller(candidate, filler));
  return tidy(scene, [put(scene, annotation, { ...annotation, roles }, scene.now)]);
}

/** Gives an attribute a value; null takes it away. @throws Refusal when the codebook does not allow the value. */
export function setAttribute(scene: Scene, id: string, name: string, value: AttributeValue | null): Edit[] {
  const { layer, annotation } = find(scene, id);
  const attribute = layer.attributes.find((candidate) => candidate.name === name);
  if (!attribute) throw new Refusal(`${layer.title} has no attribute ${name}`);
  if (value !== null && !fits(attribute, value)) throw new Refusal(`${attribute.title} cannot be ${JSON.stringify(value)}`);
  const { [name]: _, ...rest } = annotation.attributes;
  return [put(scene, annotation, { ...annotation, attributes: value === null ? rest : { ...rest, [name]: value } }, scene.now)];
}

/** Writes the note of an annotation. */
export function setNote(scene: Scene, id: string, note: string): Edit[] {
  const { annotation } = find(scene, id);
  return [put(scene, annotation, { ...annotation, note }, scene.now)];
}

/** Adds a fragment to an annotation; fragments that then touch become one. */
export function addFragment(scene: Scene, id: string, range: Range): Edit[] {
  const { annotation } = find(scene, id);
  return [put(scene, annotation, { ...annotation, spans: unite(scene.text, annotation.spans, range) }, scene.now)];
}

/** Gives an annotation other boundaries. `ranges` may be in any order. */
export function setSpans(scene: Scene, id: string, ranges: readonly Range[]): Edit[] {
  const { annotation } = find(scene, id);
  const [first, ...rest] = ranges;
  if (!first) throw new Refusal('an annotation needs at least one fragment');
  const spans = rest.reduce<Span[]>((united, range) => unite(scene.text, united, range), [spanAt(scene.text, first)]);
  return [put(scene, annotation, { ...annotation, spans }, scene.now)];
}

/** Turns an annotation into another layer's: attributes and roles that the new layer has too are kept, the rest takes its defaults. */
export function relabel(scene: Scene, id: string, layerId: string): Edit[] {
  const { annotation } = find(scene, id);
  const layer = layerNamed(scene, layerId);
  const kept = Object.entries(annotation.attributes).filter(([name, value]) =>
    layer.attributes.some((a) => a.name === name && fits(a, value)),
  );
  const roles = annotation.roles.filter(({ role }) => layer.roles.some(({ name }) => name === role));
  const attributes = { ...defaultsOf(layer), ...Object.fromEntries(kept) };
  return tidy(scene, [put(scene, annotation, { ...annotation, layer: layer.id, attributes, roles }, scene.now)]);
}

/** Removes annotations with what hangs on them: relations and links that end there, roles that they fill, mentions left alone. */
export function removeAnnotations(scene: Scene, ids: readonly string[]): Edit[] {
  const set = setOf(scene);
  const gone = new Set(ids);
  const edits: Edit[] = [];
  for (const annotation of set.annotations.values()) {
    if (gone.has(annotation.id)) continue;
    const roles = annotation.roles.filter(({ target }) => target.kind !== 'annotation' || !gone.has(target.id));
    if (roles.length < annotation.roles.length) edits.push(put(scene, annotation, { ...annotation, roles }, scene.now));
  }
  const ends = (relation: { from: { annotation: string }; to: { annotation: string } }) =>
    gone.has(relation.from.annotation) || gone.has(relation.to.annotation);
  for (const relation of set.relations.values()) {
    if (ends(relation)) edits.push({ record: 'relation', article: scene.article, id: relation.id, before: relation, after: null });
  }
  for (const link of scene.work.links.values()) {
    if (ends(link)) edits.push({ record: 'link', id: link.id, before: link, after: null });
  }
  for (const id of gone) edits.push(put(scene, find(scene, id).annotation, null));
  return tidy(scene, edits);
}

/** Marks the article done, or no longer done. */
export function setDone(scene: Scene, done: boolean): Edit[] {
  const before = setOf(scene).completion;
  const after = done ? { article: scene.article, annotator: scene.annotator, done: true as const, marked: scene.now } : null;
  return [{ record: 'completion', article: scene.article, id: scene.article, before, after }];
}

/** The mention of `set` that covers exactly `range`, if there is one. */
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

const pronouns = /^(i|we|you|he|she|they|it|one|who|which|that|this|these|those|me|us|him|her|them|myself|himself|herself|themselves)$/i;

// The speaker's form follows from the words that name the speaker, so nobody has to choose it by hand (PDNC: explicit, anaphoric, implicit).
function withSpeakerForm(layer: Layer, role: Role, span: Span, annotation: Annotation): Annotation {
  const attribute = layer.attributes.find(({ name }) => name === 'speaker_form');
  if (role.name !== 'speaker' || !attribute) return annotation;
  const value = pronouns.test(span.text) ? 'pronoun' : /\p{Lu}/u.test(span.text) ? 'named' : 'nominal';
  return fits(attribute, value) ? { ...annotation, attributes: { ...annotation.attributes, speaker_form: value } } : annotation;
}

// Adds the removal of mentions that no role points at any more and no entity holds (ARCHITECTURE, decision 9).
function tidy(scene: Scene, edits: Edit[]): Edit[] {
  const set = setOf(scene);
  const changed = new Map<string, Annotation | null>();
  const dropped = new Set<string>();
  for (const edit of edits) {
    if (edit.record !== 'annotation') continue;
    changed.set(edit.id, edit.after);
    for (const { target } of edit.before?.roles ?? []) if (target.kind === 'mention') dropped.add(target.id);
  }
  if (dropped.size === 0) return edits;
  const pointed = new Set<string>();
  const note = (annotation: Annotation | null | undefined) => {
    for (const { target } of annotation?.roles ?? []) if (target.kind === 'mention') pointed.add(target.id);
  };
  for (const annotation of set.annotations.values()) if (!changed.has(annotation.id)) note(annotation);
  for (const annotation of changed.values()) note(annotation);
  const linkedHere = new Set(edits.flatMap((edit) => (edit.record === 'mention' ? [edit.id] : [])));
  const orphans = [...dropped].filter((id) => !pointed.has(id) && !linkedHere.has(id) && set.mentions.get(id)?.entity === null);
  return [...edits, ...orphans.map((id) => putMention(scene, set.mentions.get(id) as Mention, null))];
}

function setOf(scene: Scene): AnnotationSet {
  return scene.work.sets.get(scene.article) ?? emptySet(scene.article);
}

function find(scene: Scene, id: string): { annotation: Annotation; layer: Layer } {
  const annotation = setOf(scene).annotations.get(id);
  if (!annotation) throw new RangeError(`no annotation ${id} in ${scene.article}`);
  return { annotation, layer: layerNamed(scene, annotation.layer) };
}

function layerNamed(scene: Scene, id: string): Layer {
  const layer = layerOf(scene.codebook, id);
  if (!layer) throw new RangeError(`no layer ${id} in the codebook`);
  return layer;
}

function roleNamed(layer: Layer, name: string): Role {
  const role = layer.roles.find((candidate) => candidate.name === name);
  if (!role) throw new RangeError(`${layer.id} has no role ${name}`);
  return role;
}

// `modified` is the time of the change; a removal or creation leaves the record's own.
function put(scene: Scene, before: Annotation | null, after: Annotation | null, modified?: string): Edit {
  const id = (after ?? before)?.id as string;
  return { record: 'annotation', article: scene.article, id, before, after: after && modified ? { ...after, modified } : after };
}

function putMention(scene: Scene, before: Mention | null, after: Mention | null): Edit {
  return { record: 'mention', article: scene.article, id: (after ?? before)?.id as string, before, after };
}

function entityEdit(after: ReturnType<typeof newEntity>): Edit {
  return { record: 'entity', id: after.id, before: null, after };
}
