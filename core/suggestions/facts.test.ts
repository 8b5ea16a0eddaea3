import { describe, expect, test } from 'vitest';
import { found } from './testing/found.ts';

const facts = (text: string) => found('FACT', text);

describe('facts', () => {
  test('Z13 a clause with a number and what it counts is a numerical fact with its quantities', () => {
    const [fact, ...others] = facts('The meeting included delegates from 35 countries, including 27 leaders.');
    expect(others).toEqual([]);
    expect(fact?.spans).toEqual(['The meeting included delegates from 35 countries, including 27 leaders']);
    expect(fact?.attributes).toMatchObject({
      claim_type: 'numerical',
      attribution: 'asserted',
      certainty: 'certain',
      fact_polarity: 'positive',
    });
    expect(fact?.attributes['quantity']).toMatchObject([
      { value: 35, modifier: 'exact', counts: 'countries' },
      { value: 27, modifier: 'exact', counts: 'leaders' },
    ]);
  });

  test('Z13 “roughly” goes to the quantity, “may” to the certainty, “not” to the polarity', () => {
    expect(facts('Russia occupies roughly 20% of the country.')[0]?.attributes['quantity']).toMatchObject([
      { value: 20, modifier: 'approx', unit: 'per cent' },
    ]);
    expect(facts('The town may lose 300 houses.')[0]?.attributes['certainty']).toBe('possible');
    expect(facts('The town did not lose 300 houses.')[0]?.attributes['fact_polarity']).toBe('negative');
  });

  test('Z13 what someone reports is attributed, with its source and without its cue', () => {
    const [fact] = facts('Ana Ruiz said that the flood destroyed 300 houses.');
    expect(fact?.spans).toEqual(['the flood destroyed 300 houses']);
    expect(fact?.attributes['attribution']).toBe('attributed');
    expect(fact?.roles).toEqual({ source: 'Ana Ruiz' });
  });

  test.each([
    ['Britain and France signed a declaration on Tuesday.', 'positive'],
    ['The United States did not sign the pledge, and Britain signed nothing.', 'positive'],
    ['The rebels never occupied the old town.', 'negative'],
  ])('Z13 an event with who did it is a fact: %s', (text, polarity) => {
    expect(facts(text).map(({ rule, attributes }) => [rule, attributes['fact_polarity']])).toEqual([['fact.event', polarity]]);
  });

  test.each([
    ['a headline', '300 houses lost in flood'],
    ['a date', 'The council met again in 2024.'],
    ['words in marks', '“The flood destroyed 300 houses in the old town,” Ana Ruiz said.'],
    ['an adjective', 'They moved to agreed positions near the river.'],
  ])('Z13 %s is none', (_, text) => expect(facts(text).filter(({ rule }) => rule === 'fact.number' || !/met/.test(text))).toEqual([]));
});
