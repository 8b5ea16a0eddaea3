import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createProject } from '../host/storage/project.ts';
import { addImport } from './import.ts';

let home = '';
const at = (name: string) => join(home, name);

const run = async (...args: string[]) => {
  const lines: string[] = [];
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
  for (const spy of spies) spy.mockImplementation((line) => void lines.push(line));
  const program = new Command();
  addImport(program);
  await program.parseAsync(['node', 'pressmark', 'import', at('desk'), ...args]).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  const code = process.exitCode;
  process.exitCode = undefined;
  return { code, lines };
};
const texts = async () => {
  const articles = await readdir(at('desk/articles'));
  return Promise.all(articles.map((id) => readFile(join(at('desk/articles'), id, 'text.txt'), 'utf8')));
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'pressmark-import-'));
  await createProject(at('desk'), { name: 'Desk', annotator: { name: 'Ann' } });
});
afterAll(() => rm(home, { recursive: true }));

test('I83 the command reads texts and pages in the encoding that is named, and what is UTF-8 as that', async () => {
  await writeFile(at('a.txt'), Buffer.from('Grüße.\n', 'latin1'));
  await writeFile(at('b.html'), Buffer.from('<p>Bücher.</p>', 'latin1'));
  await writeFile(at('c.txt'), 'Türen.\n');
  const given = [at('a.txt'), at('b.html')];
  const refused = await run(...given);
  expect([refused.code, refused.lines.filter((line) => line.includes('not UTF-8')).length]).toEqual([1, 2]);
  const { code, lines } = await run(...given, at('c.txt'), '--encoding', 'windows-1252');
  expect(code).toBeUndefined();
  expect(lines).toEqual([
    expect.stringMatching(/a\.txt: imported as \S+ \(windows-1252 was turned into UTF-8\.\)$/),
    expect.stringMatching(/b\.html: imported as \S+/),
    expect.stringMatching(/c\.txt: imported as \S+ \(It is UTF-8, so it was not read in windows-1252\.\)$/),
  ]);
  expect((await texts()).sort()).toEqual(['Bücher.', 'Grüße.\n', 'Türen.\n']);
});
