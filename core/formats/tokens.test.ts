import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { someWork } from './testing/project.ts';
import { sentencesOf, tokensIn, tokensOf } from './tokens.ts';

const words = (text: string, language: string | null = 'en', cuts: number[] = []) =>
  tokensOf(text, language, cuts).map(({ start, end }) => text.slice(start, end));

const sample = JSON.parse(readFileSync(new URL('baselines/sample/sample.json', import.meta.url), 'utf8')) as {
  text: string;
  sentences: { utf16: [number, number] }[];
  tokens: { rows: [string, number, number, number, number][] };
};

it('X70 the shared sample has its published tokens and sentences', () => {
  expect(tokensOf(sample.text, 'en', [])).toEqual(sample.tokens.rows.map(([, start, end]) => ({ start, end })));
  expect(sentencesOf(sample.text, 'en')).toEqual(sample.sentences.map(({ utf16: [start, end] }) => ({ start, end })));
});

it('X70 tokens are words and signs by the rules of the language', () => {
  expect(words('don’t 3,000.50 12% e-mail U.S. 👩‍👩‍👧!')).toEqual([
    'don’t',
    '3,000.50',
    '12',
    '%',
    'e',
    '-',
    'mail',
    'U.S',
    '.',
    '👩‍👩‍👧',
    '!',
  ]);
  // Only where dictionaries of all versions of ICU agree.
  expect(words('首相は反対だ。', 'ja')).toEqual(['首相', 'は', '反対', 'だ', '。']);
  expect(words('a\u00a0b\u202f1\u202f000\u0085c\u2028d')).toEqual(['a', 'b', '1', '000', 'c', 'd']);
  for (const language of [null, 'xx-unheard', 'no language!', '']) expect(words('don’t go', language)).toEqual(['don’t', 'go']);
});

it('X71 a cut ends a token, and no other place does', () => {
  expect(words('unhappy people', 'en', [2, 7, 10])).toEqual(['un', 'happy', 'pe', 'ople']);
});

it('X71 tokens hold every character but white space, and no span or sentence cuts one', () => {
  fc.assert(
    fc.property(someWork, ({ text, fragments }) => {
      const sentences = sentencesOf(text, 'en');
      const spans = [...fragments.flat(), ...sentences];
      const tokens = tokensOf(
        text,
        'en',
        spans.flatMap(({ start, end }) => [start, end]),
      );
      let at = 0;
      for (const { start, end } of tokens) {
        expect(text.slice(at, start)).toMatch(/^[\s\u0085]*$/);
        expect(text.slice(start, end)).toMatch(/^[^\s\u0085]+$/);
        at = end;
      }
      expect(text.slice(at)).toMatch(/^[\s\u0085]*$/);
      for (const span of spans) {
        const inside = tokens.flatMap((token, index) => (token.start < span.end && token.end > span.start ? [index] : []));
        expect(inside.every((index) => (tokens[index]?.start ?? -1) >= span.start && (tokens[index]?.end ?? Infinity) <= span.end)).toBe(
          true,
        );
        expect(tokensIn(tokens, span)).toEqual(inside.length > 0 ? { start: inside[0], end: (inside.at(-1) ?? 0) + 1 } : null);
      }
    }),
    { numRuns: 60 },
  );
});

it('X72 a sentence stays in its line, without outer white space', () => {
  const text = 'A headline without a stop\n\n  One. Two “said so.” Then\tthree! \n \n4.';
  expect(sentencesOf(text, 'en').map(({ start, end }) => text.slice(start, end))).toEqual([
    'A headline without a stop',
    'One.',
    'Two “said so.”',
    'Then\tthree!',
    '4.',
  ]);
});

it('X72 sentences are those that each line has by itself', () => {
  const signs = [
    'a',
    'B',
    '.',
    '?',
    '!',
    ' ',
    '\n',
    '”',
    '“',
    ')',
    '…',
    '。',
    '\u2028',
    '\u0085',
    '\u00a0',
    '\r',
    '3',
    '-',
    'Mr',
    'ß',
    '\u0301',
    '\ufeff',
  ];
  const languages = fc.constantFrom('en', 'de', 'el', 'ja', 'th', 'ar');
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...signs), maxLength: 40 }), languages, (text, language) => {
      let from = 0;
      const alone = text.split('\n').flatMap((line) => {
        const sentences = sentencesOf(line, language).map(({ start, end }) => ({ start: from + start, end: from + end }));
        from += line.length + 1;
        return sentences;
      });
      expect(sentencesOf(text, language)).toEqual(alone);
    }),
    { numRuns: 300 },
  );
});
