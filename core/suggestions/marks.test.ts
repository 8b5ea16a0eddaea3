import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedSpans } from './marks.ts';

const marked = (text: string) => markedSpans(text).map(({ start, end }) => text.slice(start, end));

describe('pairs of marks', () => {
  test.each([
    ['curly', 'She said “not now” again.', ['“not now”']],
    ['single curly', 'She said ‘not now’ again.', ['‘not now’']],
    ['straight', 'She said "not now" again.', ['"not now"']],
    ['single straight', "She said 'not now' again.", ["'not now'"]],
    ['two apostrophes', "She said ''not now'' again.", ["''not now''"]],
    ['guillemets', 'She said «not now» again.', ['«not now»']],
    ['guillemets turned', 'She said »not now« again.', ['»not now«']],
    ['low and high', 'She said „not now“ again.', ['„not now“']],
    ['low and right', 'She said „not now” again.', ['„not now”']],
    ['two styles as partners', 'She said “not now" and "never”.', ['“not now"', '"never”']],
    ['the closing one turned', 'She said “not now“ again.', ['“not now“']],
    ['at both ends of the text', '“Not now”', ['“Not now”']],
    ['the last mark ends the text', 'She said: «Not now.»', ['«Not now.»']],
  ])('Z1 %s marks are paired', (_, text, expected) => expect(marked(text)).toEqual(expected));

  test('Z1 marks within marks are found, the outer first', () => {
    const text = '“They said ‘no’ to «us»,” she said.';
    expect(marked(text)).toEqual(['“They said ‘no’ to «us»,”', '‘no’', '«us»']);
    expect(markedSpans(text).map(({ depth }) => depth)).toEqual([0, 1, 1]);
    expect(marked('"He told me \'wait\' twice," she said.')).toEqual(['"He told me \'wait\' twice,"', "'wait'"]);
  });

  test.each([
    ['‘We don’t know,’ he said.', ['‘We don’t know,’']],
    ['‘The allies’ plan isn’t ready,’ he said.', ['‘The allies’ plan isn’t ready,’']],
    ["'The allies' plan isn't ready,' he said.", ["'The allies' plan isn't ready,'"]],
    ['The allies’ plan and the writers’ strike of the ’90s.', []],
    ["The allies' plan and the writers' strike of the '90s.", []],
    ["Rock 'n' roll won't die.", []],
    ['«We don’t know the allies’ plan,» he said.', ['«We don’t know the allies’ plan,»']],
  ])('Z2 an apostrophe opens and closes nothing: %s', (text, expected) => expect(marked(text)).toEqual(expected));

  test('Z3 a quotation that goes on in the next paragraph has a run in each', () => {
    const text = 'She said: “We came here to stay with you.\n\n“We will not leave,” and left.';
    expect(markedSpans(text).map(({ start, end, closed, goesOn }) => [text.slice(start, end), closed, goesOn])).toEqual([
      ['“We came here to stay with you.', false, true],
      ['“We will not leave,”', true, false],
    ]);
  });

  test.each([
    ['a mark in the middle of a clause', 'He is 6’2” tall and she 5’4” or so.', []],
    ['an opening mark alone', 'The so “called plan came late.\n\nThe rest “is here”.', ['“is here”']],
    ['inches', 'A 12" pipe was laid.', []],
    ['attributes of a tag', '<p class="lead">Words</p>', []],
    ['empty marks', 'He wrote "" there.', []],
  ])('Z4 %s pairs with nothing', (_, text, expected) => expect(marked(text)).toEqual(expected));

  test('Z15 marked runs lie in the text, hold what is between their marks and never cross, whatever the text', () => {
    const texts = fc.array(fc.constantFrom('“', '”', '‘', '’', '"', "'", '«', '»', '„', '\n', ' ', 'a', 'So', '.', ',', '💪', '\ud800'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const spans = markedSpans(text);
        for (const { start, end, inner, mark } of spans) {
          expect(0 <= start && start < inner.start && inner.start < inner.end && inner.end <= end && end <= text.length).toBe(true);
          expect(text.slice(start, inner.start)).toBe(mark);
          expect(text.slice(start, end)).not.toContain('\n');
        }
        for (const a of spans) for (const b of spans) expect(a.start < b.start && b.start < a.end && a.end < b.end).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
