import { afterAll, expect, test } from 'vitest';
import type { Output } from '../core/contract.ts';
import type { Gesture } from '../core/steps/edit.ts';
import { type FileSystem, nodeFileSystem } from './storage/file-system.ts';
import { doneGesture, hostOn, listening, makeProject, temporaryFolder } from './testing/sample-host.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

// Nothing waits for the disk.
const hasty: FileSystem = {
  ...nodeFileSystem,
  open: async (path, mode) => ({ ...(await nodeFileSystem.open(path, mode)), sync: async () => undefined }),
  syncFolder: async () => undefined,
};

const path = `${folder.path}/many`;

test('H70 whoever opens more than a thousand articles has the first article before their list, and that before the work on them is counted', async () => {
  await makeProject(path);
  const { host, project } = await hostOn(path, { fileSystem: hasty });
  const { heard, stop } = listening(host, 'p1');
  const open = async () => {
    const reply = await host.call('openWorkspace', { page: 'p1' });
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value as Output<'openWorkspace'>;
  };
  const [first, second] = project.importedArticles().map(({ id }) => id) as [string, string];
  await open();
  expect(await host.call('apply', { page: 'p1', gesture: doneGesture('g1', second) })).toMatchObject({ ok: true });
  const few = await open();
  expect(few.listed).toBe(true);
  expect(few.articles.map(({ status }) => status)).toEqual(['not_started', 'done']);
  expect(few.first).toEqual(((await host.call('openArticle', { article: first })) as { value: object }).value);
  for (let index = 0; index < 999; index++) {
    const text = `Article number ${index} of many.\n`;
    await project.addArticle({ originalName: `many-${index}.txt`, text, original: new TextEncoder().encode(text) });
  }
  const many = await open();
  expect(many.listed).toBe(false);
  expect(many.articles).toEqual([few.articles[0]]);
  expect(many.first).toEqual(few.first);
  const list = (await host.call('listArticles', {})) as { ok: true; value: Output<'listArticles'> };
  expect(list.value.articles).toHaveLength(1001);
  expect(list.value.articles.every(({ status }) => status === 'not_started')).toBe(true);
  expect(await host.call('readProgress', {})).toMatchObject({
    ok: true,
    value: { articles: { [second]: { status: 'done', counts: {}, toComplete: 0 } } },
  });
  expect(heard.filter(({ event }) => event === 'notice')).toEqual([]);
  stop();
  await host.close();
});

// What Ben wrote: that he is done with `article`, an entity of his, and that `removed` is no longer listed.
const bens = (article: string, removed: string): Gesture => {
  const time = '2026-11-20T10:00:00.000Z';
  const own = { annotator: 'ben', before: null };
  return {
    ...{ id: 'b1', annotator: 'ben', time, command: 'article.done', title: 'Mark as done', undoes: null, redoes: null },
    edits: [
      { record: 'completion', article, id: article, ...own, after: { article, annotator: 'ben', done: true, marked: time } },
      { record: 'entity', id: 'e1', ...own, after: { id: 'e1', annotator: 'ben', fields: {}, aliases: {}, members: {}, moved: {} } },
      { record: 'article', id: removed, ...own, after: { id: removed, annotator: 'ben', fields: { removed: { value: true, time } } } },
    ].map(({ annotator: _, ...edit }) => edit) as Gesture['edits'],
  };
};

test('H74 of more than a thousand articles the own work is there first, and nothing else is answered before the others’ is', async () => {
  const writer = await hostOn(path, { fileSystem: hasty });
  const [first, second] = writer.project.importedArticles().map(({ id }) => id) as [string, string];
  await writer.project.addAnnotator('Ben');
  await writer.project.switchAnnotator('ben');
  await writer.project.apply(bens(first, second));
  await writer.project.switchAnnotator('anna');
  await writer.host.close();

  const { host, project } = await hostOn(path, { whole: false });
  const asked = async (method: string, input: object) => {
    const reply = await host.call(method, input);
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value;
  };
  const open = async () => (await asked('openWorkspace', { page: 'p1' })) as Output<'openWorkspace'>;
  const { stop } = listening(host, 'p1');
  const own = await open();
  expect(own).toMatchObject({ whole: false, entities: [], articleRecords: [], first: { others: [] } });
  expect(await asked('apply', { page: 'p1', gesture: doneGesture('g2', first) })).toEqual({ sequence: expect.any(Number) });
  expect(project.isWhole).toBe(false);
  // Whatever comes next waits for what it has to know: that Ben took an article out.
  const search = { query: 'the', after: null, only: second, matchCase: false, wholeWords: false };
  expect(await asked('findOccurrences', search)).toEqual({ hits: [], next: null, searched: 0 });
  expect(project.isWhole).toBe(true);
  expect(await asked('readOthers', { article: first })).toMatchObject({
    entities: [{ id: 'e1', annotator: 'ben' }],
    articleRecords: [{ id: second, annotator: 'ben' }],
    others: [{ annotator: 'ben' }],
  });
  expect(await open()).toMatchObject({ whole: true, entities: [{ id: 'e1' }], first: { others: [{ annotator: 'ben' }] } });
  stop();
  await host.close();
});
