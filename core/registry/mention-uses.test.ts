import { expect, test } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { fillRole, fillRoleWith, tag } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { mentionPlaces, mentionUses } from './mention-uses.ts';

const text = 'They signed nothing in Paris, said Ana Ruiz. She left.';
const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

function made() {
  const bench = new Workbench({ a1: text });
  const quote = tag(bench.scene('a1'), 'QUOTE', [at('They signed nothing in Paris')]);
  bench.step(quote.edits);
  bench.step(fillRole(bench.scene('a1'), quote.id, 'speaker', at('Ana Ruiz'), false));
  bench.step(fillRole(bench.scene('a1'), quote.id, 'cue', at('said'), false));
  const fact = tag(bench.scene('a1'), 'FACT', [at('She left')]);
  bench.step(fact.edits);
  bench.step(fillRole(bench.scene('a1'), fact.id, 'event', at('She left'), false));
  return { bench, quote: quote.id, fact: fact.id };
}
const usesOf = (bench: Workbench) => mentionUses(bench.set('a1'), defaultCodebook);

test('Y1 a mention that fills a role that an entity may fill is there, linked or not; a cue is not', () => {
  const { bench, quote } = made();
  const [first] = usesOf(bench);
  expect(first).toMatchObject({ kind: 'mention', entity: null, span: { text: 'Ana Ruiz' } });
  expect(first?.uses).toEqual([{ annotation: quote, layer: 'QUOTE', role: 'speaker' }]);
  expect(usesOf(bench).map(({ span }) => span.text)).toEqual(['Ana Ruiz', 'She left', 'She left']);
});

test('Y1 an entity that fills a role itself stands at its annotation', () => {
  const { bench, fact } = made();
  const entity = [...bench.work.entities.keys()][0];
  expect(usesOf(bench).find(({ kind }) => kind === 'role')).toMatchObject({ id: fact, entity, uses: [{ layer: 'FACT', role: 'event' }] });
});

test('Y1 a linked mention is there whatever it fills', () => {
  const { bench } = made();
  const cue = [...bench.set('a1').mentions.values()].find(({ span }) => span.text === 'said');
  if (!cue) throw new Error('no cue');
  const after = newEntity('e1', 'anna', 'PERSON', 'Said', bench.now());
  bench.step([
    { record: 'entity', id: 'e1', before: null, after },
    { record: 'mention', article: 'a1', id: cue.id, before: cue, after: { ...cue, entity: 'e1' } },
  ]);
  expect(usesOf(bench).find(({ entity }) => entity === 'e1')?.span.text).toBe('said');
});

test('Y1 a role that an entity fills and the mention with its words are one place, while both mean the same', () => {
  const { bench, fact } = made();
  const uses = usesOf(bench);
  const [entity] = bench.work.entities.keys();
  const places = mentionPlaces(uses, (use) => use.entity ?? undefined).filter((place) => place.entity === entity);
  expect(places).toMatchObject([{ use: { kind: 'mention', uses: [{ annotation: fact, role: 'event' }] }, also: [fact] }]);
  const parted = mentionPlaces(uses, (use) => (use.kind === 'role' ? 'other' : (use.entity ?? undefined)));
  expect(parted.map((place) => `${place.use.kind} ${place.entity} ${place.also.length}`).sort()).toEqual([
    `mention ${entity} 0`,
    'mention undefined 0',
    'role other 0',
  ]);
});

test('Y1 a mention gives its words to the role of the annotation next to it, and a role without words stays a place of its own', () => {
  const { bench, fact } = made();
  const [entity = ''] = bench.work.entities.keys();
  const other = tag(bench.scene('a1'), 'FACT', [at('They signed')]);
  bench.step(other.edits);
  bench.step(fillRoleWith(bench.scene('a1'), other.id, 'event', { kind: 'entity', id: entity }, false));
  const places = mentionPlaces(usesOf(bench), (use) => use.entity ?? undefined).filter((place) => place.entity === entity);
  expect(places.map(({ use, also }) => [use.kind, use.span.text, also])).toEqual([
    ['role', 'They signed', []],
    ['mention', 'She left', [fact]],
  ]);
});
