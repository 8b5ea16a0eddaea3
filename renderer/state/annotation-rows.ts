import { holdsWords, queryWords, whoOf } from '../../core/annotations/annotation-search.ts';
import { ownProblems } from '../../core/annotations/validation.ts';
import { type Annotation, type AnnotationSet, byReadingOrder } from '../../core/model/annotation.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import type { Registry } from '../../core/model/entity.ts';

/** What the annotation list shows. All conditions must hold. An empty list of layers means every layer. */
export interface AnnotationFilter {
  /** Words that must occur in the annotation's text, its note or the name of who speaks. Letter case is ignored. */
  readonly text: string;
  readonly layers: readonly string[];
  /** Only annotations that need completing. */
  readonly incomplete: boolean;
  readonly unsure: boolean;
  readonly noted: boolean;
}

/** A filter that lets everything through. */
export const noFilter: AnnotationFilter = { text: '', layers: [], incomplete: false, unsure: false, noted: false };

/** `who` is the speaker, holder or source. */
const annotationSorts = ['reading', 'layer', 'who', 'newest'] as const;
export type AnnotationSort = (typeof annotationSorts)[number];

/** What is needed to filter and sort the annotations of an article. */
export interface AnnotationGround {
  readonly set: AnnotationSet;
  readonly codebook: Codebook;
  readonly registry: Registry;
}

export function isFiltering(filter: AnnotationFilter): boolean {
  return filter.text.trim() !== '' || filter.layers.length > 0 || filter.incomplete || filter.unsure || filter.noted;
}

/** Whether the annotation by itself needs completing. */
export function isIncomplete(annotation: Annotation, codebook: Codebook): boolean {
  return ownProblems(annotation, codebook).length > 0;
}

/** The annotations that pass `filter`, sorted by `sort`, then by reading order. */
export function annotationRows(ground: AnnotationGround, filter: AnnotationFilter, sort: AnnotationSort): Annotation[] {
  const words = queryWords(filter.text);
  const passes = (annotation: Annotation) =>
    (filter.layers.length === 0 || filter.layers.includes(annotation.layer)) &&
    (!filter.unsure || annotation.attributes['unsure'] === true) &&
    (!filter.noted || annotation.note !== '') &&
    (!filter.incomplete || isIncomplete(annotation, ground.codebook)) &&
    holdsWords(annotation, words, ground);
  const all = [...ground.set.annotations.values()];
  const ordered = (isFiltering(filter) ? all.filter(passes) : all).sort(byReadingOrder);
  if (sort === 'reading') return ordered;
  const ranks = new Map<Annotation, string | number>(
    ordered.map((annotation) => {
      if (sort === 'newest') return [annotation, annotation.created];
      if (sort === 'layer') return [annotation, ground.codebook.layers.findIndex(({ id }) => id === annotation.layer)];
      return [annotation, whoOf(annotation, ground) ?? '\uffff'];
    }),
  );
  const rank = (annotation: Annotation) => ranks.get(annotation) ?? '';
  if (sort === 'newest') return ordered.sort((a, b) => (rank(a) < rank(b) ? 1 : rank(a) > rank(b) ? -1 : 0));
  if (sort === 'layer') return ordered.sort((a, b) => Number(rank(a)) - Number(rank(b)));
  return ordered.sort((a, b) => names.compare(String(rank(a)), String(rank(b))));
}

const names = new Intl.Collator('en', { sensitivity: 'base' });
