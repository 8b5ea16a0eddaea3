import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Mention } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { type EntityRecord, newEntity, resolveRegistry } from '../model/entity.ts';
import { fillRole } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { quotedRanges } from '../text/quoted-ranges.ts';
import { namesOf, withoutTitle } from './entity-names.ts';
import { firstProposal, proposalsFor } from './entity-proposals.ts';
import { linkMention } from './linking.ts';

const time = '2026-01-01T00:00:00.000Z';
const types = defaultCodebook.entityTypes.map(({ id }) => id);
const entity = (id: string, canonical: string, aliases: string[] = [], type = 'PERSON'): EntityRecord => ({
  ...newEntity(id, 'anna', type, canonical, time),
  aliases: Object.fromEntries(aliases.map((alias) => [alias, { value: true, time }])),
});

/** A bench on `text` that knows `records`. */
function knowing(text: string, ...records: EntityRecord[]): Workbench {
  const bench = new Workbench({ a: text });
  bench.step(records.map((after) => ({ record: 'entity', id: after.id, before: null, after })));
  return bench;
}
/** A mention of `words`, the first within `context`, that nothing is linked to. */
function mentionOf(bench: Workbench, words: string, context = words): Mention {
  const start = bench.range('a', context).start + context.indexOf(words);
  return { id: 'asked', article: 'a', annotator: 'anna', span: { start, end: start + words.length, text: words }, entity: null };
}
function proposed(bench: Workbench, words: string, context = words, of = types): string[] {
  const { text, set, registry } = { text: bench.text('a'), set: bench.set('a'), registry: bench.registry };
  return proposalsFor({ text, set, registry, types: of }, mentionOf(bench, words, context)).map((each) => each.entity);
}
const reasons = (bench: Workbench, words: string) =>
  proposalsFor({ text: bench.text('a'), set: bench.set('a'), registry: bench.registry, types }, mentionOf(bench, words)).map(
    ({ reason }) => reason,
  );
const seed = (name: string) => readFileSync(new URL(`../../seeds/${name}`, import.meta.url), 'utf8');
const zelensky = entity('z', 'Volodymyr Zelensky');
const macron = entity('m', 'Emmanuel Macron');

