import type { AnnotationSet } from '../annotation.ts';
import type { Range } from '../span.ts';
import type { Suggestion } from './suggestion.ts';

/**
 * Those of `suggestions` that nobody has settled in `sets`: not rejected (same layer, same spans), and no annotation of the layer lies where
 * one is proposed. A quoted term that a person made of a proposed quote settles it too, and the other way round.
 */
export function openSuggestions(suggestions: readonly Suggestion[], sets: readonly AnnotationSet[]): Suggestion[] {
  const rejected = new Set(sets.flatMap(({ decisions }) => [...decisions.values()].map(({ layer, spans }) => placeOf(layer, spans))));
  const annotations = sets.flatMap((set) => [...set.annotations.values()]);
  return suggestions.filter(
    ({ layer, spans }) =>
      !rejected.has(placeOf(layer, spans)) &&
      !annotations.some((annotation) => kindOf(annotation.layer) === kindOf(layer) && overlap(annotation.spans, spans)),
  );
}

const kindOf = (layer: string) => (layer === 'QUOTED_TERM' ? 'QUOTE' : layer);

const placeOf = (layer: string, spans: readonly Range[]) => [layer, ...spans.map(({ start, end }) => `${start}-${end}`)].join(' ');

const overlap = (some: readonly Range[], others: readonly Range[]) =>
  some.some((one) => others.some((other) => one.start < other.end && other.start < one.end));
