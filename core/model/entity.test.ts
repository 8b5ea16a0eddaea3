import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EntityRecord, entitiesNamed, entityOf, entityOfMention, newEntity, resolveRegistry } from './entity.ts';

const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
const record = (id: string, annotator: string, fields: EntityRecord['fields'], more: Partial<EntityRecord> = {}): EntityRecord => ({
  id,
  annotator,
  fields,
  aliases: {},
  members: {},
  moved: {},
  ...more,
});
const merged = (id: string, into: string | null, annotator = 'anna', minute = 1) =>
  record(id, annotator, { mergedInto: { value: into, time: at(minute) } });

const ids = ['a', 'b', 'c', 'd'];
const stamp = <T>(value: fc.Arbitrary<T>) => fc.record({ value, time: fc.nat({ max: 3 }).map(at) });
const flags = fc.dictionary(fc.constantFrom('x', 'y', 'z'), stamp(fc.boolean()), { noNullPrototype: true });
const records: fc.Arbitrary<EntityRecord[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...ids),
    annotator: fc.constantFrom('anna', 'ben', 'cem'),
    fields: fc.record(
      {
        type: stamp(fc.constantFrom('PERSON', 'PLACE')),
        canonical: stamp(fc.constantFrom('Ruiz', 'Ana Ruiz', 'the council')),
        wikidata: stamp(fc.constantFrom('Q1', null)),
        notes: stamp(fc.constantFrom('', 'mayor')),
        mergedInto: stamp(fc.constantFrom(...ids, null)),
        removed: stamp(fc.boolean()),
      },
      { requiredKeys: [] },
    ),
    aliases: flags,
    members: flags,
    moved: fc.dictionary(fc.constantFrom('m1', 'm2'), stamp(fc.constantFrom(...ids, null)), { noNullPrototype: true }),
  }),
  { selector: ({ id, annotator }) => `${id} ${annotator}`, maxLength: 12 },
);

