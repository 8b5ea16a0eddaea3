import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { CharacterMaps } from './pdfjs.ts';
import { readFile } from './read-file.ts';
import { createReader } from './reader.ts';
import { pdfInFonts, pdfStream } from './testing/documents.ts';

afterEach(() => vi.restoreAllMocks());

async function blocksOf(bytes: Uint8Array): Promise<readonly (readonly [kind: string, text: string])[]> {
  const { articles, problem } = await readFile({ name: 'a.pdf', format: 'pdf', bytes, options: {} });
  if (problem) throw new Error(problem.message);
  return articles.flatMap(({ draft }) => draft.blocks.map(({ kind, text }) => [kind, text] as const));
}

const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';

/** A font that is not in the file, whose letters are numbered by the map of this name. */
function named(map: string, collection: string, descendant: number): [font: string, descendant: string] {
  const [registry, ordering, supplement] = collection.split('-');
  return [
    `<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /${map} /DescendantFonts [${descendant} 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (${registry}) /Ordering (${ordering}) /Supplement ${supplement} >> /DW 1000 >>`,
  ];
}

test('I73 a PDF is read without a word on the console, without compiled code, and with nothing asked for but maps of characters', async () => {
  const spoken = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
  const compiled = [vi.spyOn(WebAssembly, 'Module'), vi.spyOn(WebAssembly, 'instantiate')];
  const [font, descendant] = named('No-Such-Map', 'Adobe-Japan1-6', 7);
  const bytes = pdfInFonts('/F1 11 Tf\n(Words of a text.) Tj\n/F2 11 Tf\n0 -14 Td\n<93FA967B> Tj', [helvetica, font], [descendant]);
  expect(await blocksOf(bytes)).toEqual([['paragraph', 'Words of a text.']]);
  expect([...spoken, ...compiled].map((spy) => spy.mock.calls)).toEqual(Array(6).fill([]));
  const maps = new CharacterMaps();
  expect((await maps.fetch({ kind: 'cMapUrl', filename: 'UniGB-UCS2-H.bcmap' })).length).toBeGreaterThan(10_000);
  for (const [kind, filename] of [
    ['cMapUrl', '../package.json'],
    ['cMapUrl', 'LICENSE'],
    ['cMapUrl', 'a/b.bcmap'],
    ['wasmUrl', 'openjpeg.wasm'],
    ['standardFontDataUrl', 'Hankaku.bcmap'],
    ['standardFontDataUrl', 'FoxitSans.pfb'],
  ] as const) {
    await expect(maps.fetch({ kind, filename })).rejects.toThrow(RangeError);
  }
});

test.each([
  ['Chinese', 'UniGB-UCS2-H', 'Adobe-GB1-4', '<53174EAC5E02957F>', '北京市长'],
  ['Chinese of Taiwan', 'ETen-B5-H', 'Adobe-CNS1-3', '<A578A55F>', '台北'],
  ['Japanese', '90ms-RKSJ-H', 'Adobe-Japan1-6', '<938C8B9E82CC93FA967B8CEA>', '東京の日本語'],
  ['Korean', 'KSCms-UHC-H', 'Adobe-Korea1-2', '<C7D1B1B9BEEE>', '한국어'],
])('I74 %s in a font that is not in the file is read by the map that it names', async (_, map, collection, codes, words) => {
  const [font, descendant] = named(map, collection, 6);
  expect(await blocksOf(pdfInFonts(`/F1 11 Tf\n${codes} Tj`, [font], [descendant]))).toEqual([['paragraph', words]]);
});

test('I75 lines of Chinese and Japanese are put together without a space, lines of other letters with one', async () => {
  const [font, descendant] = named('UniJIS-UCS2-H', 'Adobe-Japan1-6', 6);
  const codes = (text: string) => `<${[...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(4, '0')).join('')}> Tj`;
  const lines = [
    '日本の首相は月曜日にパリでマ',
    'クロン大統領と会った。',
    '大統領は同じ日の夕方に NATO',
    'と話し、首相はそのあとすぐに',
    '東京に帰るつもりだ。',
  ];
  const content = lines.map((line) => `0 -14 Td\n${codes(line)}`).join('\n');
  expect(await blocksOf(pdfInFonts(`/F1 11 Tf\n${content}`, [font], [descendant]))).toEqual([
    ['paragraph', '日本の首相は月曜日にパリでマクロン大統領と会った。'],
    ['paragraph', '大統領は同じ日の夕方に NATO と話し、首相はそのあとすぐに東京に帰るつもりだ。'],
  ]);
});

