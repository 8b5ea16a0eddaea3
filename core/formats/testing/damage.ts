import fc from 'fast-check';

const scraps = [
  '',
  '\t',
  '\n',
  ' ',
  '0',
  '-1',
  '1e9',
  '9'.repeat(30),
  ':',
  ';',
  '"',
  '{',
  ']',
  'null',
  '__proto__',
  'T1',
  'B-X',
  '\\',
  '\u2028',
  '💪',
  '\ufeff',
];

/** Ways to damage a text: up to four ranges of it replaced with scraps, or with other ranges of it. */
export const someDamage: fc.Arbitrary<(text: string) => string> = fc
  .array(fc.record({ at: fc.nat(1e6), length: fc.nat(12), scrap: fc.constantFrom(...scraps), from: fc.option(fc.nat(1e6)) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map(
    (blows) => (text) =>
      blows.reduce((spoiled, { at, length, scrap, from }) => {
        const place = at % (spoiled.length + 1);
        const put = from === null ? scrap : spoiled.slice(from % (spoiled.length + 1)).slice(0, 40);
        return `${spoiled.slice(0, place)}${put}${spoiled.slice(place + length)}`;
      }, text),
  );
