import { mkdtempSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { articleTable, readArticleTable } from '../core/articles/article-table.ts';
import { FormatName } from '../core/formats/export-request.ts';
import { injections } from '../core/testing/injections.ts';
import { writeExport } from './dataset/export-folder.ts';
import { nodeFileSystem } from './storage/file-system.ts';
import { openProject, type Project } from './storage/project.ts';
import { makeInjectedProject } from './testing/injected-project.ts';
import { temporaryFolder } from './testing/sample-host.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let project: Project;

beforeAll(async () => {
  folder = await temporaryFolder();
  await makeInjectedProject(join(folder.path, 'project'));
  project = await openProject(join(folder.path, 'project'), { lock: false });
});

afterAll(async () => {
  await project.close();
  await folder.remove();
});

// Every file of an export by its path, those inside of packed ones too.
async function filesOf(format: FormatName): Promise<Map<string, string>> {
  const target = mkdtempSync(join(tmpdir(), 'pressmark-injected-'));
  const { files } = await writeExport(project, { format }, join(target, 'dataset'), nodeFileSystem);
  expect((await readdir(target)).length).toBe(1);
  const found = new Map<string, string>();
  for (const path of files) {
    const bytes = new Uint8Array(await readFile(join(target, 'dataset', path)));
    found.set(path, strFromU8(bytes));
    if (/\.(?:qdpx|zip)$/.test(path))
      for (const [inner, content] of Object.entries(unzipSync(bytes))) found.set(`${path}/${inner}`, strFromU8(content));
  }
  return found;
}

const elements = /^(?:script|img|svg|math|iframe|object|embed|link|style|base|form|input|details|video|body|a)$/;

function expectXml(path: string, content: string): void {
  const parser = new SaxesParser({ xmlns: true });
  const names: string[] = [];
  parser.on('error', (error) => {
    throw new Error(`${path}: ${error.message}`);
  });
  parser.on('opentag', ({ local }) => names.push(local));
  parser.write(content.replace(/^\ufeff/, '')).close();
  expect(
    names.filter((name) => elements.test(name)),
    path,
  ).toEqual([]);
}

function expectTable(path: string, content: string): void {
  const { data, errors } = Papa.parse<string[]>(content.replace(/^\ufeff/, ''), { skipEmptyLines: true });
  expect(
    errors.filter(({ type }) => type !== 'Delimiter'),
    path,
  ).toEqual([]);
  const formulas = data.flat().filter((value) => /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/.test(value) && Number.isNaN(Number(value)));
  expect(formulas, path).toEqual([]);
}

const markup = injections.filter((injection) => /^[<"'`!\]-]|^\[words/.test(injection));

test.each(FormatName.options)('X200 forty injected strings in every field stay words in a dataset in %s', async (format) => {
  const files = await filesOf(format);
  expect([...files.values()].some((content) => content.includes('pressmarkInjected'))).toBe(true);
  for (const [path, content] of files) {
    expect(path).not.toMatch(/[<>"|?*\p{Cc}\u202a-\u202e]|\.\.|^[/\\]/u);
    if (/\.(?:xml|xmi|graphml|gexf|qde)$/.test(path)) expectXml(path, content);
    if (path.endsWith('.excel.csv')) expectTable(path, content);
    if (path.endsWith('.json') || path.endsWith('.jsonld')) JSON.parse(content);
    if (path.endsWith('.jsonl')) for (const line of content.split('\n')) if (line !== '') JSON.parse(line);
    // A card or read-me shows them to the letter: no markup of theirs is markup of its own.
    if (path.endsWith('.md'))
      expect(
        markup.filter((injection) => content.includes(injection)),
        path,
      ).toEqual([]);
  }
});

test('R12 the table of all articles holds the strings as words, begins no cell like a formula, and reads back', () => {
  const articles = project.articles();
  const table = articleTable(articles);
  expectTable('articles.csv', table);
  // What is no address was told so when it is read, and nothing else.
  const { changes, problems } = readArticleTable(table, articles);
  expect(changes).toEqual([]);
  expect(problems.filter(({ column }) => column !== 'url')).toEqual([]);
});
