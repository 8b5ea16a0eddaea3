import { describe, expect, test } from 'vitest';
import { type Annotation, type AnnotationSet, emptySet } from '../../core/model/annotation.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { type AnnotationFilter, type AnnotationSort, annotationRows, isFiltering, noFilter } from './annotation-rows.ts';

const made = (id: string, start: number, text: string, more: Partial<Annotation> = {}): Annotation => ({
  id,
  article: 'a1',
  annotator: 'ana',
  layer: 'QUOTED_TERM',
  spans: [{ start, end: start + text.length, text }],
  attributes: {},
  roles: [],
  note: '',
  origin: { kind: 'person' },
  codebook: 1,
  created: `2026-01-0${id.slice(1)}T00:00:00.000Z`,
  modified: '2026-01-09T00:00:00.000Z',
  ...more,
});
const mention = (id: string, text: string) => ({
  id,
  article: 'a1',
  annotator: 'ana',
  span: { start: 0, end: text.length, text },
  entity: null,
});
const spoken = (by: string): Partial<Annotation> => ({
  layer: 'QUOTE',
  attributes: { type: 'indirect', speaker_form: 'named' },
  roles: [{ role: 'speaker', target: { kind: 'mention', id: by } }],
});

const set: AnnotationSet = {
  ...emptySet('a1'),
  annotations: new Map(
    [
      made('n4', 40, 'first in time'),
      made('n1', 30, 'the Pledge', { note: 'Compare with the press release.' }),
      made('n2', 20, 'binding', spoken('m1')),
      made('n3', 10, 'hubs', { ...spoken('m2'), attributes: { type: 'direct', speaker_form: 'named', unsure: true } }),
    ].map((annotation) => [annotation.id, annotation]),
  ),
  mentions: new Map([mention('m1', 'Anna'), mention('m2', 'zoe')].map((record) => [record.id, record])),
};
const ids = (filter: Partial<AnnotationFilter>, sort: AnnotationSort = 'reading', from = set) =>
  annotationRows({ set: from, codebook: defaultCodebook, registry: new Map() }, { ...noFilter, ...filter }, sort).map(({ id }) => id);

describe('annotation rows', () => {
  test('F12 without a filter all are there, in reading order', () => {
    expect(ids({})).toEqual(['n3', 'n2', 'n1', 'n4']);
    expect(isFiltering(noFilter)).toBe(false);
    expect(isFiltering({ ...noFilter, text: ' ' })).toBe(false);
    expect(isFiltering({ ...noFilter, unsure: true })).toBe(true);
  });

  test('F12 words are looked for in text, note and speaker, letter case aside, and all of them must be there', () => {
    expect(ids({ text: 'pledge' })).toEqual(['n1']);
    expect(ids({ text: 'PRESS the' })).toEqual(['n1']);
    expect(ids({ text: 'zoe hubs' })).toEqual(['n3']);
    expect(ids({ text: 'zoe binding' })).toEqual([]);
  });

  test('F12 layers, unsure, with note and to complete each narrow the list, and together more', () => {
    expect(ids({ layers: ['QUOTE'] })).toEqual(['n3', 'n2']);
    expect(ids({ layers: ['QUOTE', 'QUOTED_TERM'] })).toEqual(['n3', 'n2', 'n1', 'n4']);
    expect(ids({ unsure: true })).toEqual(['n3']);
    expect(ids({ noted: true })).toEqual(['n1']);
    expect(ids({ layers: ['QUOTE'], noted: true })).toEqual([]);
    const stance = made('n5', 50, 'against it', { layer: 'STANCE' });
    const more = { ...set, annotations: new Map(set.annotations).set(stance.id, stance) };
    expect(ids({ incomplete: true, layers: ['STANCE'] }, 'reading', more)).toEqual(['n5']);
    expect(ids({ incomplete: true }, 'reading', more)).not.toContain('n2');
  });

  test('F12 they are sorted by layer, speaker or time; what is equal there stays in reading order; those without a speaker come last', () => {
    expect(ids({}, 'layer')).toEqual(['n3', 'n2', 'n1', 'n4']);
    expect(ids({}, 'who')).toEqual(['n2', 'n3', 'n1', 'n4']);
    expect(ids({}, 'newest')).toEqual(['n4', 'n3', 'n2', 'n1']);
  });

  test('F12 of 10,000 annotations none is lost and each sort is whole', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => made(`n${at}`, (at * 7919) % 10_000, 'word', at % 2 ? spoken('m1') : {}));
    const large = { ...set, annotations: new Map(many.map((annotation) => [annotation.id, annotation])) };
    for (const sort of ['reading', 'layer', 'who', 'newest'] as const) expect(new Set(ids({}, sort, large)).size).toBe(10_000);
    expect(ids({ layers: ['QUOTE'] }, 'who', large)).toHaveLength(5000);
  });
});
