import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { draftText } from '../core/import/draft.ts';
import { readFile as readArticles } from '../host/import/read-file.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { addBackup, addRestore } from './backup.ts';

const run = async (...args: string[]) => {
  const lines: string[] = [];
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
  for (const spy of spies) spy.mockImplementation((line) => void lines.push(line));
  const program = new Command().exitOverride().configureOutput({ writeErr: (line) => void lines.push(line) });
  for (const add of [addBackup, addRestore]) add(program);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  await program.parseAsync(['node', 'pressmark', ...args]).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return lines;
};
const page =
  '<html><body><article><h1>The mayor resigns</h1><p>Ana Ruiz resigned on Monday, after weeks of protest.</p></article></body></html>';
let home = '';
const at = (name: string) => join(home, name);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'pressmark-backup-'));
  await createProject(at('desk'), { name: 'Desk', annotator: { name: 'Ann' } });
  const project = await openProject(at('desk'));
  const original = Buffer.from(page);
  const { articles } = await readArticles({ name: 'mayor.html', format: 'html', bytes: original, options: {} });
  for (const { draft } of articles) await project.addArticle({ originalName: 'mayor.html', text: draftText(draft, []).text, original });
  const text = 'The council met in Paris.\n';
  await project.addArticle({ originalName: 'council.txt', text, original: Buffer.from(text) });
  await project.close();
  await mkdir(at('articles'));
  await writeFile(at('articles/saved page.html'), page);
});
afterAll(() => rm(home, { recursive: true }));

test('A29 backup tells what it wrote and what is not in it; restore brings it back', async () => {
  await writeFile(at('desk/.DS_Store'), 'x');
  expect(await run('backup', at('desk'), '--out', at('desk.zip'))).toEqual([
    expect.stringMatching(/^Backed up 10 files in .*desk\.zip \(\d+ kB\)\. It was read back and matches what was written\.$/),
    'Not in it, since they are not part of the project:\n  .DS_Store',
  ]);
  expect(await run('restore', at('desk.zip'), '--out', at('again'))).toEqual([`Restored 10 files into ${at('again')}`]);
  const restored = await openProject(join(at('again'), 'project.pressmark'));
  expect([restored.info.name, restored.articles().length, restored.readOnly]).toEqual(['Desk', 2, false]);
  await restored.close();
  await expect(run('backup', at('desk'), '--out', at('desk.zip'))).rejects.toThrow('There is already something at');
  await expect(run('restore', at('desk.zip'), '--out', at('again'))).rejects.toThrow('is not empty');
  await expect(run('backup', at('desk'))).rejects.toThrow("required option '--out <file>' not specified");
});

test('A29 a backup without text names what is missing, and is restored from a folder with the files that were imported', async () => {
  const lines = await run('backup', at('desk/project.pressmark'), '--out', at('sent.zip'), '--no-text');
  expect(lines[1]).toBe('The texts of the articles are not in it; the words that annotations cover, titles and notes are.');
  expect((await readFile(at('sent.zip'))).includes('Ana Ruiz resigned')).toBe(false);
  await expect(run('restore', at('sent.zip'), '--out', at('sent'), '--articles', at('articles'))).rejects.toThrow(
    /1 article is neither.*\n.*council\.txt/,
  );
  await writeFile(at('articles/second.txt'), 'The council met in Paris.\n');
  expect(await run('restore', at('sent.zip'), '--out', at('sent'), '--articles', at('articles'))).toEqual([
    `Restored 10 files into ${at('sent')}`,
  ]);
  const [wanted, found] = [await openProject(at('desk')), await openProject(at('sent'))];
  for (const { id } of wanted.articles()) expect(await found.readArticle(id)).toEqual(await wanted.readArticle(id));
  await Promise.all([wanted.close(), found.close()]);
});

test('H95 texts that were read in an encoding that a person named are found by a restore, which tries which one it was', async () => {
  await createProject(at('cyrillic'), { name: 'Cyrillic', annotator: { name: 'Ann' } });
  await mkdir(at('cyrillic files'));
  const files = {
    'council.txt': Buffer.from([0xd1, 0xee, 0xe2, 0xe5, 0xf2, 0x2e, 0x0a]),
    'page.html': Buffer.concat([
      Buffer.from('<html><body><article><p>'),
      Buffer.from([0xd1, 0xee, 0xe2, 0xe5, 0xf2]),
      Buffer.from(' met.</p>'),
    ]),
    'other.txt': Buffer.from('Nothing of it.'),
  };
  const project = await openProject(at('cyrillic'));
  for (const [name, original] of Object.entries(files)) {
    await writeFile(join(at('cyrillic files'), name), original);
    if (name === 'other.txt') continue;
    const task = { name, format: name.endsWith('html') ? 'html' : 'text', bytes: original, options: { encoding: 'windows-1251' } } as const;
    const { articles } = await readArticles(task);
    for (const { draft } of articles) await project.addArticle({ originalName: name, text: draftText(draft, []).text, original });
  }
  await project.close();
  await run('backup', at('cyrillic'), '--out', at('cyrillic.zip'), '--no-text');
  expect(await run('restore', at('cyrillic.zip'), '--out', at('cyrillic again'), '--articles', at('cyrillic files'))).toEqual([
    expect.stringMatching(/^Restored \d+ files into /),
  ]);
  const restored = await openProject(at('cyrillic again'));
  expect((await Promise.all(restored.articles().map(({ id }) => restored.readArticle(id)))).map(({ text }) => text)).toEqual([
    'Совет.\n',
    'Совет met.',
  ]);
  await restored.close();
});
