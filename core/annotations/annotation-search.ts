import { type Annotation, type AnnotationSet, byReadingOrder } from '../model/annotation.ts';
import { entityOfMention, type Registry } from '../model/entity.ts';
import type { AnnotationHit } from './hits.ts';

/** Where the mentions and entities of an annotation are looked up: the set that contains it, and the registry. */
export interface AnnotationGround {
  readonly set: Pick<AnnotationSet, 'mentions'>;
  readonly registry: Registry;
}

/** Which annotations to find. An empty list of layers means every layer, null every annotator. */
export interface AnnotationQuery {
  /** Words that must occur in the annotation's text, its note or the name of who speaks. Letter case is ignored. */
  readonly query: string;
  readonly layers: readonly string[];
  readonly annotator: string | null;
}

const longest = 400;

/** Who speaks, holds or vouches, by name: the first filler of such a role. Null if there is none. */
export function whoOf(annotation: Annotation, { set, registry }: AnnotationGround): string | null {
  const target = annotation.roles.find(({ role }) => role === 'speaker' || role === 'holder' || role === 'source')?.target;
  if (!target) return null;
  if (target.kind === 'author') return 'the author';
  if (target.kind === 'entity') return entityOfMention(registry, { id: annotation.id, entity: target.id })?.canonical ?? null;
  const mention = target.kind === 'mention' ? set.mentions.get(target.id) : undefined;
  return (mention && entityOfMention(registry, mention)?.canonical) || mention?.span.text || null;
}

/** The words of a query, in the form that `holdsWords` compares. */
export function queryWords(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether the text of an annotation, its note and who speaks together contain all of `words`. */
export function holdsWords(annotation: Annotation, words: readonly string[], ground: AnnotationGround): boolean {
  if (words.length === 0) return true;
  const text = [...annotation.spans.map((span) => span.text), annotation.note, whoOf(annotation, ground) ?? ''].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The annotations on one article, by any annotator, that match the query, in reading order. */
export function matchingAnnotations(
  sets: readonly { readonly annotator: string; readonly set: AnnotationSet }[],
  registry: Registry,
  { query, layers, annotator }: AnnotationQuery,
): AnnotationHit[] {
  const words = queryWords(query);
  return sets
    .filter((work) => annotator === null || work.annotator === annotator)
    .flatMap(({ set }) =>
      [...set.annotations.values()]
        .filter(({ layer }) => layers.length === 0 || layers.includes(layer))
        .filter((annotation) => holdsWords(annotation, words, { set, registry }))
        .map((annotation) => ({ annotation, set })),
    )
    .sort((a, b) => byReadingOrder(a.annotation, b.annotation))
    .map(({ annotation, set }) => hitOf(annotation, { set, registry }));
}

/** An annotation as lists show it. Very long words are cut. */
export function hitOf(annotation: Annotation, ground: AnnotationGround): AnnotationHit {
  const text = annotation.spans.map((span) => span.text).join(' … ');
  return {
    article: annotation.article,
    annotation: annotation.id,
    annotator: annotation.annotator,
    layer: annotation.layer,
    start: annotation.spans[0]?.start ?? 0,
    text: text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text,
    who: whoOf(annotation, ground),
    note: annotation.note.length > longest ? `${annotation.note.slice(0, longest).toWellFormed()}…` : annotation.note,
  };
}