describe('proposals for a name', () => {
  test('T6 a known name or alias comes first, whatever its case, title, possessive or spelling within one letter, with the reason in words', () => {
    const text =
      'Volodymyr Zelensky met President Emmanuel Macron. MR ZELENSKY’S view. Zelenskyy, Zelenský. Ukrainian President Volodymyr Zelensky.';
    const bench = knowing(text, { ...zelensky, aliases: { Zelensky: { value: true, time } } }, macron);
    expect(proposed(bench, 'Volodymyr Zelensky')).toEqual(['z']);
    expect(reasons(bench, 'Volodymyr Zelensky')).toEqual(['known as “Volodymyr Zelensky”']);
    expect(proposed(bench, 'MR ZELENSKY’S')).toEqual(['z']);
    expect(proposed(bench, 'President Emmanuel Macron')).toEqual(['m']);
    expect(proposed(bench, 'Ukrainian President Volodymyr Zelensky')).toEqual(['z']);
    expect(proposed(bench, 'Zelenský')).toEqual(['z']);
    expect(proposed(bench, 'Zelenskyy')).toEqual(['z']);
    expect(reasons(bench, 'Zelenskyy')).toEqual(['spelt almost like “Volodymyr Zelensky”']);
  });

  test('T6 a surname alone is proposed for a person who is named in the article, and for no other', () => {
    const named = knowing('Volodymyr Zelensky spoke. Mr Zelensky left.', zelensky);
    expect(proposed(named, 'Mr Zelensky')).toEqual(['z']);
    expect(proposed(knowing('Mr Zelensky left.', zelensky), 'Mr Zelensky')).toEqual([]);
    expect(proposed(knowing('Olena Zelensky left. Volodymyr Zelensky too.', zelensky), 'Olena Zelensky')).toEqual([]);
  });

  test('T6 of two who fit alike neither is proposed by key; the one whom the article means already is', () => {
    const bench = knowing('Kim spoke. Kim left. Kim came.', entity('a', 'Kim Jong Un', ['Kim']), entity('b', 'Kim Yo Jong', ['Kim']));
    const list = () =>
      proposalsFor({ text: bench.text('a'), set: bench.set('a'), registry: bench.registry, types }, mentionOf(bench, 'Kim', 'Kim left'));
    expect(list().map((each) => each.entity)).toEqual(['a', 'b']);
    expect(firstProposal(list())).toBeNull();
    const quote = bench.tag('a', 'QUOTE', 'spoke');
    bench.step(fillRole(bench.scene('a'), quote, 'speaker', { start: 0, end: 3 }, false));
    const [mention = ''] = bench.set('a').mentions.keys();
    bench.step(linkMention(bench.scene('a'), mention, 'b', false));
    expect(firstProposal(list())?.entity).toBe('b');
  });

  test('T6 titles tell men from women, and the types asked for count', () => {
    const bench = knowing(
      'Mr Biden spoke with Mrs Biden and Biden.',
      entity('joe', 'Joe Biden', ['Mr Biden', 'Biden']),
      entity('jill', 'Jill Biden', ['Mrs Biden', 'Biden']),
    );
    expect(proposed(bench, 'Mrs Biden')).toEqual(['jill']);
    expect(proposed(bench, 'Mr Biden')).toEqual(['joe']);
    expect(proposed(bench, 'Biden', 'and Biden', ['PLACE'])).toEqual([]);
  });

  test('T7 a capital is proposed as its government only where the registry has that, and teaches it no name', () => {
    const text = 'Moscow refused. Washington agreed.';
    const kremlin = entity('k', 'Russian government', ['the Kremlin'], 'ORGANISATION');
    const bench = knowing(text, kremlin, entity('w', 'Washington Post', [], 'ORGANISATION'));
    const [first] = proposalsFor({ text, set: bench.set('a'), registry: bench.registry, types }, mentionOf(bench, 'Moscow'));
    expect(first).toMatchObject({ entity: 'k', learn: false });
    expect(proposed(bench, 'Washington')).toEqual([]);
  });

  test('T6 entities that were merged or removed are not proposed', () => {
    const gone = { ...zelensky, fields: { ...zelensky.fields, removed: { value: true, time } } };
    expect(proposed(knowing('Volodymyr Zelensky spoke.', gone), 'Volodymyr Zelensky')).toEqual([]);
  });

  test('T6 a name loses its titles, and a common word nothing', () => {
    const cases = {
      'UK Prime Minister Sir Keir Starmer': 'Keir Starmer',
      'the president': 'president',
      'Mr. Zelensky’s': 'Zelensky',
      President: 'President',
      'The Hague': 'Hague',
    };
    for (const [words, bare] of Object.entries(cases)) expect(withoutTitle(words), words).toBe(bare);
  });
});

describe('proposals for a pronoun', () => {
  test('T8 the nearest person named before a pronoun is proposed, past quotations and pronouns, in the seed articles too', () => {
    const text = seed('000_2c23301dd0a18933.txt');
    const bench = knowing(text, zelensky, macron, entity('s', 'Keir Starmer'), entity('p', 'Vladimir Putin'));
    expect(proposed(bench, 'he', 'yet,” he said')[0]).toBe('z');
    expect(proposed(bench, 'he', '“huge step forward,” he noted')[0]).toBe('z');
  });

  test('T8 who is named inside a quotation does not say it', () => {
    const bench = knowing('Volodymyr Zelensky spoke. “Emmanuel Macron is wrong,” he said.', zelensky, macron);
    expect(proposed(bench, 'he', 'he said')).toEqual(['z']);
  });

  test('T8 titles rule out, and a person whom the registry does not know ends the search', () => {
    const text = 'Ursula Leyen met Emmanuel Macron. Mrs Leyen said she agreed. Mr Macron said he did. Mr Costa smiled; he left.';
    const bench = knowing(text, macron, entity('u', 'Ursula Leyen'));
    expect(proposed(bench, 'she')).toEqual(['u']);
    expect(proposed(bench, 'he', 'he did')).toEqual(['m']);
    expect(proposed(bench, 'he', 'he left')).toEqual([]);
  });

  test('T8 “I” in a quotation is its speaker; “he” in one, “it” and “they” are nobody that can be told', () => {
    const text = 'Volodymyr Zelensky came. “I asked him, and he said they know it,” he said. I wrote this.';
    const bench = knowing(text, zelensky);
    const quote = bench.tag('a', 'QUOTE', '“I asked him, and he said they know it,”');
    bench.step(fillRole(bench.scene('a'), quote, 'speaker', bench.range('a', 'Volodymyr Zelensky'), false));
    expect(proposed(bench, 'I', '“I asked')).toEqual([]);
    bench.step(linkMention(bench.scene('a'), [...bench.set('a').mentions.keys()][0] ?? '', 'z', true));
    expect(proposed(bench, 'I', '“I asked')).toEqual(['z']);
    expect(proposed(bench, 'I', 'I wrote')).toEqual([]);
    expect(proposed(bench, 'he', 'and he said')).toEqual([]);
    expect(proposed(bench, 'they')).toEqual([]);
    expect(proposed(bench, 'it')).toEqual([]);
  });

  test('T8 a relative pronoun is who stands just before it', () => {
    const bench = knowing('Emmanuel Macron met Volodymyr Zelensky, who left the room which was cold.', zelensky, macron);
    expect(proposed(bench, 'who')).toEqual(['z']);
    expect(proposed(bench, 'which')).toEqual([]);
  });

  test('T8 quotations are told from apostrophes, and end with their line', () => {
    const text = 'The ‘Coalition’s plan’ of the allies’ and “open\nnew «a ’b’ c» don’t "x" y';
    expect(quotedRanges(text).map(({ start, end }) => text.slice(start, end))).toEqual(['‘Coalition’s plan’', '“open', '«a ’b’ c»', '"x"']);
  });
});

