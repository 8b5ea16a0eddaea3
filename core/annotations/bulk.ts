import { dequal } from 'dequal';
import { type Annotation, type AnnotationSet, type AttributeValue, emptySet, type Mention, type Relation } from '../model/annotation.ts';
import { layerOf } from '../model/codebook.ts';
import { type EntityRecord, entityFrom, type Registry } from '../model/entity.ts';
import { fillWithEntity, type LinkTarget, linkMention } from '../registry/linking.ts';
import type { Edit } from '../steps/edit.ts';
import { Refusal, relabel, removeAnnotations, type Scene, setAttribute, setNote } from '../steps/gestures.ts';

/** What to do to many annotations at once. A note is added below the existing one. `value` null removes an attribute. */
export type BulkDeed =
  | { readonly kind: 'attribute'; readonly name: string; readonly value: AttributeValue | null }
  | { readonly kind: 'relabel'; readonly layer: string }
  | { readonly kind: 'remove' }
  | { readonly kind: 'link'; readonly role: string; readonly target: LinkTarget }
  | { readonly kind: 'note'; readonly note: string };

/** Identifies one of the annotations to change. */
export interface BulkKey {
  readonly article: string;
  readonly annotation: string;
}

/** Something that is lost along the way: attribute values, role fillers or relations, by name, and how many. */
export interface BulkLoss {
  readonly kind: 'attribute' | 'role' | 'relation';
  readonly name: string;
  readonly count: number;
}

/**
 * What a deed would do. `changed` holds the annotations as they are before it. `refused` maps the reason, in words, to the annotations left out
 * for it.
 */
export interface BulkPlan {
  readonly edits: readonly Edit[];
  readonly changed: readonly Annotation[];
  /** How many would not change. */
  readonly same: number;
  /** How many no longer exist. */
  readonly gone: number;
  readonly refused: ReadonlyMap<string, readonly Annotation[]>;
  readonly losses: readonly BulkLoss[];
}

/**
 * The edits that apply `deed` to each of `keys` in turn, as one step. `sceneOf` gives the scene of an article before the step. An annotation to
 * which the deed does not apply (its layer has no such attribute or role, or a role is full) is left out and reported in `refused`.
 */
export function planBulk(sceneOf: (article: string) => Scene, keys: readonly BulkKey[], deed: BulkDeed): BulkPlan {
  const byArticle = Map.groupBy(keys, ({ article }) => article);
  const plan = new Plan(deed);
  for (const [article, ofArticle] of byArticle) plan.add(sceneOf(article), new Set(ofArticle.map(({ annotation }) => annotation)));
  return plan.made();
}

// A mutable set of an article, while its annotations are changed one after another.
interface Draft extends AnnotationSet {
  readonly annotations: Map<string, Annotation>;
  readonly mentions: Map<string, Mention>;
  readonly relations: Map<string, Relation>;
}
interface Drafted extends Scene {
  readonly set: Draft;
}

function put<R>(records: Map<string, R>, id: string, after: R | null): void {
  if (after === null) records.delete(id);
  else records.set(id, after);
}

class Plan {
  readonly #deed: BulkDeed;
  readonly #edits: Edit[] = [];
  readonly #changed: Annotation[] = [];
  readonly #refused = new Map<string, Annotation[]>();
  readonly #losses = new Map<string, BulkLoss>();
  #same = 0;
  #gone = 0;
  // What spans articles is carried over from one article to the next.
  #entities: Map<string, EntityRecord> | null = null;
  #links: Map<string, Relation> | null = null;
  #registry: Registry | null = null;
  #target: LinkTarget | null;

  constructor(deed: BulkDeed) {
    this.#deed = deed;
    this.#target = deed.kind === 'link' ? deed.target : null;
  }

