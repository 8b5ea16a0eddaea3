import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { texts } from '../testing/arbitrary.ts';
import { Id } from './annotation.ts';
import { articleId, blockIndexAt, blocksOf, countWords, headingsOf, normalise, titleOf } from './article.ts';

const folder = new URL('../../seeds/', import.meta.url);
const seeds = new Map(readdirSync(folder).map((name) => [name.slice(0, 3), readFileSync(new URL(name, folder), 'utf8')]));
const seed = (number: string): string => {
  const text = seeds.get(number);
  if (text === undefined) throw new RangeError(`no seed ${number}`);
  return text;
};

// Whatever bytes decode to: lone surrogates, marks, controls and line ends of every kind among other characters.
const raw = fc
  .array(fc.oneof(fc.constantFrom('\r\n', '\r', '\n', '\ufeff', '\u0000', '\u001f', '\t', '\ud83d', '\udcaa', '💪', 'a', ' '), texts))
  .map((parts) => parts.join(''));

describe('normalisation', () => {
  test('A1 line ends become LF, byte order marks in front go, lone surrogates and controls are replaced; each is counted', () => {
    const { text, changed } = normalise('\ufeffa\r\nb\rc\td\u0000e\u000bf\ud83dg💪\n');
    expect(text).toBe('a\nb\nc\td e f\ufffdg💪\n');
    expect(changed).toEqual({ byteOrderMark: 1, lineEnds: 2, loneSurrogates: 1, controls: 2 });
    expect(normalise('\ufeff\ufeffa\ufeffb')).toMatchObject({ text: 'a\ufeffb', changed: { byteOrderMark: 2 } });
    expect(normalise('a\ufeffb')).toMatchObject({ text: 'a\ufeffb', changed: { byteOrderMark: 0 } });
  });

  test('A2 nothing else changes: no trimming, no composition, no change of quotation marks or odd white space', () => {
    const kept = '  \u00a0e\u0301 ﬁ “x” «y» \u2028 \u0085 \u007f \u200b a\ufeffb  \n\n ';
    expect(normalise(kept).text).toBe(kept);
  });

  test('A2 a clean text is kept as it is, with no change counted, so that its offsets stay', () => {
    fc.assert(
      fc.property(texts, (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: a clean text has none of these
        fc.pre(!/^\ufeff|[\u0000-\u0008\u000b-\u001f]/.test(text));
        expect(normalise(text)).toEqual({ text, changed: { byteOrderMark: 0, lineEnds: 0, loneSurrogates: 0, controls: 0 } });
      }),
    );
    for (const text of seeds.values()) expect(normalise(text).text).toBe(text);
  });

  test('A3 whatever comes in, what is kept is well formed, without control characters, and normalising it again changes nothing', () => {
    fc.assert(
      fc.property(raw, (given) => {
        const { text } = normalise(given);
        expect(text.isWellFormed()).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be gone
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
        expect(normalise(text)).toEqual({ text, changed: { byteOrderMark: 0, lineEnds: 0, loneSurrogates: 0, controls: 0 } });
        expect(new TextDecoder().decode(new TextEncoder().encode(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('A3 the counts say how much was changed', () => {
    fc.assert(
      fc.property(raw, (given) => {
        const { text, changed } = normalise(given);
        const crlf = given.match(/\r\n/g)?.length ?? 0;
        expect(text.length).toBe(given.length - changed.byteOrderMark - crlf);
        expect(changed.lineEnds).toBe((given.match(/\r/g) ?? []).length);
      }),
    );
  });
});

describe('blocks', () => {
  test('A4 a block is a line without its newline, empty lines too; headings are those named', () => {
    expect(blocksOf('Head\n\nText\n', [0])).toEqual([
      { kind: 'heading', start: 0, end: 4 },
      { kind: 'paragraph', start: 5, end: 5 },
      { kind: 'paragraph', start: 6, end: 10 },
      { kind: 'paragraph', start: 11, end: 11 },
    ]);
    expect(blocksOf('')).toEqual([{ kind: 'paragraph', start: 0, end: 0 }]);
  });

  test('A4 blocks cover all of a text but its newlines', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const blocks = blocksOf(text);
        expect(blocks.map(({ start, end }) => text.slice(start, end)).join('\n')).toBe(text);
        for (const [index, { start, end }] of blocks.entries()) {
          expect(text.slice(start, end)).not.toContain('\n');
          expect(start).toBe(index === 0 ? 0 : (blocks[index - 1]?.end ?? 0) + 1);
        }
      }),
    );
  });

  test('A5 the block of an offset is the one that holds it; a newline belongs to the block before it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const blocks = blocksOf(text);
        for (let offset = 0; offset <= text.length; offset++) {
          expect(blockIndexAt(blocks, offset)).toBe(blocks.findIndex(({ start, end }) => start <= offset && offset <= end));
        }
      }),
    );
  });
});

