import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProject, openProject, type Project } from '../storage/project.ts';
import { temporaryFolder } from '../testing/sample-host.ts';
import { readDataset } from './read-dataset.ts';
import { readFile } from './read-file.ts';
import { Staging } from './staging.ts';

let project: Project;
let staging: Staging;
let remove: () => Promise<void>;

beforeEach(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  await createProject(folder.path, { name: 'Import', annotator: { name: 'Anna' } });
  project = await openProject(folder.path);
  staging = new Staging(project, { read: readFile, readDataset, close: async () => undefined });
});

afterEach(async () => {
  await project.close();
  await remove();
});

const page = strToU8('<html lang="fr"><h1>A pledge in Paris</h1><p>They met on Tuesday, and they signed it.</p><p>Add Comment</p></html>');

test('I29 an article is imported as it was looked at: the text without what was left out, what the file says of it, and its bytes', async () => {
  const { files } = await staging.stage('p1', 'folder/Pledge é.html', page);
  expect(files).toEqual([{ id: 'file-1', name: 'folder/Pledge é.html' }]);
  const { drafts, problem } = await staging.preview('p1', 'file-1', {});
  expect(problem).toBeNull();
  expect(drafts[0]).toMatchObject({ name: 'Pledge é.html', title: 'A pledge in Paris', language: 'fr', words: 12 });
  expect(project.articles()).toEqual([]);
  const [outcome] = await staging.import('p1', 'file-1', [{ index: 0, leftOut: [2] }]);
  const id = outcome?.meta.id ?? '';
  expect(id).toMatch(/^pledge-e-[0-9a-f]{8}$/);
  expect(await project.readArticle(id)).toMatchObject({
    text: 'A pledge in Paris\nThey met on Tuesday, and they signed it.',
    meta: { title: 'A pledge in Paris', language: 'fr', headings: [0], originalName: 'Pledge é.html' },
  });
  expect([...(await project.readOriginal(id))]).toEqual([...page]);
  await expect(staging.import('p1', 'file-1', [])).rejects.toMatchObject({ failure: { code: 'not-found' } });
});

test('I29 the same choice gives the same article, and a text that is there is known', async () => {
  for (const known of [false, true]) {
    const { files } = await staging.stage('p1', 'a.html', page);
    const file = files[0]?.id ?? '';
    await staging.preview('p1', file, {});
    expect(await staging.import('p1', file, [{ index: 0, leftOut: [2] }])).toMatchObject([{ known }]);
  }
  expect(project.articles()).toHaveLength(1);
});

test('I29 nothing is imported of an article of which all is left out, nor of one that is not there', async () => {
  await staging.stage('p1', 'a.html', page);
  await staging.preview('p1', 'file-1', {});
  await expect(staging.import('p1', 'file-1', [{ index: 0, leftOut: [0, 1, 2] }])).rejects.toMatchObject({
    failure: { code: 'unsupported' },
  });
  await expect(staging.import('p1', 'file-1', [{ index: 1, leftOut: [] }])).rejects.toMatchObject({ failure: { code: 'not-found' } });
  expect(project.articles()).toEqual([]);
});

test('I29 a file waits for the page that gave it alone; another page that gives one takes its place', async () => {
  await staging.stage('p1', 'a.html', page);
  await expect(staging.preview('p2', 'file-1', {})).rejects.toMatchObject({ failure: { code: 'not-found' } });
  await staging.stage('p2', 'b.html', page);
  await expect(staging.preview('p1', 'file-1', {})).rejects.toMatchObject({ failure: { code: 'not-found' } });
  staging.discard('p2');
  await expect(staging.preview('p2', 'file-2', {})).rejects.toMatchObject({ failure: { code: 'not-found' } });
});

test('I22 the files of an archive wait each by itself; what cannot be imported is named, and what systems put beside files is passed over', async () => {
  const archive = zipSync({
    'news/a.html': page,
    'news/b.txt': strToU8('News\nTo the letter.\nAdd Comment\n'),
    'news/c.png': strToU8('x'),
    'more.zip': zipSync({ 'a.txt': strToU8('a') }),
    '__MACOSX/news/._a.html': strToU8('x'),
    'news/.DS_Store': strToU8('x'),
  });
  const { files, problems } = await staging.stage('p1', 'all.zip', archive);
  expect(files.map(({ name }) => name)).toEqual(['all.zip/news/a.html', 'all.zip/news/b.txt']);
  expect(problems.map(({ file, message }) => [file, message])).toEqual([
    ['all.zip/news/c.png', 'all.zip/news/c.png was not imported: files ending in .png cannot be imported.'],
    ['all.zip/more.zip', 'all.zip/more.zip was not imported: an archive in an archive is not opened.'],
  ]);
  await staging.preview('p1', 'file-2', {});
  const [outcome] = await staging.import('p1', 'file-2', [{ index: 0, leftOut: [] }]);
  expect((await project.readArticle(outcome?.meta.id ?? '')).text).toBe('News\nTo the letter.\nAdd Comment\n');
});

test('I22 the articles of one table are imported by choice, each with its own row', async () => {
  await staging.stage('p1', 'a.csv', strToU8('title,text\nOne,First text\nTwo,Second text\n'));
  const { drafts } = await staging.preview('p1', 'file-1', {});
  expect(drafts.map(({ title }) => title)).toEqual(['One', 'Two']);
  const [outcome] = await staging.import('p1', 'file-1', [{ index: 1, leftOut: [] }]);
  expect(Buffer.from(await project.readOriginal(outcome?.meta.id ?? '')).toString()).toBe('title,text\nTwo,Second text\n');
});

test('I40 files that were staged are a dataset together, alone, in their folder or packed; what else is staged is told apart', async () => {
  const line = JSON.stringify({ schema: 'qds/1.0', doc_id: 'd', offset_unit: 'unicode_code_point', text: 'One.', annotations: [] });
  await staging.stage('p1', 'release/documents.jsonl', strToU8(`${line}\n`));
  await staging.stage('p1', 'release/notes.txt', strToU8('Words.'));
  expect(await staging.dataset('p1')).toMatchObject({
    dataset: { format: 'jsonl', foreign: { documents: [{ doc_id: 'd' }] } },
    others: ['notes.txt'],
  });
  expect(await staging.dataset('p2')).toBeNull();
  const packed = zipSync({ 'release/documents.jsonl': strToU8(`${line}\n`), 'release/.hidden': strToU8('x') });
  await staging.stage('p2', 'release.zip', packed);
  expect(await staging.dataset('p2')).toMatchObject({
    dataset: { format: 'jsonl', foreign: { documents: [{ file: 'documents.jsonl' }] } },
    others: [],
  });
  // Only one page writes: what another gave is given up.
  expect(await staging.dataset('p1')).toBeNull();
  staging.discard('p2');
  expect(await staging.dataset('p2')).toBeNull();
  await staging.stage('p2', 'articles.csv', strToU8('title,text\nOne,Some words.\n'));
  expect(await staging.dataset('p2')).toBeNull();
});
