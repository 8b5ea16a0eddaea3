import {
  type Annotation,
  type AttributeValue,
  type Decision,
  emptySet,
  type Mention,
  type Relation,
  type RoleFiller,
  type RoleTarget,
} from '../model/annotation.ts';
import {
  type Attribute,
  type Codebook,
  current,
  defaultsOf,
  entityTypesOf,
  fits,
  type Layer,
  layerOf,
  type Role,
  valuesOf,
} from '../model/codebook.ts';
import { type Entity, entityOf, foldedName } from '../model/entity.ts';
import { namesOf, plainName, withoutTitle } from '../registry/entity-names.ts';
import { registrySceneOf } from '../registry/linking.ts';
import { createEntity, inTurn, type RegistryScene, returnMention, setAlias } from '../registry/registry-edits.ts';
import { applyEdits, type Edit } from '../steps/edit.ts';
import { holdEntity, Refusal, type Scene } from '../steps/gestures.ts';
import { type Range, rangeKey, spanAt } from '../text/span.ts';
import { skeleton } from './spelling.ts';
import type { SuggestedEntity, SuggestedRole, Suggestion } from './suggestion.ts';

/** Whether `codebook` has the layer of `suggestion`, so that it can be accepted. */
export function isAcceptable({ layer }: Pick<Suggestion, 'layer'>, codebook: Codebook): boolean {
  return layerOf(codebook, layer) !== undefined && !layerOf(codebook, layer)?.retired;
}

/**
 * Makes an annotation of `suggestion`, with what the codebook has of its attributes, values and roles over the codebook's defaults; the rest
 * is left out. Mentions are made or reused where its roles have their words, and linked: to the entity of the registry that is meant, or to a
 * new one where the registry has nobody of such a name; where somebody like that is known, the link is left to the person.
 * @throws Refusal when the codebook does not have the layer
 */
export function acceptSuggestion(scene: Scene, suggestion: Suggestion): { id: string; edits: Edit[] } {
  if (!isAcceptable(suggestion, scene.codebook)) throw new Refusal(`The codebook has no layer ${suggestion.layer}`);
  const { ids, edits } = acceptAll(scene, [suggestion]);
  return { id: ids[0] as string, edits };
}

/** Accepts `suggestion` and changes what it became in the same step; `change` is given the annotation's id. The annotation counts as edited. */
export function acceptChanged(
  scene: Scene,
  suggestion: Suggestion,
  change: (scene: Scene, id: string) => readonly Edit[],
): { id: string; edits: Edit[] } {
  const { id, edits } = acceptSuggestion(scene, suggestion);
  const later = new Date(Date.parse(scene.now) + 1).toISOString();
  return { id, edits: [...edits, ...change({ ...scene, work: applyEdits(scene.work, edits), now: later }, id)] };
}

/** Accepts each of `suggestions` as acceptSuggestion does, in one step; those whose layer the codebook does not have are left out. */
export function acceptAll(scene: Scene, suggestions: readonly Suggestion[]): { ids: string[]; edits: Edit[] } {
  const taking = new Taking(scene);
  const ids = suggestions.flatMap((suggestion) => {
    const layer = layerOf(scene.codebook, suggestion.layer);
    return layer && !layer.retired ? [taking.annotate(layer, suggestion)] : [];
  });
  return { ids, edits: taking.edits() };
}

/** Rejects `suggestion`: it is kept as a decision, so that it is not proposed again and can be exported as a negative example. */
export function rejectSuggestion(scene: Scene, { layer, spans, rule, version }: Suggestion): Edit[] {
  const { article, annotator, now, text } = scene;
  const places = spans.map((range) => spanAt(text, range));
  const decision: Decision = {
    ...{ id: scene.newId(), article, annotator, verdict: 'rejected', layer, spans: places, rule, version, decided: now },
  };
  return [{ record: 'decision', article, id: decision.id, before: null, after: decision }];
}

/** What accepting some suggestions in one step changes, as far as it is built. */
class Taking {
  readonly #scene: Scene;
  /** The own mentions by place, those that the step makes or links included. */
  readonly #mentions = new Map<string, Mention>();
  readonly #changed = new Map<string, { before: Mention | null; after: Mention }>();
  readonly #annotations: Annotation[] = [];
  readonly #related: { annotation: Annotation; suggestion: Suggestion }[] = [];
  readonly #entities = new Map<string, { id: string; type: string; canonical: string }>();
  readonly #steps: ((on: RegistryScene) => readonly Edit[])[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
    const set = scene.work.sets.get(scene.article) ?? emptySet(scene.article);
    for (const mention of set.mentions.values())
      if (!this.#mentions.has(rangeKey(mention.span))) this.#mentions.set(rangeKey(mention.span), mention);
  }

