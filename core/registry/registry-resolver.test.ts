import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EntityRecord, entityOf, newEntity, resolveRegistry } from '../model/entity.ts';
import { RegistryResolver } from './registry-resolver.ts';

const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
const ids = ['a', 'b', 'c', 'd', 'e'];
const stamp = <T>(value: fc.Arbitrary<T>) => fc.record({ value, time: fc.nat({ max: 3 }).map(at) });
const place = { id: fc.constantFrom(...ids), annotator: fc.constantFrom('anna', 'ben') };
const record: fc.Arbitrary<EntityRecord> = fc.record({
  ...place,
  fields: fc.record(
    { canonical: stamp(fc.constantFrom('Ruiz', 'the council')), mergedInto: stamp(fc.constantFrom(...ids, 'gone', null)) },
    { requiredKeys: [] },
  ),
  aliases: fc.dictionary(fc.constantFrom('x', 'y'), stamp(fc.boolean()), { noNullPrototype: true }),
  members: fc.constant({}),
  moved: fc.dictionary(fc.constantFrom('m'), stamp(fc.constantFrom(...ids, null)), { noNullPrototype: true }),
});
const change = fc.oneof(
  { weight: 3, arbitrary: record.map((one) => ({ id: one.id, annotator: one.annotator, record: one })) },
  { weight: 1, arbitrary: fc.record({ ...place, record: fc.constant(null) }) },
);

describe('the registry kept resolved', () => {
  test('N8 after any changes it equals the registry resolved from all records, and shares the entities that stayed the same', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 8 }), (first, steps) => {
        const records = new Map(first.map((one) => [`${one.id} ${one.annotator}`, one]));
        const resolver = new RegistryResolver([...records.values()]);
        for (const changes of steps) {
          for (const { id, annotator, record: now } of changes) {
            if (now) records.set(`${id} ${annotator}`, now);
            else records.delete(`${id} ${annotator}`);
          }
          const before = resolver.registry;
          const copy = structuredClone([...before]);
          const after = resolver.change(changes);
          expect([...after]).toEqual([...resolveRegistry(records.values())]);
          expect([...before]).toEqual(copy);
          const touched = new Set(changes.map(({ id }) => id));
          for (const [id, entity] of after) {
            if (!touched.has(id) && before.get(id)?.mergedInto === entity.mergedInto) expect(entity).toBe(before.get(id));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('N9 a change to one entity reads what was said of that entity alone, however many others there are', () => {
    let read = 0;
    const watched = (id: string): EntityRecord => {
      const { fields, ...rest } = newEntity(id, 'anna', 'PERSON', `Person ${id}`, at(1));
      return {
        ...rest,
        get fields() {
          read++;
          return fields;
        },
      };
    };
    const resolver = new RegistryResolver(Array.from({ length: 2000 }, (_, index) => watched(`e${index}`)));
    read = 0;
    const renamed = newEntity('e7', 'ben', 'PERSON', 'Ana Ruiz', at(2));
    const merged = newEntity('e8', 'ben', 'PERSON', 'Ana Ruiz', at(2));
    resolver.change([{ id: 'e7', annotator: 'ben', record: renamed }]);
    resolver.change([
      { id: 'e8', annotator: 'ben', record: { ...merged, fields: { ...merged.fields, mergedInto: { value: 'e7', time: at(2) } } } },
    ]);
    expect(resolver.registry.get('e7')?.canonical).toBe('Ana Ruiz');
    expect(entityOf(resolver.registry, 'e8')?.id).toBe('e7');
    expect(read).toBeLessThan(50);
  });
});
