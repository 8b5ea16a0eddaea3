import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DatasetDocument } from '../core/formats/document.ts';
import type { Edit, Gesture } from '../core/steps/edit.ts';
import { tag } from '../core/steps/gestures.ts';
import { importText } from '../host/import/article-import.ts';
import { createProject, openProject, type Project } from '../host/storage/project.ts';
import { addExport } from './export.ts';
import { realCommand } from './testing/real-command.ts';

const time = '2026-11-20T11:00:00.000Z';
let folder: string;
let place: string;
let count = 0;

async function apply(project: Project, edits: readonly Edit[]): Promise<void> {
  const { id: annotator } = project.annotator;
  const gesture: Gesture = {
    id: `g${++count}`,
    annotator,
    time,
    command: 'test',
    title: 'Test',
    edits: [...edits],
    undoes: null,
    redoes: null,
  };
  await project.apply(gesture);
}

/** Tags “Paris agreed” in an article as the annotator that the project is open as. */
async function tagged(project: Project, article: string, layer: string): Promise<void> {
  const { text } = await project.readArticle(article);
  const start = text.indexOf('Paris');
  const work = { sets: new Map([[article, await project.set(article)]]), entities: new Map(), links: new Map(), articles: new Map() };
  const { codebook, version: codebookVersion } = project.codebook;
  const scene = {
    ...{ article, text, work, registry: new Map(), codebook, codebookVersion, annotator: project.annotator.id, now: time },
    newId: () => `a${++count}`,
  };
  await apply(project, tag(scene, layer, [{ start, end: start + 12 }]).edits);
}

// Three articles: Anna and Ben work on the first, which Anna has done; Ben works on the second; nobody on the third.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-export-cli-'));
  place = join(folder, 'project');
  await createProject(place, { name: 'Summit', annotator: { id: 'anna', name: 'Anna Berg' } }, { now: () => time });
  const project = await openProject(place, { now: () => time, newId: () => 'ben' });
  const ids: string[] = [];
  for (const name of ['one', 'two', 'three']) {
    const text = `Plan ${name}: Paris agreed after talks that had gone on for many hours in several rooms. The negotiators left before midnight.`;
    ids.push((await importText(project, `${name}.txt`, new TextEncoder().encode(text))).meta.id);
  }
  const [one = '', two = ''] = ids;
  await tagged(project, one, 'QUOTE');
  await tagged(project, one, 'FACT');
  const done = { article: one, annotator: 'anna', done: true as const, marked: time };
  await apply(project, [{ record: 'completion', article: one, id: one, before: null, after: done }]);
  await project.addAnnotator('Ben Roth');
  await project.switchAnnotator('ben');
  await tagged(project, one, 'STANCE');
  await tagged(project, two, 'QUOTE');
  await project.close();
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs `pressmark export` of JSONL with these options: the documents that it wrote, or what it failed with. */
async function exported(...options: string[]): Promise<{ documents: DatasetDocument[]; failure: unknown; words: string }> {
  const out = join(folder, `out-${++count}`);
  const silent = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const program = new Command('pressmark').exitOverride().configureOutput({ writeErr: () => undefined });
  addExport(program);
  try {
    await program.parseAsync(['export', place, '--format', 'jsonl', '--out', out, ...options], { from: 'user' });
  } catch (failure) {
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([`out-${count}`]));
    return { documents: [], failure, words: '' };
  } finally {
    silent.mockRestore();
  }
  const words = await readFile(join(out, 'documents.jsonl'), 'utf8');
  const lines = words.split('\n').filter((line) => line !== '');
  return { documents: lines.map((line): DatasetDocument => JSON.parse(line)), failure: null, words };
}

const work = ({ documents }: { documents: readonly DatasetDocument[] }) =>
  documents.flatMap(({ annotations }) => annotations.map(({ annotator, layer }) => `${annotator} ${layer}`)).sort();

