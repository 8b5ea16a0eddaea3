import { expect, test } from 'vitest';
import type { Annotation } from '../model/annotation.ts';
import { fillRole, setAttribute, setNote, tagEach } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { type BulkDeed, planBulk } from './bulk.ts';
import { addRelation, type RelationEnd } from './relations.ts';

const bench = () => new Workbench({ a: 'Ana Ruiz said no. Mr Cruz said yes.', b: 'Ana Ruiz left, aides said.' });
const annotations = (on: Workbench) =>
  ['a', 'b'].flatMap((article) => [...on.set(article).annotations.values()]).sort((one, other) => (one.id < other.id ? -1 : 1));
const plan = (on: Workbench, deed: BulkDeed, ids?: readonly string[]) => {
  const keys = annotations(on).map(({ article, id }) => ({ article, annotation: id }));
  const chosen = ids ? keys.filter(({ annotation }) => ids.includes(annotation)) : keys;
  return planBulk((article) => on.scene(article), chosen, deed);
};
const end = (on: Workbench, id: string): RelationEnd => ({
  annotation: on.set('a').annotations.get(id) as Annotation,
  mentions: on.set('a').mentions,
});
const tie = (on: Workbench, one: string, other: string) =>
  on.step(addRelation(on.scene('a'), 'continues', end(on, one), end(on, other)).edits);
// What the plan is worth: that it applies as one step and is taken back by one undo.
const doneAndUndone = (on: Workbench, made: ReturnType<typeof plan>) => {
  const before = JSON.stringify(annotations(on));
  on.step([...made.edits]);
  const after = annotations(on);
  on.undo();
  expect(JSON.stringify(annotations(on))).toBe(before);
  on.redo();
  return after;
};

function quotes(on: Workbench) {
  const first = on.tag('a', 'QUOTE', 'no');
  const second = on.tag('a', 'QUOTE', 'yes');
  const third = on.tag('b', 'QUOTE', 'left');
  return { first, second, third };
}

test('L60 annotations of several articles become another layer in one step, and what they lose is told', () => {
  const on = bench();
  const { first, second } = quotes(on);
  on.step(fillRole(on.scene('a'), first, 'speaker', on.range('a', 'Ana Ruiz'), false));
  on.step(setAttribute(on.scene('a'), first, 'unsure', true));
  tie(on, first, second);
  const made = plan(on, { kind: 'relabel', layer: 'STANCE' });
  expect(made.changed).toHaveLength(3);
  expect(made.losses).toContainEqual({ kind: 'role', name: 'Speaker', count: 1 });
  expect(made.losses).toContainEqual({ kind: 'relation', name: 'Continues', count: 1 });
  expect(made.losses).toContainEqual({ kind: 'attribute', name: 'Type', count: 3 });
  expect(made.losses.map(({ name }) => name)).not.toContain('Unsure');
  // What is lost most stands first.
  expect(made.losses.map(({ count }) => count)).toEqual(made.losses.map(({ count }) => count).sort((a, b) => b - a));
  const after = doneAndUndone(on, made);
  expect(after.map(({ layer }) => layer)).toEqual(['STANCE', 'STANCE', 'STANCE']);
  expect(after[0]?.attributes['unsure']).toBe(true);
  expect(on.set('a').mentions.size).toBe(0);
  expect(plan(on, { kind: 'relabel', layer: 'STANCE' })).toMatchObject({ edits: [], same: 3, changed: [] });
});

test('L61 an attribute is set where the layer has it; others are left out and told', () => {
  const on = bench();
  const { first } = quotes(on);
  on.tag('b', 'FACT', 'Ana Ruiz left');
  const made = plan(on, { kind: 'attribute', name: 'type', value: 'indirect' });
  expect([...made.refused].map(([reason, those]) => [reason, those.length])).toEqual([['Fact has no such attribute', 1]]);
  const after = doneAndUndone(on, made);
  expect(after.filter(({ layer }) => layer === 'QUOTE').map(({ attributes }) => attributes['type'])).toEqual([
    'indirect',
    'indirect',
    'indirect',
  ]);
  expect(plan(on, { kind: 'attribute', name: 'type', value: 'indirect' }, [first])).toMatchObject({ edits: [], same: 1 });
  expect(plan(on, { kind: 'attribute', name: 'type', value: 'sung' }).refused.size).toBe(2);
  const untyped = doneAndUndone(on, plan(on, { kind: 'attribute', name: 'type', value: null }, [first]));
  expect(untyped.filter(({ id, attributes }) => id === first && 'type' in attributes)).toEqual([]);
  expect(plan(on, { kind: 'attribute', name: 'type', value: null }, [first])).toMatchObject({ edits: [], same: 1, losses: [] });
});

