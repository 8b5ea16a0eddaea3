import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { completionsOf, type OpenValues, withCompletion } from './completion.ts';
import { understand } from './conditions.ts';
import { fieldsOf } from './fields.ts';

const fields = fieldsOf(defaultCodebook);
const people: OpenValues = (field) =>
  field.name === 'speaker' ? ['Volodymyr Zelensky', 'Macron'].map((name) => ({ name, title: name })) : [];
const offered = (input: string, caret = input.length) => completionsOf(input, caret, fields, people);
const texts = (input: string) => offered(input).map(({ text }) => text);

it.each([
  ['spea', 'speaker:'],
  ['"military hubs" -pol', 'polarity:'],
  ['layer:st', 'stance '],
  ['layer:quote,st', 'stance '],
  ['layer:quote LAYER:Quoted', 'quoted_term '],
  ['speaker:', '"Volodymyr Zelensky" '],
  ['speaker:"Volo', '"Volodymyr Zelensky" '],
])('L40 %s goes on as %s', (input, text) => {
  expect(texts(input)).toContain(text);
});

it.each(['', 'a "quoted spea', 'layer:quote', 'speaker:"Macron"', 'https://spea', 'layer:quote '])(
  'L40 where nothing can go on (%s), nothing is offered',
  (input) => {
    expect(texts(input)).toEqual([]);
  },
);

it('L40 what is taken stands in the place of what was typed, and the rest goes on behind it', () => {
  const [found] = completionsOf('spea done', 4, fields, people);
  expect(found && withCompletion('spea done', found)).toEqual({ input: 'speaker: done', caret: 8 });
  const stance = completionsOf('-layer:st done', 9, fields, people).find(({ name }) => name === 'stance');
  expect(stance && withCompletion('-layer:st done', stance)).toEqual({ input: '-layer:stance done', caret: 14 });
});

it('L40 every value that is offered is understood', () => {
  const begun = fc.constantFrom(...[...fields.values()].filter(({ kind }) => kind === 'choice').map(({ name }) => name));
  fc.assert(
    fc.property(begun, fc.constantFrom('', '-', 'x '), (name, before) => {
      const input = `${before}${name}:`;
      for (const each of offered(input)) expect(understand(withCompletion(input, each).input, fields).problems).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('L40 whatever is typed, offering never throws and its places lie in what was typed', () => {
  const piece = fc.constantFrom('speaker:', 'layer:', '"', '“', ',', '-', '\\', ' ', 'st', '💪', 'é', 'x');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.nat(20),
      (input, at) => {
        const caret = Math.min(at, input.length);
        for (const { place } of offered(input, caret)) {
          expect(place.start).toBeLessThanOrEqual(place.end);
          expect(place.end).toBe(caret);
          expect(place.start).toBeGreaterThanOrEqual(0);
        }
      },
    ),
    { numRuns: 100 },
  );
});
