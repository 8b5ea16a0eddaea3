import type { AttributeValue } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import {
  type DatasetAnnotation,
  type DatasetDocument,
  type DatasetLink,
  type DatasetRelation,
  mentionLayer,
  type Status,
} from './document.ts';

/** An annotation of the dataset that illustrates its layer: its fragments, its values and the fillers of its roles, in words of the articles. */
export interface CardExample {
  readonly fragments: readonly string[];
  /** The value of the layer's first enumeration. */
  readonly kind: AttributeValue | undefined;
  /** Values of attributes that the codebook requires or that differ from their default. */
  readonly values: readonly (readonly [attribute: string, value: string])[];
  readonly roles: readonly (readonly [role: string, words: string])[];
}

/** What the card says about a layer. Rejected suggestions are not counted here. */
export interface LayerFacts {
  readonly byAnnotator: Tally;
  readonly bySplit: Tally;
  /** The number of annotations with a value, by attribute. */
  readonly given: Tally;
  /** For enumerations and booleans, by attribute. */
  readonly values: Map<string, Tally>;
  /** The number of annotations with the role filled, by role. */
  readonly filled: Tally;
  readonly examples: CardExample[];
}

/** A count for each key. */
class Tally extends Map<string, number> {
  add(name: string, by = 1): void {
    this.set(name, this.of(name) + by);
  }
  of(name: string): number {
    return this.get(name) ?? 0;
  }
  get total(): number {
    return [...this.values()].reduce((sum, count) => sum + count, 0);
  }
}

const examplesOfLayer = 3;
const exampleLength = 220;

/**
 * The facts for the card, collected while the documents are written: counts and a few examples for each layer, independent of the number of
 * documents.
 */
export class CardFacts {
  readonly languages = new Tally();
  /** Documents by split; those without one under `unassigned`. */
  readonly splits = new Tally();
  readonly layers: ReadonlyMap<string, LayerFacts>;
  readonly relations = new Tally();
  /** Annotations by origin: `manual`, `model`, `imported`. Without rejected ones. */
  readonly origins = new Tally();
  readonly statuses = new Tally();
  readonly mentions = new Tally();
  /** By annotator, how many documents they annotated and how many they marked as done. */
  readonly worked = new Tally();
  readonly done = new Tally();
  /** Documents with annotations, with annotations by several annotators, and marked as done by anybody. */
  readonly documents = { annotated: 0, shared: 0, done: 0, undated: 0 };
  words = 0;
  /** The first and last day, month or year of publication, as EDTF. Null if no document has a date. */
  published: { readonly first: string; readonly last: string } | null = null;
  readonly #enumerations: ReadonlyMap<string, readonly string[]>;
  // The attributes to show in examples, unless they have their usual value. Required ones are always shown.
  readonly #telling: ReadonlyMap<string, readonly { readonly name: string; readonly usual: AttributeValue | undefined }[]>;

  constructor({ layers }: Codebook) {
    const empty = (): LayerFacts => ({
      ...{ byAnnotator: new Tally(), bySplit: new Tally(), given: new Tally() },
      ...{ values: new Map(), filled: new Tally(), examples: [] },
    });
    this.layers = new Map(layers.map(({ id }) => [id, empty()]));
    const choices = layers.map(({ id, attributes }) => ({
      id,
      attributes: attributes.filter(({ type }) => type === 'enum' || type === 'boolean'),
    }));
    this.#enumerations = new Map(choices.map(({ id, attributes }) => [id, attributes.map(({ name }) => name)]));
    this.#telling = new Map(
      choices.map(({ id, attributes }) => [
        id,
        attributes.map(({ name, required, default: value }) => ({ name, usual: required ? undefined : (value ?? undefined) })),
      ]),
    );
  }

  /** Adds a document to the counts. */
  see(document: DatasetDocument): void {
    const { language, split, metadata, annotations, relations, completions } = document;
    if (language) this.languages.add(language);
    this.splits.add(split ?? 'unassigned');
    this.words += metadata.words;
    this.#date(metadata.published);
    for (const { type } of relations) this.relations.add(type);
    const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
    const annotators = new Set<string>();
    for (const annotation of annotations) {
      this.statuses.add(annotation.status satisfies Status);
      if (annotation.layer === mentionLayer) this.mentions.add(Object.hasOwn(annotation.attributes, 'entity_id') ? 'linked' : 'unlinked');
      else if (annotation.status !== 'rejected') {
        annotators.add(annotation.annotator);
        this.#annotation(annotation, split ?? 'unassigned', byId);
      }
    }
    for (const annotator of annotators) this.worked.add(annotator);
    for (const { annotator } of completions) this.done.add(annotator);
    if (annotators.size > 0) this.documents.annotated++;
    if (annotators.size > 1) this.documents.shared++;
    if (completions.length > 0) this.documents.done++;
  }

  /** Adds the relations across documents to the counts. */
  seeLinks(links: readonly (DatasetLink | DatasetRelation)[]): void {
    for (const { type } of links) this.relations.add(type);
  }

  #annotation(annotation: DatasetAnnotation, split: string, byId: ReadonlyMap<string, DatasetAnnotation>): void {
    const { layer, annotator, attributes, args, origin } = annotation;
    const facts = this.layers.get(layer);
    if (!facts) return;
    this.origins.add(origin ?? 'manual');
    facts.byAnnotator.add(annotator);
    facts.bySplit.add(split);
    for (const name of Object.keys(attributes)) facts.given.add(name);
    for (const name of this.#enumerations.get(layer) ?? []) {
      if (!Object.hasOwn(attributes, name)) continue;
      const values = facts.values.get(name) ?? new Tally();
      facts.values.set(name, values);
      values.add(String(attributes[name]));
    }
    for (const role of new Set(args.map(({ role }) => role))) facts.filled.add(role);
    this.#example(annotation, facts, byId);
  }

  // Takes the first annotation for each value of the layer's first enumeration, and never the same words twice, so that the examples differ.
  #example(
    { layer, status, spans, attributes, args }: DatasetAnnotation,
    { examples }: LayerFacts,
    byId: ReadonlyMap<string, DatasetAnnotation>,
  ) {
    const fragments = spans.map(({ text }) => text);
    const words = fragments.join(' ');
    if (examples.length >= examplesOfLayer || status === 'draft' || fragments.join('') === '' || words.length > exampleLength) return;
    const kind = this.#enumerations.get(layer)?.[0];
    const isTold = (known: CardExample) => {
      const other = known.fragments.join(' ');
      return other.includes(words) || words.includes(other) || (kind !== undefined && known.kind === attributes[kind]);
    };
    if (examples.some(isTold)) return;
    const values = (this.#telling.get(layer) ?? []).flatMap(({ name, usual }): [string, string][] =>
      Object.hasOwn(attributes, name) && attributes[name] !== usual ? [[name, String(attributes[name])]] : [],
    );
    const roles = args.flatMap((arg): [string, string][] => {
      if ('author' in arg) return [[arg.role, 'the author']];
      const words =
        'annotation' in arg
          ? byId
              .get(arg.annotation)
              ?.spans.map(({ text }) => text)
              .join(' … ')
          : undefined;
      return words ? [[arg.role, words]] : [];
    });
    examples.push({ fragments, kind: kind === undefined ? undefined : attributes[kind], values, roles });
  }

  #date(published: string | null): void {
    if (published === null || !/^\d{4}(-\d{2}){0,2}$/.test(published)) {
      this.documents.undated++;
      return;
    }
    const { first, last } = this.published ?? { first: published, last: published };
    this.published = { first: published < first ? published : first, last: published > last ? published : last };
  }
}
