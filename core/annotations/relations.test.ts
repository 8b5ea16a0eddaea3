import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Relation } from '../model/annotation.ts';
import type { Codebook, RelationType } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { linkMention } from '../registry/linking.ts';
import type { Edit } from '../steps/edit.ts';
import { fillRole, fillRoleWith, Refusal } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import {
  addRelation,
  mayJoin,
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
    const option = (layer: string, name: string) => {
      const found = relationOptions(defaultCodebook, layer).find(({ type, place }) => `${type.id} ${place}` === name);
      return found && [titleAt(found.type, found.place), ...otherLayers(found, layer)];
    };
    expect(option('QUOTE', 'evidence_for from')).toEqual(['Evidence for', 'STANCE', 'FACT']);
    expect(option('STANCE', 'contradicts both')).toEqual(['Contradicts', 'FACT', 'STANCE']);
    // A symmetric type of two layers leads from each to the other.
    const type = { ...(relationOptions(defaultCodebook, 'STANCE')[1]?.type as RelationType), from: ['QUOTE'], to: ['FACT'] };
    const codebook = { ...defaultCodebook, relations: [type] };
    const [from, to] = ['QUOTE', 'FACT'].map((layer) => relationOptions(codebook, layer).flatMap((each) => otherLayers(each, layer)));
    expect([from, to, relationOptions(codebook, 'STANCE')]).toEqual([['FACT'], ['QUOTE'], []]);
    expect([mayJoin(type, 'QUOTE', 'FACT'), mayJoin(type, 'FACT', 'QUOTE'), mayJoin(type, 'QUOTE', 'QUOTE')]).toEqual([true, true, false]);
    expect(mayJoin({ ...type, symmetric: false }, 'FACT', 'QUOTE')).toBe(false);
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
    expect(evidence && [placeIn(evidence, defaultCodebook, q), otherEnd(evidence, q).annotation]).toEqual(['from', s]);
    const same = on.work.links.get(across) as Relation;
    expect([placeIn(same, defaultCodebook, q), placeIn({ ...same, type: 'sequel' }, defaultCodebook, r)]).toEqual(['both', 'to']);
    expect(relationCount(on.set('a').relations, on.work.links, 'gone')).toBe(0);
  });

  test('Q2 the relations of an annotation stand in the order of the codebook, those that it begins first, then the oldest first', () => {
    const on = bench();
    const [one, two, three] = ['“two”', '“five”', '“eight”'].map((words) => on.tag('a', 'QUOTE', words)) as [string, string, string];
    const stance = on.tag('a', 'STANCE', 'three');
    const evidence = relate(on, 'evidence_for', ['a', two], ['a', stance]);
    const into = relate(on, 'continues', ['a', three], ['a', two]);
    const newer = relate(on, 'nested_in', ['a', two], ['a', one]);
    const from = relate(on, 'continues', ['a', two], ['a', one]);
    const newest = relate(on, 'nested_in', ['a', two], ['a', three]);
    const order = () => relationsOf(on.work, 'a', two, defaultCodebook).map(({ id }) => id);
    expect(order()).toEqual([from, into, newer, newest, evidence]);
    // Of one time they stand by id; the older one first, whatever its id.
    const at = (id: string, created: string) => {
      const before = on.set('a').relations.get(id) as Relation;
      on.step([{ record: 'relation', article: 'a', id, before, after: { ...before, created } }]);
    };
    at(newest, '2025-01-01T00:00:00.000Z');
    expect(order()).toEqual([from, into, newest, newer, evidence]);
    at(newer, '2025-01-01T00:00:00.000Z');
    expect(order()).toEqual([from, into, ...[newer, newest].sort(), evidence]);
    expect(relationsOf({ sets: new Map(), links: on.work.links }, 'a', two, defaultCodebook)).toEqual([]);
  });

  test('W118 what is known of two ends is recorded with their relation, as far as the codebook has a place for it', () => {
    const on = bench();
    const [f, g] = [on.tag('a', 'FACT', 'One'), on.tag('b', 'FACT', 'Four')];
    const made = (type: string, known: Record<string, string>, codebook = defaultCodebook) => {
      const { edits } = addRelation({ ...on.scene('a'), codebook }, type, end(on, 'a', f), end(on, 'b', g), 'Why not', known);
      return (edits[0]?.after as Relation | undefined)?.attributes;
    };
    expect(made('contradicts', { basis: 'number', weather: 'fine' })).toEqual({ basis: 'number' });
    expect(made('contradicts', { basis: 'taste' })).toEqual({});
    expect(made('same_claim', { basis: 'number' })).toEqual({});
    const codebook = structuredClone(defaultCodebook);
    for (const { attributes } of codebook.relations) for (const attribute of attributes) attribute.retired = true;
    expect(made('contradicts', { basis: 'number' }, codebook)).toEqual({});
  });

  test('Q21 a new relation says how its ends match where the letters tell, as far as the codebook has that value', () => {
    const on = bench();
    const [q, r, s] = [on.tag('a', 'QUOTE', '“two”'), on.tag('b', 'QUOTE', '“two”'), on.tag('b', 'QUOTE', '“five”')];
    const made = (id: string) => on.work.links.get(id) as Relation;
    expect(made(relate(on, 'same_quote', ['a', q], ['b', r]))).toMatchObject({
      attributes: { match: 'verbatim' },
      origin: { kind: 'person' },
    });
    expect(made(relate(on, 'same_quote', ['a', q], ['b', s])).attributes).toEqual({});
    expect(made(relate(on, 'not_same', ['a', q], ['b', r])).attributes).toEqual({});
    const codebook = structuredClone(defaultCodebook);
    for (const { attributes } of codebook.relations)
      for (const attribute of attributes) if (attribute.type === 'enum') attribute.retiredValues = ['verbatim'];
    const third = on.tag('a', 'QUOTE', '“two”');
    const { edits } = addRelation({ ...on.scene('a'), codebook }, 'same_quote', end(on, 'a', third), end(on, 'b', r));
    expect(edits[0]?.after).toMatchObject({ attributes: {} });
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
    // What may cross articles is about claims, not about places in a text.
    const [f, g] = [on.tag('a', 'FACT', 'six'), on.tag('a', 'FACT', 'nine')];
    relate(on, 'refines', ['a', f], ['a', g]);
    relate(on, 'refines', ['a', g], ['a', f]);
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

  test('Q6 so do the facts of a codebook that has given their layer another id', () => {
    const on = bench();
    const codebook: Codebook = JSON.parse(JSON.stringify(defaultCodebook).replaceAll('"FACT"', '"CLAIM"'));
    const [f, g] = (['a', 'b'] as const).map((article) => {
      const { annotation, mentions } = end(on, article, on.tag(article, 'FACT', 'three'));
      return { annotation: { ...annotation, layer: 'CLAIM' }, mentions };
    }) as [RelationEnd, RelationEnd];
    const tie = () => addRelation({ ...on.scene('a'), codebook }, 'contradicts', f, g);
    expect(tie).toThrow(new OverrideNeeded('Neither names an event of the registry'));
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
    // Words in the role count as the entity that they are linked to; the author and unlinked words as none.
    const u = on.tag('a', 'STANCE', 'nine');
    on.step(fillRole(on.scene('a'), u, 'target', on.range('a', '“eight”'), false));
    expect(() => relate(on, 'contradicts', ['a', u], ['b', t])).toThrow('One of them names no target of the registry');
    const mention = on.set('a').annotations.get(u)?.roles[0]?.target as { id: string };
    on.step(linkMention(on.scene('a'), mention.id, 'i1', false));
    relate(on, 'contradicts', ['a', u], ['b', t]);
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
    expect(() => setRelationAttribute(on.scene('a'), id, 'basis', 'verbatim')).toThrow(Refusal);
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
    const contradicts = (attributes: Relation['attributes']) =>
      problems({ type: 'contradicts', from: relation.to, attributes }).filter((words) => !words.includes('join'));
    expect(contradicts({ basis: 'date' })).toEqual([]);
    expect(contradicts({ basis: 'mood' })).toEqual(['basis cannot be "mood"']);
    expect(contradicts({ mood: 'date' })).toEqual(['contradicts has no attribute mood']);
    layers.delete(q);
    expect(problems({ from: { article: 'a', annotation: 'gone' } })).toEqual([]);
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