test('C40 without options everything is exported', async () => {
  const all = await exported();
  expect(all.documents.length).toBe(3);
  expect(work(all)).toEqual(['anna FACT', 'anna QUOTE', 'ben QUOTE', 'ben STANCE']);
});

test('C40 --layers takes the annotations of these only, and the articles all', async () => {
  const some = await exported('--layers', 'QUOTE, STANCE');
  expect(some.documents.length).toBe(3);
  expect(work(some)).toEqual(['anna QUOTE', 'ben QUOTE', 'ben STANCE']);
});

test.each([['ben'], ['Ben Roth'], ['ben roth']])('C41 --annotators %s takes their work only', async (name) => {
  expect(work(await exported('--annotators', name))).toEqual(['ben QUOTE', 'ben STANCE']);
});

test.each([
  ['done', 1],
  ['in-progress', 1],
  ['not-started', 1],
  ['done,not-started', 2],
])('C42 --status %s takes the articles whose work is so', async (status, articles) => {
  expect((await exported('--status', status)).documents.length).toBe(articles);
});

test('C42 the work on an article is that of the annotators who are taken', async () => {
  expect((await exported('--annotators', 'Ben Roth', '--status', 'done')).documents).toEqual([]);
  expect((await exported('--annotators', 'Ben Roth', '--status', 'in-progress')).documents.length).toBe(2);
});

test('C43 --no-text leaves every word of the articles out; a format that needs them refuses and names others', async () => {
  expect((await exported()).words).toContain('midnight');
  // A title that was made of the first words stays: it is no more than a title.
  const { documents, words } = await exported('--no-text');
  expect(documents.length).toBe(3);
  expect(words).not.toMatch(/negotiators|midnight/);
  expect(await exported('--no-text', '--format', 'brat')).toMatchObject({
    failure: { failure: { code: 'unsupported', next: expect.stringContaining('jsonl') } },
  });
});

test.each([
  [['--layers', 'QUOTE,RUMOUR'], 'no layer RUMOUR', 'It has QUOTE,'],
  [['--layers', 'quote'], 'no layer quote', 'It has QUOTE,'],
  [['--annotators', 'Cleo'], 'no annotator Cleo', 'There are Anna Berg (anna), Ben Roth (ben).'],
])('C44 %j is told with the names that there are, and nothing is written', async (options, message, next) => {
  expect(await exported(...options)).toMatchObject({
    failure: { failure: { code: 'not-found', message: expect.stringContaining(message), next: expect.stringContaining(next) } },
  });
});

test.each([
  [['--status', 'finished'], 'not-started, in-progress, done'],
  [['--layers', 'QUOTE,,FACT'], 'a list with commas between'],
  [['--format', 'xml'], 'jsonl'],
])('C44 %j is wrong usage', async (options, reason) => {
  expect(await exported(...options)).toMatchObject({ failure: { exitCode: 1, message: expect.stringContaining(reason) } });
});

// From here on by the real command, on projects of its own.
const command = realCommand();

test('C14 export into a project is refused by its name', async () => {
  const whole = await command.sample('holds');
  for (const out of [join(whole, 'dataset'), join(whole, 'articles', 'a', 'b'), whole]) {
    const { code, stderr } = await command.run('export', whole, '--format', 'csv', '--out', out);
    expect(code).toBe(1);
    expect(stderr).toContain(`${out} is inside the project ${whole}.`);
    expect(stderr).toContain('Choose a folder outside the project.');
  }
});

test.each(['jsonl', 'csv'])('C6 export writes %s into the folder given, also while the project is open elsewhere', async (format) => {
  const whole = await command.sample(`export-${format}`);
  const open = await openProject(whole);
  const out = join(command.folder(), 'datasets', format);
  await mkdir(join(command.folder(), 'datasets'), { recursive: true });
  expect(await command.run('export', whole, '--format', format, '--out', out)).toMatchObject({ code: 0, stderr: '' });
  await open.close();
  const names = await readdir(out);
  expect(names.some((name) => name.endsWith(`.${format}`))).toBe(true);
});
