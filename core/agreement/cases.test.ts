import { expect, test } from 'vitest';
import type { Annotation, RoleFiller } from '../model/annotation.ts';
import type { Codebook } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { setNote } from '../steps/gestures.ts';
import { spanAt } from '../text/span.ts';
import { agreementOn } from './article-agreement.ts';
import { casesOf, isAgreed } from './cases.ts';
import { Annotators } from './testing/annotators.ts';

const text = 'Mayor Ana Ruiz welcomed the plan. “Build it,” she said. Ben Roth, a critic, rejected the plan.';
const team = () => new Annotators(text, 'anna', 'ben', 'cleo');

const told = (on: Annotators, decider: string | null = null, codebook: Codebook = defaultCodebook) => {
  const compared = on.readings.filter(({ annotator }) => annotator !== decider);
  return casesOf(compared, decider ? on.reading(decider) : null, { codebook, registry: on.registry });
};

test('W87 a case has what each made of it, who has nothing there, and what they give differently', () => {
  const on = team();
  const [anna, ben] = [
    on.tag('anna', 'STANCE', 'welcomed the plan', { polarity: 'favor' }, { holder: 'Ana Ruiz' }),
    on.tag('ben', 'STANCE', 'welcomed', { polarity: 'mixed' }, { holder: 'Mayor Ana Ruiz' }),
  ];
  for (const name of ['anna', 'ben', 'cleo']) on.tag(name, 'QUOTE', '“Build it,”', { type: 'direct' });
  const [first, second, ...others] = told(on);
  expect(others).toEqual([]);
  expect(first?.versions.map(({ annotator, annotation }) => [annotator, annotation.id])).toEqual([
    ['anna', anna],
    ['ben', ben],
  ]);
  expect(first).toMatchObject({
    missing: ['cleo'],
    decision: null,
    differs: [{ kind: 'words' }, { kind: 'attribute', name: 'polarity' }, { kind: 'role', name: 'holder' }],
  });
  expect(second).toMatchObject({ missing: [], differs: [] });
  expect([first, second].map((each) => each && isAgreed(each))).toEqual([false, true]);
});

test('W87 a doubt and a note are the annotator’s own, and a role is the same where the same one is meant', () => {
  const on = team();
  const [anna] = ['anna', 'ben'].map((name) => on.tag(name, 'QUOTE', '“Build it,”', { unsure: name === 'anna' }, { speaker: 'she' }));
  on.of('anna').step(setNote(on.of('anna').scene('a'), anna as string, 'Who?'));
  expect(told(on)[0]).toMatchObject({ missing: ['cleo'], differs: [] });
  on.tag('cleo', 'QUOTE', '“Build it,”', {}, { speaker: 'Ana Ruiz' });
  const speaker = { kind: 'role', name: 'speaker' };
  expect(told(on)[0]?.differs).toContainEqual(speaker);
  for (const [name, words] of [
    ['anna', 'she'],
    ['ben', 'she'],
    ['cleo', 'Ana Ruiz'],
  ] as const)
    on.link(name, words, 'ruiz');
  expect(told(on)[0]?.differs).not.toContainEqual(speaker);
});

test('W87 what the adjudicator has is the decision and no version, also where nobody else has anything', () => {
  const on = team();
  on.tag('anna', 'QUOTE', '“Build it,”');
  const decision = on.tag('cleo', 'QUOTE', '“Build it,” she said');
  const own = on.tag('cleo', 'FACT', 'a critic');
  const cases = told(on, 'cleo');
  expect(cases.map((each) => [each.versions.length, each.missing, each.decision?.id])).toEqual([
    [1, ['ben'], decision],
    [0, ['anna', 'ben'], own],
  ]);
  expect(cases.map(isAgreed)).toEqual([false, false]);
});

