import { expect, test } from 'vitest';
import { setNote } from '../steps/gestures.ts';
import { casesOf, isAgreed } from './cases.ts';
import { Annotators } from './testing/annotators.ts';

const text = 'Mayor Ana Ruiz welcomed the plan. “Build it,” she said. Ben Roth, a critic, rejected the plan.';
const team = () => new Annotators(text, 'anna', 'ben', 'cleo');

const told = (on: Annotators, decider: string | null = null) => {
  const compared = on.readings.filter(({ annotator }) => annotator !== decider);
  return casesOf(compared, decider ? on.reading(decider) : null, on.registry);
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
