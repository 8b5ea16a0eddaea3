import { dequal } from 'dequal';
import {
  type Annotation,
  type AnnotationSet,
  type AttributeValue,
  type Decision,
  emptySet,
  type Mention,
  type Quantity,
  type RoleFiller,
  type RoleTarget,
} from '../model/annotation.ts';
import { type Layer, layerOf, takes } from '../model/codebook.ts';
import { annotationEdit, type Edit } from '../steps/edit.ts';
import { sameFiller } from '../steps/gestures.ts';
import { rangeKey, type Span } from '../text/span.ts';
import { type Arg, mentionLayer } from './document.ts';
import type { ForeignAnnotation, ForeignDocument } from './foreign.ts';
import { MentionImport } from './import-mentions.ts';
import { type Ends, type ImportScene, importOrigin, type OwnedSets, placesIn, timesOf, wantedId } from './import-scene.ts';
import type { Offsets } from './offset-unit.ts';

/** The records that an import adds to one article, document by document. Several documents of a file may be the same article. */
export class DocumentImport {
  readonly #article: string;
  readonly #sets: OwnedSets;
  readonly #own: AnnotationSet;
  readonly #scene: ImportScene;
  // The annotator's own mentions by place, including those of this import.
  readonly #mentions = new Map<string, Mention>();
  #edits: Edit[] = [];

