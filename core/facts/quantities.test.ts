import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Quantity } from '../model/annotation.ts';
import { quantitiesIn } from './quantities.ts';

/** The quantities of `text`, one string each: modifier where it is not exact, value..max, [unit], what is counted, “the words”. */
function told(text: string): string[] {
  return quantitiesIn(text).map(({ quantity, range }) => {
    const { value, value_max, modifier, unit, counts }: Quantity = quantity;
    const parts = [
      modifier === 'exact' ? '' : modifier,
      value_max === null ? value : `${value}..${value_max}`,
      unit && `[${unit}]`,
      counts,
    ];
    return `${parts.filter((part) => part !== '').join(' ')} “${text.slice(range.start, range.end)}”`;
  });
}

const cases: readonly (readonly [text: string, ...quantities: string[]])[] = [
  // The seeds.
  ['The meeting included delegates from 35 countries, including 27 leaders', '35 countries “35”', '27 leaders “27”'],
  ['Russia currently occupies roughly 20% of Ukraine, including most of the region', 'approx 20 [per cent] Ukraine “20%”'],
  ['nearly 30 leaders from Europe, Canada, Japan, and Australia took part', 'approx 30 leaders “30”'],
  ['a “Coalition of the Willing” comprising 30 nations discussed the framework', '30 nations “30”'],
  [
    'approximately 20% of Ukrainian territory, including 75% of the Donetsk region and nearly all of neighboring Luhansk',
    'approx 20 [per cent] Ukrainian territory “20%”',
    '75 [per cent] Donetsk region “75%”',
  ],
  ['a peace deal was “90% ready.”', '90 [per cent] “90%”'],
  ['the framework for ending the four-year conflict'],
  ['ending a four-year conflict', '4 [years] “four-year”'],
  ['the nearly four-year-long war ignited by the invasion in 2022', 'approx 4 [years] “four-year”'],
  // Ranges.
  ['30 to 35 countries', '30..35 countries “30 to 35”'],
  ['between 30 and 35 countries', '30..35 countries “30 and 35”'],
  ['5-10 tanks', '5..10 tanks “5-10”'],
  ['5–10 million people', '5000000..10000000 people “5–10 million”'],
  ['two or three weeks', '2..3 [weeks] “two or three weeks”'],
  ['cuts of 5 to 10 per cent', '5..10 [per cent] “5 to 10 per cent”'],
  ['between $5 and $10 billion', '5000000000..10000000000 [USD] “$5 and $10 billion”'],
  ['rose from 5 to 10 per cent', '5 “5”', '10 [per cent] “10 per cent”'],
  // How exact.
  ['about 40 ships', 'approx 40 ships “40”'],
  ['some 2000 soldiers', 'approx 2000 soldiers “2000”'],
  ['around 12 hours', 'approx 12 [hours] “12 hours”'],
  ['almost a dozen drones', 'approx 12 drones “a dozen”'],
  ['an estimated 40,000 North Korean soldiers', 'approx 40000 North Korean soldiers “40,000”'],
  ['30 or so nations', 'approx 30 nations “30”'],
  ['at least 12 people were killed', 'at_least 12 people “12”'],
  ['more than 1,200 troops', 'at_least 1200 troops “1,200”'],
  ['over 5 years', 'at_least 5 [years] “5 years”'],
  ['no fewer than 3,000 drone operators', 'at_least 3000 drone operators “3,000”'],
  ['12 or more drones', 'at_least 12 drones “12”'],
  ['100+ drones', 'at_least 100 drones “100+”'],
  ['up to 15,000 soldiers', 'at_most 15000 soldiers “15,000”'],
  ['fewer than 100 tanks', 'at_most 100 tanks “100”'],
  ['less than 3 per cent', 'at_most 3 [per cent] “3 per cent”'],
  ['under 40 degrees', 'at_most 40 [degrees] “40 degrees”'],
  ['no more than 6 aircraft', 'at_most 6 aircraft “6”'],
  ['exactly 3 votes', '3 votes “3”'],
  // Units and money.
  ['$5 million in military aid', '5000000 [USD] military aid “$5 million”'],
  ['€3.5bn', '3500000000 [EUR] “€3.5bn”'],
  ['£200k', '200000 [GBP] “£200k”'],
  ['US$60 billion', '60000000000 [USD] “US$60 billion”'],
  ['90 million euros', '90000000 [EUR] “90 million euros”'],
  ['20 km of road', '20 [km] road “20 km”'],
  ['600 square kilometres', '600 [square km] “600 square kilometres”'],
  ['5 percentage points', '5 [percentage points] “5 percentage points”'],
  ['it was -5°C', '-5 [°C] “-5°C”'],
  ['a 35-year-old man', '35 [years] “35-year”'],
  ['the 35-year-old man', '35 [years] “35-year”'],
  // Numbers in words and in other writings.
  ['twenty-seven leaders', '27 leaders “twenty-seven”'],
  ['Seven leaders met', '7 leaders “Seven”'],
  ['two dozen aircraft', '24 aircraft “two dozen”'],
  ['half a dozen drones', '6 drones “half a dozen”'],
  ['five hundred and twenty thousand men', '520000 men “five hundred and twenty thousand”'],
  ['a million people', '1000000 people “a million”'],
  ['two and a half years', '2.5 [years] “two and a half years”'],
  ['a third of the country', '0.3333 [share] country “a third”'],
  ['half of the troops', '0.5 [share] troops “half”'],
  ['two-thirds of voters', '0.6667 [share] voters “two-thirds”'],
  ['1,50,000 people', '150000 people “1,50,000”'],
  ['10\u00a0000 people', '10000 people “10\u00a0000”'],
  ['1.5 million refugees', '1500000 refugees “1.5 million”'],
  ['4.1 million refugees', '4100000 refugees “4.1 million”'],
  ['one person died', '1 person “one”'],
  ['27 of the 35 countries', '27 countries “27”', '35 countries “35”'],
  ['the 28-point plan', '28 point “28”'],
  ['the 300,000-strong army', '300000 “300,000”'],
  // What is no quantity.
  ['on Tuesday 6 January 2026'],
  ['PARIS, Sept 4 – Western leaders'],
  ['Berlin, Germany, August 13, 2025'],
  ['from 6 to 8 January'],
  ['on January 6th and 2026-01-07'],
  ['at 10:30, at 10.30, at 5 p.m. and 10.30am'],
  ['the 2022 invasion'],
  ['from 2014 to 2022'],
  ['in 2025-26'],
  ['No. 10 said'],
  ['Article 5 of the treaty'],
  ['this 12-day war and the 30-km zone'],
  ['World War II and World War Two'],
  ['G7 leaders, the G20, F-16s and MH17'],
  ['the 1990s'],
  ['the 21st and the twenty-first century'],
  ['its fourth anniversary'],
  ['a third country'],
  ['one of the leaders said one day'],
  ['no one, everyone, one another'],
  ['the two-state solution is one-sided'],
  ['the Group of Seven and the Big Three'],
  ['they won 3-2 after 50-50 calls'],
  ['thousands of troops and dozens of drones'],
  ['version 3.1.2 at 24/7'],
];

