import { describe, expect, test } from 'vitest';
import { type AnnotationSet, emptySet } from '../annotation.ts';
import { spanAt } from '../span.ts';
import { suggest } from './index.ts';
import { openSuggestions } from './review.ts';

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
});
