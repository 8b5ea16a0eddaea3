import { expect, test } from 'vitest';
import { type Entity, type EntityRecord, newEntity, resolveRegistry } from '../../core/model/entity.ts';
import { countsByType, registryRows, unlinkedRows } from './registry-rows.ts';

const time = '2026-01-01T00:00:00.000Z';
const record = (id: string, name: string, type = 'PERSON', aliases: string[] = [], mergedInto: string | null = null): EntityRecord => {
  const made = newEntity(id, 'anna', type, name, time);
  const fields = mergedInto ? { ...made.fields, mergedInto: { value: mergedInto, time } } : made.fields;
  return { ...made, fields, aliases: Object.fromEntries(aliases.map((alias) => [alias, { value: true, time }])) };
};
const registry = resolveRegistry([
  record('z1', 'Volodymyr Zelensky', 'PERSON', ['Mr Zelensky']),
  record('z2', 'Zelenskyy', 'PERSON', [], 'z1'),
  record('m', 'Emmanuel Macron'),
  record('p', 'Paris', 'PLACE'),
  { ...record('r', 'Removed'), fields: { ...record('r', 'Removed').fields, removed: { value: true, time } } },
]);
const all = { filter: '', type: null, sort: 'name' } as const;
const titles = (query: Parameters<typeof registryRows>[2]) =>
  registryRows(
    registry,
    new Map([
      ['p', 5],
      ['z1', 7],
    ]),
    query,
  ).map(({ title }) => title);

test('Y9 entities are listed by name or by mentions; those merged or removed are not', () => {
  expect(titles(all)).toEqual(['Emmanuel Macron', 'Paris', 'Volodymyr Zelensky']);
  expect(titles({ ...all, sort: 'mentions' })).toEqual(['Volodymyr Zelensky', 'Paris', 'Emmanuel Macron']);
});

test('Y9 the filter finds every word in name or alias, letter case aside, and the merged one with where it went', () => {
  expect(titles({ ...all, filter: 'mr zel' })).toEqual(['Volodymyr Zelensky']);
  expect(registryRows(registry, null, { ...all, filter: 'ZELENSKYY' })).toEqual([
    { id: 'z2', title: 'Zelenskyy', type: 'PERSON', target: 'Volodymyr Zelensky', count: null },
  ]);
  expect(titles({ ...all, filter: 'removed' })).toEqual([]);
});

test('Y9 a type narrows the list, and types are counted without those merged or removed', () => {
  expect(titles({ ...all, type: 'PLACE' })).toEqual(['Paris']);
  expect([...countsByType(registry)].sort()).toEqual([
    ['PERSON', 2],
    ['PLACE', 1],
  ]);
});

test('Y9 a filter finds its entries among 10,000', () => {
  const entities = new Map<string, Entity>();
  const model = registry.get('m') as Entity;
  for (let index = 0; index < 10_000; index++) entities.set(`e${index}`, { ...model, id: `e${index}`, canonical: `Person ${index}` });
  expect(registryRows(entities, null, { ...all, filter: 'person 77' })).toHaveLength(280);
});

test('Y2 groups of words without a link are filtered, the largest first', () => {
  const groups = [
    { words: 'he', count: 2 },
    { words: 'Mr Macron', count: 9 },
    { words: 'the Élysée', count: 2 },
  ];
  expect(unlinkedRows(groups, '').map(({ words }) => words)).toEqual(['Mr Macron', 'he', 'the Élysée']);
  expect(unlinkedRows(groups, 'macron')).toHaveLength(1);
});
