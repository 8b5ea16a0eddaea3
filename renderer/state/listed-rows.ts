import { queryWords, whoOf } from '../../core/annotations/annotation-search.ts';
import { type Annotation, byReadingOrder } from '../../core/model/annotation.ts';
import { type AnnotationFilter, type AnnotationGround, type AnnotationSort, annotationRows } from './annotation-rows.ts';
import type { OpenSuggestion } from './article-suggestions.ts';
import type { Listed } from './view-store.ts';

/** A row in the list of an article: an annotation or a suggestion. */
export type ListedRow = Annotation | OpenSuggestion;

/** Whether a row is a suggestion. */
export const isSuggestion = (row: ListedRow): row is OpenSuggestion => 'rule' in row;

/** The name of the suggested speaker, holder or voucher; null if none is suggested. */
export function suggestedWho({ roles }: OpenSuggestion): string | null {
  const found = roles.find(({ role }) => role === 'speaker' || role === 'holder' || role === 'source');
  return found ? (found.entity?.canonical ?? found.span.text) : null;
}

/**
 * What the list of an article shows: annotations, suggestions or both, filtered by `filter` and sorted by `sort`. Suggestions never pass a filter
 * for something that only annotations have (a note, something to complete, a mark of doubt). When sorting by newest, suggestions come last.
 */
export function listedRows(
  ground: AnnotationGround,
  suggestions: readonly OpenSuggestion[],
  listed: Listed,
  filter: AnnotationFilter,
  sort: AnnotationSort,
): ListedRow[] {
  const annotations = listed === 'suggestions' ? [] : annotationRows(ground, filter, sort);
  const suggested = listed === 'annotations' ? [] : suggestions.filter((suggestion) => passes(suggestion, filter));
  if (suggested.length === 0) return annotations;
  const rows: ListedRow[] = [...annotations, ...suggested];
  if (sort === 'newest') return rows;
  rows.sort(byReadingOrder);
  if (sort === 'reading') return rows;
  if (sort === 'layer') {
    const rank = ({ layer }: ListedRow) => ground.codebook.layers.findIndex(({ id }) => id === layer);
    return rows.sort((a, b) => rank(a) - rank(b));
  }
  const who = new Map(rows.map((row) => [row.id, (isSuggestion(row) ? suggestedWho(row) : whoOf(row, ground)) ?? '\uffff']));
  return rows.sort((a, b) => names.compare(who.get(a.id) ?? '', who.get(b.id) ?? ''));
}

const names = new Intl.Collator('en', { sensitivity: 'base' });

function passes(suggestion: OpenSuggestion, { text, layers, incomplete, unsure, noted }: AnnotationFilter): boolean {
  if (incomplete || unsure || noted || (layers.length > 0 && !layers.includes(suggestion.layer))) return false;
  const words = [...suggestion.spans.map((span) => span.text), suggestedWho(suggestion) ?? ''].join(' ').toLowerCase();
  return queryWords(text).every((word) => words.includes(word));
}
