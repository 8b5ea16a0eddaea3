import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { draftText, type ImportFormat, proposedOut, type ReadingOptions } from '../../core/import/draft.ts';
import { readFile } from './read-file.ts';
import { createReader } from './reader.ts';
import { docx, docxParts, docxWithLinkedPicture, pdf } from './testing/documents.ts';

async function read(format: ImportFormat, bytes: Uint8Array | string, options: ReadingOptions = {}) {
  const { articles, problem } = await readFile({
    name: `a.${format}`,
    format,
    bytes: typeof bytes === 'string' ? strToU8(bytes) : bytes,
    options,
  });
  if (problem) throw new Error(problem.message);
  return articles.map(({ draft, original }) => ({
    ...draft,
    ...draftText(draft, proposedOut(draft)),
    out: draft.blocks.flatMap(({ text, leaveOut }) => (leaveOut ? [[leaveOut, text]] : [])),
    original: original && Buffer.from(original).toString(),
  }));
}

const sentence =
  'Western leaders gathered in Paris on Tuesday to sign a declaration of intent on troops, officials said, after months of talks about guarantees.';
const second =
  '“We will not wait,” said the prime minister, who called the pledge 💪 a huge step forward, and thanked everybody who had come to the palace.';
const page = (body: string, head = '') =>
  `<!doctype html><html lang="en-gb"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
const news = page(
  `<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About us</a></li></ul></nav><script>track()</script><style>p{}</style>
   <article><h1>Allies sign pledge</h1><p>By Ann Writer</p>
   <figure><img src="x.png"><figcaption>Leaders in Paris. Photo: Jane Doe/Reuters</figcaption></figure>
   <p>${sentence}</p><p>“We will <b>not</b> wait,” said the prime minister,<br>who called the pledge &#128170; a huge step forward,
   and thanked everybody who had come to the palace.</p>
   <h2>What comes next</h2><ul><li>Parliaments have to agree, which may take until the spring, diplomats said.</li></ul>
   <p hidden>Secret</p><p style="display: none">Hidden</p><p>Share this article</p></article>
   <footer><p>We use cookies to improve the site.</p><p>Leave a Comment</p><p>An imprint</p></footer>`,
  `<title>Allies sign pledge - The Daily Example</title><meta property="og:site_name" content="The Daily Example">
   <link rel="canonical" href="https://news.example/pledge"><meta property="article:published_time" content="2026-01-07T23:30:00-05:00">`,
);

test('I17 a web page gives headline, paragraphs, list items and line breaks as blocks, with title, source, day, address and language', async () => {
  const [article] = await read('html', news);
  expect(article).toMatchObject({
    ...{
      title: 'Allies sign pledge',
      source: 'The Daily Example',
      date: '2026-01-07',
      url: 'https://news.example/pledge',
      language: 'en-GB',
    },
    headings: [0, 5],
    text: [
      'Allies sign pledge',
      'By Ann Writer',
      sentence,
      '“We will not wait,” said the prime minister,',
      'who called the pledge 💪 a huge step forward, and thanked everybody who had come to the palace.',
      'What comes next',
      'Parliaments have to agree, which may take until the spring, diplomats said.',
    ].join('\n'),
  });
});

test('I17 what a web page has around its article is proposed to be left out, each with its reason; only what nobody sees is not there', async () => {
  const [article] = await read('html', news);
  expect(article?.out).toEqual([
    ['page navigation', 'Home'],
    ['outside the article', 'About us'],
    ['photo credit', 'Leaders in Paris. Photo: Jane Doe/Reuters'],
    ['share line', 'Share this article'],
    ['cookie notice', 'We use cookies to improve the site.'],
    ['invites comments', 'Leave a Comment'],
    ['outside the article', 'An imprint'],
  ]);
});

test.each([
  ['its own byte order mark', Uint8Array.from(Buffer.from('\ufeff<p>Zoë said “no”.</p>', 'utf16le'))],
  ['a declaration', Uint8Array.from(Buffer.from('<meta charset=windows-1252><p>Zo\xeb said \x93no\x94.</p>', 'latin1'))],
  [
    'an XML declaration',
    Uint8Array.from(Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><p>Zo\xeb said \x93no\x94.</p>', 'latin1')),
  ],
  ['no declaration, in UTF-8', strToU8('<p>Zoë said “no”.</p>')],
])('I17 a web page is read in the encoding of %s', async (_, bytes) => {
  expect((await read('html', bytes))[0]?.text).toBe('Zoë said “no”.');
});

test('I17 the person can name the encoding of a page that does not say it', async () => {
  const bytes = Uint8Array.from(Buffer.from('<p>Zo\xeb</p>', 'latin1'));
  expect((await read('html', bytes, { encoding: 'windows-1252' }))[0]?.text).toBe('Zoë');
});

test('I17 a page without headings is called what stands in front of the name of its site, and that line is part of the article', async () => {
  const body = `<div>Sport</div><div>Talks go on</div><div>${sentence}<br><br>${second}<br><br>${sentence}</div><div>Imprint</div>`;
  const [article] = await read('html', page(body, '<title>Talks go on | Example News</title>'));
  expect(article?.title).toBe('Talks go on');
  expect(article?.text.split('\n')[0]).toBe('Talks go on');
});

test('I25 what would harm a list or a file does not get into titles; characters that turn the writing stay in the text, which is said', async () => {
  const turned = 'They paid \u202e100\u202c euros.';
  const head = '<title>A\u202e pledge\n in\u2066 Paris &#xD800;</title>';
  expect(
    (await read('html', page(`<p>${turned}</p><table width="1e9"><tr><td colspan="1000000000">Cell</td></tr></table>`, head)))[0],
  ).toMatchObject({
    ...{ title: 'A pledge in Paris \ufffd', text: `${turned}\nCell` },
    remarks: ['2 invisible characters that turn the direction of writing are part of the text.'],
  });
});

test('I18 a Word document gives its paragraphs and headings, title and language; the day it was made is not taken for a date', async () => {
  const [article] = await read(
    'docx',
    docx([['Title', 'A pledge'], sentence, ['Heading1', 'What next'], `${second} & more`, 'Photo: Jane Doe'], 'A pledge'),
  );
  expect(article).toMatchObject({
    title: 'A pledge',
    language: 'en-GB',
    date: null,
    headings: [0, 2],
    out: [['photo credit', 'Photo: Jane Doe']],
  });
  expect(article?.text).toBe(['A pledge', sentence, 'What next', `${second} & more`].join('\n'));
});

test('I18 macros of a Word document are not read, which is said; pictures and links to the outside are passed over', async () => {
  const parts = docxParts(['Words of the text.']);
  const outside =
    '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:1/x.png" TargetMode="External"/></Relationships>';
  const rels = Buffer.from(parts['word/_rels/document.xml.rels'] ?? '')
    .toString()
    .replace('</Relationships>', outside);
  const bytes = zipSync({ ...parts, 'word/_rels/document.xml.rels': strToU8(rels), 'word/vbaProject.bin': strToU8('x') });
  expect((await read('docx', bytes))[0]).toMatchObject({ text: 'Words of the text.', remarks: ['Its macros were not read.'] });
});

test('I19 the lines of a PDF become paragraphs and headings; words broken at a line end are one again, and known hyphens stay', async () => {
  const lines = [
    ['Allies sign pledge in Paris', 20, 40],
    ['Western leaders gathered in Paris on Tuesday to sign a declaration of intent on troops, offi-', 11, 30],
    ['cials said, after months of talks about long-term guarantees for the country and all its long-'],
    ['term friends, and then they left.'],
    ['A second paragraph begins here.', 11, 26],
  ] as const;
  expect((await read('pdf', pdf([lines])))[0]).toMatchObject({
    title: 'Allies sign pledge in Paris',
    headings: [0],
    text: [
      'Allies sign pledge in Paris',
      'Western leaders gathered in Paris on Tuesday to sign a declaration of intent on troops, officials said, after months of talks about long-term guarantees for the country and all its long-term friends, and then they left.',
      'A second paragraph begins here.',
    ].join('\n'),
  });
});

test('I19 what stands on every page of a PDF and page numbers are proposed to be left out, and a paragraph goes on over the page', async () => {
  const pageOf = (number: number, words: string) =>
    [
      ['The Daily Example', 9],
      [`${words} goes on with a line that is long enough to reach far to the right of the page`, 11, 30],
      [`${number}`, 9, 60],
    ] as const;
  const [article] = await read('pdf', pdf([pageOf(1, 'One'), pageOf(2, 'two'), pageOf(3, 'three')], '', 'Three pages'));
  expect(article?.title).toBe('Three pages');
  expect(new Set(article?.out.map(([reason]) => reason))).toEqual(new Set(['on every page', 'page number']));
  expect(article?.text).toMatch(/^One goes on .* page two goes on .* page three goes on .* page$/);
});

test('I20 an e-mail gives its subject, sender and the day as written; its lines are put together to paragraphs', async () => {
  const mail = [
    'From: "Press Office" <press@example.org>',
    'Subject: =?utf-8?Q?A_pledge_=F0=9F=92=AA?=',
    'Date: Tue, 06 Jan 2026 23:30:00 -0500',
    'Content-Type: text/plain; charset=windows-1252',
    '',
    'Western leaders gathered in Paris on Tuesday to sign a declaration of',
    'intent on troops.',
    '',
    '\x93We will not wait,\x94 they said.',
  ].join('\r\n');
  expect((await read('eml', Uint8Array.from(Buffer.from(mail, 'latin1'))))[0]).toMatchObject({
    ...{ title: 'A pledge 💪', source: 'Press Office', date: '2026-01-06' },
    text: 'Western leaders gathered in Paris on Tuesday to sign a declaration of intent on troops.\n“We will not wait,” they said.',
  });
});

test('I20 an e-mail in HTML is read as that, and its attachments are not read, which is said', async () => {
  const mail = [
    'From: press@example.org',
    'Subject: News of the day',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<h1>News of the day</h1><p>They met.<img src="https://tracker.example/x.png"></p><p>Unsubscribe</p>',
    '--b',
    'Content-Type: application/pdf; name=a.pdf',
    'Content-Disposition: attachment; filename=a.pdf',
    '',
    'x',
    '--b--',
  ].join('\r\n');
  expect((await read('eml', mail))[0]).toMatchObject({
    ...{ title: 'News of the day', source: 'press@example.org', date: null, headings: [0] },
    ...{ text: 'News of the day\nThey met.\nUnsubscribe', remarks: ['1 attachment was not read.'] },
  });
});

const table =
  'id;headline;body;published;outlet\r\n1;"One; two";"First line.\r\nSecond ""line"".";7 January 2026;Daily\r\n2;Two;;;\r\n3;=Three;Some text;04/09/2025;X\r\n';

test('I21 each row of a table is an article by columns that their names tell; what is kept of it is the head and the row', async () => {
  const articles = await read('csv', `\ufeff${table}`);
  expect(articles).toMatchObject([
    {
      ...{
        title: 'One; two',
        text: 'First line.\nSecond "line".',
        date: '2026-01-07',
        source: 'Daily',
        remarks: ['1 row without text is left out.'],
      },
      original: 'id;headline;body;published;outlet\r\n1;"One; two";"First line.\r\nSecond ""line"".";7 January 2026;Daily\r\n',
    },
    { title: '=Three', text: 'Some text', date: null, remarks: [expect.stringMatching(/^Line 5: “04\/09\/2025”/)] },
  ]);
});

test.each([
  ['tabs and one row', 'title\ttext\nA\tOne, two; three, four\n'],
  ['semicolons and one row', 'title;text\nA;One, two, three\n'],
  ['bars', 'Title |TEXT\nA|Words; words; words, words\n'],
  ['lines ended by CR', 'title;text\r"A";"One\rtwo, three"\r'],
  ['a line that tells the sign', 'sep=;\r\ntitle;text\r\nA;One, two\r\n'],
  ['a sign that only that line tells', 'sep=^\ntitle^text\nA^One, two; three\n'],
])('I82 a table with %s is read', async (_, bytes) => {
  const articles = await read('csv', bytes);
  expect(articles.map(({ title }) => title)).toEqual(['A']);
  expect(articles[0]?.original).toMatch(/^title/i);
});

test('I82 WebAnno TSV, which is no table, is refused with what to export instead', async () => {
  await expect(read('csv', '#FORMAT=WebAnno TSV 3.3\n#Text=Yes.\n1-1\t0-3\tYes\t_\n')).rejects.toThrow(/WebAnno/);
});

test('I21 the person can name the columns of a table', async () => {
  const options = { columns: { text: 'HEADLINE', title: 'id', date: 'published' } };
  expect((await read('csv', table, options)).map(({ title, text }) => [title, text])).toEqual([
    ['1', 'One; two'],
    ['2', 'Two'],
    ['3', '=Three'],
  ]);
});

test('I21 each line of a JSONL file is an article, with paragraphs as text or as a list', async () => {
  const lines = [
    '{"title":"T","text":["One","Two"],"date":"2026-01-07T10:00:00Z","n":{"a":1}}',
    '{"text":"Only words here","url":"javascript:1","lang":"EN-gb"}',
  ];
  expect(await read('jsonl', lines.join('\n'))).toMatchObject([
    { title: 'T', text: 'One\nTwo', date: '2026-01-07', original: `${lines[0]}\n` },
    {
      title: 'Only words here',
      url: null,
      language: 'en-GB',
      remarks: [expect.stringMatching(/^Line 2: “javascript:1” is not a web address/)],
    },
  ]);
});

test('I81 what no article is made of is named, once for a file', async () => {
  const lines = [
    '{"id":1,"text":"One story here","author":"Ann","entities":[[0,3,"Num"]],"tags":[],"n":null}',
    '{"id":2,"text":"Another","author":""}',
  ];
  const [first, second] = await read('jsonl', lines.join('\n'));
  expect(first?.remarks).toEqual(['Not read: the columns “author”, “entities”.']);
  expect(second?.remarks).toEqual([]);
  expect((await read('csv', 'Unnamed: 0,text,section\n0,Words here,News\n'))[0]?.remarks).toEqual(['Not read: the column “section”.']);
});

test('I28 a plain text file is read to the letter, with nothing proposed to be left out', async () => {
  const text = 'News\nA headline of words\n\n\nSome  text.  \nAdd Comment\n';
  expect((await read('text', text))[0]).toMatchObject({ text, out: [] });
});

test('I86 a file is not refused for the time in which its reading waits for the processor', async () => {
  const limits = { timeMs: 1200, memoryMb: 512 };
  const reader = createReader(limits);
  const task = (paragraphs: number) => {
    const bytes = strToU8(page(`<p>${sentence}</p>`.repeat(paragraphs)));
    return { name: 'a.html', format: 'html', bytes, options: {} } as const;
  };
  expect((await reader.read(task(1))).problem).toBeNull();
  const reading = reader.read(task(1000));
  await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setImmediate(resolve));
  // As long as this thread stands still, it cannot hear that the file is read; its clocks are looked at first then.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, limits.timeMs + 50);
  expect((await reading).problem).toBeNull();
  await reader.close();
});

test('I83 a text in no known encoding is one to be named, and is read in the one that is', async () => {
  const bytes = Buffer.from('Hello world\n', 'utf16le');
  const { problem } = await readFile({ name: 'a.txt', format: 'text', bytes, options: {} });
  expect(problem).toMatchObject({ code: 'encoding', message: expect.stringContaining('UTF-16 without a byte order mark') });
  const [article] = await read('text', bytes, { encoding: 'utf-16le' });
  expect(article).toMatchObject({ text: 'Hello world\n', remarks: ['utf-16le was turned into UTF-8.'] });
  const csv = await readFile({ name: 'a.csv', format: 'csv', bytes: Buffer.from('title,text\na,b\n', 'utf16le'), options: {} });
  expect(csv.problem?.code).toBe('encoding');
});

test('I88 pages and tables that are UTF-8 are read as that, whatever is named for them and whatever they say', async () => {
  const said = 'It is UTF-8, so it was not read in windows-1252.';
  for (const [format, text] of [
    ['text', 'Grüße.'],
    ['html', '<meta charset="latin1"><p>Grüße.</p>'],
    ['csv', 'title,text\nA,Grüße.\n'],
    ['jsonl', '{"title":"A","text":"Grüße."}\n'],
  ] as const) {
    const [article] = await read(format, Buffer.from(text), { encoding: 'windows-1252' });
    expect([format, article?.text, article?.remarks[0]]).toEqual([format, 'Grüße.', said]);
    const [latin] = await read(format, Buffer.from(text, 'latin1'), { encoding: 'windows-1252' });
    expect([format, latin?.text, latin?.remarks.includes(said)]).toEqual([format, 'Grüße.', false]);
  }
});

test('I26 nothing that a file names is fetched', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const head = `<base href="${at}/"><link rel="stylesheet" href="${at}/a.css"><link rel="canonical" href="${at}/page"><script src="${at}/a.js"></script>`;
  const html = page(`<img src="${at}/x.png" srcset="${at}/y.png 2x"><iframe src="${at}/f"></iframe><p>Words of the page.</p>`, head);
  const reader = createReader();
  const { articles } = await reader.read({ name: 'a.html', format: 'html', bytes: strToU8(html), options: {} });
  for (const target of [`${at}/p.png`, 'file:///dev/zero', import.meta.filename]) {
    const bytes = docxWithLinkedPicture('Words beside a picture.', target);
    const { articles: found, problem } = await reader.read({ name: 'a.docx', format: 'docx', bytes, options: {} });
    expect([problem, found[0]?.draft.blocks.map(({ text }) => text)]).toEqual([null, ['Words beside a picture.']]);
  }
  await reader.close();
  server.close();
  expect(articles[0]?.draft.url).toBe(`${at}/page`);
  expect(asked).toBe(0);
});
