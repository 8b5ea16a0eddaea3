import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, type Failure } from '../../core/failure.ts';
import { lineLimit, normalise } from '../../core/model/article.ts';
import { decodeTextFile, expectImportableSize, importLimit } from './decode.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, endian: 'LE' | 'BE', mark = true) => {
  const buffer = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return Uint8Array.from(endian === 'BE' ? buffer.swap16() : buffer);
};

// Any character but half a surrogate pair. fast-check's own unit `binary` takes seconds to begin with.
const character = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

function refusal(name: string, content: Uint8Array): Failure {
  try {
    decodeTextFile(name, content);
  } catch (error) {
    if (error instanceof AppError) return error.failure;
    throw error;
  }
  throw new RangeError(`${name} was not refused`);
}

describe('what is read', () => {
  it('I1 UTF-8 comes back as it is, and a clean file is not changed', () => {
    const text = 'One 💪 “two”\n\nעברית é e\u0301\n';
    expect(decodeTextFile('a.txt', utf8(text))).toEqual({
      text,
      encoding: 'UTF-8',
      changed: { byteOrderMark: 0, lineEnds: 0, loneSurrogates: 0, controls: 0 },
    });
  });

  it('I1 any well-formed text that is not binary reads as core normalises it, from each encoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: character, minLength: 1 }), (raw) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these make a file binary
        const text = raw.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufeff]/g, '-');
        fc.pre(/\S/.test(text) && !/^(%PDF-|\{\\rtf|GIF8)/.test(text));
        const expected = normalise(text).text;
        expect(decodeTextFile('a.txt', utf8(text)).text).toBe(expected);
        expect(decodeTextFile('a.txt', utf8(`\ufeff${text}`)).text).toBe(expected);
        expect(decodeTextFile('a.txt', utf16(text, 'LE')).text).toBe(expected);
        expect(decodeTextFile('a.txt', utf16(text, 'BE')).text).toBe(expected);
      }),
      { numRuns: 100 },
    );
  });

  it('I2 byte order marks in front are removed and counted, elsewhere they are text', () => {
    const { text, changed } = decodeTextFile('a.txt', utf8('\ufeff\ufeffTe\ufeffxt'));
    expect(text).toBe('Te\ufeffxt');
    expect(changed.byteOrderMark).toBe(2);
  });

  it.each(['LE', 'BE'] as const)('I3 UTF-16 %s with a byte order mark is read, astral characters too', (endian) => {
    const read = decodeTextFile('a.txt', utf16('One 💪\r\ntwo', endian));
    expect(read).toMatchObject({ text: 'One 💪\ntwo', encoding: 'UTF-16', changed: { byteOrderMark: 1, lineEnds: 1 } });
  });

  it('I4 CRLF and CR become LF and are counted', () => {
    expect(decodeTextFile('a.txt', utf8('a\r\nb\rc\n'))).toMatchObject({ text: 'a\nb\nc\n', changed: { lineEnds: 2 } });
  });

  it('I5 half surrogate pairs in UTF-16 become U+FFFD and are counted', () => {
    expect(decodeTextFile('a.txt', utf16('a\ud83db 💪 \udcaa', 'LE'))).toMatchObject({
      text: 'a\ufffdb 💪 \ufffd',
      changed: { loneSurrogates: 2 },
    });
  });

  it('I6 a few control characters become spaces', () => {
    expect(decodeTextFile('a.txt', utf8('One\x0btwo\x0cthree'))).toMatchObject({ text: 'One two three', changed: { controls: 2 } });
  });

  it('I7 the ending decides without regard to letter case', () => {
    expect(decodeTextFile('A.TXT', utf8('x')).text).toBe('x');
    expect(decodeTextFile('a.b.Text', utf8('x')).text).toBe('x');
  });

  it('I8 the character U+FFFD in a UTF-8 file is text', () => {
    expect(decodeTextFile('a.txt', utf8('a\ufffdb')).text).toBe('a\ufffdb');
  });
});