describe('the registry', () => {
  test('N1 the registry is the same whatever the order in which records are read', () => {
    fc.assert(
      fc.property(
        records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect([...resolveRegistry(shuffled)]).toEqual([...resolveRegistry(list)]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('N2 each field has the newest value that anybody gave it; of one moment, that of the greater annotator id', () => {
    const registry = resolveRegistry([
      record('a', 'anna', { canonical: { value: 'Ruiz', time: at(1) }, notes: { value: 'new', time: at(9) } }),
      record('a', 'ben', { canonical: { value: 'Ana Ruiz', time: at(2) }, notes: { value: 'old', time: at(3) } }),
      record('a', 'cem', { type: { value: 'PERSON', time: at(5) } }),
      record('a', 'dan', { type: { value: 'PLACE', time: at(5) } }),
    ]);
    expect(registry.get('a')).toMatchObject({ canonical: 'Ana Ruiz', notes: 'new', type: 'PLACE' });
  });

  test('N2 no field has another value than one of the newest', () => {
    fc.assert(
      fc.property(records, (list) => {
        for (const [id, entity] of resolveRegistry(list)) {
          const stamps = list.flatMap(({ id: of, annotator, fields }) =>
            of === id && fields.canonical ? [{ ...fields.canonical, annotator }] : [],
          );
          const best = stamps.sort((a, b) => (`${a.time} ${a.annotator}` < `${b.time} ${b.annotator}` ? 1 : -1))[0];
          expect(entity.canonical).toBe(best?.value ?? id);
        }
      }),
    );
  });

  test('N3 aliases and members are the union of what annotators added, each taken back only by a later word on it', () => {
    const yes = (minute: number) => ({ value: true, time: at(minute) });
    const no = (minute: number) => ({ value: false, time: at(minute) });
    const registry = resolveRegistry([
      record('a', 'anna', {}, { aliases: { Zelensky: yes(1), Zelenskiy: yes(4), President: yes(2) }, members: { b: yes(1) } }),
      record('a', 'ben', {}, { aliases: { Zelenskyy: yes(2), Zelenskiy: no(3), President: no(5) }, members: { c: yes(1) } }),
    ]);
    expect(registry.get('a')).toMatchObject({ aliases: ['Zelenskiy', 'Zelensky', 'Zelenskyy'], members: ['b', 'c'] });
  });

  test('N4 merges are followed to the end, a chain of them too; a split is a later word that it stands', () => {
    const registry = resolveRegistry([
      merged('a', 'b'),
      merged('b', 'c'),
      merged('c', null),
      merged('d', 'a'),
      merged('d', null, 'ben', 2),
    ]);
    expect([...registry.values()].map(({ id, mergedInto }) => [id, mergedInto])).toEqual([
      ['a', 'c'],
      ['b', 'c'],
      ['c', null],
      ['d', null],
    ]);
    expect(entityOf(registry, 'a')?.id).toBe('c');
    expect(entityOf(registry, 'c')?.id).toBe('c');
    expect(entityOf(registry, 'nobody')).toBeUndefined();
  });

  test('N5 of entities that annotators merged in a ring the one with the smallest id stands, for all that lead there', () => {
    const registry = resolveRegistry([merged('c', 'd'), merged('d', 'b', 'ben'), merged('b', 'c'), merged('a', 'd'), merged('e', 'e')]);
    expect([...registry.values()].map(({ id, mergedInto }) => [id, mergedInto])).toEqual([
      ['a', 'b'],
      ['b', null],
      ['c', 'b'],
      ['d', 'b'],
      ['e', null],
    ]);
  });

  test('N5 whatever was merged into what, every id leads to an entity that stands', () => {
    fc.assert(
      fc.property(records, (list) => {
        const registry = resolveRegistry(list);
        expect([...registry.keys()]).toEqual([...new Set(list.map(({ id }) => id))].sort());
        for (const id of registry.keys()) expect(entityOf(registry, id)?.mergedInto).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  test('N4 an entity merged into one that nobody knows stands', () => {
    const registry = resolveRegistry([merged('a', 'gone')]);
    expect(entityOf(registry, 'a')?.id).toBe('a');
  });

  test('N6 an entity is found by its name or an alias, letter case, spacing and composition aside, if it stands and is of the type', () => {
    const zelensky = record(
      'a',
      'anna',
      { type: { value: 'PERSON', time: at(1) }, canonical: { value: 'Volodymyr Zelensky', time: at(1) } },
      { aliases: { 'e\u0301lan': { value: true, time: at(1) } } },
    );
    const list = [zelensky, newEntity('b', 'ben', 'PLACE', 'Volodymyr Zelensky', at(1))];
    const found = (name: string, types: string[], more: EntityRecord[] = []) =>
      entitiesNamed(resolveRegistry([...list, ...more]), name, types).map(({ id }) => id);
    expect(found('  volodymyr\nZELENSKY ', ['PERSON'])).toEqual(['a']);
    expect(found('Élan', ['PERSON'])).toEqual(['a']);
    expect(found('Volodymyr \u00a0 Zelensky', ['PERSON'])).toEqual(['a']);
    expect(found('Volodymyr Zelensky', ['PLACE', 'PERSON'])).toEqual(['a', 'b']);
    expect(found('Zelensky', ['PERSON'])).toEqual([]);
    expect(found('Volodymyr Zelensky', ['PERSON'], [record('a', 'cem', { removed: { value: true, time: at(2) } })])).toEqual([]);
    expect(found('Volodymyr Zelensky', ['PLACE', 'PERSON'], [merged('a', 'b', 'cem')])).toEqual(['b']);
  });

  test('N7 a new entity is a record that says its type and name, and nothing else', () => {
    const made = EntityRecord.parse(newEntity('a', 'anna', 'PERSON', 'Ana Ruiz', at(1)));
    expect(resolveRegistry([made]).get('a')).toEqual({
      ...{ id: 'a', type: 'PERSON', canonical: 'Ana Ruiz', aliases: [], members: [], roles: [], notes: '' },
      ...{ wikidata: null, date: null, mergedInto: null, redirect: null, moved: {}, removed: false },
    });
  });
});

const moved = (id: string, mentions: Record<string, string | null>, annotator = 'anna', minute = 1) =>
  record(id, annotator, {}, { moved: Object.fromEntries(Object.entries(mentions).map(([m, value]) => [m, { value, time: at(minute) }])) });
const meant = (list: EntityRecord[], id: string, entity: string | null) => entityOfMention(resolveRegistry(list), { id, entity })?.id;
const alone = (id: string) => newEntity(id, 'anna', 'PERSON', id, at(0));

describe('what a mention means', () => {
  test('N10 a mention means the entity that it is linked to, through every merge', () => {
    const list = [alone('c'), merged('a', 'b'), merged('b', 'c')];
    expect(['a', 'b', 'c'].map((entity) => meant(list, 'm', entity))).toEqual(['c', 'c', 'c']);
    expect(meant(list, 'm', null)).toBeUndefined();
    expect(meant(list, 'm', 'gone')).toBeUndefined();
  });

  test('N10 a split takes the mentions that it names, wherever on the way of merges it was made, and no others', () => {
    const list = [alone('b'), alone('new'), merged('a', 'x'), merged('x', 'b'), moved('x', { m: 'new' })];
    expect(meant(list, 'm', 'a')).toBe('new');
    expect(meant(list, 'm', 'x')).toBe('new');
    expect(meant(list, 'm', 'b')).toBe('b');
    expect(meant(list, 'other', 'a')).toBe('b');
    expect(meant([...list, merged('new', 'b', 'ben')], 'm', 'a')).toBe('b');
  });

  test('N10 a split that is taken back later, or whose entity nobody knows any more, counts no longer', () => {
    const list = [alone('a'), moved('a', { m: 'new' })];
    expect(meant(list, 'm', 'a')).toBe('a');
    expect(meant([...list, alone('new')], 'm', 'a')).toBe('new');
    expect(meant([...list, alone('new'), moved('a', { m: null }, 'ben', 2)], 'm', 'a')).toBe('a');
    expect(meant([...list, alone('new'), moved('a', { m: null }, 'ben', 0)], 'm', 'a')).toBe('new');
    expect(resolveRegistry([...list, moved('a', { m: null }, 'ben', 2)]).get('a')?.moved).toEqual({});
  });

  test('N10 where splits and merges lead in a ring, the entity in it that stands is meant', () => {
    const list = [alone('a'), moved('a', { m: 'z' }), alone('z'), merged('z', 'a', 'ben')];
    expect(meant(list, 'm', 'a')).toBe('a');
    expect(meant(list, 'm', 'z')).toBe('a');
    // Who stands outside of the ring is not meant, and of several in it that are merged the smallest leads on.
    const into = [...list, alone('b'), moved('b', { m: 'z' }), alone('k')];
    expect(meant(into, 'm', 'b')).toBe('a');
  });

  test('N10 whatever was merged and split, a link to a known entity means one that stands, and without splits the one it was merged into', () => {
    fc.assert(
      fc.property(records, fc.constantFrom(...ids), fc.constantFrom('m1', 'm2', 'm3'), (list, entity, id) => {
        const registry = resolveRegistry(list);
        const found = entityOfMention(registry, { id, entity });
        expect(found === undefined).toBe(!registry.has(entity));
        if (found) expect(found.mergedInto).toBeNull();
        if (id === 'm3') expect(found).toBe(entityOf(registry, entity));
      }),
      { numRuns: 500 },
    );
  });

  test('N11 a record from before there were splits is read as one that moved nothing', () => {
    const { moved: _, ...old } = newEntity('a', 'anna', 'PERSON', 'Ana Ruiz', at(1));
    expect(EntityRecord.parse(old)).toEqual(newEntity('a', 'anna', 'PERSON', 'Ana Ruiz', at(1)));
  });
});
