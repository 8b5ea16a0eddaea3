import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityOf, entityOfMention } from '../model/entity.ts';
import { Refusal } from '../steps/gestures.ts';
import { Clock, deedKinds, deedOf, foreignMentions, picks, RegistryAnnotator } from '../testing/registry-annotator.ts';
import { RegistryModel } from '../testing/registry-model.ts';
import * as edits from './registry-edits.ts';

const clock = new Clock();

const made = (by: RegistryAnnotator, name: string, type = 'PERSON') => {
  const { id, edits: list } = edits.createEntity(by.scene(), type, name);
  by.step(list);
  return id;
};
const sync = (from: RegistryAnnotator, to: RegistryAnnotator) => {
  to.synced = [...from.work.entities.values()];
};

describe('changing the registry', () => {
  test('N12 a change stands in the own record, made if missing, with nothing but what this annotator says', () => {
    const [anna, ben] = [new RegistryAnnotator('anna', clock), new RegistryAnnotator('ben', clock)];
    const id = made(anna, '  Ana   Ruiz ');
    sync(anna, ben);
    ben.step(edits.setEntityField(ben.scene(), id, 'notes', 'mayor'));
    const own = ben.work.entities.get(id);
    expect(own?.annotator).toBe('ben');
    expect(Object.keys(own?.fields ?? {})).toEqual(['notes']);
    expect(ben.registry.get(id)).toMatchObject({ canonical: 'Ana Ruiz', type: 'PERSON', notes: 'mayor' });
    ben.undo();
    expect(ben.work.entities.size).toBe(0);
  });

  test('N13 what is not sound is refused in words: empty names, dates that are not EDTF, Wikidata ids that are none, roles that say nothing', () => {
    const anna = new RegistryAnnotator('anna', clock);
    const id = made(anna, 'Ana Ruiz');
    const set = <F extends keyof edits.EntityFields>(field: F, value: edits.EntityFields[F]) =>
      edits.setEntityField(anna.scene(), id, field, value);
    expect(() => edits.createEntity(anna.scene(), 'PERSON', ' \n ')).toThrow(Refusal);
    expect(() => set('canonical', ' ')).toThrow(Refusal);
    expect(() => set('type', '')).toThrow(Refusal);
    expect(() => set('date', 'Tuesday')).toThrow(Refusal);
    expect(() => set('wikidata', 'Q0')).toThrow(/Q90/);
    expect(() => set('roles', [{ title: ' ', organisation: '', from: null, to: null }])).toThrow(Refusal);
    expect(() => set('roles', [{ title: 'mayor', organisation: '', from: 'then', to: null }])).toThrow(Refusal);
    expect(() => edits.setAlias(anna.scene(), id, '  ', true)).toThrow(Refusal);
    expect(() => edits.setAlias(anna.scene(), id, '__proto__', true)).toThrow(Refusal);
    expect(() => set('notes', 'x').concat(edits.setEntityField(anna.scene(), 'nobody', 'notes', ''))).toThrow(RangeError);
    anna.step(set('date', ' 2026-01 '));
    anna.step(set('wikidata', ''));
    anna.step(set('roles', [{ title: ' mayor ', organisation: '', from: '2020', to: null }]));
    expect(anna.registry.get(id)).toMatchObject({ date: '2026-01', wikidata: null, roles: [{ title: 'mayor', from: '2020' }] });
    expect(set('date', '2026-01')).toEqual([]);
  });

  test('N14 aliases and members are added and taken away; a group never holds itself, through others either', () => {
    const anna = new RegistryAnnotator('anna', clock);
    const [a, b, c] = [made(anna, 'US envoys'), made(anna, 'the team'), made(anna, 'Steve Witkoff')];
    expect(edits.setAlias(anna.scene(), a, 'US envoys', true)).toEqual([]);
    anna.step(edits.setAlias(anna.scene(), a, 'the envoys', true));
    anna.step(edits.setMember(anna.scene(), a, b, true));
    anna.step(edits.setMember(anna.scene(), b, c, true));
    expect(anna.registry.get(a)).toMatchObject({ aliases: ['the envoys'], members: [b] });
    expect(() => edits.setMember(anna.scene(), c, a, true)).toThrow(Refusal);
    expect(() => edits.setMember(anna.scene(), c, c, true)).toThrow(Refusal);
    anna.step(edits.setAlias(anna.scene(), a, 'the envoys', false));
    anna.step(edits.setMember(anna.scene(), a, b, false));
    expect(anna.registry.get(a)).toMatchObject({ aliases: [], members: [] });
    expect(edits.setAlias(anna.scene(), a, 'the envoys', false)).toEqual([]);
  });

  test('N15 merged entities lead to the one that stays, which learns their names; one undo takes it back', () => {
    const anna = new RegistryAnnotator('anna', clock);
    const [a, b, c] = [made(anna, 'Volodymyr Zelensky'), made(anna, 'Zelenskyy'), made(anna, 'volodymyr zelensky')];
    anna.step(edits.setAlias(anna.scene(), b, 'the president', true));
    anna.step(edits.mergeEntities(anna.scene(), [b, c], a, { aliases: true }));
    expect([b, c].map((id) => entityOf(anna.registry, id)?.id)).toEqual([a, a]);
    expect(anna.registry.get(a)?.aliases).toEqual(['Zelenskyy', 'the president']);
    expect(() => edits.mergeEntities(anna.scene(), [b], a, { aliases: true })).toThrow(/itself/);
    anna.undo();
    expect(entityOf(anna.registry, b)?.id).toBe(b);
    expect(anna.registry.get(a)?.aliases).toEqual([]);
    anna.step(edits.mergeEntities(anna.scene(), [b], a, { aliases: false }));
    expect(anna.registry.get(a)?.aliases).toEqual([]);
    anna.step(edits.unmergeEntity(anna.scene(), b));
    expect(entityOf(anna.registry, b)?.id).toBe(b);
    expect(edits.unmergeEntity(anna.scene(), b)).toEqual([]);
  });

  test('N15 entities of other types are merged only when that is meant', () => {
    const anna = new RegistryAnnotator('anna', clock);
    const [moscow, russia] = [made(anna, 'Moscow', 'PLACE'), made(anna, 'Russian government', 'ORGANISATION')];
    expect(() => edits.mergeEntities(anna.scene(), [moscow], russia, { aliases: true })).toThrow(Refusal);
    anna.step(edits.mergeEntities(anna.scene(), [moscow], russia, { aliases: true, otherType: true }));
    expect(entityOf(anna.registry, moscow)?.id).toBe(russia);
  });

  test('N16 a split gives chosen mentions, of a merged entity too, to a new entity of the same type, in one step', () => {
    const anna = new RegistryAnnotator('anna', clock);
    const [a, b] = [made(anna, 'Kim'), made(anna, 'Kim Jong Un')];
    anna.step(edits.mergeEntities(anna.scene(), [a], b, { aliases: true }));
    expect(() => edits.splitEntity(anna.scene(), a, [], 'Kim Yo Jong')).toThrow(Refusal);
    const { id, edits: list } = edits.splitEntity(anna.scene(), a, ['m1', 'n1'], 'Kim Yo Jong');
    anna.step(list);
    const meant = (mention: string, entity: string) => entityOfMention(anna.registry, { id: mention, entity })?.id;
    expect([meant('m1', a), meant('n1', b), meant('m2', a)]).toEqual([id, id, b]);
    anna.undo();
    expect([meant('m1', a), anna.registry.has(id)]).toEqual([b, false]);
  });

  test('N16 a merge taken back after another annotator’s split leaves the split as it is', () => {
    const [anna, ben] = [new RegistryAnnotator('anna', clock), new RegistryAnnotator('ben', clock)];
    const [a, b] = [made(anna, 'Kim'), made(anna, 'Kim Jong Un')];
    anna.step(edits.mergeEntities(anna.scene(), [a], b, { aliases: true }));
    sync(anna, ben);
    const split = edits.splitEntity(ben.scene(), b, ['m1', 'm2'], 'Kim Yo Jong');
    ben.step(split.edits);
    anna.undo();
    sync(ben, anna);
    const meant = (mention: string, entity: string) => entityOfMention(anna.registry, { id: mention, entity })?.id;
    expect([meant('m1', b), meant('m3', b), meant('m1', a)]).toEqual([split.id, b, a]);
  });

  test('N17 an entity that is removed leaves the list and stays known', () => {
    const anna = new RegistryAnnotator('anna', clock);
    const id = made(anna, 'Ana Ruiz');
    anna.step(edits.removeEntity(anna.scene(), id));
    expect(anna.registry.get(id)).toMatchObject({ removed: true, canonical: 'Ana Ruiz' });
    expect(edits.removeEntity(anna.scene(), id)).toEqual([]);
  });
});

