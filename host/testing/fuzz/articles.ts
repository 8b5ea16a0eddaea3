import { strToU8, unzipSync, zipSync } from 'fflate';
import { ArticleDraft, type ImportFormat } from '../../../core/import/draft.ts';
import { readFile } from '../../import/read-file.ts';
import { createReader } from '../../import/reader.ts';
import { docx, pdf, pdfInFonts, pdfStream } from '../../import/testing/documents.ts';
import type { Random } from '../random.ts';
import { expectWords } from './datasets.ts';
import { spoiltBytes, spoiltJson, spoiltText } from './mutation.ts';
import type { Parser } from './run.ts';

/** Spoils a file in an archive, or its name, and packs all files again. */
export function spoiltZip(bytes: Uint8Array, random: Random, spoil: Parser['spoil'] = spoiltText): Uint8Array {
  const files: Record<string, Uint8Array> = unzipSync(bytes);
  const names = Object.keys(files);
  const name = names[Math.floor(random() * names.length)] ?? '';
  const content = files[name] ?? new Uint8Array();
  if (random() < 0.1) {
    delete files[name];
    files[new TextDecoder().decode(spoiltText(strToU8(name), random)).slice(0, 200) || 'x'] = content;
  } else files[name] = (random() < 0.2 ? spoiltBytes : spoil)(content, random);
  return zipSync(files, { level: random() < 0.5 ? 0 : 6 });
}

// A PDF is spoilt byte by byte, so that its tables still point somewhere.
const spoiltLatin: Parser['spoil'] = (bytes, random) =>
  Uint8Array.from(
    Buffer.from(Buffer.from(spoiltText(Buffer.from(Buffer.from(bytes).toString('latin1')), random)).toString('utf8'), 'latin1'),
  );

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A tax | Daily</title><meta property="og:site_name" content="Daily">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-01-07T10:00:00+01:00","headline":"A tax"}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>A tax</h1><p>“We will fight this tax,” Mayor Ana Ruiz said on Monday &amp; left.</p>
<ul><li>One<li>Two</ul><table><tr><td>12&nbsp;%<td>2024</table><p>The council denied it.<br>Nobody asked.</p></article><footer>Share</footer></body></html>`;
const mail = [
  'From: "Press, Office" <press@example.org>',
  'Subject: =?UTF-8?Q?A_t=C3=A4x?=',
  'Date: Wed, 7 Jan 2026 23:30:00 -0500',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=windows-1252',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  '<p>Words of the mayor=92s office.</p>',
  '--b',
  "Content-Type: application/pdf; name*0*=UTF-8''a%20; name*1=b.pdf",
  'Content-Disposition: attachment',
  'Content-Transfer-Encoding: base64',
  '',
  'JVBERi0=',
  '--b--',
  '',
].join('\r\n');
const table =
  'title;body;published;outlet;url\r\nOne;"First line.\r\nSecond ""line"".";7 January 2026;Daily;https://example.org/a\r\nTwo;Words;;;\r\n';
const lines =
  '{"title":"One","text":["First line.","Second."],"date":"2026-01-07","url":"https://example.org/a","lang":"en-GB"}\n{"text":"Words"}\n';
const archive = zipSync({ 'news/a.txt': strToU8('Words of a text.'), 'b.html': strToU8(page), 'c.png': strToU8('x') });

// One font is Japanese and not embedded, the other has letters that are pictures.
const foreignPdf = pdfInFonts(
  '/F1 11 Tf\n<938C8B9E82CC93FA967B8CEA> Tj\n/F2 137 Tf\n0 -14 Td\n(abcabc) Tj',
  [
    '<< /Type /Font /Subtype /Type0 /BaseFont /Mincho /Encoding /90ms-RKSJ-H /DescendantFonts [7 0 R] >>',
    '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 97 /LastChar 99 /Widths [10 10 10] /Encoding << /Differences [97 /a /b /c] >> /CharProcs << /a 8 0 R /b 8 0 R /c 8 0 R >> >>',
  ],
  [
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Mincho /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >> >>',
    pdfStream('10 0 d0\n8 0 0 8 0 0 cm\nBI /W 8 /H 8 /IM true /BPC 1 /F /AHx ID 7f7f7f7f7f7f7f7f> EI'),
  ],
);

const seeds: readonly { format: ImportFormat; bytes: Uint8Array; other?: Uint8Array; spoil: Parser['spoil'] }[] = [
  { format: 'text', bytes: strToU8('A headline of words\n\n“We will fight,” she said.\nIt is 12 % more.\n'), spoil: spoiltText },
  { format: 'html', bytes: strToU8(page), spoil: spoiltText },
  {
    format: 'docx',
    bytes: docx([['Title', 'A tax'], ['Heading1', 'Part one'], 'Words of a text.', ['ListParagraph', 'Item']], 'A tax'),
    spoil: spoiltZip,
  },
  {
    format: 'pdf',
    bytes: pdf([[['A tax', 18], ['Words of a text that goes'], ['on.']], [['More words.']]], '', 'A tax'),
    other: foreignPdf,
    spoil: spoiltLatin,
  },
  { format: 'eml', bytes: strToU8(mail), spoil: spoiltText },
  { format: 'csv', bytes: strToU8(table), spoil: spoiltText },
  { format: 'jsonl', bytes: strToU8(lines), spoil: spoiltJson },
  { format: 'zip', bytes: archive, spoil: spoiltZip },
];

// PDF.js continues with some of its work after it has answered. Only the thread that the product reads in shows whether what it leaves behind harms
// the next file.
const inThread = createReader();

/** The reader for each kind of file that articles are read from. */
export const articleParsers: readonly Parser[] = seeds.map(({ format, bytes, other, spoil }) => ({
  name: `article ${format}`,
  seeds: [bytes, ...(other ? [other] : [])].map((content) => [{ path: `a.${format === 'text' ? 'txt' : format}`, bytes: content }]),
  spoil,
  async read([file]) {
    const { path, bytes: content } = file as (typeof seeds)[number] & { path: string };
    const { articles, files, problem } = await (format === 'pdf' ? inThread.read : readFile)({
      name: path,
      format,
      bytes: content,
      options: {},
    });
    if (problem) {
      expectWords([problem]);
      if (format === 'pdf' && /read to the end/.test(problem.message)) throw new Error('its thread ended');
      if (articles.length + files.length > 0) throw new Error('it was refused and taken all the same');
      return false;
    }
    if (format === 'zip') return true;
    if (articles.length === 0) throw new Error('nothing was read, and nothing said');
    for (const { draft } of articles) {
      const { title, blocks } = ArticleDraft.parse(draft);
      if (!title.isWellFormed() || !blocks.every(({ text }) => text.isWellFormed() && !text.includes('\n')))
        throw new Error('not well formed');
      if (blocks.every(({ text }) => text.trim() === '')) throw new Error('an article without a word');
    }
    return true;
  },
}));
