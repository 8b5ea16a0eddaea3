import { strToU8, zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import type { ImportFormat, ReadingOptions } from '../../core/import/draft.ts';
import { createReader } from './reader.ts';
import { lockedArchive, lyingArchive } from './testing/archives.ts';
import { docx, docxParts, pdf } from './testing/documents.ts';

const reader = createReader();
afterAll(() => reader.close());

const utf16 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le'));
const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const part = (path: string, text: string) => zipSync({ ...docxParts(['Words.']), [path]: strToU8(text) });
// Bytes that do not pack.
const noise = new Uint8Array(300_000);
for (let at = 0, seed = 1; at < noise.length; at++) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  noise[at] = seed >>> 24;
}
const oneFile = zipSync({ 'a.html': noise });
const nested = (depth: number) => `{"text":${'['.repeat(depth)}1${']'.repeat(depth)}}`;
const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0);
const link = { os: 3, attrs: (0o120777 << 16) >>> 0 } as const;

type Case = [what: string, format: ImportFormat, bytes: Uint8Array, code: string, reason: RegExp, options?: ReadingOptions];
const cases: Case[] = [
  ['an archive that is a bomb', 'zip', zipSync({ 'a.html': new Uint8Array(3_000_000) }), 'unsafe', /100 times its size/],
  ['an archive whose file is larger than it says', 'zip', lyingArchive(oneFile, 100), 'unsafe', /larger than it says/],
  ['an archive with a huge file', 'zip', lyingArchive(oneFile, 26_000_000), 'too-large', /more than 25 MB/],
  [
    'an archive that is huge unpacked',
    'zip',
    lyingArchive(zipSync(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${n}.html`, noise]))), 24_000_000),
    'too-large',
    /more than 200 MB/,
  ],
  [
    'an archive of too many files',
    'zip',
    zipSync(Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`${n}.txt`, strToU8('a')]))),
    'too-large',
    /more than 2000 files/,
  ],
  ['an archive with a way out', 'zip', zipSync({ '../../evil.html': strToU8('x') }), 'unsafe', /outside of itself/],
  ['an archive with an absolute name', 'zip', zipSync({ '/etc/evil.html': strToU8('x') }), 'unsafe', /outside of itself/],
  ['an archive with a drive', 'zip', zipSync({ 'C:/evil.html': strToU8('x') }), 'unsafe', /outside of itself/],
  ['an archive with backslashes', 'zip', zipSync({ '..\\evil.html': strToU8('x') }), 'unsafe', /outside of itself/],
  ['an archive with a link', 'zip', zipSync({ 'a.html': [strToU8('/etc/passwd'), link] }), 'unsafe', /link that leads out/],
  ['an archive with a password', 'zip', lockedArchive(oneFile), 'encrypted', /password/],
  ['an archive that is cut off', 'zip', oneFile.slice(0, 1000), 'damaged', /damaged, or no ZIP archive/],
  ['an archive of 51 MB', 'zip', new Uint8Array(51_000_000), 'too-large', /51\.0 MB, and at most 50 MB/],
  [
    'a Word document that is a bomb',
    'docx',
    zipSync({ ...docxParts(['a']), 'word/media/a.png': new Uint8Array(3_000_000) }),
    'unsafe',
    /100 times its size/,
  ],
  ['a Word document with a password', 'docx', new Uint8Array([...ole, ...utf16('EncryptedPackage')]), 'encrypted', /password/],
  ['an old Word document', 'docx', ole, 'unsupported', /older office document/],
  ['a PDF named as a Word document', 'docx', strToU8('%PDF-1.4'), 'unsupported', /a PDF document, not a Word document/],
  [
    'a Word document with entities',
    'docx',
    part('word/document.xml', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
    'unsafe',
    /document type/,
  ],
  [
    'a Word document with an outer entity',
    'docx',
    part('docProps/core.xml', '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>'),
    'unsafe',
    /document type/,
  ],
  ['a Word document nested deep', 'docx', part('word/document.xml', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`), 'unsafe', /256 deep/],
  [
    'a Word document with many attributes',
    'docx',
    part('word/a.xml', `<a ${Array.from({ length: 1001 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
    'unsafe',
    /1000 attributes/,
  ],
  ['a Word document of broken XML', 'docx', part('word/document.xml', '<a><b></a>'), 'damaged', /well-formed/],
  ['a Word document without a text', 'docx', docx([]), 'empty', /no text/],
  ['an archive named as a Word document', 'docx', zipSync({ 'a.txt': strToU8('a') }), 'damaged', /no Word document/],
  ['a web page nested deep', 'html', strToU8(`${'<div>'.repeat(2000)}text`), 'unsafe', /512 deep/],
  ['a web page nested without end', 'html', strToU8('<div>'.repeat(200_000)), 'unsafe', /512 deep/],
  ['a web page in no encoding', 'html', latin('<p>M\xfcnchen</p>'), 'encoding', /not UTF-8 \(line 1 has the byte 0xFC\)/],
  ['a web page in another encoding than it says', 'html', latin('<meta charset="utf-8"><p>M\xfcnchen</p>'), 'encoding', /not UTF-8/],
  ['a web page in an encoding unknown', 'html', strToU8('<meta charset="klingon"><p>a</p>'), 'encoding', /“klingon” is no encoding/],
  ['a web page half in UTF-16', 'html', Uint8Array.of(0xff, 0xfe, 0x3c), 'encoding', /odd number of bytes/],
  ['a web page of NULs', 'html', strToU8('<p>a\0b\0c</p>'), 'unsupported', /control characters/],
  ['a web page without text', 'html', strToU8('<script>words()</script>'), 'empty', /no text/],
  ['a web page of 26 MB', 'html', new Uint8Array(26_000_000), 'too-large', /26\.0 MB, and at most 25 MB/],
  ['a picture named as a web page', 'html', Uint8Array.of(0xff, 0xd8, 0xff), 'unsupported', /a JPEG image/],
  ['a web page of one huge paragraph', 'html', strToU8(`<p>${'a '.repeat(600_000)}</p>`), 'too-large', /1000000 characters/],
  [
    'a PDF with a password',
    'pdf',
    pdf(
      [[['Words.']]],
      '/Encrypt << /Filter /Standard /V 1 /R 2 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) /P -4 >> /ID [(a) (a)]',
    ),
    'encrypted',
    /password/,
  ],
  ['a PDF without text', 'pdf', pdf([[]]), 'empty', /scanned page/],
  ['a PDF that is none', 'pdf', strToU8('%PDF-1.4 nothing'), 'damaged', /damaged, or no PDF/],
  ['a PDF of too many pages', 'pdf', pdf(Array.from({ length: 1001 }, () => [])), 'too-large', /1000 pages/],
  ['a mail that is none', 'eml', strToU8('Just words without a head.'), 'damaged', /no e-mail/],
  [
    'a mail of parts in parts',
    'eml',
    strToU8(Array.from({ length: 100 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')),
    'unsafe',
    /nested too deep/,
  ],
  ['a mail with an endless head', 'eml', strToU8(`Subject: ${'a'.repeat(1_100_000)}\r\n\r\nText.`), 'unsafe', /head is too long/],
  ['a mail without text', 'eml', strToU8('Subject: a\r\n\r\n'), 'empty', /no text/],
  ['a table without a text column', 'csv', strToU8('id,name\n1,a\n'), 'column', /held the text/],
  ['a table without the column named', 'csv', strToU8('id,text\n1,a\n'), 'column', /no column “inhalt”/, { columns: { text: 'inhalt' } }],
  ['a table with an open quotation mark', 'csv', strToU8('id,text\n1,"a\n2,b\n'), 'damaged', /quotation mark on its line 2/],
  ['a table with a cell too many', 'csv', strToU8('id,text\n1,a\n2,b,c\n'), 'damaged', /line 3 has 3 cells, and its head 2/],
  ['a table without text', 'csv', strToU8('id,text\n1,\n'), 'empty', /column “text” holds no text/],
  ['a table that is a spreadsheet', 'csv', zipSync({ 'a.xml': strToU8('a') }), 'unsupported', /not a table in CSV/],
  ['a table in windows-1252', 'csv', latin('id,text\n1,M\xfcnchen\n'), 'encoding', /line 2 has the byte 0xFC/],
  ['JSON lines nested 65 deep', 'jsonl', strToU8(nested(64)), 'unsafe', /64 deep/],
  ['JSON lines nested a million deep', 'jsonl', strToU8(nested(1_000_000)), 'unsafe', /64 deep/],
  ['JSON lines with __proto__', 'jsonl', strToU8('{"text":"a","__proto__":{"isAdmin":true}}'), 'unsafe', /key “__proto__”/],
  ['JSON lines with constructor', 'jsonl', strToU8('{"text":"a"}\n{"constructor":1}'), 'unsafe', /line 2 has the key “constructor”/],
  ['JSON lines that are none', 'jsonl', strToU8('{"text":"a"}\nnot json'), 'damaged', /line 2 is not JSON/],
  ['JSON lines of lists', 'jsonl', strToU8('[1]'), 'damaged', /line 1 is not an object/],
  ['a text that is binary', 'text', Uint8Array.of(0x50, 0xff, 0xfe, 0, 0x80), 'encoding', /not UTF-8/],
];

test.each(cases)('I25 %s is refused with its reason, and the next file is read', async (_, format, bytes, code, reason, options = {}) => {
  const { articles, files, problem } = await reader.read({ name: `a.${format}`, format, bytes, options });
  expect({ articles, files }).toEqual({ articles: [], files: [] });
  expect(problem).toMatchObject({ file: `a.${format}`, code, message: expect.stringMatching(reason) });
  expect(problem?.message).toMatch(/^a\.\w+ was not imported: .*\.$/s);
  expect(problem?.next).toMatch(/\.$/);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});

test('I25 after all of these the same thread still reads a good file', async () => {
  const { problem, articles } = await reader.read({
    name: 'a.html',
    format: 'html',
    bytes: strToU8('<p>Words of a page.</p>'),
    options: {},
  });
  expect(problem).toBeNull();
  expect(articles[0]?.draft.blocks).toEqual([{ kind: 'paragraph', text: 'Words of a page.', leaveOut: null }]);
});

test('I26 a file that takes too long, or too much memory, is refused, and the next one is read by a new thread', async () => {
  const heavy = { name: 'a.html', format: 'html', bytes: strToU8('<p>a'.repeat(150_000)), options: {} } as const;
  const hasty = createReader({ timeMs: 100, memoryMb: 512 });
  expect((await hasty.read(heavy)).problem).toMatchObject({
    code: 'too-slow',
    message: expect.stringContaining('longer than 0.1 seconds'),
  });
  await hasty.close();
  const small = createReader({ timeMs: 20_000, memoryMb: 32 });
  expect((await small.read(heavy)).problem).toMatchObject({ code: 'too-large', message: expect.stringContaining('memory') });
  expect((await small.read({ ...heavy, bytes: strToU8('<p>a') })).problem).toBeNull();
  await small.close();
});
