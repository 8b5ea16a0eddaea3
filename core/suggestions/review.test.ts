import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnnotationSet, emptySet } from '../model/annotation.ts';
import { spanAt } from '../text/span.ts';
import { suggest } from './index.ts';
import { openSuggestions, Review } from './review.ts';
import type { Suggestion } from './suggestion.ts';

const text = '“We will stay,” Ana Ruiz said. The “experts” were late.';
const at = (words: string) => spanAt(text, { start: text.indexOf(words), end: text.indexOf(words) + words.length });
const layers = (...sets: AnnotationSet[]) => openSuggestions(suggest(text), sets).map(({ layer }) => layer);

const annotated = (layer: string, words: string): AnnotationSet => {
  const annotation = {
    id: 'a1',
    article: 'x',
    annotator: 'ann',
    layer,
    spans: [at(words)],
    attributes: {},
    roles: [],
    note: '',
    origin: { kind: 'person' as const },
    codebook: 1,
    created: '2026-01-01T00:00:00Z',
    modified: '2026-01-01T00:00:00Z',
  };
  return { ...emptySet('x'), annotations: new Map([['a1', annotation]]) };
};

const rejected = (layer: string, words: string): AnnotationSet => {
  const decision = {
    id: 'd1',
    article: 'x',
    annotator: 'ann',
    verdict: 'rejected' as const,
    layer,
    spans: [at(words)],
    rule: 'r',
    version: '1',
    decided: '2026-01-01T00:00:00Z',
  };
  return { ...emptySet('x'), decisions: new Map([['d1', decision]]) };
};

describe('what is open for review', () => {
  test('Z19 all is open that nobody has accepted or rejected', () => expect(layers(emptySet('x'))).toEqual(['QUOTE', 'QUOTED_TERM']));

  test('Z19 an annotation of the layer in its place settles a suggestion, also one that a person made', () => {
    expect(layers(annotated('QUOTE', '“We will stay,”'))).toEqual(['QUOTED_TERM']);
    expect(layers(annotated('QUOTE', 'We will'))).toEqual(['QUOTED_TERM']);
    expect(layers(annotated('FACT', '“We will stay,”'))).toEqual(['QUOTE', 'QUOTED_TERM']);
  });

  test('Z19 a quoted term made of a proposed quote settles it', () =>
    expect(layers(annotated('QUOTED_TERM', '“We will stay,”'))).toEqual(['QUOTED_TERM']));

  test('Z19 a rejection settles the suggestion of its layer and place, and no other', () => {
    expect(layers(rejected('QUOTE', '“We will stay,”'))).toEqual(['QUOTED_TERM']);
    expect(layers(rejected('QUOTE', 'We will'))).toEqual(['QUOTE', 'QUOTED_TERM']);
    expect(layers(rejected('FACT', '“We will stay,”'))).toEqual(['QUOTE', 'QUOTED_TERM']);
  });

  test('Z19 asked again as the set changes, it answers as if each suggestion were compared with each annotation', () => {
    const long = 'x'.repeat(60);
    const range = fc
      .tuple(fc.nat(50), fc.integer({ min: 1, max: 9 }))
      .map(([start, length]) => spanAt(long, { start, end: start + length }));
    const layer = fc.constantFrom('QUOTE', 'QUOTED_TERM', 'FACT');
    const place = fc.record({ layer, spans: fc.array(range, { minLength: 1, maxLength: 2 }) });
    const kind = (name: string) => (name === 'QUOTED_TERM' ? 'QUOTE' : name);
    fc.assert(
      fc.property(fc.array(place, { maxLength: 12 }), fc.array(place, { maxLength: 8 }), (suggested, annotations) => {
        const suggestions = suggested.map((each): Suggestion => ({ ...each, ...rest }));
        const review = new Review(suggestions);
        let set = emptySet('x');
        for (const [index, { layer: name, spans }] of annotations.entries()) {
          const id = `a${index}`;
          const [model] = annotated(name, 'We will').annotations.values();
          set = { ...set, annotations: new Map([...set.annotations, [id, { ...(model as NonNullable<typeof model>), id, spans }]]) };
          const open = suggestions.filter((suggestion) =>
            [...set.annotations.values()].every(
              (annotation) =>
                kind(annotation.layer) !== kind(suggestion.layer) ||
                annotation.spans.every((a) => suggestion.spans.every((b) => a.end <= b.start || b.end <= a.start)),
            ),
          );
          expect(review.open([set])).toEqual(open);
        }
      }),
      { numRuns: 100 },
    );
  });
});

const rest = { attributes: {}, roles: [], rule: 'a.b', version: '1', why: 'so', confidence: 1 };
