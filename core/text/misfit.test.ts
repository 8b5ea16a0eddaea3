import { expect, test } from 'vitest';
import { z } from 'zod';
import { Codebook } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { faultLine } from './json-places.ts';
import { misfitIn, safeParsed } from './misfit.ts';

// biome-ignore lint/suspicious/noExplicitAny: what is made of it fits nothing
type Loose = any;

test.each<[change: (codebook: Loose) => void, words: string]>([
  [
    ({ layers }) => (layers[0].attributes[0].type = 'colour'),
    'layer “QUOTE”, attribute “type”: type must be enum, boolean, number, text, date, list, quantity or evidence; it is “colour”',
  ],
  [({ layers }) => delete layers[0].attributes[0].type, 'layer “QUOTE”, attribute “type”: type is missing'],
  [({ layers }) => (layers[1].look = 'wavy'), 'layer “QUOTED_TERM”: look must be tint, underline, double or box; it is “wavy”'],
  [({ layers }) => delete layers[0].title, 'layer “QUOTE”: title is missing'],
  [({ layers }) => (layers[0].key = 'Q'), 'layer “QUOTE”: key must be one letter, no capital; it is “Q”'],
  [({ layers }) => (layers[0].roles[0].min = '0'), 'layer “QUOTE”, role “speaker”: min must be a number; it is “0”'],
  [({ layers }) => (layers[0].roles[0].min = -1), 'layer “QUOTE”, role “speaker”: min must be 0 or more; it is -1'],
  [({ layers }) => (layers[0].roles[0].min = 0.5), 'layer “QUOTE”, role “speaker”: min must be a whole number; it is 0.5'],
  [({ layers }) => (layers[0].colour = 'red'), 'layer “QUOTE”: nothing called “colour” belongs there'],
  [({ layers }) => (layers[0].retired = false), 'layer “QUOTE”: retired must be true; it is false'],
  [
    ({ layers }) => (layers[0].hueBy = { attribute: 'type', hues: { direct: 'pink' } }),
    'layer “QUOTE”, hueBy, hues: direct must be yellow,',
  ],
  [({ layers }) => (layers[0].attributes[0].values[1] = 'two words'), 'value 2: it must be one word of letters'],
  [({ layers }) => (layers[2] = null), 'layer 3: it must be an object; it is null'],
  [(codebook) => (codebook.layers = []), 'layers must not be empty'],
  [(codebook) => (codebook.x = 1), 'nothing called “x” belongs there'],
])('H88 what does not fit a schema is told by its names and with what has to stand there: %#', (change, words) => {
  const value = structuredClone(defaultCodebook);
  change(value);
  const { error } = Codebook.safeParse(value);
  expect(error && misfitIn(value, error)).toContain(words);
});

test('H88 what is no JSON is told with its line, also where only what is around it is known', () => {
  const lineOf = (text: string) => {
    try {
      JSON.parse(text);
    } catch (error) {
      return faultLine(text, error as SyntaxError);
    }
    return 0;
  };
  const lines = (fault: string) =>
    ['{', '"one": 1,', '"two": [true, false],', `"three": ${fault},`, '"four": "and this is a long one",', '"five": 5', '}'].join('\n');
  expect(['[1,,2]', 'nul', '{"a" 1}', '"a" "b"', '01'].map((fault) => lineOf(lines(fault)))).toEqual([4, 4, 4, 4, 4]);
  expect([lineOf('{"a":1,\n,}'), lineOf('{"a":\n1'), lineOf(',')]).toEqual([2, 2, 1]);
  // Near the beginning, in a short text, and where the same words stand twice: then it is the last line.
  expect([lineOf(`{\n\n\n,"one": 1,\n"two": 2,\n"three": 3}`), lineOf('[\n1,\n,]')]).toEqual([4, 3]);
  expect(lineOf(`[\n"aaaaaaaaaaaaaaaaaaaa, nul, aaaaaaaaaaaaaaaaaaaa"\n, aaaaaaaaaaaaaaaaaaaa\n]`)).toBe(3);
});

test('I61 a thing in the place of a list whose length cannot be compared is refused in words', () => {
  const strange: unknown = JSON.parse('{"length":{"toString":1,"valueOf":null}}');
  const List = z.strictObject({ list: z.array(z.string()).min(1) });
  const read = safeParsed(List, { list: strange });
  expect(read.success ? null : misfitIn(strange, read.error)).toBe('it does not have the right form');
  expect(safeParsed(List, { list: ['a'] }).data).toEqual({ list: ['a'] });
});
