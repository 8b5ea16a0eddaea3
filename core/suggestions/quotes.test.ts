import { describe, expect, test } from 'vitest';
import { found, quotes, terms } from './testing/found.ts';

describe('quotes', () => {
  test('Z5 marks are in the span, the cue is not, and parts under one cue are one quote', () => {
    expect(quotes('“We will stay,” Ana Ruiz said on Monday, “and we will build.”')).toEqual([
      [['“We will stay,”', '“and we will build.”'], 'Ana Ruiz'],
    ]);
    expect(quotes('“We will stay,” Ana Ruiz said. “We will build. Nobody leaves.”')).toEqual([
      [['“We will stay,”', '“We will build. Nobody leaves.”'], 'Ana Ruiz'],
    ]);
  });

  test('Z5 another cue begins another quote', () => {
    expect(quotes('“We will stay,” Ana Ruiz said. “We will build,” Tom Berg added.')).toEqual([
      [['“We will stay,”'], 'Ana Ruiz'],
      [['“We will build,”'], 'Tom Berg'],
    ]);
  });

  test('Z5 paragraphs that go on without a closing mark are one quote', () => {
    const text = 'Ana Ruiz said: “We came to stay with you.\n\n“We will not leave this town.\n\n“Never.”\n\nShe left.';
    expect(quotes(text)).toEqual([[['“We came to stay with you.', '“We will not leave this town.', '“Never.”'], 'Ana Ruiz']]);
  });

  test.each([
    ['direct', '“We will stay,” Ana Ruiz said.'],
    ['direct', 'Ana Ruiz said: “We will stay.”'],
    ['direct', 'Ana Ruiz spoke first. “We will stay here.”'],
    ['mixed', 'Ana Ruiz said the town would “stay here for ever”.'],
    ['mixed', 'Ana Ruiz called the plan “a gift to the whole town”.'],
  ])('Z6 the type is %s: %s', (type, text) => expect(found('QUOTE', text).map(({ attributes }) => attributes['type'])).toEqual([type]));

  test.each([
    ['speech', '“We will stay,” Ana Ruiz said.'],
    ['writing', '“We will stay,” Ana Ruiz wrote in a letter.'],
    ['thought', 'Ana Ruiz hoped that “all of this will pass”.'],
  ])('Z6 the medium is %s: %s', (medium, text) => expect(found('QUOTE', text)[0]?.attributes['medium']).toBe(medium));
});

describe('quoted terms', () => {
  test.each([
    ['name', 'The group is known as the “Coalition of the Willing” in Paris.'],
    ['name', 'It was a meeting of what many have called a “coalition of the willing”.'],
    ['document', 'He is the author of the book “The Long Road” and lives here.'],
    ['document', 'Ana Ruiz told NBC’s “Today” on Monday that all is well.'],
    ['attributed_term', 'Paper Assembles ‘A Sizable Army’ Of Reporters In Paris'],
    ['scare', 'The “experts” were late.'],
    ['attributed_term', 'Ana Ruiz said the plan would create «military hubs» across the country.'],
    ['attributed_term', 'Ana Ruiz announced that these «strong» guarantees would be kept.'],
  ])('Z7 a %s in marks is a term and no quote: %s', (kind, text) => {
    expect(quotes(text)).toEqual([]);
    expect(terms(text).map(([, is]) => is)).toEqual([kind]);
  });

  test.each([
    ['US envoys said work on the text was “largely finished,” but more is to come.', '“largely finished,”'],
    ['He claimed a deal was “90% ready.”', '“90% ready.”'],
    ['“Absolutely not,” Ana Ruiz said.', '“Absolutely not,”'],
    ['Ana Ruiz called it “absurd.”', '“absurd.”'],
    ['Ana Ruiz called the plan of the town “quite absurd.”', '“quite absurd.”'],
  ])('Z7 one or two words that carry the statement are a quote: %s', (text, words) => {
    expect(quotes(text).map(([spans]) => spans)).toEqual([[words]]);
    expect(terms(text)).toEqual([]);
  });

  test.each([
    ['Ana Ruiz said that the town should “think again”.', ['“think again”']],
    ['Ana Ruiz hailed the deal as a “great success”.', ['“great success”']],
    ['Ana Ruiz called that figure “absurd”.', ['“absurd”']],
    ['Ana Ruiz called his handling of the matter “quite careless,” and left.', ['“quite careless,”']],
    ['Ana Ruiz wrote that the plan “destroys value.”', ['“destroys value.”']],
    ['They said Ana Ruiz was “bitter” and “badly advised”.', ['“bitter”', '“badly advised”']],
    ['Ana Ruiz vowed to “rip up” the deal.', ['“rip up”']],
    ['The crowd shouted “never again!” and left.', ['“never again!”']],
  ])('W96 one or two words that are all that is stated are a quote: %s', (text, words) =>
    expect(quotes(text).map(([spans]) => spans)).toEqual([words]),
  );

  test.each([
    'Ana Ruiz said that the “experts” should think again.',
    'Ana Ruiz described the men as the “old guard” party.',
    'Ana Ruiz said that the town had “several thousand” men.',
    'Ana Ruiz went to “rip up” with the deal.',
  ])('W96 a label stays a term: %s', (text) => {
    expect(quotes(text)).toEqual([]);
    expect(terms(text)).toHaveLength(1);
  });

  test.each([
    ['Ana Ruiz wore a hat reading “Make The Valley Great Again”.', '“Make The Valley Great Again”'],
    ['Ana Ruiz promised to “Make The Valley Great Again”.', '“Make The Valley Great Again”'],
    ['The crowd chanted “Give The Valley Back”.', '“Give The Valley Back”'],
  ])('W105 what is read, chanted or promised is a quote for all its capitals: %s', (text, words) =>
    expect(quotes(text).map(([spans]) => spans)).toEqual([[words]]),
  );

  test.each(['Ana Ruiz starred in “Make The Valley Great Again”.', 'Ana Ruiz went to “The Long Road Home” with Tom Berg.'])(
    'W105 a name stays one: %s',
    (text) => expect(quotes(text)).toEqual([]),
  );

  test('W96 what a colon leads to is direct, and a short line in a row of quotes is one', () => {
    expect(found('QUOTE', 'Ana Ruiz urged them to stay: “If it rains, turn round.”')[0]?.attributes['type']).toBe('direct');
    const row = '“We have to be a lot tougher than we are now.”\n\n“We’re not fighting it strongly enough.”\n\nThe rain came.';
    expect(quotes(row)).toHaveLength(2);
  });

  test('Z7 what is joined to a name in marks is a name', () => {
    const text = 'Tom Berg, who starred in the series “Long Roads” and “Guardians of the Valley,” posted the clip.';
    expect(terms(text)).toEqual([
      ['“Long Roads”', 'document'],
      ['“Guardians of the Valley,”', 'document'],
    ]);
  });

  test('Z7 a short line in other marks than the quotes around it is a heading', () => {
    const text = '“We will stay in this town,” Ana Ruiz said.\n\n‘A hard decision.’\n\nThe rain came.';
    expect(quotes(text)).toHaveLength(1);
  });

  test('Z7 a line in marks that stands as a heading is no quote', () => {
    expect(quotes('The town was calm that night.\n\n‘A quiet place.’\n\nThen the rain came.')).toEqual([]);
  });
});
