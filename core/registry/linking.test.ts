import { describe, expect, test } from 'vitest';
import { entityOfMention, newEntity, type Registry, resolveRegistry } from '../model/entity.ts';
import { fillRole, type Scene } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { aliasFrom, alikeUnlinked, fillWithEntity, linkAlike, linkMention, longestName, unlinkMention } from './linking.ts';
import { splitEntity } from './registry-edits.ts';

const text = 'Mr Zelensky said “no”. He said “yes”. Zelensky’s view, zelensky again, and Zelensky. The council met. Mr Zelensky left.';

/** A bench with a quote whose speakers are `words`, and the ids of their mentions. */
function quoting(...words: string[]): { bench: Workbench; quote: string; mentions: string[] } {
  const bench = new Workbench({ a: text });
  const quote = bench.tag('a', 'QUOTE', '“no”');
  const mentions = words.map((each, index) => {
    // Later words of the same sound are the next in the text.
    const before = words.slice(0, index).filter((word) => word === each).length;
    let start = -1;
    for (let count = 0; count <= before; count++) start = text.indexOf(each, start + 1);
    const known = new Set(bench.set('a').mentions.keys());
    bench.step(fillRole(bench.scene('a'), quote, 'speaker', { start, end: start + each.length }, index > 0));
    return [...bench.set('a').mentions.keys()].find((id) => !known.has(id)) as string;
  });
  return { bench, quote, mentions };
}
const person = (bench: Workbench, name: string) => {
  const entity = newEntity(bench.newId(), 'anna', 'PERSON', name, bench.now());
  bench.step([{ record: 'entity', id: entity.id, before: null, after: entity }]);
  return entity.id;
};

