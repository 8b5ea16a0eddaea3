import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, type Edit, emptyWork, type Work } from './edit.ts';
import { type EntityRecord, entityOf, entityOfMention, foldedName, type Registry, resolveRegistry } from './entity.ts';
import { Refusal } from './gestures.ts';
import { emptyHistory, type History, record, redoOf, undoOf } from './history.ts';
import * as edits from './registry-edits.ts';

let clock = 0;
const timeOf = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 1000).toISOString();

/** One annotator: the own work, and of the others what was synced. */
class Annotator {
  work: Work = emptyWork;
  history: History = emptyHistory;
  synced: readonly EntityRecord[] = [];
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  get registry(): Registry {
    return resolveRegistry([...this.synced, ...this.work.entities.values()]);
  }

  scene(): edits.RegistryScene {
    return {
      ...{ records: this.work.entities, registry: this.registry, annotator: this.name },
      ...{ now: timeOf(++clock), newId: () => `e${String(++clock).padStart(5, '0')}` },
    };
  }

  step(list: readonly Edit[]): string | null {
    if (list.length === 0) return null;
    const id = `g${++clock}`;
    const gesture = { ...{ id, annotator: this.name, time: timeOf(clock), command: 'test.step', title: 'Step' }, edits: [...list] };
    this.#take({ ...gesture, undoes: null, redoes: null });
    return id;
  }

  /** The id of the gesture that was taken back. */
  undo(): string | null {
    const gesture = undoOf(this.history, `g${++clock}`, timeOf(clock));
    if (gesture) this.#take(gesture);
    return gesture?.undoes ?? null;
  }

  redo(): string | null {
    const gesture = redoOf(this.history, `g${++clock}`, timeOf(clock));
    if (gesture) this.#take(gesture);
    return gesture?.redoes ?? null;
  }

  #take(gesture: Parameters<typeof record>[1]): void {
    this.work = applyEdits(this.work, gesture.edits);
    this.history = record(this.history, gesture);
  }
}

const made = (by: Annotator, name: string, type = 'PERSON') => {
  const { id, edits: list } = edits.createEntity(by.scene(), type, name);
  by.step(list);
  return id;
};
const sync = (from: Annotator, to: Annotator) => {
  to.synced = [...from.work.entities.values()];
};

describe('changing the registry', () => {
  test('N12 a change stands in the own record, made if missing, with nothing but what this annotator says', () => {
    const [anna, ben] = [new Annotator('anna'), new Annotator('ben')];
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
    const anna = new Annotator('anna');
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
    const anna = new Annotator('anna');
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
    const anna = new Annotator('anna');
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
    const anna = new Annotator('anna');
    const [moscow, russia] = [made(anna, 'Moscow', 'PLACE'), made(anna, 'Russian government', 'ORGANISATION')];
    expect(() => edits.mergeEntities(anna.scene(), [moscow], russia, { aliases: true })).toThrow(Refusal);
    anna.step(edits.mergeEntities(anna.scene(), [moscow], russia, { aliases: true, otherType: true }));
    expect(entityOf(anna.registry, moscow)?.id).toBe(russia);
  });

  test('N16 a split gives chosen mentions, of a merged entity too, to a new entity of the same type, in one step', () => {
    const anna = new Annotator('anna');
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
    const [anna, ben] = [new Annotator('anna'), new Annotator('ben')];
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
    const anna = new Annotator('anna');
    const id = made(anna, 'Ana Ruiz');
    anna.step(edits.removeEntity(anna.scene(), id));
    expect(anna.registry.get(id)).toMatchObject({ removed: true, canonical: 'Ana Ruiz' });
    expect(edits.removeEntity(anna.scene(), id)).toEqual([]);
  });
});

/** What a step says, as the model keeps it: a value for a key of an entity. */
type Said = readonly [entity: string, key: string, value: string | null | boolean];

// The model knows nothing of records and edits: per annotator the sayings of the steps that stand, with their times.
class Model {
  readonly said = new Map<string, { readonly by: string; readonly time: string; readonly list: readonly Said[] }>();
  readonly undone = new Set<string>();

  /** All that was said of each key of each entity: the last word of each annotator, and of these the newest. */
  newest(): Map<string, Map<string, string | null | boolean>> {
    const best = new Map<string, Map<string, { time: string; by: string; value: string | null | boolean }>>();
    for (const [id, { by, time, list }] of this.said) {
      if (this.undone.has(id)) continue;
      for (const [entity, key, value] of list) {
        const keys = best.get(entity) ?? new Map();
        best.set(entity, keys);
        const known = keys.get(key);
        if (!known || time > known.time || (time === known.time && by >= known.by)) keys.set(key, { time, by, value });
      }
    }
    return new Map([...best].map(([entity, keys]) => [entity, new Map([...keys].map(([key, { value }]) => [key, value]))]));
  }
}

