import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { understand } from './conditions.ts';
import { fieldsOf } from './fields.ts';
import { parseQuery, printQuery, type Term } from './query.ts';

const fields = fieldsOf(defaultCodebook);
const bare = (terms: readonly Term[]) => terms.map(({ place: _, ...term }) => term);
const piece = fc.oneof(
  fc.constantFrom(
    'speaker:',
    'lemma:',
    '-',
    '"',
    '“',
    '”',
    ',',
    ':',
    ' ',
    '\\',
    '..',
    '>',
    'layer:quote',
    'a',
    'é',
    '\n',
    '💪',
    'x-y',
    '-done',
  ),
  fc.string({ maxLength: 4 }),
);
const typed = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

it('L20 whatever is typed, its printed query is read as the same query', () => {
  fc.assert(
    fc.property(typed, (input) => {
      const { terms } = parseQuery(input);
      expect(bare(parseQuery(printQuery(terms)).terms)).toEqual(bare(terms));
      expect(parseQuery(printQuery(terms)).problems).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

it('L20 the letters of a field may be two in lower case, or a letter and a mark', () => {
  for (const typed of ['İstanbul:x', 'cafe\u0301:x']) {
    const { terms } = parseQuery(typed);
    expect(terms).toMatchObject([{ kind: 'field', field: typed.slice(0, -2).toLowerCase() }]);
    expect(bare(parseQuery(printQuery(terms)).terms)).toEqual(bare(terms));
  }
});

it('L20 terms that a program made are printed and read as the same', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((words) => words.trim() !== '');
  const value = fc.record({ text, exact: fc.constant(true) });
  const place = fc.constant({ start: 0, end: 0 });
  const term = fc.oneof(
    fc.record({ kind: fc.constant('words' as const), words: text, exact: fc.constant(true), not: fc.boolean(), place }),
    fc.record({
      ...{ kind: fc.constant('field' as const), field: fc.constantFrom('speaker', 'layer', 'claim_type'), not: fc.boolean(), place },
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(term, { maxLength: 4 }), (terms) => {
      expect(bare(parseQuery(printQuery(terms)).terms)).toEqual(bare(terms));
    }),
    { numRuns: 500 },
  );
});

it('L21 reading never throws, and every place lies in what was typed', () => {
  fc.assert(
    fc.property(typed, (input) => {
      const { query, problems } = understand(input, fields);
      for (const { place } of [...query.terms, ...problems]) {
        expect(place.start).toBeLessThan(place.end);
        expect(place.end).toBeLessThanOrEqual(input.length);
      }
    }),
    { numRuns: 2000 },
  );
});

it('L22 what a newcomer guesses is understood', () => {
  const { conditions, problems } = understand(
    'speaker:zelensky layer:stance polarity:against has:note article:004 "military hubs" -done',
    fields,
  );
  expect(problems).toEqual([]);
  expect(conditions).toEqual([
    {
      ...{ kind: 'field', field: 'speaker', not: false, tests: [{ kind: 'holds', text: 'zelensky' }] },
      meanings: [{ of: 'annotation', what: 'role', name: 'speaker' }],
    },
    { kind: 'field', field: 'layer', not: false, tests: [{ kind: 'is', text: 'stance' }], meanings: [{ of: 'annotation', what: 'layer' }] },
    expect.objectContaining({ field: 'polarity', tests: [{ kind: 'is', text: 'against' }] }),
    expect.objectContaining({ field: 'has', tests: [{ kind: 'is', text: 'note' }] }),
    expect.objectContaining({ field: 'article', tests: [{ kind: 'holds', text: '004' }], meanings: [{ of: 'article', what: 'article' }] }),
    { kind: 'words', words: 'military hubs', exact: true, not: false },
    expect.objectContaining({ field: 'status', not: true, tests: [{ kind: 'is', text: 'done' }] }),
  ]);
});

it('L22 a field that the codebook has twice means both', () => {
  expect(fields.get('source')?.meanings).toEqual([
    { of: 'article', what: 'source' },
    { of: 'annotation', what: 'role', name: 'source' },
  ]);
});

it.each([
  ['speeker:x', 'There is no field speeker.', 'speaker:'],
  ['https://example.org', 'There is no field https.', '"https:'],
  ['layer:qoute', 'layer: has no value qoute.', 'Did you mean quote?'],
  ['polarity:sideways', 'polarity: has no value sideways.', 'against'],
  ['date:soon', 'date: takes a date, not soon.', '2026-01-06'],
  ['speaker:', 'speaker: has no value.', 'after the colon'],
  ['say "half', 'This quotation mark has no partner.', 'Close it'],
])('L23 %s is told in words, with what to write instead', (input, message, next) => {
  const [problem] = understand(input, fields).problems;
  expect(problem?.message).toBe(message);
  expect(problem?.next).toContain(next);
});

it.each([
  ['date:2026-01..2026-02', { kind: 'between', from: '2026-01', to: '2026-02' }],
  ['date:>2026-01', { kind: 'from', bound: '2026-01', open: true }],
  ['date:<=2025', { kind: 'to', bound: '2025', open: false }],
  ['date:2026-01-06', { kind: 'is', text: '2026-01-06' }],
  ['layer:"quoted term"', { kind: 'is', text: 'quoted_term' }],
  ['layer:Fact', { kind: 'is', text: 'fact' }],
  ['speaker:“Sir Keir”', { kind: 'is', text: 'sir keir' }],
  ['speaker:SELENSKYJ’S', { kind: 'holds', text: "selenskyj's" }],
])('L24 %s compares as it says', (input, test) => {
  const { conditions, problems } = understand(input, fields);
  expect(problems).toEqual([]);
  expect(conditions).toEqual([expect.objectContaining({ tests: [test] })]);
});