// Near one another: what makes of the same signs another number, or none.
const edges: readonly (readonly [text: string, ...quantities: string[]])[] = [
  ['half a million people', '500000 people “half a million”'],
  ['half a mile away', '0.5 [miles] “half a mile”'],
  ['half an hour', '0.5 [hours] “half an hour”'],
  ['½ of the cake', '0.5 [share] cake “½”'],
  ['2½ years', '2.5 [years] “2½ years”'],
  ['3 hundred men', '300 men “3 hundred”'],
  ['2 dozen ships', '24 ships “2 dozen”'],
  ['5 tn euros', '5000000000000 [EUR] “5 tn euros”'],
  ['3 bn dollars', '3000000000 [USD] “3 bn dollars”'],
  ['$5m', '5000000 [USD] “$5m”'],
  ['$5 m', '5 [USD] “$5”'],
  ['5-million people', '5000000 people “5-million”'],
  ['three-quarters of a million people', '750000 people “three-quarters of a million”'],
  ['a third the size', '0.3333 [share] size “a third”'],
  ['one third of voters', '0.3333 [share] voters “one third”'],
  ['two third parties', '2 third parties “two”'],
  ['a third party'],
  ['US $60', '60 [USD] “US $60”'],
  ['EUR 5 million', '5000000 [EUR] “EUR 5 million”'],
  ['eur 5 men', '5 men “5”'],
  ['at 10°F', '10 [°F] “10°F”'],
  ['- 5°C', '5 [°C] “5°C”'],
  ['x-5°C'],
  ['-5 people', '5 people “5”'],
  ['$5 million in Paris', '5000000 [USD] “$5 million”'],
  ['5 years in prison', '5 [years] “5 years”'],
  ['5kg of rice', '5 [kg] rice “5kg”'],
  ['20 per cent of all the voters', '20 [per cent] voters “20 per cent”'],
  ['5 to 10 per cent of the 30 states', '5..10 [per cent] states “5 to 10 per cent”', '30 states “30”'],
  ['a quarter of its eight members', '0.25 [share] members “a quarter”', '8 members “eight”'],
  ['5 other countries', '5 countries “5”'],
  ['about between 30 and 35 tanks', 'approx 30..35 tanks “30 and 35”'],
  ['10–20 men', '10..20 men “10–20”'],
  ['10 – 20 men', '10 “10”', '20 men “20”'],
  ['a 30-member council', '30 member “30”'],
  ['a 20-UN zone'],
  ['1,000-strong crowds', '1000 “1,000”'],
  ['the four-year plan and a four-year plan', '4 [years] “four-year”'],
  ['the 5 years', '5 [years] “5 years”'],
  ['“Seven left', '7 “Seven”'],
  ['He said Seven left'],
  ['One Paris resident died', '1 Paris resident “One”'],
  ['one NATO ally', '1 NATO ally “one”'],
  ['one hundred men', '100 men “one hundred”'],
  ['the one man who left, more than one man'],
  ['one thing matters. One point remains'],
  ['007 agents'],
  ['B-52 bombers, x7 men, pre-5 men, #5 men'],
  ['5xyz men, 5.30,7 and 1/2 men'],
  ['in 1500, in 2199, 2020-21, 2020-2100 and 1500–1600'],
  ['in 1499 or 2200', '1499..2200 “1499 or 2200”'],
];