test('L61 L63 an annotation whose layer the codebook no longer has takes neither an attribute nor who fills a role', () => {
  const on = bench();
  const { first } = quotes(on);
  const codebook = { ...on.scene('a').codebook, layers: on.scene('a').codebook.layers.filter(({ id }) => id !== 'QUOTE') };
  const refused = (deed: BulkDeed) =>
    [...planBulk((article) => ({ ...on.scene(article), codebook }), [{ article: 'a', annotation: first }], deed).refused.keys()].join();
  expect(refused({ kind: 'attribute', name: 'type', value: 'direct' })).toBe('QUOTE has no such attribute');
  expect(refused({ kind: 'link', role: 'speaker', target: { type: 'PERSON', canonical: 'Ana' } })).toBe('QUOTE has no such role');
});

test('L62 annotations are removed with what hangs on them; what others lose by it is told', () => {
  const on = bench();
  const { first, second } = quotes(on);
  tie(on, first, second);
  const made = plan(on, { kind: 'remove' }, [first]);
  expect(made.losses).toEqual([{ kind: 'relation', name: 'Continues', count: 1 }]);
  expect(doneAndUndone(on, made).map(({ id }) => id)).not.toContain(first);
});

test('L63 a role is linked to one new entity everywhere: by its words where it has any, by itself where it has none', () => {
  const on = bench();
  const { first } = quotes(on);
  on.step(fillRole(on.scene('a'), first, 'speaker', on.range('a', 'Ana Ruiz'), false));
  on.tag('b', 'QUOTED_TERM', 'aides');
  const made = plan(on, { kind: 'link', role: 'speaker', target: { type: 'PERSON', canonical: 'Ana Ruiz' } });
  const after = doneAndUndone(on, made);
  expect(on.registry.size).toBe(1);
  const [entity] = on.registry.keys();
  expect([...on.set('a').mentions.values()].map((mention) => mention.entity)).toEqual([entity]);
  expect(after.filter(({ roles }) => roles.some(({ target }) => target.kind === 'entity' && target.id === entity))).toHaveLength(3);
  expect(after.find(({ id }) => id === first)?.roles[0]?.target.kind).toBe('mention');
  expect(plan(on, { kind: 'link', role: 'speaker', target: entity as string }, [first])).toMatchObject({ edits: [], same: 1 });
});

test('L63 only the role that is meant is linked, in its words or by another entity; one that is so already stays, and other layers are told', () => {
  const on = bench();
  const { first, second } = quotes(on);
  on.step(fillRole(on.scene('a'), first, 'cue', on.range('a', 'said'), false));
  on.tag('b', 'FACT', 'left');
  const made = plan(on, { kind: 'link', role: 'speaker', target: { type: 'PERSON', canonical: 'Ana Ruiz' } });
  expect([...made.refused.keys()]).toEqual(['Fact has no such role']);
  expect(made.losses).toEqual([]);
  doneAndUndone(on, made);
  const [entity] = [...on.registry.keys()] as [string];
  expect([...on.set('a').mentions.values()].map((mention) => mention.entity)).toEqual([null]);
  const known = { kind: 'link', role: 'speaker', target: entity } as const;
  expect(plan(on, known, [first, second])).toMatchObject({ edits: [], same: 2 });
  doneAndUndone(on, plan(on, { kind: 'link', role: 'speaker', target: { type: 'PERSON', canonical: 'Mr Cruz' } }, [first]));
  expect(plan(on, known, [first, second])).toMatchObject({ changed: [{ id: first }], same: 1 });
});