test('W87 values are the same where they mean the same: unset and no, numbers by their places, lists and fillers in any order, letter case', () => {
  const on = new Annotators('She said she left 12 of 12 towns.', 'anna', 'ben');
  const ids = Object.fromEntries(['anna', 'ben'].map((name) => [name, on.tag(name, 'FACT', 'left')])) as Record<'anna' | 'ben', string>;
  const places = { anna: ['a1', 'a2'], ben: ['b1', 'b2'] } as const;
  for (const [name, [first, second]] of Object.entries(places)) {
    const bench = on.of(name);
    for (const [id, start, end] of [
      [`${first}w`, 0, 3],
      [`${second}w`, 9, 12],
      [first, 18, 20],
      [second, 24, 26],
    ] as const) {
      const after = { id, article: 'a', annotator: name, span: spanAt(bench.text('a'), { start, end }), entity: null };
      bench.step([{ record: 'mention', article: 'a', id, before: null, after }]);
    }
  }
  type Given = Partial<Pick<Annotation, 'attributes' | 'roles'>>;
  const give = (name: 'anna' | 'ben', given: Given) => {
    const [bench, id] = [on.of(name), ids[name]];
    const before = bench.set('a').annotations.get(id) as Annotation;
    bench.step([{ record: 'annotation', article: 'a', id, before, after: { ...before, attributes: {}, roles: [], ...given } }]);
  };
  const differs = (anna: Given, ben: Given) => {
    give('anna', anna);
    give('ben', ben);
    return told(on)[0]?.differs.map((field) => ('name' in field ? field.name : field.kind));
  };
  expect(differs({}, { attributes: { a: false, b: '', c: [] } })).toEqual([]);
  expect(differs({ attributes: { a: true } }, { attributes: { a: false } })).toEqual(['a']);
  expect(differs({ attributes: { a: ['x', 'y'] } }, { attributes: { a: ['x', 'y'] } })).toEqual([]);
  expect(differs({ attributes: { a: ['x', 'y'] } }, { attributes: { a: ['x', 'z'] } })).toEqual(['a']);
  expect(differs({ attributes: { a: ['x', 'y'] } }, { attributes: { a: ['y', 'x'] } })).toEqual([]);
  const count = (mention: string | null): Given => ({
    attributes: { n: [{ value: 12, value_max: null, modifier: 'exact', unit: '', counts: '', mention }] },
  });
  expect([differs(count('a1'), count('b1')), differs(count('a1'), count('b2')), differs(count(null), count('b1'))]).toEqual([
    [],
    ['n'],
    ['n'],
  ]);
  const filled = (...targets: RoleFiller['target'][]): Given => ({ roles: targets.map((target) => ({ role: 'who', target })) });
  const [author, entity] = [{ kind: 'author' } as const, (id: string) => ({ kind: 'entity', id }) as const];
  const own = (kind: 'mention' | 'annotation', id: string) => ({ kind, id }) as const;
  expect(differs(filled(author, entity('e')), filled(entity('e'), author))).toEqual([]);
  expect([differs(filled(author), filled(entity('e'))), differs(filled(entity('e')), filled(entity('f')))]).toEqual([['who'], ['who']]);
  expect(differs(filled(own('mention', 'a1w')), filled(own('mention', 'b2w')))).toEqual([]);
  expect(differs(filled(own('mention', 'a1w')), filled(own('mention', 'b1')))).toEqual(['who']);
  expect(differs(filled(own('annotation', ids.anna)), filled(own('annotation', ids.ben)))).toEqual([]);
  expect(differs(filled(own('annotation', ids.anna)), filled(own('annotation', 'gone')))).toEqual(['who']);
});

test('W136 annotations that two annotators have under one id are told as two, each its own annotator’s', () => {
  const on = team();
  const id = on.tag('anna', 'STANCE', 'welcomed the plan', { polarity: 'favor' });
  const theirs = on.of('anna').set('a').annotations.get(id) as Annotation;
  const ben: Annotation = { ...theirs, annotator: 'ben', attributes: { ...theirs.attributes, polarity: 'mixed' } };
  on.of('ben').step([{ record: 'annotation', article: 'a', id, before: null, after: ben }]);
  const [only, ...others] = told(on);
  expect([only?.versions.map(({ annotator }) => annotator), only?.missing, others]).toEqual([['anna', 'ben'], ['cleo'], []]);
  const [decided] = told(on, 'ben');
  expect([decided?.versions.map(({ annotator }) => annotator), decided?.decision?.annotator]).toEqual([['anna'], 'ben']);
  const found = agreementOn(
    { article: 'a', text, readings: on.readings, decided: null },
    { codebook: defaultCodebook, registry: on.registry },
  );
  expect(
    found?.fields
      .find(({ name }) => name === 'polarity')
      ?.rows.map(({ one }) => one)
      .sort(),
  ).toEqual(['favor', 'mixed']);
});

test('W137 what the codebook has retired is no case and no difference, nor what an adjudicator is asked to decide', () => {
  const on = team();
  for (const [name, intensity] of [
    ['anna', 'high'],
    ['ben', 'low'],
    ['cleo', 'low'],
  ] as const) {
    on.tag(name, 'STANCE', 'welcomed the plan', { polarity: 'favor', intensity }, name === 'anna' ? { holder: 'Ana Ruiz' } : {});
    on.tag(name, 'QUOTED_TERM', 'a critic');
  }
  expect(told(on).map(({ differs }) => differs.length)).toEqual([2, 0]);
  const retired = { retired: true } as const;
  const without: Codebook = {
    ...defaultCodebook,
    layers: defaultCodebook.layers.map((layer) => ({
      ...(layer.id === 'QUOTED_TERM' ? { ...layer, ...retired } : layer),
      attributes: layer.attributes.map((each) => (each.name === 'intensity' ? { ...each, ...retired } : each)),
      roles: layer.roles.map((each) => (each.name === 'holder' ? { ...each, ...retired } : each)),
    })),
  };
  const [only, ...others] = told(on, null, without);
  expect([only && isAgreed(only), others]).toEqual([true, []]);
  const ground = { codebook: without, registry: on.registry };
  expect(agreementOn({ article: 'a', text, readings: on.readings, decided: null }, ground)).toMatchObject({ cases: 1, agreed: 1 });
});
