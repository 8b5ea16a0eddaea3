import { describe, expect, test } from 'vitest';
import { suggest } from './index.ts';
import { found } from './testing/found.ts';

const reported = (text: string) =>
  found('QUOTE', text)
    .filter(({ attributes }) => attributes['type'] === 'indirect')
    .map(({ spans, roles }) => [spans.join(), roles['speaker'], roles['cue']]);

describe('words reported without marks', () => {
  test.each([
    ['with “that”', 'Ana Ruiz said on Monday that prices would fall soon.', 'prices would fall soon', 'Ana Ruiz', 'said'],
    ['without it', 'Ana Ruiz said prices would fall soon.', 'prices would fall soon', 'Ana Ruiz', 'said'],
    ['with a particle', 'Ana Ruiz pointed out that prices would fall soon.', 'prices would fall soon', 'Ana Ruiz', 'pointed out'],
    ['to someone', 'Ana Ruiz told reporters that prices would fall soon.', 'prices would fall soon', 'Ana Ruiz', 'told'],
    ['according to', 'According to Ana Ruiz, prices would fall soon.', 'prices would fall soon', 'Ana Ruiz', 'According to'],
    ['according to, at the end', 'Prices would fall soon, according to Ana Ruiz.', 'Prices would fall soon', 'Ana Ruiz', 'according to'],
    ['at the end', 'Prices would fall soon, Ana Ruiz said.', 'Prices would fall soon', 'Ana Ruiz', 'said'],
    [
      'up to the end of an opening clause',
      'While Ana Ruiz said that prices would fall, wages remain low.',
      'prices would fall',
      'Ana Ruiz',
      'said',
    ],
    [
      'up to what the article adds',
      'Ana Ruiz said prices would fall soon, underscoring the hopes of many.',
      'prices would fall soon',
      'Ana Ruiz',
      'said',
    ],
  ])('Z12 %s they are a quote with speaker and cue', (_, text, content, speaker, cue) =>
    expect(reported(text)).toEqual([[content, speaker, cue]]),
  );

  test.each([
    ['ORVEL (City Wire) - Prices would fall soon, Ana Ruiz said on Saturday.', 'Prices would fall soon'],
    ['ORVEL, March 3 — Prices would fall soon, Ana Ruiz said.', 'Prices would fall soon'],
    ['NATO – in a note – said that prices would fall soon.', 'prices would fall soon'],
    ['Ana Ruiz says that prices fell at 11 p.m. The market was closed.', 'prices fell at 11 p.m.'],
    ['Ana Ruiz says that prices fell at 11 p.m. Eastern time again.', 'prices fell at 11 p.m. Eastern time again'],
  ])('W80 a dateline is left out, and a time of day ends a sentence before another subject: %s', (text, content) =>
    expect(reported(text).map(([words]) => words)).toEqual([content]),
  );

  test.each([
    ['between its parts', 'The price of bread, Ana Ruiz said, would fall soon.', ['The price of bread', 'would fall soon'], 'Ana Ruiz'],
    ['after a word that joins', 'Still, Ana Ruiz said, prices would fall soon.', ['prices would fall soon'], 'Ana Ruiz'],
    [
      'behind what the article judges',
      'It is false: the price fell by a third, according to Ana Ruiz.',
      ['the price fell by a third'],
      'Ana Ruiz',
    ],
    ['where “that” is the subject', 'Ana Ruiz said that was not enough.', ['that was not enough'], 'Ana Ruiz'],
    ['after a later “that”', 'Ana Ruiz said in that case that prices would fall.', ['prices would fall'], 'Ana Ruiz'],
    ['by a noun', 'Ana Ruiz expressed concern that prices would fall.', ['prices would fall'], 'Ana Ruiz'],
  ])('W97 what is reported is all of it and no more: %s', (_, text, spans, speaker) => {
    const indirect = found('QUOTE', text).map((quote) => [quote.spans, quote.roles['speaker']]);
    expect(indirect).toEqual([[spans, speaker]]);
  });

  test.each([
    ['it is not said', 'Ana Ruiz did not mention that prices would fall.'],
    ['“that” joins a noun', 'The snack maker reported quarterly profit that beat expectations.'],
    ['“that” joins an object', 'Ana Ruiz noted the houses that Tom Berg sold to the town.'],
    ['“that” points', 'Ana Ruiz does remember it quite that way, but he left.'],
    ['“that” comes before no clause', 'Tom Berg signed the letter after that, and so on.'],
    ['the words before the cue only say when', 'On the third of May, Ana Ruiz announced.'],
    ['nobody in particular says it', 'The road, it is said, was a river once.'],
    ['an idea is dismissed', 'Ana Ruiz dismissed the idea that prices would fall.'],
    ['a claim is dismissed', 'Ana Ruiz dismissed the claim that prices would fall.'],
  ])('W97 a sentence is left alone where %s', (_, text) => expect(reported(text)).toEqual([]));

  test('Z12 another cue of the same speaker begins another quote, which continues the first', () => {
    const text = 'Ana Ruiz said that prices would fall soon, warning that wages would follow.';
    expect(reported(text)).toEqual([
      ['prices would fall soon', 'Ana Ruiz', 'said'],
      ['wages would follow', 'Ana Ruiz', 'warning'],
    ]);
    expect(suggest(text)[1]?.relations).toMatchObject([
      { type: 'continues', place: 'from', other: { span: { text: 'prices would fall soon' } } },
    ]);
  });

  test.each([
    ['it has marks', 'Ana Ruiz said that prices would “fall very soon”.'],
    ['what speaks is no person', 'The idea is to reassure the town that prices would fall soon.'],
    ['the verb is a noun', 'Ana Ruiz lost in most of the states that Tom Berg won by far.'],
    ['a thing reflects it', 'The smile of Ana Ruiz reflected that prices would fall soon.'],
    ['nobody says it', 'It was said that prices would fall soon.'],
    ['nothing is said', 'Ana Ruiz said nothing about prices and left.'],
    ['a verb of saying only names something', 'Ana Ruiz claimed the prize for the best garden.'],
  ])('Z12 a sentence is left alone where %s', (_, text) => expect(reported(text)).toEqual([]));
});
