import { strToU8, zipSync } from 'fflate';
import type { ImportFormat, ProblemCode, ReadingOptions } from '../../../core/import/draft.ts';
import { lockedArchive, lyingArchive } from './archives.ts';
import { docx, docxParts, pdf } from './documents.ts';

const utf16 = (text: string) => Uint8Array.from(Buffer.from(text, 'utf16le'));
const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const part = (path: string, text: string) => zipSync({ ...docxParts(['Words.']), [path]: strToU8(text) });
// Bytes that cannot be compressed.
const noise = new Uint8Array(300_000);
for (let at = 0, seed = 1; at < noise.length; at++) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  noise[at] = seed >>> 24;
}
const oneFile = zipSync({ 'a.html': noise });
const nested = (depth: number) => `{"text":${'['.repeat(depth)}1${']'.repeat(depth)}}`;
const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0);
const link = { os: 3, attrs: (0o120777 << 16) >>> 0 } as const;

/** A file that must be refused with this code. */
export type HostileFile = readonly [what: string, format: ImportFormat, bytes: Uint8Array, code: ProblemCode, options?: ReadingOptions];

/** Files made to harm or to confuse a program that reads articles from them. */
export const hostileFiles = (): readonly HostileFile[] => [
  ['an archive that is a bomb', 'zip', zipSync({ 'a.html': new Uint8Array(3_000_000) }), 'unsafe'],
  ['an archive whose file is larger than it says', 'zip', lyingArchive(oneFile, 100), 'unsafe'],
  ['an archive with a huge file', 'zip', lyingArchive(oneFile, 26_000_000), 'too-large'],
  [
    'an archive that is huge unpacked',
    'zip',
    lyingArchive(zipSync(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${n}.html`, noise]))), 24_000_000),
    'too-large',
  ],
  [
    'an archive of too many files',
    'zip',
    zipSync(Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`${n}.txt`, strToU8('a')]))),
    'too-large',
  ],
  ['an archive with a way out', 'zip', zipSync({ '../../evil.html': strToU8('x') }), 'unsafe'],
  ['an archive with an absolute name', 'zip', zipSync({ '/etc/evil.html': strToU8('x') }), 'unsafe'],
  ['an archive with a drive', 'zip', zipSync({ 'C:/evil.html': strToU8('x') }), 'unsafe'],
  ['an archive with backslashes', 'zip', zipSync({ '..\\evil.html': strToU8('x') }), 'unsafe'],
  ['an archive with a link', 'zip', zipSync({ 'a.html': [strToU8('/etc/passwd'), link] }), 'unsafe'],
  ['an archive with a password', 'zip', lockedArchive(oneFile), 'encrypted'],
  ['an archive that is cut off', 'zip', oneFile.slice(0, 1000), 'damaged'],
  ['an archive of 51 MB', 'zip', new Uint8Array(51_000_000), 'too-large'],
  ['a Word document that is a bomb', 'docx', zipSync({ ...docxParts(['a']), 'word/media/a.png': new Uint8Array(3_000_000) }), 'unsafe'],
  ['a Word document with a password', 'docx', new Uint8Array([...ole, ...utf16('EncryptedPackage')]), 'encrypted'],
  ['an old Word document', 'docx', ole, 'unsupported'],
  ['a PDF named as a Word document', 'docx', strToU8('%PDF-1.4'), 'unsupported'],
  [
    'a Word document with entities',
    'docx',
    part('word/document.xml', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'),
    'unsafe',
  ],
  [
    'a Word document with an outer entity',
    'docx',
    part('docProps/core.xml', '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>'),
    'unsafe',
  ],
  ['a Word document nested deep', 'docx', part('word/document.xml', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`), 'unsafe'],
  [
    'a Word document with many attributes',
    'docx',
    part('word/a.xml', `<a ${Array.from({ length: 1001 }, (_, n) => `a${n}="1"`).join(' ')}/>`),
    'unsafe',
  ],
  ['a Word document of broken XML', 'docx', part('word/document.xml', '<a><b></a>'), 'damaged'],
  ['a Word document without a text', 'docx', docx([]), 'empty'],
  ['an archive named as a Word document', 'docx', zipSync({ 'a.txt': strToU8('a') }), 'damaged'],
  ['a web page nested deep', 'html', strToU8(`${'<div>'.repeat(2000)}text`), 'unsafe'],
  ['a web page nested without end', 'html', strToU8('<div>'.repeat(200_000)), 'unsafe'],
  ['a web page in no encoding', 'html', latin('<p>M\xfcnchen</p>'), 'encoding'],
  ['a web page in another encoding than it says', 'html', latin('<meta charset="utf-8"><p>M\xfcnchen</p>'), 'encoding'],
  ['a web page in an encoding unknown', 'html', strToU8('<meta charset="klingon"><p>a</p>'), 'encoding'],
  ['a web page half in UTF-16', 'html', Uint8Array.of(0xff, 0xfe, 0x3c), 'unsupported'],
  ['a web page of NULs', 'html', strToU8('<p>a\0b\0c</p>'), 'unsupported'],
  ['a web page without text', 'html', strToU8('<script>words()</script>'), 'empty'],
  ['a web page of 26 MB', 'html', new Uint8Array(26_000_000), 'too-large'],
  ['a picture named as a web page', 'html', Uint8Array.of(0xff, 0xd8, 0xff), 'unsupported'],
  ['a web page of one huge paragraph', 'html', strToU8(`<p>${'a '.repeat(600_000)}</p>`), 'too-large'],
  [
    'a PDF with a password',
    'pdf',
    pdf(
      [[['Words.']]],
      '/Encrypt << /Filter /Standard /V 1 /R 2 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) /P -4 >> /ID [(a) (a)]',
    ),
    'encrypted',
  ],
  ['a PDF without text', 'pdf', pdf([[]]), 'empty'],
  ['a PDF that is none', 'pdf', strToU8('%PDF-1.4 nothing'), 'damaged'],
  ['a PDF of too many pages', 'pdf', pdf(Array.from({ length: 1001 }, () => [])), 'too-large'],
  ['a mail that is none', 'eml', strToU8('Just words without a head.'), 'damaged'],
  [
    'a mail of parts in parts',
    'eml',
    strToU8(Array.from({ length: 100 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('')),
    'unsafe',
  ],
  ['a mail with an endless head', 'eml', strToU8(`Subject: ${'a'.repeat(1_100_000)}\r\n\r\nText.`), 'unsafe'],
  ['a mail without text', 'eml', strToU8('Subject: a\r\n\r\n'), 'empty'],
  ['a table without a text column', 'csv', strToU8('id,name\n1,a\n'), 'column'],
  ['a table without the column named', 'csv', strToU8('id,text\n1,a\n'), 'column', { columns: { text: 'inhalt' } }],
  ['a table with an open quotation mark', 'csv', strToU8('id,text\n1,"a\n2,b\n'), 'damaged'],
  ['a table with a cell too many', 'csv', strToU8('id,text\n1,a\n2,b,c\n'), 'damaged'],
  ['a table without text', 'csv', strToU8('id,text\n1,\n'), 'empty'],
  ['a table that is a spreadsheet', 'csv', zipSync({ 'a.xml': strToU8('a') }), 'unsupported'],
  ['a table in windows-1252', 'csv', latin('id,text\n1,M\xfcnchen\n'), 'encoding'],
  ['JSON lines nested 65 deep', 'jsonl', strToU8(nested(64)), 'unsafe'],
  ['JSON lines nested a million deep', 'jsonl', strToU8(nested(1_000_000)), 'unsafe'],
  ['JSON lines with __proto__', 'jsonl', strToU8('{"text":"a","__proto__":{"isAdmin":true}}'), 'unsafe'],
  ['JSON lines with constructor', 'jsonl', strToU8('{"text":"a"}\n{"constructor":1}'), 'unsafe'],
  ['JSON lines that are none', 'jsonl', strToU8('{"text":"a"}\nnot json'), 'damaged'],
  ['JSON lines of control characters', 'jsonl', strToU8('{"text":"\\u0000\\r\\u0000"}'), 'empty'],
  ['JSON lines of lists', 'jsonl', strToU8('[1]'), 'damaged'],
  ['a text that is binary', 'text', Uint8Array.of(0x50, 0xff, 0xfe, 0, 0x80), 'unsupported'],
];
