import { expect, test } from 'vitest';
import { annotation, project, time } from '../formats/testing/project.ts';
import { byId, emptySet, type Mention, type RoleFiller } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { type EntityRecord, resolveRegistry } from '../model/entity.ts';
import { mainEvents, splitDocument } from './document.ts';

const text = 'Ana said “We’ll stay – all of us” at the Paris talks, and Kyiv agreed.';
const codebook = defaultCodebook;

const entity = (id: string, type: string, mergedInto?: string): EntityRecord => ({
  ...{ id, annotator: 'anna', aliases: {}, members: {}, moved: {} },
  fields: {
    type: { value: type, time },
    canonical: { value: id, time },
    ...(mergedInto === undefined ? {} : { mergedInto: { value: mergedInto, time } }),
  },
});
const registry = resolveRegistry([
  entity('ana', 'PERSON'),
  entity('summit', 'EVENT'),
  entity('talks', 'EVENT', 'summit'),
  entity('war', 'EVENT'),
  entity('kyiv', 'PLACE'),
]);
const mention = (id: string, start: number, end: number, of: string | null): Mention => ({
  ...{ id, article: 'doc', annotator: 'anna', entity: of },
  span: { start, end, text: text.slice(start, end) },
});
const mentions = [mention('m1', 0, 3, 'ana'), mention('m2', 58, 62, 'kyiv'), mention('m3', 41, 52, 'talks'), mention('m4', 4, 8, null)];
const role = (name: string, kind: 'mention' | 'entity', id: string): RoleFiller => ({ role: name, target: { kind, id } });
const of = (id: string, layer: string, roles: RoleFiller[]) =>
  annotation(id, text, [layer === 'QUOTE' ? { start: 9, end: 33 } : { start: 34, end: 52 }], { layer, roles });
const [{ meta }] = project(text).articles as [ReturnType<typeof project>['articles'][number]];

test('X50 an article is split by what all its annotators named: events and speakers in roles, entities anywhere, the words of its quotes', () => {
  const annas = [
    of('a1', 'QUOTE', [role('speaker', 'mention', 'm1'), role('cue', 'mention', 'm4')]),
    of('a2', 'FACT', [role('event', 'entity', 'talks'), role('source', 'entity', 'ana')]),
    of('a3', 'STANCE', [role('target', 'mention', 'm3'), { role: 'holder', target: { kind: 'author' } }]),
  ];
  const bens = [
    of('b1', 'QUOTE', []),
    of('b2', 'FACT', [role('event', 'entity', 'war'), role('event', 'entity', 'war')]),
    of('b3', 'FACT', [role('event', 'entity', 'gone')]),
  ];
  const sets = [
    { annotator: 'anna', set: { ...emptySet('doc'), annotations: byId(annas), mentions: byId(mentions) } },
    { annotator: 'ben', set: { ...emptySet('doc'), annotations: byId(bens) } },
  ];
  const made = splitDocument({ article: { meta, text }, sets }, { registry, codebook }, ['old']);
  expect({
    ...made,
    events: Object.fromEntries(made.events),
    speakers: [...made.speakers].sort(),
    entities: [...made.entities].sort(),
  }).toEqual({
    ...{ doc_id: 'doc', text, replaces: ['old'] },
    events: { summit: 2, war: 1 },
    quotes: ["we'll stay all of us"],
    speakers: ['ana'],
    entities: ['ana', 'kyiv', 'summit', 'war'],
    labels: { QUOTE: 2, FACT: 3, STANCE: 1 },
  });
  expect(mainEvents(made)).toEqual(['summit']);
});

test('X50 of events that are named as often all are main, and no event is none', () => {
  const main = (events: Record<string, number>) => mainEvents({ events: new Map(Object.entries(events)) });
  expect([main({ a: 2, b: 2, c: 1 }), main({})]).toEqual([['a', 'b'], []]);
});