const moves = fc.array(
  fc.record({
    by: fc.constantFrom(0, 1),
    kind: fc.constantFrom(...deedKinds, 'undo', 'undo', 'redo', 'sync', 'sync'),
    pick: picks,
    yes: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40, size: 'max' },
);

test('N18 whatever two annotators do, undo and redo, and whenever they sync, each sees the registry that a model of their words gives', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const shared = new Clock();
      const annotators = [new RegistryAnnotator('anna', shared), new RegistryAnnotator('ben', shared)] as const;
      const model = new RegistryModel();
      for (const { by, kind, pick, yes } of list) {
        const [self, other] = by === 0 ? annotators : [annotators[1], annotators[0]];
        if (kind === 'sync') sync(other, self);
        else if (kind === 'undo' || kind === 'redo') {
          const gesture = kind === 'undo' ? self.undo() : self.redo();
          if (gesture) model.travel(gesture);
        } else {
          const deed = deedOf(self, kind, pick, yes);
          const gesture = deed && self.step(deed.list);
          if (!gesture) continue;
          model.say(gesture, deed.said);
          expect(gesture.edits.every(({ after }) => after && 'annotator' in after && after.annotator === self.name)).toBe(true);
        }
        for (const mention of self.work.sets.get('a')?.mentions.values() ?? []) {
          expect(entityOfMention(self.registry, mention)?.mergedInto).toBeNull();
        }
      }
      const [anna, ben] = annotators;
      // In either order, and again: it is the same union.
      sync(anna, ben);
      sync(ben, anna);
      expect([...anna.registry]).toEqual([...ben.registry]);
      expect(model.differences(anna.registry, [...foreignMentions, ...anna.mentions, ...ben.mentions])).toEqual([]);
    }),
    { numRuns: 700 },
  );
});
