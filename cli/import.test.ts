import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openProject } from '../host/storage/project.ts';
import { realCommand } from './testing/real-command.ts';

const { folder, run, sample } = realCommand();

test('C5 import takes the good files, names the bad ones with what to do, and ends with 1', async () => {
  await run('new', 'imports');
  await writeFile(join(folder(), 'good.txt'), 'Leaders met in Paris on Friday.\n');
  await writeFile(join(folder(), 'bad.txt'), Buffer.from([0x50, 0xff, 0xfe, 0x00, 0x80]));
  await writeFile(join(folder(), 'other.txt'), 'They signed a declaration.\n');
  await writeFile(join(folder(), 'photo.png'), 'x');
  const first = await run('import', 'imports', 'good.txt', 'bad.txt', 'missing.txt', 'photo.png', 'other.txt');
  expect(first.code).toBe(1);
  expect(first.stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^good\.txt: imported as good-/),
    expect.stringMatching(/^other\.txt: imported as other-/),
  ]);
  expect(first.stderr).toMatch(/^bad\.txt was not imported: /m);
  expect(first.stderr).toMatch(/^missing\.txt: There is no such file\.\n {2}Nothing was changed\. Check its name and its folder\./m);
  expect(first.stderr).not.toMatch(/ENOENT|may write/);
  expect(first.stderr).toMatch(/^photo\.png was not imported: files ending in \.png cannot be imported\.$/m);
  expect(first.stderr).toContain('3 files were not imported, of 5.');
  const again = await run('import', 'imports', 'good.txt');
  expect(again).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^good\.txt: already there as good-/) });
});

test('I30 import walks folders and archives, says what it left out of a page and why, and with --dry-run imports nothing', async () => {
  await run('new', 'walked');
  const inside = join(folder(), 'pages', 'deep');
  await mkdir(inside, { recursive: true });
  const page = '<h1>A pledge in Paris</h1><p>They met on Tuesday.</p><p>Add Comment</p>';
  await writeFile(join(inside, 'a.html'), page);
  await writeFile(join(inside, 'photo.png'), 'x');
  await writeFile(join(inside, '.hidden.html'), page);
  await writeFile(join(folder(), 'pages', 'b.zip'), zipSync({ 'c.html': strToU8(page), 'd.docx': strToU8('x') }));
  await writeFile(join(folder(), 'pages', 't.csv'), 'kopf,inhalt\nOne,First text of all\nTwo,Second text of all\n');
  const columns = ['--text-column', 'inhalt', '--title-column', 'kopf'];
  const dry = await run('import', 'walked', 'pages', '--dry-run', ...columns);
  expect(dry.stdout).toContain(
    'pages/deep/a.html: would be imported as “A pledge in Paris” (8 words)\n  left out, invites comments: Add Comment\n',
  );
  expect(dry.stdout).toContain('pages/t.csv, 2 of 2: would be imported as “Two” (4 words)');
  const done = await run('import', 'walked', 'pages', ...columns);
  expect(done.code).toBe(1);
  expect(done.stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^pages\/b\.zip\/c\.html: imported as c-\w+ \(1 line was left out: 1 invites comments\.\)$/),
    expect.stringMatching(/^pages\/deep\/a\.html: already there as c-\w+$/),
    expect.stringMatching(/^pages\/t\.csv, 1 of 2: imported as t-\w+$/),
    expect.stringMatching(/^pages\/t\.csv, 2 of 2: imported as t-\w+$/),
  ]);
  expect(done.stderr).toContain('pages/b.zip/d.docx was not imported: it is damaged, or no Word document.');
  expect(done.stderr).toContain('1 file or project was skipped in folders: pages/deep/photo.png');
  expect(done.stderr).toContain('1 file was not imported, of 3.');
  await mkdir(join(folder(), 'bare'));
  const nothing = await run('import', 'walked', 'bare');
  expect(nothing).toMatchObject({ code: 1, stdout: '', stderr: 'There is nothing to import in bare.\n' });
  const kept = await run('import', 'walked', join('pages', 'deep', 'a.html'), '--keep-boilerplate', '--format', 'html');
  expect(kept).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/a\.html: imported as a-\w+\n$/) });
});

/** Puts `bytes` in place of the journal of the only annotator, and answers its name. */
async function putJournal(place: string, bytes: string): Promise<string> {
  const [lead = ''] = await readdir(join(place, 'annotators'));
  await writeFile(join(place, 'annotators', lead, 'journal.jsonl'), bytes);
  return `annotators/${lead}/journal.jsonl`;
}

test('C13 import and export tell on stderr what is wrong with the project, and import why nothing can be added', async () => {
  const place = await sample('told');
  await writeFile(join(folder(), 'new.txt'), 'Leaders met again.\n');
  await putJournal(place, '{"seq":1');
  expect(await run('import', place, 'new.txt')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('the last 8 bytes were cut off'),
  });
  const journal = await putJournal(place, 'not a step\nnot a step\n');
  const refused = await run('import', place, 'new.txt');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(`${journal} is damaged at line 1`);
  expect(refused.stderr).toMatch(/^pressmark: The project has a damaged journal, so nothing can be changed here\.$/m);
  expect(refused.stderr).not.toContain('another');
  const out = join(folder(), 'told-dataset');
  expect(await run('export', place, '--format', 'csv', '--out', out)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`${journal} is damaged at line 1`),
  });
});

test('C13 import into a project that is open elsewhere says so', async () => {
  const place = await sample('busy');
  const holder = await openProject(place);
  const { code, stderr } = await run('import', place, 'new.txt');
  await holder.close();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^pressmark: The project is open in another window or program, so nothing can be changed here\.$/m);
});

test('I83 import reads texts and pages in the encoding that is named, and what is UTF-8 as that', async () => {
  await run('new', 'encodings');
  await writeFile(join(folder(), 'a.txt'), Buffer.from('Grüße.\n', 'latin1'));
  await writeFile(join(folder(), 'b.html'), Buffer.from('<p>Bücher.</p>', 'latin1'));
  await writeFile(join(folder(), 'c.txt'), 'Türen.\n');
  const refused = await run('import', 'encodings', 'a.txt', 'b.html');
  expect([refused.code, refused.stderr.match(/not UTF-8/g)?.length]).toEqual([1, 2]);
  const { code, stdout } = await run('import', 'encodings', 'a.txt', 'b.html', 'c.txt', '--encoding', 'windows-1252');
  expect([code, ...stdout.trimEnd().split('\n')]).toEqual([
    0,
    expect.stringMatching(/^a\.txt: imported as \S+ \(windows-1252 was turned into UTF-8\.\)$/),
    expect.stringMatching(/^b\.html: imported as \S+/),
    expect.stringMatching(/^c\.txt: imported as \S+ \(It is UTF-8, so it was not read in windows-1252\.\)$/),
  ]);
  const project = await openProject(join(folder(), 'encodings'));
  const texts = await Promise.all(project.articles().map(async ({ id }) => (await project.readArticle(id)).text));
  await project.close();
  expect(texts.sort()).toEqual(['Bücher.', 'Grüße.\n', 'Türen.\n']);
});