  add(begin: Scene, ids: ReadonlySet<string>): void {
    const before = begin.work.sets.get(begin.article) ?? emptySet(begin.article);
    const there = [...ids].flatMap((id) => before.annotations.get(id) ?? []);
    this.#gone += ids.size - there.length;
    // Copied only once. Thousands of steps would otherwise copy it thousands of times.
    this.#entities ??= new Map(begin.work.entities);
    this.#links ??= new Map(begin.work.links);
    const set: Draft = {
      ...before,
      annotations: new Map(before.annotations),
      mentions: new Map(before.mentions),
      relations: new Map(before.relations),
    };
    const work = { ...begin.work, sets: new Map([[begin.article, set]]), entities: this.#entities, links: this.#links };
    let scene: Drafted = { ...begin, work, set, registry: this.#registry ?? begin.registry };
    if (this.#deed.kind === 'remove') {
      this.#take(
        scene,
        there,
        removeAnnotations(
          scene,
          there.map(({ id }) => id),
        ),
      );
      return;
    }
    for (const { id } of there) {
      const annotation = scene.set.annotations.get(id);
      if (!annotation) continue;
      try {
        const edits = this.#editsOf(scene, annotation);
        if (edits.length === 0) this.#same++;
        else scene = this.#take(scene, [annotation], edits);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.#refused.set(error.message, [...(this.#refused.get(error.message) ?? []), annotation]);
      }
    }
  }

  made(): BulkPlan {
    const losses = [...this.#losses.values()].sort((a, b) => b.count - a.count);
    return { edits: this.#edits, changed: this.#changed, same: this.#same, gone: this.#gone, refused: this.#refused, losses };
  }

  // The edits for `annotation`; none if nothing would change. @throws Refusal
  #editsOf(scene: Drafted, annotation: Annotation): Edit[] {
    const layer = layerOf(scene.codebook, annotation.layer);
    switch (this.#deed.kind) {
      case 'attribute': {
        const { name, value } = this.#deed;
        if (!layer?.attributes.some((attribute) => attribute.name === name))
          throw new Refusal(`${layer?.title ?? annotation.layer} has no such attribute`);
        const held = annotation.attributes[name];
        const isSame = value === null ? held === undefined : dequal(held, value);
        return isSame ? [] : setAttribute(scene, annotation.id, name, value);
      }
      case 'relabel':
        return annotation.layer === this.#deed.layer ? [] : relabel(scene, annotation.id, this.#deed.layer);
      case 'note': {
        const note = this.#deed.note.trim();
        if (note === '' || annotation.note.split('\n').includes(note) || annotation.note === note) return [];
        return setNote(scene, annotation.id, annotation.note === '' ? note : `${annotation.note}\n${note}`);
      }
      case 'link':
        return this.#linked(scene, annotation, this.#deed.role);
      case 'remove':
        return [];
    }
  }

  // If words fill the role, they are linked. If an entity or nothing fills it, it is filled with the entity.
  #linked(scene: Drafted, annotation: Annotation, name: string): Edit[] {
    const layer = layerOf(scene.codebook, annotation.layer);
    const role = layer?.roles.find((candidate) => candidate.name === name);
    if (!layer || !role) throw new Refusal(`${layer?.title ?? annotation.layer} has no such role`);
    const target = this.#target as LinkTarget;
    const fillers = annotation.roles.filter((filler) => filler.role === name);
    const words = fillers.flatMap((filler) => (filler.target.kind === 'mention' ? [filler.target.id] : []));
    if (words.length > 0) {
      const [first, ...rest] = words as [string, ...string[]];
      const edits = linkMention(scene, first, target, false);
      if (rest.length === 0) return edits;
      const made = this.#after(scene, edits);
      return [...edits, ...rest.flatMap((id) => linkMention(made, id, this.#target as LinkTarget, false))];
    }
    const isSame = fillers.length === 1 && fillers[0]?.target.kind === 'entity' && fillers[0].target.id === target;
    return isSame ? [] : fillWithEntity(scene, annotation.id, name, target, false);
  }

  #take(scene: Drafted, annotations: readonly Annotation[], edits: readonly Edit[]): Drafted {
    this.#changed.push(...annotations);
    this.#edits.push(...edits);
    this.#count(scene, edits);
    return this.#after(scene, edits);
  }

  // The scene after `edits`, which are written into its draft. If they create the new entity, later annotations link to that one.
  #after(scene: Drafted, edits: readonly Edit[]): Drafted {
    for (const edit of edits) {
      if (edit.record === 'annotation') put(scene.set.annotations, edit.id, edit.after);
      else if (edit.record === 'mention') put(scene.set.mentions, edit.id, edit.after);
      else if (edit.record === 'relation') put(scene.set.relations, edit.id, edit.after);
      else if (edit.record === 'link') put(this.#links ?? new Map(), edit.id, edit.after);
      else if (edit.record === 'entity') put(this.#entities ?? new Map(), edit.id, edit.after);
    }
    const made = edits.find(({ record, before }) => record === 'entity' && before === null);
    if (this.#target !== null && typeof this.#target !== 'string' && made?.record === 'entity' && made.after) {
      this.#target = made.id;
      this.#registry = new Map(scene.registry).set(made.id, entityFrom(made.id, [made.after]));
    }
    return { ...scene, registry: this.#registry ?? scene.registry };
  }

  #count({ codebook }: Scene, edits: readonly Edit[]): void {
    const lose = (kind: BulkLoss['kind'], name: string) => {
      const key = `${kind} ${name}`;
      this.#losses.set(key, { kind, name, count: (this.#losses.get(key)?.count ?? 0) + 1 });
    };
    for (const edit of edits) {
      if ((edit.record === 'relation' || edit.record === 'link') && edit.before && !edit.after) {
        const { type } = edit.before;
        lose('relation', codebook.relations.find(({ id }) => id === type)?.title ?? type);
      }
      // A removed annotation takes its own content along, as requested. Only what other annotations lose is counted.
      if (edit.record !== 'annotation' || !edit.before || !edit.after) continue;
      const { before, after } = edit;
      const layer = layerOf(codebook, before.layer);
      if (this.#deed.kind === 'relabel') {
        for (const name of Object.keys(before.attributes)) {
          const isKept = dequal(after.attributes[name], before.attributes[name]);
          if (!isKept) lose('attribute', layer?.attributes.find((attribute) => attribute.name === name)?.title ?? name);
        }
      }
      if (this.#deed.kind === 'link') continue;
      for (const filler of before.roles) {
        const isKept = after.roles.some((other) => dequal(other, filler));
        if (!isKept) lose('role', layer?.roles.find((role) => role.name === filler.role)?.title ?? filler.role);
      }
    }
  }
}
