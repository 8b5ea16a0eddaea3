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
