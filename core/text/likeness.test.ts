import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byLikeness, likenessOf, matchOf } from './likeness.ts';

describe('likeness of words', () => {
  test('Q20 the same words come first, then one within the other, then shared words, then the order that was', () => {
    const found = [
      'Nothing of the kind',
      '“We are ready to sign the deal in Paris,”',
      'not at all',
      'The deal is 90% ready, he said, and the rest is not',
      '90% READY',
      'almost ready: 80%',
    ];
    expect(byLikeness(found, '“90% ready.”', (words) => words)).toEqual([
      '90% READY',
      'The deal is 90% ready, he said, and the rest is not',
      'almost ready: 80%',
      '“We are ready to sign the deal in Paris,”',
      'Nothing of the kind',
      'not at all',
    ]);
  });

  test('Q20 likeness goes both ways and stays between 0 and 1', () => {
    const words = fc.array(fc.constantFrom('the', 'deal', '“', 'ready.', 'Été', '90', ''), { maxLength: 6 }).map((each) => each.join(' '));
    fc.assert(
      fc.property(words, words, (one, other) => {
        const like = likenessOf(one, other);
        expect(like).toBeCloseTo(likenessOf(other, one));
        expect(like).toBeGreaterThanOrEqual(0);
        expect(like).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('Q20 the longer the words in common the liker, a very long one no more than others, and marks alone are like nothing', () => {
    expect(likenessOf('the deal of Paris', 'no Paris')).toBeGreaterThan(likenessOf('the deal of Paris', 'no the'));
    expect(likenessOf('ready intercontinentally', 'intercontinentally so')).toBe(likenessOf('ready unlikely', 'unlikely so'));
    expect(likenessOf('“90% ready.”', 'ready')).toBeGreaterThan(likenessOf('“90% ready.”', 'the deal is 90% ready, he said'));
    expect([likenessOf('…', '…'), likenessOf('…', 'yes'), likenessOf('yes', '…')]).toEqual([0, 0, 0]);
  });

  test.each([
    ['“90% ready.”', '90% ready', 'verbatim'],
    ['“I haven’t had an answer,”', "'I haven't had an answer'", 'verbatim'],
    ['“Ninety, per cent ready”', 'ninety per cent ready', 'near_verbatim'],
    ['the organisation of the summit in Paris', 'the organization of the summit in Paris', 'near_verbatim'],
    ['We will never sign the deal', 'We will never break the deal', null],
    ['yes', 'no', null],
    ['“”', '“”', null],
    ['“”', '“ready”', null],
    ['—', '–', null],
    ['“‘We  go!’” ', 'We go', 'verbatim'],
    ['nobody will ever win', 'nobody will ever in', 'near_verbatim'],
    ['nobody will eve win', 'nobody will eve in', null],
    ['nobody will ever win at all in any of the races', 'nobody would ever wind at all in any of the races', null],
    ['nobody will ever win at all in any of the races', 'nobody wiil ever wins at all in any of the races', 'near_verbatim'],
  ] as const)('Q21 how words match is told by their letters: %s, %s: %s', (one, other, match) => {
    expect(matchOf(one, other)).toBe(match);
    expect(matchOf(other, one)).toBe(match);
  });
});