  constructor(article: string, sets: OwnedSets, scene: ImportScene) {
    this.#article = article;
    this.#sets = sets;
    this.#scene = scene;
    this.#own = sets.find(({ annotator }) => annotator === scene.ground.annotator)?.set ?? emptySet(article);
    for (const mention of this.#own.mentions.values()) this.#mentions.set(rangeKey(mention.span), mention);
  }

  /** Makes the edits that add `document` to the article. `ends` says what its annotations have become. */
  add(document: ForeignDocument, offsets: Offsets): { edits: Edit[]; ends: Ends } {
    this.#edits = [];
    const all = new Map(document.annotations.map((annotation) => [annotation.id, annotation]));
    const planned = new Map<string, Planned>();
    const ends = new Map<string, { article: string; id: string; layer: string | null }>();
    for (const annotation of document.annotations) {
      const spans = placesIn(annotation.spans, offsets);
      const isTheirs = this.#scene.isTheirs(annotation.annotator);
      if (spans.length === 0) isTheirs && this.#scene.lose('annotations without a place in the text');
      else if (annotation.layer !== mentionLayer) {
        if (annotation.status !== 'rejected') planned.set(annotation.id, this.#plan(document, annotation, spans, all));
        else if (isTheirs) this.#reject(document, annotation, spans);
      }
    }
    for (const [id, { id: own, layer }] of planned) ends.set(id, { article: this.#article, id: own, layer: layer.id });
    const mentions = new MentionImport(this.#article, document, offsets, this.#sets, this.#mentions, this.#scene);
    for (const one of planned.values()) if (this.#scene.isTheirs(one.given.annotator)) this.#put(document, one, planned, mentions);
    const held = new Set([...planned.values()].flatMap((one) => (one.isKnown ? mentionsNamed(one.given) : [])));
    const fromMentions = mentions.finish(
      document.annotations.filter(({ layer, annotator }) => layer === mentionLayer && this.#scene.isTheirs(annotator)),
      held,
    );
    return { edits: [...fromMentions, ...this.#edits], ends };
  }

  #plan(document: ForeignDocument, given: ForeignAnnotation, spans: Span[], all: ReadonlyMap<string, ForeignAnnotation>): Planned {
    const { codebook } = this.#scene.ground;
    const layer = layerOf(codebook, given.layer) as Layer;
    const fillers = this.#fillers(given, layer, all);
    const record = { layer: layer.id, spans, attributes: given.attributes, note: given.note ?? '' };
    const isSame = (id: string) =>
      this.#sets.some(({ set }) => {
        const there = set.annotations.get(id);
        return (
          there !== undefined &&
          dequal(contentOf(there), contentOf({ ...record, roles: fillers.map(({ role, target }) => ({ role, target })) }))
        );
      });
    const content = [
      'annotation',
      this.#article,
      layer.id,
      spans.map(({ start, end }) => [start, end]),
      given.attributes,
      record.note,
      given.annotator ?? this.#scene.ground.annotator,
    ];
    return { ...this.#scene.ids.choose(wantedId(document, given.id), content, isSame), given, layer, spans, fillers };
  }

  // The possible fillers of an annotation's roles: mentions and annotations by their ids in the file, entities by those in the project.
  #fillers(given: ForeignAnnotation, layer: Layer, all: ReadonlyMap<string, ForeignAnnotation>): RoleFiller[] {
    const { entities, ground, isTheirs } = this.#scene;
    const lose = (kind: string) => isTheirs(given.annotator) && this.#scene.lose(kind);
    const taken: RoleFiller[] = [];
    for (const arg of given.args) {
      const role = layer.roles.find(({ name }) => name === arg.role);
      const name = `${layer.id}.${arg.role}`;
      const target = this.#target(arg, all);
      if (!role) lose(`roles ${name}, which the codebook does not have`);
      else if (!target) lose(`roles ${name} whose filler is not imported`);
      else {
        const fitting = [target, ...this.#entityInstead(target, all)].find((one) =>
          takes(role, one, ground.codebook, (id) => entities.typeOf(id)),
        );
        const filler = fitting && { role: role.name, target: fitting };
        if (!filler) lose(`roles ${name} that do not take what fills them`);
        else if (taken.some((known) => sameFiller(known, filler))) lose(`roles ${name} that say the same twice`);
        else if (taken.filter((known) => known.role === role.name).length >= role.max)
          lose(`roles ${name} beyond the ${role.max} that it takes`);
        else taken.push(filler);
      }
    }
    return taken;
  }

  #target(arg: Arg, all: ReadonlyMap<string, ForeignAnnotation>): RoleTarget | null {
    if ('author' in arg) return { kind: 'author' };
    if ('entity' in arg) {
      const id = this.#scene.entities.called(arg.entity);
      return id === null ? null : { kind: 'entity', id };
    }
    const filler = all.get(arg.annotation);
    if (!filler || filler.spans.length === 0 || filler.status === 'rejected') return null;
    return { kind: filler.layer === mentionLayer ? 'mention' : 'annotation', id: filler.id };
  }

  // A role that does not take words may take the entity that the words refer to.
  #entityInstead(target: RoleTarget, all: ReadonlyMap<string, ForeignAnnotation>): RoleTarget[] {
    const entity = target.kind === 'mention' ? all.get(target.id)?.attributes['entity_id'] : undefined;
    const id = typeof entity === 'string' ? this.#scene.entities.called(entity) : null;
    return id === null ? [] : [{ kind: 'entity', id }];
  }

  #put(
    document: ForeignDocument,
    { id, isKnown, given, layer, spans, fillers }: Planned,
    planned: ReadonlyMap<string, Planned>,
    mentions: MentionImport,
  ): void {
    const { ground, lose, count, shared, entities, isTheirs } = this.#scene;
    count(`layer ${layer.id}`, isKnown);
    if (isKnown) return;
    if (given.rule || (given.confidence ?? null) !== null) lose('rules and confidences of suggestions (their origin is the import)');
    const isOwn = (other: Planned) => (!other.isKnown && isTheirs(other.given.annotator)) || this.#own.annotations.has(other.id);
    const roles = fillers.flatMap(({ role, target }): RoleFiller[] => {
      if (target.kind === 'entity') entities.use(target.id);
      if (target.kind === 'mention') return [{ role, target: { kind: 'mention', id: mentions.own(target.id) } }];
      if (target.kind !== 'annotation') return [{ role, target }];
      const other = planned.get(target.id);
      if (other && isOwn(other)) return [{ role, target: { kind: 'annotation', id: other.id } }];
      lose(`roles ${layer.id}.${role} with an annotation of another annotator`);
      return [];
    });
    const annotation: Annotation = {
      ...{ id, article: this.#article, annotator: ground.annotator, layer: layer.id, spans, roles, note: given.note ?? '' },
      attributes: Object.fromEntries(Object.entries(given.attributes).map(([name, value]) => [name, this.#value(value, mentions)])),
      ...{ origin: importOrigin(this.#scene, document, given.annotator), codebook: ground.codebookVersion, ...timesOf(given, ground.now) },
    };
    shared.annotation(document, given, annotation);
    this.#edits.push(annotationEdit(null, annotation));
  }

  #value(value: AttributeValue, mentions: MentionImport): AttributeValue {
    if (!isQuantities(value)) return value;
    return value.map((quantity) => {
      if (quantity.mention === null) return quantity;
      const mention = mentions.has(quantity.mention)
        ? mentions.own(quantity.mention)
        : this.#scene.lose('mentions of quantities that are not imported');
      return { ...quantity, mention };
    });
  }

  #reject(document: ForeignDocument, given: ForeignAnnotation, spans: Span[]): void {
    const { ids, ground, count } = this.#scene;
    const rule = { rule: given.rule?.id ?? 'import', version: given.rule?.version ?? '1' };
    const isSame = (id: string) =>
      this.#sets.some(({ set }) => {
        const there = set.decisions.get(id);
        return there !== undefined && there.layer === given.layer && dequal(there.spans, spans);
      });
    const who = given.annotator ?? ground.annotator;
    const content = ['decision', this.#article, given.layer, spans.map(({ start, end }) => [start, end]), rule, who];
    const { id, isKnown } = ids.choose(wantedId(document, given.id), content, isSame);
    count('rejections', isKnown);
    if (isKnown) return;
    const decision: Decision = {
      ...{ id, article: this.#article, annotator: ground.annotator, verdict: 'rejected', layer: given.layer, spans, ...rule },
      decided: timesOf(given, ground.now).created,
    };
    this.#edits.push({ record: 'decision', article: this.#article, id, before: null, after: decision });
  }
}

interface Planned {
  readonly id: string;
  readonly isKnown: boolean;
  readonly given: ForeignAnnotation;
  readonly layer: Layer;
  readonly spans: Span[];
  readonly fillers: readonly RoleFiller[];
}

// The ids of everything to which an annotation of the file refers.
const mentionsNamed = ({ args, attributes }: ForeignAnnotation): string[] => [
  ...args.flatMap((arg) => ('annotation' in arg ? [arg.annotation] : [])),
  ...Object.values(attributes).flatMap((value) => (isQuantities(value) ? value.flatMap(({ mention }) => mention ?? []) : [])),
];

const isQuantities = (value: AttributeValue): value is Quantity[] =>
  Array.isArray(value) && value.some((item) => typeof item === 'object' && 'modifier' in item);

// What makes two annotations equal, whatever the ids of their mentions.
function contentOf({ layer, spans, attributes, note, roles }: Pick<Annotation, 'layer' | 'spans' | 'attributes' | 'note' | 'roles'>) {
  const values = Object.entries(attributes).map(([name, value]) => [
    name,
    isQuantities(value) ? value.map(({ mention: _, ...quantity }) => quantity) : value,
  ]);
  const fillers = roles.map(({ role, target }) => `${role} ${target.kind} ${target.kind === 'entity' ? target.id : ''}`);
  return { layer, spans: spans.map(rangeKey), note, values: Object.fromEntries(values), fillers: fillers.sort() };
}