test('T9 what is known of names follows the registry as it changes, and goes back with it', () => {
  const first = resolveRegistry([zelensky, macron]);
  const renamed = resolveRegistry([zelensky, entity('m', 'Manu', ['E. Macron'])]);
  const called = (registry: typeof first, name: string) =>
    namesOf(registry)
      .called(name)
      .map((each) => each.entity.id);
  for (let round = 0; round < 2; round++) {
    expect([called(first, 'Emmanuel Macron'), called(first, 'Manu')]).toEqual([['m'], []]);
    expect([called(renamed, 'Emmanuel Macron'), called(renamed, 'Manu'), called(renamed, 'E Macron')]).toEqual([[], ['m'], ['m']]);
    expect(
      namesOf(renamed)
        .surnamed('Macron')
        .map((each) => each.name),
    ).toEqual(['E. Macron']);
    expect(called(resolveRegistry([]), 'Volodymyr Zelensky')).toEqual([]);
  }
});

test('T9 names are found by their beginning before their middle, at most as many as asked for, among 10,000', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => entity(`e${String(index).padStart(5, '0')}`, `Person Number${index}`));
  const registry = resolveRegistry([
    ...many,
    zelensky,
    entity('o', 'Olena Zelenska'),
    entity('x', 'Zelensky Foundation', [], 'ORGANISATION'),
  ]);
  const found = (words: string, of = types) =>
    namesOf(registry)
      .search(words, of, 5)
      .map((each) => each.entity.id);
  expect(found('zelensk')).toEqual(['x', 'o', 'z']);
  expect(found('ZELENSK', ['PERSON'])).toEqual(['o', 'z']);
  expect(found('Number')).toHaveLength(5);
  expect(found('number123')[0]).toBe('e00123');
});

test('Y15 what may be the same entry under another spelling: a name one letter off, or a surname of a person, and only of the same type', () => {
  const registry = resolveRegistry([
    ...[entity('z1', 'Volodymyr Zelensky'), entity('z2', 'Volodymyr Zelenskyy'), entity('z3', 'Olena Zelensky'), entity('s', 'Zelensky')],
    ...[entity('m', 'Emmanuel Macron'), entity('p', 'Zelensky', [], 'PLACE')],
    ...[entity('n1', 'Nato', ['The alliance'], 'ORG'), entity('n2', 'North Alliance', [], 'ORG'), entity('n3', 'NATO', [], 'ORG')],
  ]);
  const similar = (id: string) =>
    namesOf(registry)
      .similar(registry.get(id) ?? { id, type: 'PERSON', canonical: 'Brigitte Macron' })
      .map((each) => each.id)
      .sort();
  expect(similar('z2')).toEqual(['s', 'z1', 'z3']);
  expect(similar('s')).toEqual(['z1', 'z2', 'z3']);
  expect(similar('m')).toEqual([]);
  expect(similar('new')).toEqual(['m']);
  expect(similar('p')).toEqual([]);
  expect(similar('n1')).toEqual(['n3']);
});
