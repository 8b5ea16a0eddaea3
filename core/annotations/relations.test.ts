import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Relation } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import type { Edit } from '../steps/edit.ts';
import { fillRoleWith, Refusal } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import {
  addRelation,
  OverrideNeeded,
  otherEnd,
  otherLayers,
  placeIn,
  type RelationEnd,
  relationCount,
  relationOptions,
  relationProblems,
  relationsOf,
  removeRelation,
  setRelationAttribute,
  setRelationNote,
  titleAt,
} from './relations.ts';

const text = 'One “two” three. Four “five” six. Seven “eight” nine. Ten “eleven” twelve.';
const bench = () => new Workbench({ a: text, b: text });

const end = (on: Workbench, article: string, id: string): RelationEnd => {
  const annotation = on.set(article).annotations.get(id);
  if (!annotation) throw new RangeError(`no annotation ${id}`);
  return { annotation, mentions: on.set(article).mentions };
};
const relate = (on: Workbench, type: string, [a, from]: readonly [string, string], [b, to]: readonly [string, string], reason?: string) => {
  const { id, edits } = addRelation(on.scene(a), type, end(on, a, from), end(on, b, to), reason);
  on.step(edits);
  return id;
};
const event = (on: Workbench, fact: string, article: string, entity: string) =>
  on.step(fillRoleWith(on.scene(article), fact, 'event', { kind: 'entity', id: entity }, false));
const entity = (on: Workbench, id: string, type: string, name: string): Edit => ({
  ...{ record: 'entity', id, before: null },
  after: newEntity(id, 'anna', type, name, on.now()),
});
const merge = (on: Workbench, from: string, into: string): void => {
  const before = on.work.entities.get(from);
  if (!before) throw new RangeError(from);
  const fields = { ...before.fields, mergedInto: { value: into, time: on.now() } };
  on.step([{ record: 'entity', id: from, before, after: { ...before, fields } }]);
};
const all = (on: Workbench): Relation[] => [
  ...on.set('a').relations.values(),
  ...on.set('b').relations.values(),
  ...on.work.links.values(),
];

describe('what can be related', () => {
  test('Q1 the types that a layer can take part in are named with the end at which it stands', () => {
    const told = (layer: string) => relationOptions(defaultCodebook, layer).map(({ type, place }) => `${type.id} ${place}`);
    expect(told('QUOTE')).toEqual([
      ...['continues from', 'continues to', 'nested_in from', 'nested_in to', 'evidence_for from', 'same_quote both', 'not_same both'],
    ]);
    expect(told('STANCE')).toEqual(['evidence_for to', 'contradicts both']);
    const [evidence] = relationOptions(defaultCodebook, 'STANCE');
    expect(evidence && [otherLayers(evidence, 'STANCE'), titleAt(evidence.type, evidence.place)]).toEqual([['QUOTE'], 'Evidence for this']);
  });
});