  annotate(layer: Layer, suggestion: Suggestion): string {
    const { spans, attributes, quantityPlaces, roles, rule, version, confidence } = suggestion;
    const { article, annotator, text, codebookVersion, now, newId } = this.#scene;
    const given = Object.entries(attributes).filter(([name, value]) => {
      const attribute = current(layer.attributes).find((candidate) => candidate.name === name);
      return attribute && isGiven(attribute, value);
    });
    const annotation: Annotation = {
      ...{ id: newId(), article, annotator, layer: layer.id, spans: spans.map((range) => spanAt(text, range)) },
      attributes: {
        ...defaultsOf(layer),
        ...Object.fromEntries(given.map(([name, value]) => [name, this.#placed(value, quantityPlaces)])),
      },
      roles: this.#fillers(layer, roles),
      ...{ note: '', origin: { kind: 'suggestion', rule, version, confidence }, codebook: codebookVersion, created: now, modified: now },
    };
    this.#annotations.push(annotation);
    if (suggestion.relations) this.#related.push({ annotation, suggestion });
    return annotation.id;
  }

  edits(): Edit[] {
    const { article } = this.#scene;
    const mentions = [...this.#changed.values()].map(
      ({ before, after }): Edit => ({ record: 'mention', article, id: after.id, before, after }),
    );
    const annotations = this.#annotations.map((after): Edit => ({ record: 'annotation', article, id: after.id, before: null, after }));
    return [...inTurn(registrySceneOf(this.#scene), ...this.#steps), ...mentions, ...annotations, ...this.#relationEdits()];
  }

  // Only between annotations that are there, or made in the same step.
  #relationEdits(): Edit[] {
    const { article, annotator, codebook, codebookVersion, now, newId, work } = this.#scene;
    const set = work.sets.get(article) ?? emptySet(article);
    const standing = [...set.annotations.values(), ...this.#annotations];
    const known = new Set([...set.relations.values()].map(({ type, from, to }) => `${type} ${from.annotation} ${to.annotation}`));
    return this.#related.flatMap(({ annotation, suggestion: { relations = [], rule, version, confidence } }) =>
      relations.flatMap(({ type: id, place, other }): Edit[] => {
        const type = current(codebook.relations).find((candidate) => candidate.id === id);
        const end = standing.find(({ layer, spans }) => layer === other.layer && spans.some(({ start }) => start === other.span.start));
        if (!type || !end || end === annotation) return [];
        const [from, to] = place === 'from' ? [annotation, end] : [end, annotation];
        const key = `${type.id} ${from.id} ${to.id}`;
        if (type.symmetric || !type.from.includes(from.layer) || !type.to.includes(to.layer) || known.has(key)) return [];
        known.add(key);
        const after: Relation = {
          ...{ id: newId(), type: type.id, annotator, from: { article, annotation: from.id }, to: { article, annotation: to.id } },
          ...{ attributes: defaultsOf(type), note: '', origin: { kind: 'suggestion', rule, version, confidence } },
          ...{ codebook: codebookVersion, created: now, modified: now },
        };
        return [{ record: 'relation', article, id: after.id, before: null, after }];
      }),
    );
  }

  // Quantities name the mentions that hold them.
  #placed(value: AttributeValue, places: readonly Range[] | undefined): AttributeValue {
    if (!places || !Array.isArray(value)) return value;
    return value.map((item, index) => {
      const place = places[index];
      return typeof item === 'object' && 'modifier' in item && place ? { ...item, mention: this.#mentionAt(place).id } : item;
    }) as AttributeValue;
  }

  #fillers(layer: Layer, suggested: readonly SuggestedRole[]): RoleFiller[] {
    const fillers: RoleFiller[] = [];
    for (const { role: name, span, entity } of suggested) {
      const role = current(layer.roles).find((candidate) => candidate.name === name);
      const held = fillers.filter((filler) => filler.role === name);
      const target = role && held.length < role.max ? this.#target(role, span, entity) : null;
      const isThere = held.some((filler) => 'id' in filler.target && target && 'id' in target && filler.target.id === target.id);
      if (target && !isThere) fillers.push({ role: name, target });
    }
    return fillers;
  }

  #target(role: Role, range: Range, entity: SuggestedEntity | null): RoleTarget | null {
    const types = entityTypesOf(role, this.#scene.codebook);
    if (!role.targets.includes('mention')) {
      const known = entity?.id ? this.#standing(entity.id, types) : null;
      if (!known) return null;
      this.#hold(known.id);
      return { kind: 'entity', id: known.id };
    }
    const mention = this.#mentionAt(range);
    // A link that a person gave the mention stands.
    if (entity && mention.entity === null) this.#link(mention, entity, types);
    return { kind: 'mention', id: mention.id };
  }

  #mentionAt(range: Range): Mention {
    const { article, annotator, text, newId } = this.#scene;
    const known = this.#mentions.get(rangeKey(range));
    if (known) return known;
    const mention: Mention = { id: newId(), article, annotator, span: spanAt(text, range), entity: null };
    this.#mentions.set(rangeKey(range), mention);
    this.#changed.set(mention.id, { before: null, after: mention });
    return mention;
  }

  #link(mention: Mention, suggested: SuggestedEntity, types: readonly string[]): void {
    const { registry } = this.#scene;
    const known = this.#meant(suggested, types);
    const id = known?.id ?? this.#made(suggested, types);
    if (id === null) return;
    const after = { ...mention, entity: id };
    const before = this.#changed.get(mention.id)?.before;
    this.#changed.set(mention.id, { before: before === undefined ? mention : before, after });
    this.#mentions.set(rangeKey(mention.span), after);
    if (!known) return;
    this.#hold(id);
    const alias = spellingFrom(mention.span.text, known);
    this.#steps.push(
      (on) => returnMention(on, mention.id, id),
      (on) => (alias === null || !registry.has(id) ? [] : setAlias(on, id, alias, true)),
    );
  }

  #standing(id: string, types: readonly string[]): Entity | null {
    const entity = entityOf(this.#scene.registry, id);
    return entity && !entity.removed && types.includes(entity.type) ? entity : null;
  }

  // Who is meant today: the registry may know a name by now that it did not know when the suggestion was made.
  #meant({ id, canonical }: SuggestedEntity, types: readonly string[]): Entity | null {
    if (id !== null) return this.#standing(id, types);
    const called = namesOf(this.#scene.registry)
      .called(canonical)
      .filter(({ entity }) => types.includes(entity.type));
    return called.length === 1 ? (called[0]?.entity ?? null) : null;
  }

  #made({ id, type, canonical }: SuggestedEntity, types: readonly string[]): string | null {
    const isWhole = canonical.trim().includes(' ');
    if (id !== null || type === null || !types.includes(type) || !isWhole) return null;
    const key = `${type} ${foldedName(canonical)}`;
    const made = this.#entities.get(key);
    if (made) return made.id;
    const similar = namesOf(this.#scene.registry).similar({ id: '', type, canonical });
    if ([...similar, ...this.#entities.values()].some((other) => other.type === type && mayBeSame(type, canonical, other.canonical)))
      return null;
    const { id: fresh, edits } = createEntity(registrySceneOf(this.#scene), type, canonical);
    this.#entities.set(key, { id: fresh, type, canonical });
    this.#steps.push(() => edits);
    return fresh;
  }

  #hold(id: string): void {
    this.#steps.push((on) => holdEntity({ ...this.#scene, work: { ...this.#scene.work, entities: on.records } }, id));
  }
}

function isGiven(attribute: Attribute, value: AttributeValue): boolean {
  return fits(attribute, value) && (attribute.type !== 'enum' || valuesOf(attribute).includes(String(value)));
}

const lastWord = (name: string) => name.split(/\s+/).at(-1) ?? '';

// Another spelling of a name is worth keeping; a title, a description and a part of the name are not.
function spellingFrom(words: string, { canonical, aliases }: Entity): string | null {
  const name = withoutTitle(words).replace(/\s+/g, ' ');
  const isSpelling =
    skeleton(lastWord(name)) === skeleton(lastWord(canonical)) && plainName(lastWord(name)) !== plainName(lastWord(canonical));
  return isSpelling && !aliases.some((alias) => foldedName(alias) === foldedName(name)) ? name : null;
}

// Two people of one surname whose first names begin with other letters are two.
function mayBeSame(type: string, name: string, other: string): boolean {
  const [ours, theirs] = [plainName(withoutTitle(name)).split(' '), plainName(withoutTitle(other)).split(' ')];
  if (type !== 'PERSON') return ours.join(' ') === theirs.join(' ') || skeleton(ours.join(' ')) === skeleton(theirs.join(' '));
  if (skeleton(ours.at(-1) ?? '') !== skeleton(theirs.at(-1) ?? '')) return false;
  return ours.length === 1 || theirs.length === 1 || ours[0]?.[0] === theirs[0]?.[0];
}
