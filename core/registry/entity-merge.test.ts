import { expect, test } from 'vitest';
import { type EntityRecord, entityOfMention, newEntity, type Registry, resolveRegistry } from '../model/entity.ts';
import { applyEdits, type Edit, emptyWork, inverse, type Work } from '../steps/edit.ts';
import { aliasesToMove, holdersOf, mergePreview, mergeWith, splitWith, unmergeWith } from './entity-merge.ts';
import { entityProvenance } from './entity-provenance.ts';
import { type RegistryScene, setAlias, setEntityField, setMember } from './registry-edits.ts';

/** Anna's registry beside what Ben wrote. */
class Bench {
  work: Work = emptyWork;
  readonly others: EntityRecord[];
  #count = 0;
  constructor(others: EntityRecord[] = []) {
    this.others = others;
  }
  get registry(): Registry {
    return resolveRegistry([...this.others, ...this.work.entities.values()]);
  }
  get scene(): RegistryScene {
    const now = new Date(Date.UTC(2026, 0, 1) + ++this.#count * 1000).toISOString();
    return { records: this.work.entities, registry: this.registry, annotator: 'anna', now, newId: () => `n${++this.#count}` };
  }
  step(edits: Edit[]): void {
    this.work = applyEdits(this.work, edits);
  }
  add(id: string, canonical: string, type = 'PERSON'): void {
    const { now } = this.scene;
    this.step([{ record: 'entity', id, before: null, after: newEntity(id, 'anna', type, canonical, now) }]);
  }
  get(id: string) {
    return this.registry.get(id);
  }
}

function twoPresidents(): Bench {
  const bench = new Bench();
  bench.add('z1', 'Volodymyr Zelensky');
  bench.add('z2', 'Zelenskyy');
  bench.add('x1', 'Steve Witkoff');
  bench.step(setAlias(bench.scene, 'z2', 'Mr Zelenskyy', true));
  bench.step(setAlias(bench.scene, 'z1', 'Zelensky', true));
  bench.step(setEntityField(bench.scene, 'z1', 'wikidata', 'Q3874799'));
  bench.step(setEntityField(bench.scene, 'z2', 'wikidata', 'Q42'));
  bench.step(setEntityField(bench.scene, 'z2', 'date', '1978'));
  bench.step(setEntityField(bench.scene, 'z2', 'roles', [{ title: 'President', organisation: 'Ukraine', from: '2019-05', to: null }]));
  bench.step(setEntityField(bench.scene, 'z2', 'notes', 'Also spelt so.'));
  bench.step(setMember(bench.scene, 'z2', 'x1', true));
  return bench;
}

test('Y3 the preview of a merge tells names, united roles, members and notes, and conflicting values, those of the one that stays first', () => {
  const bench = twoPresidents();
  expect(mergePreview(bench.registry, ['z1', 'z2'], 'z1')).toEqual({
    canonical: 'Volodymyr Zelensky',
    aliases: ['Zelensky', 'Zelenskyy', 'Mr Zelenskyy'],
    values: { type: ['PERSON'], wikidata: ['Q3874799', 'Q42'], date: ['1978'] },
    roles: [{ title: 'President', organisation: 'Ukraine', from: '2019-05', to: null }],
    members: ['x1'],
    notes: 'Also spelt so.',
  });
  expect(mergePreview(bench.registry, ['z1', 'z2'], 'z2').values.wikidata).toEqual(['Q42', 'Q3874799']);
});

test('Y3 after a merge the one that stays has what the preview told, in one step with one edit a record', () => {
  const bench = twoPresidents();
  const before = bench.work;
  const preview = mergePreview(bench.registry, ['z2'], 'z1');
  const edits = mergeWith(bench.scene, ['z2'], 'z1', { aliases: true, values: { wikidata: 'Q42' } });
  expect(edits.map(({ id }) => id).sort()).toEqual(['z1', 'z2']);
  bench.step(edits);
  expect(bench.get('z2')?.mergedInto).toBe('z1');
  const { roles, members, notes } = preview;
  expect(bench.get('z1')).toMatchObject({ roles, members, notes, wikidata: 'Q42', date: '1978', type: 'PERSON' });
  expect(new Set(bench.get('z1')?.aliases)).toEqual(new Set(preview.aliases));
  bench.step(inverse(edits));
  expect(bench.work.entities).toEqual(before.entities);
});

test('Y3 a merge without names leaves the names of the one that stays', () => {
  const bench = twoPresidents();
  bench.step(mergeWith(bench.scene, ['z2'], 'z1', { aliases: false, values: {} }));
  expect(bench.get('z1')?.aliases).toEqual(['Zelensky']);
});

test('Y3 one of another type takes the type that was chosen', () => {
  const bench = twoPresidents();
  bench.add('o1', 'Office of Zelensky', 'ORGANISATION');
  bench.step(mergeWith(bench.scene, ['o1'], 'z1', { aliases: true, values: {} }));
  expect(bench.get('z1')?.type).toBe('PERSON');
});

test('Y4 an unmerged entity stands again, and only the names that the merge brought go back with it', () => {
  const bench = twoPresidents();
  bench.step(setAlias(bench.scene, 'z1', 'Mr Zelenskyy', true));
  bench.step(mergeWith(bench.scene, ['z2'], 'z1', { aliases: true, values: {} }));
  expect(bench.get('z1')?.aliases).toEqual(['Mr Zelenskyy', 'Zelensky', 'Zelenskyy']);
  bench.step(unmergeWith(bench.scene, 'z2'));
  expect(bench.get('z2')?.mergedInto).toBeNull();
  expect(bench.get('z1')?.aliases).toEqual(['Mr Zelenskyy', 'Zelensky']);
});

test('Y5 a split gives the chosen mentions and the names that only they have to a new entity, in one step', () => {
  const bench = twoPresidents();
  bench.step(setAlias(bench.scene, 'z1', 'Olena', true));
  const entity = bench.get('z1');
  if (!entity) throw new Error('no entity');
  const names = aliasesToMove(entity, ['Olena', 'Zelensky'], ['Zelensky', 'he']);
  expect(names).toEqual(['Olena']);
  const { id, edits } = splitWith(bench.scene, 'z1', ['m1'], 'Olena Zelenska', names);
  bench.step(edits);
  expect(bench.get(id)).toMatchObject({ canonical: 'Olena Zelenska', aliases: ['Olena'], type: 'PERSON' });
  expect(bench.get('z1')?.aliases).toEqual(['Zelensky']);
  expect(entityOfMention(bench.registry, { id: 'm1', entity: 'z1' })?.id).toBe(id);
  expect(entityOfMention(bench.registry, { id: 'm2', entity: 'z1' })?.id).toBe('z1');
});

test('Y6 what holds an entity in the registry is named: groups with it as a member, and those merged into it', () => {
  const bench = twoPresidents();
  expect(holdersOf(bench.registry, 'x1').groups.map(({ canonical }) => canonical)).toEqual(['Zelenskyy']);
  bench.step(mergeWith(bench.scene, ['z2'], 'z1', { aliases: true, values: {} }));
  expect(holdersOf(bench.registry, 'z1').merged.map(({ canonical }) => canonical)).toEqual(['Zelenskyy']);
});

test('Y7 each part of an entity tells whose word stands', () => {
  const ben = newEntity('z1', 'ben', 'PERSON', 'Zelensky', '2027-01-01T00:00:00.000Z');
  const bench = twoPresidents();
  const anna = bench.work.entities.get('z1');
  if (!anna) throw new Error('no record');
  const parts = Object.fromEntries(entityProvenance([anna, ben]).map(({ part, annotator }) => [part, annotator]));
  expect(parts).toEqual({ type: 'ben', canonical: 'ben', wikidata: 'anna', aliases: 'anna' });
});
