import { expect, test } from 'vitest';
import { type Annotation, type AnnotationSet, byId, emptySet } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity, resolveRegistry } from '../model/entity.ts';
import { spanAt } from '../text/span.ts';
import { eventsOf, piecesOf } from './pieces-of-set.ts';

const time = '2026-01-01T00:00:00.000Z';
const merged = newEntity('blaze', 'anna', 'EVENT', 'Astrid blaze', time);
const registry = resolveRegistry([
  newEntity('fire', 'anna', 'EVENT', 'Fire on the Astrid', time),
  { ...merged, fields: { ...merged.fields, mergedInto: { value: 'fire', time } } },
  newEntity('rehn', 'anna', 'PERSON', 'Jonas Rehn', time),
  newEntity('inquiry', 'anna', 'EVENT', 'The inquiry', time),
]);
const ground = { codebook: defaultCodebook, registry };
const text = 'The fire killed 14 people, and 34 others, said Captain Rehn. “It was,” he said, “everywhere.” The inquiry opens.';
const at = (words: string, from = 0) => {
  const start = text.indexOf(words, from);
  return { start, end: start + words.length };
};

function annotation(id: string, layer: string, words: readonly string[], more: Partial<Annotation> = {}): Annotation {
  return {
    ...{
      id,
      article: 'a',
      annotator: 'anna',
      layer,
      spans: words.map((each) => spanAt(text, at(each))),
      attributes: {},
      roles: [],
      note: '',
    },
    ...{ origin: { kind: 'person' as const }, codebook: 1, created: time, modified: time, ...more },
  };
}
const mention = (id: string, words: string, entity: string | null) => ({
  id,
  article: 'a',
  annotator: 'anna',
  span: spanAt(text, at(words)),
  entity,
});
const setOf = (annotations: Annotation[], ...mentions: ReturnType<typeof mention>[]): AnnotationSet => ({
  ...emptySet('a'),
  annotations: byId(annotations),
  mentions: byId(mentions),
});

test('W111 an annotation is compared with its words, its speakers by the registry, its events and whether it is indirect', () => {
  const set = setOf(
    [
      annotation('q', 'QUOTE', ['“It was,”', '“everywhere.”'], {
        attributes: { type: 'indirect' },
        roles: [
          { role: 'speaker', target: { kind: 'mention', id: 'm1' } },
          { role: 'speaker', target: { kind: 'mention', id: 'm2' } },
          { role: 'cue', target: { kind: 'mention', id: 'm3' } },
        ],
      }),
      annotation('f', 'FACT', ['The fire killed 14 people'], { roles: [{ role: 'event', target: { kind: 'entity', id: 'blaze' } }] }),
      annotation('t', 'QUOTED_TERM', ['Captain']),
    ],
    mention('m1', 'Captain Rehn', 'rehn'),
    mention('m2', 'he', null),
    mention('m3', 'said', null),
  );
  const [quote, fact, ...others] = piecesOf(set, ground);
  expect(others).toEqual([]);
  expect(quote).toMatchObject({ text: '“It was,” … “everywhere.”', isIndirect: true, start: text.indexOf('“It was'), events: [] });
  expect(quote?.who).toEqual([
    { name: 'Jonas Rehn', entity: 'rehn' },
    { name: 'he', entity: null },
  ]);
  expect(fact).toMatchObject({ isIndirect: false, events: ['fire'], who: [] });
  expect(piecesOf(set, ground, new Set(['q'])).map(({ annotation: id }) => id)).toEqual(['q']);
});

test('W111 numbers are those recorded, with their place, or else those that the words give', () => {
  const words = ['The fire killed 14 people', '34 others'];
  const read = piecesOf(setOf([annotation('f', 'FACT', words)]), ground)[0];
  expect(read?.numbers.map(({ value, place, things }) => [value, read.text.slice(place?.start, place?.end), things])).toEqual([
    [14, '14', ['dead']],
    [34, '34', ['other']],
  ]);
  const quantity = { value_max: null, modifier: 'exact' as const, unit: '' };
  const recorded = annotation('f', 'FACT', words, {
    attributes: {
      quantity: [
        { ...quantity, value: 34, counts: 'survivors', mention: 'm1' },
        { ...quantity, value: 99, counts: 'crew', mention: 'm2' },
      ],
    },
  });
  const [piece] = piecesOf(setOf([recorded], mention('m1', '34 others', null), mention('m2', 'Captain', null)), ground);
  expect(piece?.numbers.map(({ value, place, things }) => [value, place && piece.text.slice(place.start, place.end), things])).toEqual([
    [34, '34 others', ['survivor', 'other']],
    [99, null, ['crew']],
  ]);
  const long = annotation('f', 'FACT', [text.slice(0, 60)], {});
  const [cut] = piecesOf(setOf([{ ...long, spans: [{ start: 0, end: 2000, text: 'x'.repeat(2000) }] }]), ground);
  expect(cut?.text.length).toBe(1201);
});

test('W112 an article reports the events that its roles and mentions name, with merges followed', () => {
  const set = setOf(
    [annotation('f', 'FACT', ['The fire'], { roles: [{ role: 'event', target: { kind: 'entity', id: 'blaze' } }] })],
    mention('m1', 'The inquiry', 'inquiry'),
    mention('m2', 'Captain Rehn', 'rehn'),
    mention('m3', 'he', null),
  );
  expect(eventsOf(set, ground)).toEqual(['fire', 'inquiry']);
  expect(eventsOf(emptySet('a'), ground)).toEqual([]);
});