describe('what is refused', () => {
  const windows1252 = bytes(0x93, ...utf8('Quoted'), 0x94, ...utf8(' caf'), 0xe9);
  const refused: [what: string, name: string, content: Uint8Array, reason: RegExp, next: RegExp][] = [
    ['the byte 0xff', 'a.txt', bytes(0xff), /not UTF-8 \(line 1 has the byte 0xFF\)/, /UTF-8/],
    ['windows-1252', 'a.txt', windows1252, /not UTF-8 \(line 1 has the byte 0x93\)/, /UTF-8/],
    ['a fault on line 3, behind a real U+FFFD', 'a.txt', bytes(...utf8('a\r\n\ufffd\nb'), 0xe9, 0x20), /line 3 has the byte 0xE9/, /UTF-8/],
    ['UTF-8 that breaks off', 'a.txt', utf8('é').slice(0, 1), /not UTF-8/, /UTF-8/],
    ['a surrogate pair in UTF-8', 'a.txt', bytes(0x61, 0xed, 0xa0, 0xbd), /not UTF-8/, /UTF-8/],
    ['UTF-16 LE without a mark', 'a.txt', utf16('Words here', 'LE', false), /UTF-16 without a byte order mark/, /UTF-8/],
    ['UTF-16 BE without a mark', 'a.txt', utf16('Words here', 'BE', false), /UTF-16 without a byte order mark/, /UTF-8/],
    ['UTF-16 of odd length', 'a.txt', utf16('Words', 'LE').slice(0, -1), /odd number of bytes/, /Get the file again/],
    ['UTF-32', 'a.txt', bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), /UTF-16 without|control characters/, /UTF-8|\.txt/],
    ['a NUL in text', 'a.txt', utf8('Some words\0and more of them'), /1 of its 27 characters are control characters/, /plain text/],
    ['many control characters', 'a.txt', utf8('a\x01b\x02c\x03d\x04'), /4 of its 8 characters/, /plain text/],
    ['a PNG', 'a.txt', bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /a PNG image/, /plain text/],
    ['a JPEG', 'a.txt', bytes(0xff, 0xd8, 0xff, 0xe0), /a JPEG image/, /plain text/],
    ['a Word file', 'a.txt', bytes(0x50, 0x4b, 3, 4, 20), /a ZIP archive or an office document/, /plain text/],
    ['a PDF', 'a.txt', utf8('%PDF-1.7\n'), /a PDF document/, /plain text/],
    ['a gzip', 'a.txt', bytes(0x1f, 0x8b, 8), /a gzip archive/, /plain text/],
    ['RTF', 'a.txt', utf8('{\\rtf1\\ansi Words}'), /an RTF document/, /plain text/],
    ['an empty file', 'a.txt', bytes(), /holds no text/, /right file/],
    ['a mark alone', 'a.txt', utf8('\ufeff'), /holds no text/, /right file/],
    ['white space', 'a.txt', utf8(' \r\n\t\u00a0\n'), /holds no text/, /right file/],
    ['another ending', 'a.docx', utf8('Words'), /ending in \.docx .*\.txt and \.text/, /\.txt/],
    ['no ending', 'README', utf8('Words'), /no ending/, /add \.txt/],
    ['a line too long', 'a.txt', utf8(`ok\n${'x'.repeat(lineLimit + 1)}`), /line 2 has more than 1000000 characters/, /paragraphs/],
  ];

  it.each(refused)('I9 %s is refused, naming the file, the reason and what to do', (_, name, content, reason, next) => {
    const failure = refusal(name, content);
    const couldBeNamed =
      /without a byte order mark/.test(failure.message) || (/is not UTF-8/.test(failure.message) && !content.includes(0));
    expect(failure.code).toBe(couldBeNamed ? 'encoding' : 'unsupported');
    expect(failure.message).toMatch(new RegExp(`^${name} was not imported: .*\\.$`));
    expect(failure.message).toMatch(reason);
    expect(failure.next).toMatch(next);
    expect(failure.safe).toBe('Nothing was changed.');
  });

  it('I10 a file over 25 MB is refused by its size, before it is read or decoded', () => {
    const failure = refusal('big.txt', new Uint8Array(30_000_000).fill(0xff));
    expect(failure).toMatchObject({
      code: 'too-large',
      message: 'big.txt was not imported: it has 30.0 MB, and at most 25 MB can be imported.',
      next: expect.stringMatching(/Split/),
    });
    expect(() => expectImportableSize('a.txt', importLimit + 1)).toThrow(AppError);
    expect(() => expectImportableSize('a.txt', importLimit)).not.toThrow();
    expect(() => expectImportableSize('a.zip', 2 * importLimit, 2 * importLimit)).not.toThrow();
    expect(() => expectImportableSize('a.zip', 2 * importLimit + 1, 2 * importLimit)).toThrow('at most 50 MB');
  });

  it('I11 whatever the bytes, decoding gives a text or a refusal in words', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (content) => {
        try {
          const { text } = decodeTextFile('a.txt', content);
          expect(text.isWellFormed()).toBe(true);
          expect(normalise(text).text).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