test('L60 what several annotations share goes with the last of them, and only what the layer does not take is lost', () => {
  const on = bench();
  const { first, second } = quotes(on);
  for (const id of [first, second]) {
    on.step(fillRole(on.scene('a'), id, 'speaker', on.range('a', 'Ana Ruiz'), false));
    on.step(fillRole(on.scene('a'), id, 'cue', on.range('a', 'said'), false));
  }
  expect(on.set('a').mentions.size).toBe(2);
  const made = plan(on, { kind: 'relabel', layer: 'QUOTED_TERM' }, [first, second]);
  expect(made.losses.filter(({ kind }) => kind === 'role')).toEqual([{ kind: 'role', name: 'Cue', count: 2 }]);
  doneAndUndone(on, made);
  expect([...on.set('a').mentions.values()].map(({ span }) => span.text)).toEqual(['Ana Ruiz']);
});

test('L62 L60 what goes across articles is told by its name too', () => {
  const on = bench();
  const { first, third } = quotes(on);
  const other = { annotation: on.set('b').annotations.get(third) as Annotation, mentions: on.set('b').mentions };
  on.step(addRelation(on.scene('a'), 'same_quote', end(on, first), other).edits);
  expect(plan(on, { kind: 'remove' }, [first]).losses).toEqual([{ kind: 'relation', name: 'Same quote', count: 1 }]);
  expect(plan(on, { kind: 'relabel', layer: 'STANCE' }).losses).toContainEqual({ kind: 'relation', name: 'Same quote', count: 1 });
});

test('L64 a note stands below the one that is there, and not twice', () => {
  const on = bench();
  const { first } = quotes(on);
  on.step(setNote(on.scene('a'), first, 'Old.'));
  const after = doneAndUndone(on, plan(on, { kind: 'note', note: 'Check. ' }));
  expect(after.map(({ note }) => note)).toEqual(['Old.\nCheck.', 'Check.', 'Check.']);
  expect(plan(on, { kind: 'note', note: 'Check.' })).toMatchObject({ edits: [], same: 3 });
  expect(plan(on, { kind: 'note', note: ' ' })).toMatchObject({ edits: [], same: 3 });
  expect(plan(on, { kind: 'note', note: 'Old.\nCheck.' }, [first])).toMatchObject({ edits: [], same: 1 });
});

test('L65 what is not there any more is counted', () => {
  const on = bench();
  const { first } = quotes(on);
  const made = planBulk(
    (article) => on.scene(article),
    [
      { article: 'a', annotation: 'gone' },
      { article: 'a', annotation: first },
    ],
    {
      kind: 'remove',
    },
  );
  expect(made).toMatchObject({ gone: 1, changed: [{ id: first }] });
});

test('L63 where a role has several words, all of them are linked to the entity that the first made', () => {
  const on = bench();
  const { first, second } = quotes(on);
  for (const words of ['Ana Ruiz', 'Mr Cruz'])
    on.step(fillRole(on.scene('a'), first, 'speaker', on.range('a', words), words === 'Mr Cruz'));
  doneAndUndone(on, plan(on, { kind: 'link', role: 'speaker', target: { type: 'PERSON', canonical: 'The two' } }, [first, second]));
  expect(on.registry.size).toBe(1);
  const [entity] = on.registry.keys();
  expect([...on.set('a').mentions.values()].map((mention) => mention.entity)).toEqual([entity, entity]);
  // Many at once teach no aliases.
  expect(on.registry.get(entity as string)?.aliases).toEqual([]);
  expect(on.set('a').annotations.get(second)?.roles).toEqual([{ role: 'speaker', target: { kind: 'entity', id: entity } }]);
});

test('L66 thousands of annotations of one article are planned in a moment', () => {
  const count = 3000;
  const on = new Workbench({ a: 'word '.repeat(count), b: '' });
  const ranges = Array.from({ length: count }, (_, index) => ({ start: index * 5, end: index * 5 + 4 }));
  on.step(tagEach(on.scene('a'), 'QUOTE', ranges, {}));
  const begin = performance.now();
  expect(plan(on, { kind: 'relabel', layer: 'FACT' }).changed).toHaveLength(count);
  expect(performance.now() - begin).toBeLessThan(1000);
});
