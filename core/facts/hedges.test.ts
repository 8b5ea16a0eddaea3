import { describe, expect, test } from 'vitest';
import { hedgeIn } from './hedges.ts';

const cases = [
  ['Washington reportedly did not sign onto a collective security guarantee', 'probable', 'reportedly'],
  ['German troops could participate in monitoring a ceasefire', 'possible', 'could'],
  ['the deal may be signed', 'possible', 'may'],
  ['He is believed to have left', 'probable', 'is believed'],
  ['the law will likely pass', 'underspecified', 'will'],
  ['a deal is likely', 'probable', 'likely'],
  ['troops stay if a peace deal is reached', 'underspecified', 'if'],
] as const;

describe('hedges', () => {
  test.each(cases)('U3 %s', (text, certainty, words) => {
    const hedge = hedgeIn(text);
    expect(hedge && [hedge.certainty, text.slice(hedge.range.start, hedge.range.end)]).toEqual([certainty, words]);
  });

  test.each([
    'The meeting included delegates from 35 countries',
    'elections on 25 May and in May 2025',
    'a could-be, a shoulder, a mighty mayor',
    'that is not likely',
  ])('U3 none in “%s”', (text) => {
    expect(hedgeIn(text)).toBeNull();
  });
});
