import { expect, test } from 'vitest';
import { casesOf } from '../../../core/agreement/cases.ts';
import { Annotators } from '../../../core/agreement/testing/annotators.ts';
import { choicesOf } from './case-versions.ts';
import { differenceWords } from './difference-words.ts';

test('F105 versions that are the same are one choice, those that most have first, and a row says what differs and who has nothing', () => {
  const on = new Annotators('She welcomed the plan.', 'anna', 'ben', 'cleo', 'dora');
  on.tag('anna', 'STANCE', 'welcomed', { polarity: 'mixed' }, { holder: 'She' });
  on.tag('ben', 'STANCE', 'welcomed', { polarity: 'favor', unsure: true }, { holder: 'She' });
  on.tag('cleo', 'STANCE', 'welcomed', { polarity: 'favor' }, { holder: 'She' });
  const ground = { codebook: on.of('anna').scene('a').codebook, registry: on.registry };
  const [first] = casesOf(on.readings, null, ground);
  if (!first) throw new Error('no case');
  expect(choicesOf(first, on.readings, on.registry).map(({ annotators }) => annotators)).toEqual([['ben', 'cleo'], ['anna']]);
  const annotators = ['anna', 'ben', 'cleo', 'dora'].map((id) => ({ id, name: id.toUpperCase(), role: 'annotator' as const }));
  const codebook = on.of('anna').scene('a').codebook;
  expect(differenceWords(first, annotators, codebook)).toBe('polarity · not DORA');
  const [agreed] = casesOf(on.readings.slice(1, 3), null, ground);
  expect(agreed && differenceWords(agreed, annotators, codebook)).toBe('all agree');
  const [alone] = casesOf([], on.reading('ben'), ground);
  expect(alone && differenceWords(alone, annotators, codebook)).toBe('only decided');
});