describe('headings and titles', () => {
  test.each([
    ['000', ['A ‘Coalition of the Willing’', 'The ‘Legal’ Hurdle', 'War of Attrition']],
    ['001', ['Zelensky says he does not have clear security pledge from allies']],
    ['002', ['News', 'Zelensky Says Allies Have Yet to Offer Clear Security Guarantees for Ukraine']],
    [
      '003',
      [
        'Ukraine’s allies gather amid uncertainty over security pledges, US backing',
        'Ukraine’s allies gather amid uncertainty over security pledges, US backing',
        'Coalition Seeks Clarity',
        'Elusive Peace and Persistent Divisions',
      ],
    ],
    ['004', ['Western Allies Forge Strong Security Pact for Ukraine in Paris Talks']],
  ])('A6 the headings of article %s are found, and no sentence, list or last line is one', (number, expected) => {
    const lines = seed(number).split('\n');
    expect(headingsOf(seed(number)).map((index) => lines[index])).toEqual(expected);
  });

  test.each([
    ['a sentence', 'He left the room.\nText'],
    ['a quotation that ends like one', '“He left.”\nText'],
    ['a German quotation that ends like one', '„Er ging.“\nText'],
    ['a line that leads on', 'The points remain:\nText'],
    ['a line in small letters', 'by our correspondent\nText'],
    ['an indented line in small letters', '  by our correspondent\nText'],
    ['a long line', `${'Word '.repeat(17)}\nText`],
    ['a long line of few words', `${'Word'.repeat(28)}\nText`],
    ['a line in small letters with a capital in it', 'by Ana Ruiz\nText'],
    ['the last line', 'Text goes here.\nAdd Comment\n\n'],
  ])('A6 %s is no heading', (_, text) => {
    expect(headingsOf(text)).toEqual([]);
  });

  test.each([
    ['Arabic', 'قمة باريس تبحث الضمانات الأمنية', 'قال الرئيس الأوكراني إن الحلفاء لم يقدموا بعد ضمانات واضحة، وأضاف أن المحادثات ستستمر.'],
    ['Hebrew', 'הפסגה בפריז', 'נשיא אוקראינה אמר כי בעלות הברית טרם סיפקו ערבויות ביטחוניות ברורות.'],
    ['Chinese', '巴黎峰会讨论安全保障', '乌克兰总统表示，盟国尚未提供明确的安全保障，会谈将继续进行。'],
    ['Japanese', '「安全の保証」を協議', 'ウクライナの大統領は、同盟国がまだ明確な安全の保証を示していないと述べた。'],
    ['Korean', '파리 정상회의 안전 보장 논의', '우크라이나 대통령은 동맹국들이 아직 명확한 안전 보장을 제시하지 않았다고 말했다.'],
    ['Hindi', 'पेरिस शिखर सम्मेलन', 'यूक्रेन के राष्ट्रपति ने कहा कि सहयोगियों ने अभी तक स्पष्ट गारंटी नहीं दी है।'],
    ['Georgian', 'პარიზის სამიტი', 'უკრაინის პრეზიდენტმა თქვა, რომ მოკავშირეებს გარანტიები ჯერ არ მიუციათ.'],
  ])('A6 in %s, which has no capitals, a heading is found by the other signs, and its text is none', (_, heading, text) => {
    expect(headingsOf(`${heading}\n\n${text}\n\n${heading}\n${text}\n${text}`)).toEqual([0, 4]);
  });

  test.each([
    ['a sentence', '他说不。\n乌克兰总统表示，盟国尚未提供明确的安全保障。'],
    ['a question', 'هل ستستمر المحادثات؟\nقال الرئيس الأوكراني إن الحلفاء لم يقدموا بعد ضمانات واضحة.'],
    ['a line that leads on', '要点如下：\n乌克兰总统表示，盟国尚未提供明确的安全保障。'],
    ['a paragraph that just lacks its stop', `${'盟国尚未提供明确的安全保障'.repeat(4)}\n${'盟国尚未提供明确的安全保障'.repeat(9)}。`],
    ['a line of a list', 'القاهرة\nبيروت\nعمان\nتونس'],
    ['a line of a verse', '花间一壶酒\n独酌无相亲\n举杯邀明月\n对影成三人'],
    ['a line with text right above and an empty line below', 'قال إن المحادثات ستستمر.\nرويترز\n\nقال إن المحادثات ستستمر.'],
    ['what an author put below the text', 'قال إن المحادثات ستستمر.\nرويترز'],
  ])('A6 without capitals %s is no heading', (_, text) => {
    expect(headingsOf(text)).toEqual([]);
  });

  test('A6 a heading may have sixteen words, with any space between them, and 110 characters; without capitals text below it is longer or ends', () => {
    for (const heading of [`${'Word  '.repeat(15)}Word`, 'W'.repeat(110), '巴'.repeat(40)])
      expect(headingsOf(`${heading}\n\nText`)).toEqual([0]);
    expect(headingsOf(`${'巴'.repeat(41)}\n\nText`)).toEqual([]);
    const heading = '巴黎峰会';
    expect(
      [`${heading}\n他说不。\n一`, `${heading}\n乌克兰总统表示盟国尚\n一`, `${heading}\n乌克兰总统表示盟\n一`].map(headingsOf),
    ).toEqual([[0], [0], []]);
    expect(headingsOf(`一\n\n${heading}\n\n一二三四五六七八九十`)).toEqual([0, 2]);
  });

  test.each([
    ['000', 'Ukrainian President Volodymyr Zelensky has warned that Western allies have yet to provide…'],
    ['001', 'Zelensky says he does not have clear security pledge from allies'],
    ['002', 'Zelensky Says Allies Have Yet to Offer Clear Security Guarantees for Ukraine'],
    ['003', 'Ukraine’s allies gather amid uncertainty over security pledges, US backing'],
    ['004', 'Western Allies Forge Strong Security Pact for Ukraine in Paris Talks'],
  ])('A7 article %s gets the title %j', (number, title) => {
    expect(titleOf(seed(number), 'x')).toBe(title);
  });

  test('A7 without a line of three words the title is the fallback; a long line is cut at a space and never inside a character', () => {
    expect(titleOf('News\n\nOne two', 'report')).toBe('report');
    expect(titleOf('', 'report')).toBe('report');
    expect(titleOf(`a-b-c${'💪'.repeat(60)}`, 'report')).toBe(`a-b-c${'💪'.repeat(42)}…`);
    expect(titleOf('\n  A title of words \n', 'report')).toBe('A title of words');
    const words = (count: number) => Array.from({ length: count }, () => 'letters').join('  ');
    expect(titleOf(words(14), 'report')).toBe(`${words(10)}…`);
    expect(titleOf(`one two ${'x'.repeat(102)}`, 'report')).toBe(`one two ${'x'.repeat(102)}`);
    expect(titleOf(`one two ${'x'.repeat(103)}`, 'report')).toBe('one two…');
    fc.assert(
      fc.property(texts, (text) => {
        const title = titleOf(text, 'report');
        expect(title.isWellFormed()).toBe(true);
        expect(title).not.toContain('\n');
        expect(title.length).toBeLessThanOrEqual(110);
      }),
    );
  });

  test('A8 words are counted by Unicode boundaries: marks, dashes and emoji are none', () => {
    expect(countWords('“Don’t go,” he said — 💪 90%.')).toBe(5);
    expect(countWords('')).toBe(0);
  });
});

describe('article ids', () => {
  test.each([
    ['000_2c23301dd0a18933.txt', '000-2c23301dd0a18933-0123abcd'],
    ['Élan über Zürich.v2.html', 'elan-uber-zurich-v2-0123abcd'],
    ['  --weird__name--.txt', 'weird-name-0123abcd'],
    ['новости.txt', 'article-0123abcd'],
    ['.txt', 'article-0123abcd'],
    ['../../etc/passwd', 'article-0123abcd'],
    [`${'a'.repeat(47)} b.txt`, `${'a'.repeat(47)}-0123abcd`],
  ])('A9 the id of %j is %j', (name, id) => {
    expect(articleId(name, '0123abcd99')).toBe(id);
  });

  test('A9 every id can name a folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(Id.safeParse(articleId(name, '0123abcd99')).success).toBe(true);
      }),
    );
  });
});