function expectModel(registry: Registry, model: Model, mentions: readonly string[]): void {
  const newest = model.newest();
  expect([...registry.keys()]).toEqual([...newest.keys()].sort());
  const next = (id: string) => {
    const into = newest.get(id)?.get('mergedInto');
    return typeof into === 'string' && newest.has(into) ? into : null;
  };
  const end = (id: string): string => {
    const way = [id];
    for (let to = next(id); to !== null; to = next(to)) {
      if (way.includes(to)) return way.slice(way.indexOf(to)).sort()[0] as string;
      way.push(to);
    }
    return way.at(-1) as string;
  };
  for (const [id, keys] of newest) {
    const flags = (field: string) =>
      [...keys].flatMap(([key, value]) => (key.startsWith(`${field}:`) && value === true ? [key.slice(field.length + 1)] : []));
    expect(registry.get(id)).toMatchObject({
      ...{ canonical: keys.get('canonical') ?? id, notes: keys.get('notes') ?? '', removed: keys.get('removed') ?? false },
      ...{ aliases: flags('alias').sort(), members: flags('member').sort() },
    });
    expect(entityOf(registry, id)?.id).toBe(end(id));
    for (const mention of mentions) {
      const meant = entityOfMention(registry, { id: mention, entity: id });
      expect(meant?.mergedInto).toBeNull();
      const moved = [...newest.values()].some((every) => every.has(`moved:${mention}`));
      if (!moved) expect(meant?.id).toBe(end(id));
    }
  }
}

const names = ['Zelensky', 'zelensky', 'Kim', 'Ana Ruiz', 'the council'];
const mentionIds = ['m1', 'm2', 'm3'];
const kinds = ['create', 'create', 'create', 'rename', 'notes', 'alias', 'alias', 'member', 'merge', 'merge', 'split', 'remove'] as const;
const moves = fc.array(
  fc.record({
    by: fc.constantFrom(0, 1),
    kind: fc.constantFrom(...kinds, 'undo', 'undo', 'redo', 'sync', 'sync'),
    pick: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)),
    yes: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40, size: 'max' },
);

function deedOf(
  by: Annotator,
  kind: (typeof kinds)[number],
  [a, b, c]: readonly [number, number, number],
  yes: boolean,
): { list: Edit[]; said: Said[] } {
  const scene = by.scene();
  const ids = [...scene.registry.keys()];
  const [id, other] = [ids[a % Math.max(1, ids.length)], ids[b % Math.max(1, ids.length)]];
  const name = names[c % names.length] as string;
  if (kind === 'create') {
    const { id: fresh, edits: list } = edits.createEntity(scene, 'PERSON', name);
    return { list, said: [[fresh, 'canonical', name]] };
  }
  if (!id || !other) return { list: [], said: [] };
  switch (kind) {
    case 'rename':
      return { list: edits.setEntityField(scene, id, 'canonical', name), said: [[id, 'canonical', name]] };
    case 'notes':
      return { list: edits.setEntityField(scene, id, 'notes', name), said: [[id, 'notes', name]] };
    case 'alias':
      return { list: edits.setAlias(scene, id, name, yes), said: [[id, `alias:${name}`, yes]] };
    case 'member':
      return { list: edits.setMember(scene, id, other, yes), said: [[id, `member:${other}`, yes]] };
    case 'remove':
      return { list: edits.removeEntity(scene, id), said: [[id, 'removed', true]] };
    case 'merge': {
      const [from, into] = [entityOf(scene.registry, id), entityOf(scene.registry, other)];
      const list = edits.mergeEntities(scene, [id], other, { aliases: yes });
      if (!from || !into) return { list: [], said: [] };
      const had = new Set([into.canonical, ...into.aliases].map(foldedName));
      const learnt: string[] = [];
      for (const alias of yes ? [from.canonical, ...from.aliases] : []) {
        if (had.has(foldedName(alias))) continue;
        had.add(foldedName(alias));
        learnt.push(alias);
      }
      return { list, said: [[from.id, 'mergedInto', into.id], ...learnt.map((alias): Said => [into.id, `alias:${alias}`, true])] };
    }
    case 'split': {
      const mention = mentionIds[b % mentionIds.length] as string;
      const { id: fresh, edits: list } = edits.splitEntity(scene, id, [mention], name);
      const old = entityOf(scene.registry, id)?.id as string;
      return {
        list,
        said: [
          [fresh, 'canonical', name],
          [old, `moved:${mention}`, fresh],
        ],
      };
    }
  }
}

test('N18 whatever two annotators do, undo and redo, and whenever they sync, each sees the registry that a model of their words gives', () => {
  fc.assert(
    fc.property(moves, (list) => {
      clock = 0;
      const annotators = [new Annotator('anna'), new Annotator('ben')] as const;
      const model = new Model();
      for (const { by, kind, pick, yes } of list) {
        const [self, other] = by === 0 ? annotators : [annotators[1], annotators[0]];
        if (kind === 'undo' || kind === 'redo') {
          const id = kind === 'undo' ? self.undo() : self.redo();
          if (id && kind === 'undo') model.undone.add(id);
          else if (id) model.undone.delete(id);
        } else if (kind === 'sync') sync(other, self);
        else {
          try {
            const { list: made, said } = deedOf(self, kind, pick, yes);
            const stamp = made.flatMap((edit) => (edit.record === 'entity' && edit.after ? [edit.after] : []));
            expect(stamp.every(({ annotator }) => annotator === self.name)).toBe(true);
            const time = timeOf(clock);
            const id = self.step(made);
            if (id) model.said.set(id, { by: self.name, time, list: said });
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
        }
      }
      const [anna, ben] = annotators;
      // In either order, and again: it is the same union.
      sync(anna, ben);
      sync(ben, anna);
      expect([...anna.registry]).toEqual([...ben.registry]);
      expectModel(anna.registry, model, mentionIds);
    }),
    { numRuns: 1000 },
  );
});
