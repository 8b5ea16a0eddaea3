import { describe, expect, test } from 'vitest';
import { newEntity, resolveRegistry } from '../model/entity.ts';
import { suggest } from './index.ts';
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

  test.each([
    ['The firm put the cost at $11 million, not $18 million as first reported.', ['The firm put the cost at $11 million']],
    ['“We left,” said Ana Ruiz, a teacher who had climbed onto a roof with nine children.', []],
    ['Ana Ruiz, whose school lost two pupils, does not want a resignation.', []],
    ['The man who shot three people was arrested on Monday.', ['The man who shot three people was arrested on Monday']],
  ])('W83 what stands alone is a fact, what only adds to a noun is none: %s', (text, spans) =>
    expect(facts(text).flatMap((fact) => fact.spans)).toEqual(spans),
  );

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
    ['The United States did not sign the pledge.', 'negative'],
    ['Leaders, some of them new, gathered in Paris this week.', 'positive'],
    ['The rebels never occupied the old town.', 'negative'],
  ])('Z13 an event with who did it is a fact: %s', (text, polarity) => {
    expect(facts(text).map(({ rule, attributes }) => [rule, attributes['fact_polarity']])).toEqual([['fact.event', polarity]]);
  });

  test.each([
    ['a list', 'Nearly 30 leaders from Europe, Canada, and Japan took part in the summit.'],
    [
      'one of two statements',
      'Russia occupies roughly 20% of the country and has opposed the plan.',
      'Russia occupies roughly 20% of the country',
    ],
    ['what opens it', 'With Ana Ruiz present, 30 leaders took part.', '30 leaders took part'],
    ['what is said', 'Ana Ruiz noted 300 houses were lost.', '300 houses were lost'],
    ['what joins it', 'It ended in Paris, where 30 nations discussed the plan.', '30 nations discussed the plan'],
  ])('Z26 a fact is one statement that stands alone: %s', (_, text, span = text.slice(0, -1)) =>
    expect(facts(text).map(({ spans }) => spans.join())).toEqual([span]),
  );

  test('Z26 what was intended or depends on something takes nothing off the certainty of what was done', () => {
    expect(facts('Britain signed a declaration to send troops if a deal is reached.')[0]?.attributes['certainty']).toBe('certain');
    expect(facts('Britain reportedly did not sign the deal.')[0]?.attributes).toMatchObject({
      certainty: 'probable',
      attribution: 'attributed',
    });
  });

  test.each([
    ['with its last preposition', 'Net income rose to $412 million, or $1.18 a share, in the three months ended June 30.', undefined],
    ['without an opening and what is beside it', 'In Norvia, its largest market, sales fell 3.5%.', 'sales fell 3.5%'],
    ['with a subject and what is beside it', 'In Norvia, Tom Berg, a farmer, won three seats.', 'Tom Berg, a farmer, won three seats'],
    ['of what happened before', 'Talks broke off, hours after shelling killed 14 people.', 'shelling killed 14 people'],
    ['of many that were named before', 'More than 2,000 have been displaced.', 'More than 2,000 have been displaced'],
    ['of a toll', 'The government had put the toll at 11.', 'The government had put the toll at 11'],
  ])('W103 a fact with a number is told whole: %s', (_, text, span = text.slice(0, -1)) =>
    expect(facts(text).map(({ spans }) => spans.join())).toEqual([span]),
  );

  test.each([
    ['a time of day', 'Waves topped the wall just after four o’clock.'],
    ['when somebody died', 'His wife left four winters ago.'],
    ['an age that is a name', 'The 51-year-old shrugged at it.'],
    ['a label', 'The parcel 1449075600 was late.'],
    ['what is supposed', 'It would be wrong if Ana Ruiz had never opened a school.'],
  ])('W103 %s is no fact', (_, text) => expect(facts(text)).toEqual([]));

  test('W103 what a second cue reports is attributed to its speaker', () => {
    const [fact] = facts('“I have seen worse days than this one,” Ana Ruiz said, adding that Norvia had signed the pledge.');
    expect(fact?.attributes['attribution']).toBe('attributed');
    expect(fact?.roles).toEqual({ source: 'Ana Ruiz' });
  });

  test('Z27 a fact names where its numbers stand, and the event of the registry that its sentence names', () => {
    const text = 'The Paris summit included 30 leaders, including 12 ministers.';
    const record = newEntity('e1', 'ann', 'EVENT', 'Paris summit', '2026-01-01T00:00:00Z');
    const [fact] = suggest(text, { registry: resolveRegistry([record]) });
    expect(fact?.quantityPlaces?.map((place) => place.text)).toEqual(['30', '12']);
    expect(fact?.roles).toMatchObject([{ role: 'event', span: { text: 'Paris summit' }, entity: { id: 'e1' } }]);
    expect(suggest('Nearly 30 leaders met in Paris summitry.', { registry: resolveRegistry([record]) })[0]?.roles).toEqual([]);
  });

  test.each([
    ['what somebody thinks', 'Aides believe their work of eight years, promoting jobs, was good.'],
    ['when it was', 'The party won the region four years ago.'],
    ['a participle', 'The deal holds, ending the four-year war.'],
    ['a relative clause', 'He leads the group, which has 30 members.'],
    ['a headline', '300 houses lost in flood'],
    ['a date', 'The council met again in 2024.'],
    ['words in marks', '“The flood destroyed 300 houses in the old town,” Ana Ruiz said.'],
    ['an adjective', 'They moved to agreed positions near the river.'],
  ])('Z13 %s is none', (_, text) => expect(facts(text).filter(({ rule }) => rule === 'fact.number' || !/met/.test(text))).toEqual([]));

  test.each([
    ['Ana Ruiz, a former mayor of the town, welcomed them.', 'Ana Ruiz, a former mayor of the town'],
    ['It was Tom Berg, her brother.', 'Tom Berg, her brother'],
    ['Ana Ruiz, a good choice, was late.', undefined],
    ['Ana Ruiz, the mayor who left, was late.', undefined],
    ['They met Ana Ruiz, the mayor and Tom Berg.', undefined],
  ])('Z72 who somebody is, beside the name, is a fact of little worth to check and less sure than is shown: %s', (text, span) => {
    const [fact] = facts(text).filter(({ rule }) => rule === 'fact.role');
    expect(fact?.spans.join()).toBe(span);
    if (fact) expect(fact.attributes['checkworthiness']).toBe('unimportant');
    for (const { rule, confidence } of suggest(text)) if (rule === 'fact.role') expect(confidence).toBeLessThan(0.5);
  });
});