describe('relating', () => {
  test('Q2 a relation within an article is kept with it, one across articles apart', () => {
    const on = bench();
    const [q, r, s] = [on.tag('a', 'QUOTE', '“two”'), on.tag('b', 'QUOTE', '“two”'), on.tag('a', 'STANCE', 'three')];
    const within = relate(on, 'evidence_for', ['a', q], ['a', s]);
    const across = relate(on, 'same_quote', ['a', q], ['b', r]);
    expect([[...on.set('a').relations.keys()], [...on.work.links.keys()]]).toEqual([[within], [across]]);
    expect(relationsOf(on.work, 'a', q, defaultCodebook).map(({ id }) => id)).toEqual([within, across]);
    expect(relationCount(on.set('a').relations, on.work.links, q)).toBe(2);
    const [evidence] = relationsOf(on.work, 'a', s, defaultCodebook);
    expect(evidence && [placeIn(evidence, defaultCodebook, s), otherEnd(evidence, s).annotation]).toEqual(['to', q]);
  });

  test('Q3 a symmetric relation has the smaller id first and is known whichever way round it is made', () => {
    const on = bench();
    const [q, r] = [on.tag('a', 'QUOTE', '“two”'), on.tag('b', 'QUOTE', '“two”')];
    const id = relate(on, 'same_quote', ['b', r], ['a', q]);
    expect([on.work.links.get(id)?.from.annotation, on.work.links.get(id)?.to.annotation]).toEqual([q, r]);
    expect(() => relate(on, 'same_quote', ['a', q], ['b', r])).toThrow(new Refusal('“Same quote” ties these two already'));
    relate(on, 'not_same', ['a', q], ['b', r]);
    // One that another program wrote the other way round is known too.
    const before = on.work.links.get(id) as Relation;
    on.step([{ record: 'link', id, before, after: { ...before, from: before.to, to: before.from } }]);
    expect(() => relate(on, 'same_quote', ['a', q], ['b', r])).toThrow(Refusal);
  });

  test('Q4 what the codebook does not allow, a relation to itself and one that is there are refused in words', () => {
    const on = bench();
    const [q, r, s] = [on.tag('a', 'QUOTE', '“two”'), on.tag('b', 'QUOTE', '“two”'), on.tag('a', 'STANCE', 'three')];
    relate(on, 'evidence_for', ['a', q], ['a', s]);
    const words = (type: string, from: [string, string], to: [string, string]) => {
      try {
        relate(on, type, from, to);
      } catch (error) {
        if (error instanceof Refusal) return error.message;
      }
      return 'done';
    };
    expect(words('evidence_for', ['a', q], ['a', s])).toBe('“Evidence for” ties these two already');
    expect(words('evidence_for', ['a', s], ['a', q])).toBe('“Evidence for” goes from a quote to a stance or fact');
    expect(words('same_quote', ['a', q], ['a', q])).toBe('An annotation cannot be related to itself');
    expect(words('continues', ['a', q], ['b', r])).toBe('“Continues” stays within one article');
    expect(() => relate(on, 'sequel', ['a', q], ['b', r])).toThrow(RangeError);
  });

  test('Q5 a directed relation within an article never leads in a circle', () => {
    const on = bench();
    const [one, two, three] = ['“two”', '“five”', '“eight”'].map((words) => on.tag('a', 'QUOTE', words)) as [string, string, string];
    relate(on, 'continues', ['a', two], ['a', one]);
    relate(on, 'continues', ['a', three], ['a', two]);
    expect(() => relate(on, 'continues', ['a', one], ['a', three])).toThrow(/would lead in a circle/);
    relate(on, 'nested_in', ['a', one], ['a', three]);
  });

  test('Q6 facts confirm or deny one another about one event, with merges followed, or for a reason that is kept', () => {
    const on = bench();
    const [f, g] = [on.tag('a', 'FACT', 'three'), on.tag('b', 'FACT', 'three')];
    const tie = (reason?: string) => relate(on, 'contradicts', ['a', f], ['b', g], reason);
    expect(() => tie()).toThrow(new OverrideNeeded('Neither names an event of the registry'));
    on.step([entity(on, 'e1', 'EVENT', 'The summit'), entity(on, 'e2', 'EVENT', 'The Paris summit')]);
    event(on, f, 'a', 'e1');
    expect(() => tie()).toThrow(new OverrideNeeded('One of them names no event of the registry'));
    event(on, g, 'b', 'e2');
    expect(() => tie('  ')).toThrow(new OverrideNeeded('They name different events: “The summit” and “The Paris summit”'));
    const overridden = tie(' Same day, same hall. ');
    expect(on.work.links.get(overridden)?.override).toBe('Same day, same hall.');
    on.undo();
    merge(on, 'e2', 'e1');
    const plain = tie('not needed');
    const made = on.work.links.get(plain);
    expect(made).toBeDefined();
    expect(made && Object.hasOwn(made, 'override')).toBe(false);
    relate(on, 'refines', ['a', f], ['b', g]);
  });

  test('Q6 stances deny one another about one target; a fact and a stance share nothing', () => {
    const on = bench();
    const [s, t, f] = [on.tag('a', 'STANCE', 'three'), on.tag('b', 'STANCE', 'three'), on.tag('b', 'FACT', 'six')];
    on.step([entity(on, 'i1', 'ISSUE', 'Guarantees must be binding')]);
    for (const [article, id] of [
      ['a', s],
      ['b', t],
    ] as const) {
      expect(() => relate(on, 'contradicts', ['a', s], ['b', t])).toThrow(OverrideNeeded);
      on.step(fillRoleWith(on.scene(article), id, 'target', { kind: 'entity', id: 'i1' }, false));
    }
    relate(on, 'contradicts', ['a', s], ['b', t]);
    expect(() => relate(on, 'contradicts', ['a', s], ['b', f])).toThrow(
      new OverrideNeeded('A stance and a fact have neither a target nor an event in common'),
    );
  });

  test('Q7 a relation’s attributes take what the codebook allows, and it goes in one step', () => {
    const on = bench();
    const [q, r] = [on.tag('a', 'QUOTE', '“two”'), on.tag('b', 'QUOTE', '“two”')];
    const id = relate(on, 'same_quote', ['a', q], ['b', r]);
    on.step(setRelationAttribute(on.scene('a'), id, 'match', 'verbatim'));
    expect(on.work.links.get(id)?.attributes).toEqual({ match: 'verbatim' });
    expect(() => setRelationAttribute(on.scene('a'), id, 'match', 'loose')).toThrow(Refusal);
    expect(() => setRelationAttribute(on.scene('a'), id, 'basis', 'date')).toThrow(Refusal);
    on.step(setRelationAttribute(on.scene('a'), id, 'match', null));
    expect(on.work.links.get(id)?.attributes).toEqual({});
    on.step(setRelationNote(on.scene('a'), id, ' Word for word. '));
    expect(on.work.links.get(id)?.note).toBe('Word for word.');
    expect(setRelationNote(on.scene('a'), id, 'Word for word.')).toEqual([]);
    on.step(removeRelation(on.scene('a'), id));
    expect(on.work.links.size).toBe(0);
    expect(() => removeRelation(on.scene('a'), id)).toThrow(RangeError);
  });

  test('Q8 where a relation breaks the codebook is said in words; an end that is gone is not its fault', () => {
    const on = bench();
    const [q, s] = [on.tag('a', 'QUOTE', '“two”'), on.tag('a', 'STANCE', 'three')];
    const id = relate(on, 'evidence_for', ['a', q], ['a', s]);
    const relation = on.set('a').relations.get(id) as Relation;
    const layers = new Map([
      [q, 'QUOTE'],
      [s, 'STANCE'],
    ]);
    const problems = (changed: Partial<Relation>) =>
      relationProblems({ ...relation, ...changed }, defaultCodebook, ({ annotation }) => layers.get(annotation));
    expect(problems({})).toEqual([]);
    expect(problems({ type: 'sequel' })).toEqual(['its type sequel is not in the codebook']);
    expect(problems({ to: relation.from })).toEqual(['evidence_for does not join QUOTE to QUOTE']);
    expect(problems({ to: { article: 'b', annotation: 'gone' } })).toEqual(['evidence_for does not cross articles']);
    expect(problems({ attributes: { match: 'verbatim' } })).toEqual(['evidence_for has no attribute match']);
  });

  test('Q9 whatever is related in whatever order: no relation twice, none to itself, no circle, symmetric ends in order, undo gives all back', () => {
    const move = fc.record({
      type: fc.constantFrom(...defaultCodebook.relations.map(({ id }) => id)),
      one: fc.nat(15),
      other: fc.nat(15),
      gone: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(move, { minLength: 10, maxLength: 60 }), (moves) => {
        const on = bench();
        const places = ['a', 'b'].flatMap((article) =>
          ['“two”', '“five”', '“eight”', '“eleven”'].flatMap((words, index) =>
            (['QUOTE', index % 2 ? 'FACT' : 'STANCE'] as const).map((layer) => [article, on.tag(article, layer, words)] as const),
          ),
        );
        for (const { type, one, other, gone } of moves) {
          const [from, to] = [places[one % places.length], places[other % places.length]];
          if (!from || !to) continue;
          try {
            const last = all(on).at(-1);
            if (gone === 0 && last) on.step(removeRelation(on.scene('a'), last.id));
            else relate(on, type, from, to, 'for the test');
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
        const made = all(on);
        const ends = ({ type, from, to }: Relation) => `${type} ${from.annotation} ${to.annotation}`;
        expect(new Set(made.map(ends)).size).toBe(made.length);
        for (const relation of made) {
          const { from, to } = relation;
          const type = defaultCodebook.relations.find(({ id }) => id === relation.type);
          expect(from.annotation).not.toBe(to.annotation);
          expect(relationProblems(relation, defaultCodebook, (at) => on.set(at.article).annotations.get(at.annotation)?.layer)).toEqual([]);
          if (type?.symmetric) expect(from.annotation < to.annotation).toBe(true);
          expect(on.work.links.has(relation.id)).toBe(from.article !== to.article);
        }
        for (const type of ['continues', 'nested_in']) {
          const next = new Map<string, string[]>();
          for (const { from, to, ...each } of made)
            if (each.type === type) next.set(from.annotation, [...(next.get(from.annotation) ?? []), to.annotation]);
          for (const start of next.keys()) {
            const reached = new Set(next.get(start));
            for (const id of reached) for (const further of next.get(id) ?? []) reached.add(further);
            expect(reached.has(start)).toBe(false);
          }
        }
        while (all(on).length > 0 && on.undo());
        expect(all(on)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
