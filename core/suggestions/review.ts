import type { Annotation, AnnotationSet } from '../model/annotation.ts';
import { type Range, rangeKey } from '../text/span.ts';
import type { Suggestion } from './suggestion.ts';

/**
 * Those of `suggestions` that nobody has settled in `sets`: not rejected (same layer, same spans), and no annotation of the layer lies where
 * one is proposed. A quoted term that a person made of a proposed quote settles it too, and the other way round.
 */
export function openSuggestions<S extends Suggestion>(suggestions: readonly S[], sets: readonly AnnotationSet[]): S[] {
  return new Review(suggestions).open(sets);
}

/**
 * Answers which suggestions of one article are open, as often as its sets change. What an annotation settles is looked up once, so that a
 * further answer costs a glance at each annotation, however many suggestions there are.
 */
export class Review<S extends Suggestion> {
  readonly #suggestions: readonly S[];
  readonly #places = new Map<string, number[]>();
  /** The fragments of the suggestions of a kind, ascending by start; `reach` is the furthest end among it and those before it. */
  readonly #fragments = new Map<string, { start: number; end: number; reach: number; index: number }[]>();
  readonly #settled = new WeakMap<Annotation, readonly number[]>();

  constructor(suggestions: readonly S[]) {
    this.#suggestions = suggestions;
    for (const [index, { layer, spans }] of suggestions.entries()) {
      const place = placeOf(layer, spans);
      this.#places.set(place, [...(this.#places.get(place) ?? []), index]);
      const fragments = this.#fragments.get(kindOf(layer)) ?? [];
      fragments.push(...spans.map(({ start, end }) => ({ start, end, reach: end, index })));
      this.#fragments.set(kindOf(layer), fragments);
    }
    for (const fragments of this.#fragments.values()) {
      fragments.sort((a, b) => a.start - b.start);
      let reach = 0;
      for (const fragment of fragments) {
        reach = Math.max(reach, fragment.end);
        fragment.reach = reach;
      }
    }
  }

  /** The suggestions that nothing in `sets` settles, in the order given. */
  open(sets: readonly AnnotationSet[]): S[] {
    const settled = new Set<number>();
    for (const { annotations, decisions } of sets) {
      for (const annotation of annotations.values()) for (const index of this.#settledBy(annotation)) settled.add(index);
      for (const { layer, spans } of decisions.values())
        for (const index of this.#places.get(placeOf(layer, spans)) ?? []) settled.add(index);
    }
    return this.#suggestions.filter((_, index) => !settled.has(index));
  }

  #settledBy(annotation: Annotation): readonly number[] {
    const known = this.#settled.get(annotation);
    if (known) return known;
    const fragments = this.#fragments.get(kindOf(annotation.layer)) ?? [];
    const found = annotation.spans.flatMap((span) => overlapping(fragments, span));
    this.#settled.set(annotation, found);
    return found;
  }
}

// By binary search for the first fragment behind `range`, and from there back as far as one reaches into it.
function overlapping(fragments: readonly { start: number; end: number; reach: number; index: number }[], range: Range): number[] {
  let low = 0;
  let high = fragments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((fragments[middle]?.start ?? 0) < range.end) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let fragment = fragments[--low]; fragment && fragment.reach > range.start; fragment = fragments[--low]) {
    if (fragment.end > range.start) found.push(fragment.index);
  }
  return found;
}

const kindOf = (layer: string) => (layer === 'QUOTED_TERM' ? 'QUOTE' : layer);

const placeOf = (layer: string, spans: readonly Range[]) => [layer, ...spans.map(rangeKey)].join(' ');