describe('linking a mention', () => {
  test('T1 it learns the words as an alias and knows them from then on; without learning it does not', () => {
    const { bench, mentions } = quoting('Mr Zelensky', 'He');
    const [name = '', pronoun = ''] = mentions;
    const id = person(bench, 'Volodymyr Zelensky');
    bench.step(linkMention(bench.scene('a'), name, id, true));
    bench.step(linkMention(bench.scene('a'), pronoun, id, true));
    expect(bench.registry.get(id)?.aliases).toEqual(['Mr Zelensky']);
    expect(bench.set('a').mentions.get(pronoun)).toMatchObject({ entity: id, span: { text: 'He' } });
    expect(linkMention(bench.scene('a'), name, id, true)).toEqual([]);
    bench.undo();
    bench.undo();
    expect(bench.registry.get(id)?.aliases).toEqual([]);
    expect(bench.set('a').mentions.get(name)?.entity).toBeNull();
    bench.step(linkMention(bench.scene('a'), name, id, false));
    expect(bench.registry.get(id)?.aliases).toEqual([]);
  });

  test('T1 an entity made while linking has the name typed, and the mention’s words as an alias', () => {
    const { bench, mentions } = quoting('Mr Zelensky');
    bench.step(linkMention(bench.scene('a'), mentions[0] ?? '', { type: 'PERSON', canonical: ' Volodymyr  Zelensky ' }, true));
    expect([...bench.registry.values()]).toMatchObject([{ type: 'PERSON', canonical: 'Volodymyr Zelensky', aliases: ['Mr Zelensky'] }]);
    bench.undo();
    expect(bench.registry.size).toBe(0);
  });

  test('T1 possessives, pronouns and words without a capital are no aliases; letters without case are', () => {
    const entity = { canonical: 'Zelensky', aliases: ['The President'] };
    const cases: [string, string | null][] = [
      ...([
        ['Mr Zelensky’s', 'Mr Zelensky'],
        ['James’', 'James'],
        ['Zelensky’s', null],
        ['zelensky', null],
        ['the president', null],
      ] as const),
      ...([
        ['he', null],
        ['the council', null],
        ['The council', null],
        ['The Hague', 'The Hague'],
        ['زيلينسكي', 'زيلينسكي'],
      ] as const),
    ].map(([words, alias]) => [words, alias]);
    for (const [words, alias] of cases) expect(aliasFrom(words, entity), words).toBe(alias);
  });

  test('T2 a link to what only others know holds it when they take it back, and their words on it win', () => {
    const { bench, mentions } = quoting('Mr Zelensky');
    const others = newEntity('theirs', 'ben', 'PERSON', 'Volodymyr Zelensky', bench.now());
    const registry = (): Registry => resolveRegistry([others, ...bench.work.entities.values()]);
    const scene = (): Scene => ({ ...bench.scene('a'), registry: registry() });
    bench.step(linkMention(scene(), mentions[0] ?? '', 'theirs', false));
    expect(bench.registry.get('theirs')).toMatchObject({ type: 'PERSON', canonical: 'Volodymyr Zelensky' });
    const renamed = resolveRegistry([
      { ...newEntity('theirs', 'ben', 'PERSON', 'V. Zelensky', '2020-01-01T00:00:00.000Z') },
      ...bench.work.entities.values(),
    ]);
    expect(renamed.get('theirs')?.canonical).toBe('V. Zelensky');
  });

  test('T2 the words of a link to what only others know are learnt in the same step, and one undo takes back both', () => {
    const { bench, mentions } = quoting('Mr Zelensky');
    const others = newEntity('theirs', 'ben', 'PERSON', 'Volodymyr Zelensky', bench.now());
    const registry = (): Registry => resolveRegistry([others, ...bench.work.entities.values()]);
    bench.step(linkMention({ ...bench.scene('a'), registry: registry() }, mentions[0] ?? '', 'theirs', true));
    expect(registry().get('theirs')?.aliases).toEqual(['Mr Zelensky']);
    expect(bench.set('a').mentions.get(mentions[0] ?? '')?.entity).toBe('theirs');
    bench.undo();
    expect([bench.work.entities.size, registry().get('theirs')?.aliases]).toEqual([0, []]);
  });

  test('T3 a mention that a split took away means the old entity again once it is linked there, and learns in the same step', () => {
    const { bench, mentions } = quoting('Mr Zelensky');
    const [mention = ''] = mentions;
    const id = person(bench, 'Volodymyr Zelensky');
    bench.step(linkMention(bench.scene('a'), mention, id, false));
    const scene = {
      records: bench.work.entities,
      registry: bench.registry,
      annotator: 'anna',
      now: bench.now(),
      newId: () => bench.newId(),
    };
    bench.step(splitEntity(scene, id, [mention], 'Oleksandr Zelensky').edits);
    const meant = () => entityOfMention(bench.registry, { id: mention, entity: bench.set('a').mentions.get(mention)?.entity ?? null });
    expect(meant()?.canonical).toBe('Oleksandr Zelensky');
    bench.step(linkMention(bench.scene('a'), mention, id, true));
    expect(meant()).toMatchObject({ id, aliases: ['Mr Zelensky'] });
  });

  test('T4 unlinking keeps a mention that a role needs and lets go of one that nothing needs', () => {
    const { bench, mentions } = quoting('Mr Zelensky');
    const [mention = ''] = mentions;
    const id = person(bench, 'Volodymyr Zelensky');
    bench.step(linkMention(bench.scene('a'), mention, id, false));
    bench.step(unlinkMention(bench.scene('a'), mention));
    expect(bench.set('a').mentions.get(mention)?.entity).toBeNull();
    expect(unlinkMention(bench.scene('a'), mention)).toEqual([]);
    const alone = { ...(bench.set('a').mentions.get(mention) as NonNullable<unknown>), id: 'alone', entity: 'x' } as never;
    bench.step([{ record: 'mention', article: 'a', id: 'alone', before: null, after: alone }]);
    bench.step(unlinkMention(bench.scene('a'), 'alone'));
    expect(bench.set('a').mentions.has('alone')).toBe(false);
  });

  test('T4 the unlinked mentions of the same words are linked in one step, whatever their case; pronouns are not', () => {
    const { bench, mentions } = quoting('Zelensky', 'zelensky', 'He');
    const [first = '', second = '', pronoun = ''] = mentions;
    const set = () => bench.set('a');
    const id = person(bench, 'Volodymyr Zelensky');
    expect(() => linkAlike(bench.scene('a'), first)).toThrow(/first/);
    bench.step(linkMention(bench.scene('a'), first, id, true));
    expect(alikeUnlinked(set(), set().mentions.get(first) as never).map((mention) => mention.id)).toEqual([second]);
    bench.step(linkAlike(bench.scene('a'), first));
    expect(set().mentions.get(second)?.entity).toBe(id);
    expect(alikeUnlinked(set(), set().mentions.get(pronoun) as never)).toEqual([]);
    bench.undo();
    expect(set().mentions.get(second)?.entity).toBeNull();
  });

  test('T22 an entity that takes the place of one that was made of words takes these words over, in the same step', () => {
    const bench = new Workbench({ a: text });
    const fact = bench.tag('a', 'FACT', '“no”');
    const start = text.indexOf('The council met');
    bench.step(fillRole(bench.scene('a'), fact, 'event', { start, end: start + 'The council met'.length }, false));
    const [made] = bench.registry.values();
    const [mention] = bench.set('a').mentions.values();
    expect(mention).toMatchObject({ entity: made?.id, span: { text: 'The council met' } });
    bench.step(fillWithEntity(bench.scene('a'), fact, 'event', { type: 'EVENT', canonical: 'Council of May' }, false));
    const now = [...bench.registry.values()].find(({ canonical }) => canonical === 'Council of May')?.id;
    expect(bench.set('a').annotations.get(fact)?.roles).toEqual([{ role: 'event', target: { kind: 'entity', id: now } }]);
    expect(bench.set('a').mentions.get(mention?.id ?? '')?.entity).toBe(now);
    bench.step(fillWithEntity(bench.scene('a'), fact, 'event', made?.id ?? '', false));
    expect(bench.set('a').mentions.get(mention?.id ?? '')?.entity).toBe(made?.id);
    bench.undo();
    expect(bench.set('a').mentions.get(mention?.id ?? '')?.entity).toBe(now);
  });

  test('T5 a role that takes entities is filled with one that is typed, in one step', () => {
    const bench = new Workbench({ a: text });
    const stance = bench.tag('a', 'STANCE', '“no”');
    bench.step(fillWithEntity(bench.scene('a'), stance, 'target', { type: 'ISSUE', canonical: 'Guarantees must be binding' }, false));
    const [issue] = bench.registry.values();
    expect(issue).toMatchObject({ type: 'ISSUE', canonical: 'Guarantees must be binding' });
    expect(bench.set('a').annotations.get(stance)?.roles).toEqual([{ role: 'target', target: { kind: 'entity', id: issue?.id } }]);
    const other = bench.tag('a', 'STANCE', '“yes”');
    bench.step(fillWithEntity(bench.scene('a'), other, 'target', issue?.id ?? '', false));
    expect(bench.registry.size).toBe(1);
    bench.undo();
    bench.undo();
    bench.undo();
    expect(bench.registry.size).toBe(0);
  });
});

test('Y14 of some words of mentions the longest that is a name is taken, and none of pronouns and common words', () => {
  expect(longestName(['he', 'Mr Zelensky', 'Volodymyr Zelensky’s', 'the long-serving president'])).toBe('Volodymyr Zelensky');
  expect(longestName(['President Zelensky', 'Zelensky'])).toBe('Zelensky');
  expect(longestName(['he', 'himself', 'the long-serving president'])).toBeNull();
  expect(longestName([])).toBeNull();
});
