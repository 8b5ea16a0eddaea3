import { describe, expect, test } from 'vitest';
import { addRelation } from '../annotations/relations.ts';
import { type Annotation, type RoleFiller, setProblems } from '../model/annotation.ts';
import { newEntity } from '../model/entity.ts';
import type { Edit } from '../steps/edit.ts';
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

test('W89 what is taken over is an own annotation, which says whose version it was, with the same words, values, roles and numbers, on own mentions', () => {
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
  expect(taken).toMatchObject({ annotator: 'gold', layer: 'FACT', spans: before.annotations.get(id)?.spans });
  expect(taken?.origin).toEqual({ kind: 'adoption', annotator: 'anna', of: id });
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

describe('relations', () => {
  const relate = (on: Annotators, who: string, type: string, from: string, to: string) => {
    const bench = on.of(who);
    const at = (id: string) => ({
      annotation: on.benches.flatMap((each) => each.set('a').annotations.get(id) ?? [])[0] as Annotation,
      mentions: new Map(),
    });
    const { id, edits } = addRelation(bench.scene('a'), type, at(from), at(to));
    bench.step(edits);
    return id;
  };
  const own = (on: Annotators) => [...on.of('gold').set('a').relations.values()];
  const scene = () => {
    const on = new Annotators(text, 'anna', 'ben', 'gold');
    const [quote, stance] = [on.tag('anna', 'QUOTE', '“Build 12 of it,”'), on.tag('anna', 'STANCE', 'welcomed the plan')];
    return { on, quote, stance, relation: relate(on, 'anna', 'evidence_for', quote, stance) };
  };

  test('W126 a relation is taken over with the second of its ends, with its attributes, note and whose it was, and goes with one of them', () => {
    const { on, quote, stance, relation } = scene();
    const given = on.of('anna').set('a').relations.get(relation);
    on.of('anna').step([{ record: 'relation', article: 'a', id: relation, before: given, after: { ...given, note: 'see above' } } as Edit]);
    const first = take(on, quote);
    expect(own(on)).toEqual([]);
    const second = take(on, stance);
    expect(own(on)).toMatchObject([
      {
        ...{ type: 'evidence_for', annotator: 'gold', note: 'see above', origin: { kind: 'adoption', annotator: 'anna', of: relation } },
        ...{ from: { article: 'a', annotation: first }, to: { article: 'a', annotation: second } },
      },
    ]);
    expect(problems(on)).toEqual([]);
    expect(on.of('anna').set('a').relations.size).toBe(1);
    const gold = on.of('gold');
    gold.step(removeAnnotations(gold.scene('a'), [first]));
    expect(own(on)).toEqual([]);
    gold.undo();
    gold.undo();
    expect([own(on), gold.set('a').annotations.size]).toEqual([[], 1]);
  });

  test('W126 those that are taken at once bring the relations between them once, and none to what was not decided for', () => {
    const { on, quote, stance } = scene();
    const theirs = { quote: on.tag('ben', 'QUOTE', '“Build 12 of it,”'), stance: on.tag('ben', 'STANCE', 'welcomed the plan') };
    relate(on, 'ben', 'evidence_for', theirs.quote, theirs.stance);
    relate(on, 'ben', 'evidence_for', theirs.quote, stance);
    const gold = on.of('gold');
    const taken = (name: string, ...ids: string[]) => ids.map((annotation) => ({ reading: on.reading(name), annotation, replaces: null }));
    gold.step(takeOver(gold.scene('a'), taken('anna', quote, stance)).edits);
    expect(own(on)).toHaveLength(1);
    // Ben's other relation leads to Anna's stance, which was decided for; his own stance was not.
    gold.step(takeOver(gold.scene('a'), taken('ben', theirs.quote)).edits);
    expect(own(on).map(({ origin }) => origin.kind === 'adoption' && origin.annotator)).toEqual(['anna', 'ben']);
    expect(new Set(own(on).map(({ to }) => to.annotation)).size).toBe(1);
    expect(problems(on)).toEqual([]);
  });

  test('W126 a relation that is there already is not taken over again, nor one that the codebook no longer has', () => {
    const { on, quote, stance } = scene();
    const [one, other] = [take(on, quote), take(on, stance)];
    expect(own(on)).toHaveLength(1);
    const again = take(on, quote, one);
    expect(own(on).map(({ from, to }) => [from.annotation, to.annotation])).toEqual([[again, other]]);
    const gold = on.of('gold');
    const { codebook } = gold.scene('a');
    const relations = codebook.relations.map((type) => (type.id === 'evidence_for' ? { ...type, retired: true as const } : type));
    const retired = { ...gold.scene('a'), codebook: { ...codebook, relations } };
    const { edits } = takeOver(retired, [{ reading: on.reading('anna'), annotation: quote, replaces: again }]);
    gold.step(edits);
    expect(own(on)).toEqual([]);
  });
});
