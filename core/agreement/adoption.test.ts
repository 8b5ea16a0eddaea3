import { expect, test } from 'vitest';
import { type Annotation, type RoleFiller, setProblems } from '../model/annotation.ts';
import { newEntity } from '../model/entity.ts';
import { removeAnnotations, setAttribute } from '../steps/gestures.ts';
import { takeOver } from './adoption.ts';
import { Annotators } from './testing/annotators.ts';

const text = 'Mayor Ana Ruiz welcomed the plan. “Build 12 of it,” she said.';
const team = () => new Annotators(text, 'anna', 'gold');

const take = (on: Annotators, annotation: string, replaces: string | null = null) => {
  const gold = on.of('gold');
  const { ids, edits } = takeOver({ ...gold.scene('a'), registry: on.registry }, [{ reading: on.reading('anna'), annotation, replaces }]);
  gold.step(edits);
  return ids[0] as string;
};
const problems = (on: Annotators) => setProblems(on.of('gold').set('a'), text, (id) => on.registry.has(id));

test('W89 what is taken over is an own annotation by hand with the same words, values, roles and numbers, on own mentions', () => {
  const on = team();
  const anna = on.of('anna');
  const id = on.tag('anna', 'FACT', 'Build 12 of it', {}, { source: 'she' });
  on.link('anna', 'she', 'e1');
  const twelve = { id: 'm12', article: 'a', annotator: 'anna', span: { ...anna.range('a', '12'), text: '12' }, entity: null };
  anna.step([{ record: 'mention', article: 'a', id: 'm12', before: null, after: twelve }]);
  const quantity = { value: 12, value_max: null, modifier: 'exact' as const, unit: '', counts: '', mention: 'm12' };
  anna.step(setAttribute(anna.scene('a'), id, 'quantity', [quantity]));
  const before = anna.set('a');
  const made = take(on, id);
  const taken = on.of('gold').set('a').annotations.get(made);
  expect(problems(on)).toEqual([]);
  expect(taken).toMatchObject({ annotator: 'gold', layer: 'FACT', origin: { kind: 'person' }, spans: before.annotations.get(id)?.spans });
  const mentions = [...on.of('gold').set('a').mentions.values()];
  expect(mentions.map(({ annotator, span, entity }) => [annotator, span.text, entity]).sort()).toEqual([
    ['gold', '12', null],
    ['gold', 'she', 'e1'],
  ]);
  expect(taken?.attributes['quantity']).toEqual([{ ...quantity, mention: mentions.find(({ span }) => span.text === '12')?.id }]);
  expect(on.of('gold').work.entities.has('e1')).toBe(true);
  expect(anna.set('a')).toBe(before);
  on.of('gold').undo();
  expect([on.of('gold').set('a').annotations.size, on.of('gold').set('a').mentions.size]).toEqual([0, 0]);
});

test('W89 own mentions are used where there are some, and what it replaces goes in the same step', () => {
  const on = team();
  const id = on.tag('anna', 'STANCE', 'welcomed the plan', { polarity: 'favor' }, { holder: 'Ana Ruiz' });
  const own = on.tag('gold', 'STANCE', 'welcomed', { polarity: 'against' }, { holder: 'Ana Ruiz' });
  on.tag('gold', 'QUOTE', '“Build 12 of it,”', {}, { speaker: 'Ana Ruiz' });
  const [mention] = on.of('gold').set('a').mentions.keys();
  on.link('anna', 'Ana Ruiz', 'ruiz');
  on.link('gold', 'Ana Ruiz', 'roth');
  const taken = take(on, id, own);
  expect(problems(on)).toEqual([]);
  expect([...on.of('gold').set('a').mentions.keys()]).toEqual([mention]);
  expect(
    on
      .of('gold')
      .set('a')
      .mentions.get(mention as string)?.entity,
  ).toBe('roth');
  expect(on.of('gold').set('a').annotations.has(own)).toBe(false);
  expect(on.of('gold').set('a').annotations.get(taken)?.attributes).toMatchObject({ polarity: 'favor' });
  on.of('gold').undo();
  expect(on.of('gold').set('a').annotations.has(own)).toBe(true);
});

test('W89 several that are taken at once share their mentions', () => {
  const on = team();
  const ids = ['welcomed the plan', '“Build 12 of it,”'].map((words, at) =>
    on.tag('anna', at ? 'QUOTE' : 'STANCE', words, {}, { [at ? 'speaker' : 'holder']: 'Ana Ruiz' }),
  );
  const gold = on.of('gold');
  const list = ids.map((annotation) => ({ reading: on.reading('anna'), annotation, replaces: null }));
  const { ids: made, edits } = takeOver(gold.scene('a'), list);
  gold.step(edits);
  expect(problems(on)).toEqual([]);
  expect([made.length, gold.set('a').annotations.size, gold.set('a').mentions.size]).toEqual([2, 2, 1]);
  gold.step(removeAnnotations(gold.scene('a'), made));
  expect(gold.set('a').mentions.size).toBe(0);
});

test('W89 what stands in a layer that the codebook has retired cannot be taken over, and nothing changes', () => {
  const on = team();
  const id = on.tag('anna', 'STANCE', 'welcomed the plan');
  const scene = on.of('gold').scene('a');
  const codebook = {
    ...scene.codebook,
    layers: scene.codebook.layers.map((layer) => (layer.id === 'STANCE' ? { ...layer, retired: true as const } : layer)),
  };
  expect(() => takeOver({ ...scene, codebook }, [{ reading: on.reading('anna'), annotation: id, replaces: null }])).toThrow(
    'Stance is retired',
  );
});

test('W89 who fills a role as an entity is held, the author stays, and an annotation is the own one on the same words in its layer', () => {
  const on = team();
  const [anna, gold] = [on.of('anna'), on.of('gold')];
  anna.step([{ record: 'entity', id: 'e1', before: null, after: newEntity('e1', 'anna', 'PERSON', 'Ana', anna.now()) }]);
  const quote = on.tag('anna', 'QUOTE', '“Build 12 of it,”');
  const stance = on.tag('anna', 'STANCE', 'welcomed the plan');
  const before = anna.set('a').annotations.get(stance) as Annotation;
  const roles: RoleFiller[] = [
    { role: 'holder', target: { kind: 'author' } },
    { role: 'target', target: { kind: 'entity', id: 'e1' } },
    { role: 'target', target: { kind: 'annotation', id: quote } },
  ];
  anna.step([{ record: 'annotation', article: 'a', id: stance, before, after: { ...before, roles } }]);
  const rolesOf = (id: string) => gold.set('a').annotations.get(id)?.roles;
  on.tag('gold', 'FACT', '“Build 12 of it,”');
  on.tag('gold', 'QUOTE', 'Build 12');
  expect(rolesOf(take(on, stance))).toEqual(roles.slice(0, 2));
  expect(gold.work.entities.get('e1')?.annotator).toBe('gold');
  const own = on.tag('gold', 'QUOTE', '“Build 12 of it,”');
  expect(rolesOf(take(on, stance))).toEqual([...roles.slice(0, 2), { role: 'target', target: { kind: 'annotation', id: own } }]);
  expect(problems(on)).toEqual([]);
  expect(() => take(on, 'gone')).toThrow(RangeError);
});