/** A font whose letters a, b and c are all the picture that is object `glyph`. */
const pictures = (glyph: number) =>
  `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 97 /LastChar 99 /Widths [10 10 10] /Encoding << /Differences [97 /a /b /c] >> /CharProcs << /a ${glyph} 0 R /b ${glyph} 0 R /c ${glyph} 0 R >> >>`;
const picture = (width: string, height = '8') =>
  pdfStream(`10 0 d0\n8 0 0 8 0 0 cm\nBI /W ${width} /H ${height} /IM true /BPC 1 /F /AHx ID 7f7f7f7f7f7f7f7f> EI`);

test('I76 letters that are pictures have their size, by which headings are known', async () => {
  const content = '/F2 18 Tf\n(A headline) Tj\n/F1 137 Tf\n0 -24 Td\n(abcabcabcabcabcabc) Tj\n0 -14 Td\n(cbacbacbacbacba) Tj';
  expect(await blocksOf(pdfInFonts(content, [pictures(7), helvetica], [picture('8')]))).toEqual([
    ['heading', 'A headline'],
    ['paragraph', 'abcabcabcabcabcabc cbacbacbacbacba'],
  ]);
});

test('I79 a letter whose picture has a broken width or height is read all the same, and in good time', async () => {
  const reader = createReader({ timeMs: 5000, memoryMb: 512 });
  for (const [width, height] of [['1.58'], ['7.99'], ['999.5'], ['0.5'], ['8', '.8'], ['8', '7.5']] as const) {
    const bytes = pdfInFonts('/F1 137 Tf\n(abc) Tj', [pictures(6)], [picture(width, height)]);
    const { articles, problem } = await reader.read({ name: 'a.pdf', format: 'pdf', bytes, options: {} });
    expect([width, height, problem, articles[0]?.draft.blocks[0]?.text]).toEqual([width, height, null, 'abc']);
  }
  await reader.close();
});

test('I77 nothing of native code is installed for PDFs: an empty package stands in its place', () => {
  const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));
  expect(packages['node_modules/@napi-rs/canvas']).toMatchObject({ name: 'noop-package' });
  expect(Object.keys(packages).filter((place) => place.includes('@napi-rs/canvas-'))).toEqual([]);
});

test('I78 a PDF that unpacks to more than a reader may hold is refused, and the next is read', async () => {
  // Twice packed, as text: a file of some kilobytes.
  const packed = deflateSync(deflateSync(Buffer.alloc(60_000_000, ' '))).toString('hex');
  const bomb = pdfInFonts('(Words.) Tj', [helvetica], [pdfStream(`${packed}>`, '/Filter [/ASCIIHexDecode /FlateDecode /FlateDecode]')]);
  const pages = new TextDecoder().decode(bomb).replace('/Contents 4 0 R', '/Contents 6 0 R');
  const reader = createReader({ timeMs: 20_000, memoryMb: 64 });
  const read = async (bytes: Uint8Array) => (await reader.read({ name: 'a.pdf', format: 'pdf', bytes, options: {} })).problem;
  expect(await read(new TextEncoder().encode(pages))).toMatchObject({ code: 'too-large', message: expect.stringContaining('memory') });
  expect(await read(pdfInFonts('/F1 11 Tf\n(Words of a text.) Tj', [helvetica]))).toBeNull();
  await reader.close();
});

test('I78 a list that outgrows the memory in one step ends the reading of its file, not the program', async () => {
  const [font, descendant] = named('Identity-H', 'Adobe-Identity-0', 6);
  const wide = descendant.replace('/DW 1000', '/W [0 999999999 500]');
  const reader = createReader({ timeMs: 20_000, memoryMb: 64 });
  const read = async (bytes: Uint8Array) => (await reader.read({ name: 'a.pdf', format: 'pdf', bytes, options: {} })).problem?.code ?? null;
  expect(await read(pdfInFonts('/F1 11 Tf\n<0041> Tj', [font], [wide]))).toBe('too-large');
  expect(await read(pdfInFonts('/F1 11 Tf\n(Words of a text.) Tj', [helvetica]))).toBeNull();
  await reader.close();
});

test('I79 a picture of a letter that says to be a thousand million points is passed over', async () => {
  const reader = createReader({ timeMs: 20_000, memoryMb: 64 });
  const bytes = pdfInFonts('/F1 137 Tf\n(abc) Tj', [pictures(6)], [picture('8').replace('/H 8', '/H 800000005')]);
  const { articles, problem } = await reader.read({ name: 'a.pdf', format: 'pdf', bytes, options: {} });
  expect([problem, articles[0]?.draft.blocks[0]?.text]).toEqual([null, 'abc']);
  await reader.close();
});
