import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalise } from '../model/article.ts';
import { offsetMap } from '../text/offsets.ts';
import type { ForeignAnnotation, OffsetUnit } from './foreign.ts';
import { findOffsets, type Mismatch, mismatchInWords, type Offsets } from './offset-unit.ts';
import { annotationsOf, someWork } from './testing/project.ts';

const annotation = (spans: ForeignAnnotation['spans'], line = 3): ForeignAnnotation => ({
  ...{ id: 'T1', layer: 'Quote', spans, attributes: {}, args: [], annotator: null, status: null, line },
});
const on = (text: string, spans: ForeignAnnotation['spans'], unit: OffsetUnit = null) =>
  findOffsets(text, { unit, annotations: spans.map((span) => annotation([span])) });

const text = '“Ça va 💪,” said Ana.\nOn Monday 💪 she left.';
const covered = (words: string) => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};

// Offsets of the words as a program counts them: the text as it has it, and a way of counting.
const counted = {
  unicode_code_point: (at: number) => offsetMap(text).toCodePoint(at),
  utf16_code_unit: (at: number) => at,
  with_crlf: (at: number) => [...text.slice(0, at).replaceAll('\n', '\r\n')].length,
  utf8_byte: (at: number) => offsetMap(text).toByte(at),
};

it.each(Object.entries(counted))('X130 offsets in %s are known by the covered texts, and lead to them', (unit, count) => {
  const words = ['said', 'Ana.', 'Monday 💪', 'left'];
  const spans = words.map((one) => ({ start: count(covered(one).start), end: count(covered(one).end), text: one }));
  const found = on(text, spans) as Offsets;
  expect(found.unit).toBe(unit);
  expect(spans.map(({ start, end }) => text.slice(found.toText(start) as number, found.toText(end) as number))).toEqual(words);
});

it('X130 whatever the text and the spans, the unit in which a file counts leads to the covered texts, or the file is refused', () => {
  fc.assert(
    fc.property(someWork, fc.constantFrom('unicode_code_point', 'utf16_code_unit', 'utf8_byte'), fc.boolean(), (work, unit, isDeclared) => {
      const map = offsetMap(work.text);
      const count = (at: number) => (unit === 'utf8_byte' ? map.toByte(at) : unit === 'utf16_code_unit' ? at : map.toCodePoint(at));
      const annotations = annotationsOf(work).map(({ id, spans }) => ({
        ...annotation(spans.map((span) => ({ start: count(span.start), end: count(span.end), text: span.text }))),
        id,
      }));
      const found = findOffsets(work.text, { unit: isDeclared ? (unit as OffsetUnit) : null, annotations }) as Offsets;
      for (const { spans } of annotations) {
        for (const { start, end, text: words } of spans) {
          expect(work.text.slice(found.toText(start) as number, found.toText(end) as number).replace(/\s/gu, ' ')).toBe(
            words?.replace(/\s/gu, ' '),
          );
        }
      }
      if (isDeclared) expect(found.unit).toBe(unit);
    }),
    { numRuns: 60 },
  );
});

it('X130 offsets into a file with byte order mark and CRLF lead into the text that has neither', () => {
  const raw = '\ufeffOne 💪\r\ntwo\r\n\r\nthree';
  const places = ['💪', 'two', 'three'].map((words) => {
    const start = [...raw.slice(0, raw.indexOf(words))].length;
    return { start, end: start + [...words].length, text: words };
  });
  const found = on(raw, places) as Offsets;
  expect(found.text).toBe(normalise(raw).text);
  expect(found.unit).toBe('unicode_code_point');
  expect(places.map(({ start, end }) => found.text.slice(found.toText(start) as number, found.toText(end) as number))).toEqual([
    '💪',
    'two',
    'three',
  ]);
});

it.each(['with_lf', 'utf16_with_lf'] as const)('X130 offsets may count every CRLF of the text in the file as one (%s)', (unit) => {
  const raw = 'One 💪\r\ntwo 💪\r\n\r\nthree four';
  const text = normalise(raw).text;
  const length = (words: string) => (unit === 'with_lf' ? [...words].length : words.length);
  const places = ['two', 'three', 'four'].map((words) => {
    const start = length(text.slice(0, text.indexOf(words)));
    return { start, end: start + length(words), text: words };
  });
  const found = on(raw, places) as Offsets;
  expect(found.unit).toBe(unit);
  expect(places.map(({ start, end }) => found.text.slice(found.toText(start) as number, found.toText(end) as number))).toEqual([
    'two',
    'three',
    'four',
  ]);
});

it('X130 white space in covered texts may be of another kind, as programs write line ends', () => {
  expect((on('one\ntwo', [{ start: 0, end: 7, text: 'one two' }]) as Offsets).unit).toBe('unicode_code_point');
  expect((on('one\r\ntwo', [{ start: 0, end: 8, text: 'one\r\ntwo' }]) as Offsets).toText(8)).toBe(7);
});

it('X131 offsets that fit in no unit are refused with the first that does not fit, never shifted', () => {
  const mismatch = on(text, [
    { start: covered('said').start - 1, end: covered('said').end - 1, text: 'said' },
    { start: 16, end: 19, text: 'Ann' },
  ]) as Mismatch;
  expect(mismatch).toMatchObject({ annotation: 'T1', line: 3, start: 16, end: 19, says: 'Ann', has: 'Ana' });
  expect(mismatchInWords(mismatch)).toBe(
    'its offsets do not fit its covered texts in any unit: from 16 to 19 the file says “Ann”, the text has “Ana”',
  );
});

it.each([
  ['behind the end', { start: 40, end: 400, text: null }],
  ['before the beginning', { start: -1, end: 4, text: null }],
  ['that are no numbers', { start: Number.NaN, end: 2 ** 53, text: null }],
  ['that cover nothing', { start: 4, end: 4, text: null }],
  ['that are turned round', { start: 6, end: 4, text: null }],
  ['in the middle of a character', { start: 8, end: 10, text: null }],
])('X131 offsets %s are refused', (_, span) => {
  expect(on(text, [span], 'utf16_code_unit')).toMatchObject({ has: null });
});

it('X132 without covered texts the declared unit counts; with none declared a text in which units differ is refused', () => {
  const span = { start: 11, end: 15, text: null };
  expect((on(text, [span], 'unicode_code_point') as Offsets).toText(11)).toBe(12);
  expect((on(text, [span], 'utf16_code_unit') as Offsets).toText(11)).toBe(11);
  expect((on('Plain text only.\nAnd more.', [{ start: 16, end: 19, text: null }]) as Offsets).toText(17)).toBe(17);
  expect(on(text, [span])).toMatchObject({
    start: 11,
    reason: expect.stringContaining('does not say whether its offsets count code points or'),
  });
});

it('X132 where two units fit, the declared one counts, else code points, and the other is told', () => {
  const twice = '💪aaaa';
  const span = { start: 2, end: 3, text: 'a' };
  expect(on(twice, [span])).toMatchObject({ unit: 'unicode_code_point', others: ['utf16_code_unit'] });
  expect(on(twice, [span], 'utf16_code_unit')).toMatchObject({ unit: 'utf16_code_unit' });
});
