import { expect, test } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { setDone } from '../steps/gestures.ts';
import { agreementOn } from './article-agreement.ts';
import { summed } from './summed.ts';
import { Annotators } from './testing/annotators.ts';

// Eight words.
const text = 'One two three four. Five six seven eight.';
const on = (...names: string[]) => new Annotators(text, ...names);
const agreement = (team: Annotators) =>
  agreementOn({ article: 'a', text, readings: team.readings, decided: null }, { codebook: defaultCodebook, registry: team.registry });
const layers = (team: Annotators) => {
  const found = agreement(team);
  return Object.fromEntries(summed(found ? [found] : []).layers.map((each) => [each.layer, each]));
};

test('W88 F1 of two annotators counts the very same words, and those that overlap', () => {
  const team = on('anna', 'ben');
  team.tag('anna', 'QUOTE', 'One two');
  team.tag('anna', 'QUOTE', 'four');
  team.tag('anna', 'QUOTE', 'Five');
  team.tag('ben', 'QUOTE', 'One two');
  team.tag('ben', 'QUOTE', 'three four');
  const { QUOTE } = layers(team);
  expect(QUOTE?.pairs).toMatchObject([{ one: 'anna', other: 'ben', ofOne: 3, ofOther: 2, same: 1, overlapping: 2 }]);
  expect([QUOTE?.f1, QUOTE?.f1Overlapping]).toEqual([2 / 5, 4 / 5]);
});

test('W88 alpha of words takes each word as in a layer or not, by hand', () => {
  const team = on('anna', 'ben');
  team.tag('anna', 'QUOTE', 'One two');
  team.tag('ben', 'QUOTE', 'two three');
  // Of 8 words both have 1, one alone 2, none 5: 16 values, 4 of them in; 4 disagreeing pairs of values.
  expect(layers(team)['QUOTE']?.alpha).toBeCloseTo(1 - (15 * 4) / (2 * 4 * 12), 9);
});

test('W88 who has not worked on an article is not compared; who has marked it done found nothing', () => {
  const team = on('anna', 'ben', 'cleo');
  team.tag('anna', 'QUOTE', 'One two');
  expect(agreement(team)).toBeNull();
  team.tag('ben', 'QUOTE', 'One two');
  expect(agreement(team)?.annotators).toEqual(['anna', 'ben']);
  expect(layers(team)['QUOTE']).toMatchObject({ f1: 1, alpha: 1 });
  team.of('cleo').step(setDone(team.of('cleo').scene('a'), true));
  expect(layers(team)['QUOTE']).toMatchObject({ f1: 1 / 3 });
});

test('W88 attributes and roles are compared where both have an annotation, unset ones with set ones', () => {
  const team = on('anna', 'ben');
  team.tag('anna', 'STANCE', 'One', { polarity: 'favor' }, { holder: 'eight' });
  team.tag('ben', 'STANCE', 'One', { polarity: 'favor' }, { holder: 'eight' });
  team.tag('anna', 'STANCE', 'three', { polarity: 'against', conditional: true });
  team.tag('ben', 'STANCE', 'three');
  team.tag('anna', 'STANCE', 'six', { polarity: 'against' });
  const found = agreement(team);
  const fields = Object.fromEntries(summed(found ? [found] : []).fields.map(({ name, units, alpha }) => [name, [units, alpha]]));
  // favor favor, against nothing: 4 values, 2 of them favor; 2 disagreeing pairs.
  expect(fields['polarity']).toEqual([2, 1 - (3 * 2) / (16 - (4 + 1 + 1))]);
  expect(fields['conditional']).toEqual([2, 1 - (3 * 2) / (2 * 3 * 1)]);
  // Everybody’s holder is the same in the one place where there is one: alpha is not defined.
  expect(fields['holder']).toEqual([1, null]);
  expect(fields['target']).toBeUndefined();
  expect(fields['unsure']).toBeUndefined();
});

test('W88 decided are the cases that the adjudicator has an annotation for, not what nobody else has', () => {
  const team = on('anna', 'ben', 'gold');
  team.tag('anna', 'QUOTE', 'One');
  team.tag('ben', 'QUOTE', 'four');
  team.tag('gold', 'QUOTE', 'four');
  team.tag('ben', 'QUOTE', 'Five');
  team.tag('gold', 'QUOTE', 'Five');
  team.tag('gold', 'FACT', 'six');
  const readings = ['anna', 'ben'].map((name) => team.reading(name));
  const ground = { codebook: defaultCodebook, registry: team.registry };
  expect(agreementOn({ article: 'a', text, readings, decided: team.reading('gold') }, ground)).toMatchObject({
    ...{ annotators: ['anna', 'ben'], cases: 3, agreed: 0, decided: 2 },
  });
});

test('W88 counts are added up over articles, by annotators', () => {
  const one = on('anna', 'ben');
  one.tag('anna', 'QUOTE', 'One');
  one.tag('ben', 'QUOTE', 'One');
  const other = on('anna', 'ben');
  other.tag('anna', 'QUOTE', 'six');
  other.tag('anna', 'QUOTE', 'two');
  other.tag('ben', 'FACT', 'six');
  other.tag('ben', 'QUOTE', 'Five six');
  other.tag('anna', 'QUOTE', 'four');
  other.tag('ben', 'QUOTE', 'four');
  const parts = [one, other].flatMap((team) => agreement(team) ?? []);
  const { QUOTE, FACT } = Object.fromEntries(summed(parts).layers.map((each) => [each.layer, each]));
  expect(QUOTE?.pairs).toMatchObject([{ ofOne: 4, ofOther: 3, same: 2, overlapping: 3 }]);
  expect([QUOTE?.f1, QUOTE?.f1Overlapping, FACT?.f1, FACT?.pairs.length]).toEqual([4 / 7, 6 / 7, 0, 1]);
  expect(parts.map(({ cases, agreed }) => [cases, agreed])).toEqual([
    [1, 1],
    [4, 1],
  ]);
});