describe('quantities', () => {
  test.each(edges)('U1 %s', (text, ...quantities) => {
    expect(told(text)).toEqual(quantities);
  });

  test.each(cases)('U1 %s', (text, ...quantities) => {
    expect(told(text)).toEqual(quantities);
  });

  test.each([
    ['The number of people killed in the floods has risen to 14', '14 people “14”'],
    ['the death toll rose to at least 14', 'at_least 14 death toll “14”'],
    ['they put the toll at 11', '11 toll “11”'],
    ['the number of homes without power fell from 6,000 to 40', '6000 homes “6,000”', '40 homes “40”'],
    ['more than a quarter of a million were displaced', 'at_least 250000 “a quarter of a million”'],
    ['14 of 16 Labour MPs rebelled', '14 Labour MPs “14”', '16 Labour MPs “16”'],
    ['just after four o’clock'],
    ['the casualty toll stood at 14', '14 casualty toll “14”'],
    ['the number of cars reached more than 14', 'at_least 14 cars “14”'],
  ])('W102 what a number counts may stand before it, or end with a plural in capitals: %s', (text, ...quantities) => {
    expect(told(text)).toEqual(quantities);
  });

  test.each([
    ['The number of cars was small. He came to 14', '14 “14”'],
    ['the number of people grew by 14', '14 “14”'],
    ['the toll was high, and they left at 14', '14 “14”'],
    ['the toll was 9 while the dead came to 14', '9 toll “9”', '14 “14”'],
    ['the toll: they came to 14', '14 “14”'],
  ])('W102 of other numbers nothing is said: %s', (text, ...quantities) => expect(told(text)).toEqual(quantities));

  test('U2 whatever the words, reading them gives sums in order whose places lie in the text and stand apart', () => {
    const words = fc.constantFrom(
      ...['30', '35', '1,200', '2022', '0.5', '9'.repeat(400), 'to', 'and', 'between', 'or', '-', '–', '$', '€', '%', 'per', 'cent'],
      ...[
        'two',
        'dozen',
        'half',
        'a',
        'third',
        'of',
        'the',
        'million',
        'bn',
        'years',
        'people',
        'Article',
        'January',
        'one',
        ',',
        '.',
        '\n',
        '🙂',
        '°',
        'C',
      ],
    );
    const text = fc.oneof(
      fc.array(fc.tuple(words, fc.constantFrom(' ', ' ', '', '\u00a0')), { maxLength: 25 }).map((all) => all.flat().join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    );
    fc.assert(
      fc.property(text, (sample) => {
        let last = 0;
        for (const { quantity, range } of quantitiesIn(sample)) {
          expect(range.start).toBeGreaterThanOrEqual(last);
          expect(range.end).toBeGreaterThan(range.start);
          expect(range.end).toBeLessThanOrEqual(sample.length);
          last = range.end;
          expect(Number.isFinite(quantity.value)).toBe(true);
          if (quantity.value_max !== null) expect(quantity.value_max).toBeGreaterThan(quantity.value);
          expect(sample).toContain(quantity.counts);
          // What stands there is a number, and read by itself it is one again.
          const words = sample.slice(range.start, range.end);
          expect(words).toBe(words.trim());
          const again = quantitiesIn(words)[0]?.quantity;
          // Words like “half” and years need what stands around them.
          if (quantity.value_max === null && /^\d[\d,]*$/.test(words) && words.length !== 4)
            expect([words, again?.value]).toEqual([words, quantity.value]);
        }
        expect(quantitiesIn(sample)).toEqual(quantitiesIn(sample));
      }),
      { numRuns: 2000 },
    );
  });
});
