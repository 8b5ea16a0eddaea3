import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../core/failure.ts';
import { createProject, openProject, type Project } from '../storage/project.ts';
import { temporaryFolder } from '../testing/sample-host.ts';
import { importedName, importText } from './article-import.ts';

let project: Project;
let remove: () => Promise<void>;

beforeEach(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  await createProject(folder.path, { name: 'Import', annotator: { name: 'Anna' } });
  project = await openProject(folder.path);
});

afterEach(async () => {
  await project.close();
  await remove();
});

const utf8 = (text: string) => new TextEncoder().encode(text);

it('I12 an imported file is an article with its text, and its bytes are kept', async () => {
  const bytes = utf8('\ufeffA headline of words\r\n\r\nOne\x0btwo.\r\n');
  const { meta, known, changed } = await importText(project, 'Étude 1.txt', bytes);
  expect(known).toBe(false);
  expect(changed).toEqual([
    '1 byte order mark was removed.',
    '3 line ends were turned into LF.',
    '1 control character was turned into a space.',
  ]);
  expect(meta.originalName).toBe('Étude 1.txt');
  expect((await project.readArticle(meta.id)).text).toBe('A headline of words\n\nOne two.\n');
  expect([...(await project.readOriginal(meta.id))]).toEqual([...bytes]);
});

it('I13 what the import changed in a UTF-16 file is said in sentences', async () => {
  const bytes = Uint8Array.from(Buffer.from('\ufeffA \ud83d b\rc', 'utf16le'));
  expect((await importText(project, 'a.txt', bytes)).changed).toEqual([
    'UTF-16 was turned into UTF-8.',
    '1 byte order mark was removed.',
    '1 line end was turned into LF.',
    '1 half of a surrogate pair was replaced by U+FFFD.',
  ]);
});

it('I83 a text in another encoding is refused as that, and imported in the one that is named; a byte order mark goes before it', async () => {
  const latin = Uint8Array.from(Buffer.from('Müncher “Gruß”\n'.replace('“', '\x93').replace('”', '\x94'), 'latin1'));
  const refused = {
    code: 'encoding',
    message: expect.stringContaining('line 1 has the byte 0xFC'),
    next: expect.stringContaining('Name its'),
  };
  await expect(importText(project, 'a.txt', latin)).rejects.toMatchObject({ failure: refused });
  const { meta, changed } = await importText(project, 'a.txt', latin, undefined, 'windows-1252');
  expect(changed).toEqual(['windows-1252 was turned into UTF-8.']);
  expect((await project.readArticle(meta.id)).text).toBe('Müncher “Gruß”\n');
  expect([...(await project.readOriginal(meta.id))]).toEqual([...latin]);
  const marked = await importText(project, 'b.txt', utf8('\ufeffMünch'), undefined, 'latin1');
  expect((await project.readArticle(marked.meta.id)).text).toBe('Münch');
  for (const [encoding, bytes] of [
    ['no such thing', latin],
    ['shift_jis', Uint8Array.of(0x81, 0xff)],
    ['utf-8', latin],
  ] as const)
    await expect(importText(project, 'c.txt', bytes, undefined, encoding)).rejects.toMatchObject({ failure: { code: 'encoding' } });
});

it('I88 where an encoding is named for several files, those that are UTF-8 are read as that, which is said', async () => {
  const { meta, changed } = await importText(project, 'a.txt', utf8('“Grüße” 💪\r\n'), undefined, 'latin1');
  expect((await project.readArticle(meta.id)).text).toBe('“Grüße” 💪\n');
  expect(changed).toEqual(['It is UTF-8, so it was not read in windows-1252.', '1 line end was turned into LF.']);
  for (const [text, encoding] of [
    // Plain ASCII is the same in most encodings.
    ['Words.', 'windows-1252'],
    ['Grüße', 'utf8'],
    ['\ufeffGrüße', 'windows-1252'],
  ] as const)
    expect((await importText(project, 'b.txt', utf8(text), undefined, encoding)).changed.join(' ')).not.toContain('It is UTF-8');
  // What is no UTF-8, and what is only byte by byte, is read in what is named.
  const utf16 = await importText(project, 'c.txt', Uint8Array.from(Buffer.from('Kata \ua9c3', 'utf16le')), undefined, 'utf-16le');
  expect((await project.readArticle(utf16.meta.id)).text).toBe('Kata \ua9c3');
  await expect(importText(project, 'd.txt', utf8('Grüße'), undefined, 'no such thing')).rejects.toMatchObject({
    failure: { code: 'encoding' },
  });
});

it('I14 the same text is imported once, under whatever name or line ends', async () => {
  const first = await importText(project, 'a.txt', utf8('One\nTwo'));
  const second = await importText(project, 'b.txt', utf8('One\r\nTwo'));
  expect(first).toMatchObject({ known: false, changed: [] });
  expect(second).toMatchObject({ known: true, meta: first.meta });
  expect(project.articles()).toHaveLength(1);
});

it('I15 a refused file leaves nothing in the project', async () => {
  await expect(importText(project, 'a.txt', Uint8Array.of(0xff))).rejects.toThrow(AppError);
  await expect(importText(project, 'a.pdf', utf8('Words'))).rejects.toThrow(AppError);
  expect(project.articles()).toEqual([]);
});

it.each([
  ['folder/sub/a.txt', 'a.txt'],
  ['C:\\Users\\anna\\a.txt', 'a.txt'],
  ['../../etc/a.txt', 'a.txt'],
  ['E\u0301tude.txt', 'Étude.txt'],
  ['a\0b\n\u0085c\x7f.txt', 'abc.txt'],
  ['exe.\u202etxt', 'exe.txt'],
  ['half \ud83d.txt', 'half .txt'],
  ['  a.txt ', 'a.txt'],
  [`${'💪'.repeat(300)}.txt`, `${'💪'.repeat(196)}.txt`],
  ['<b>&"\'.txt', '<b>&"\'.txt'],
  ['folder/', 'A file without a name'],
])('I16 of the name %j only a harmless last part is kept', (name, kept) => {
  expect(importedName(name)).toBe(kept);
});
