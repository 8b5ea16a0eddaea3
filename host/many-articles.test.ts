import { afterAll, expect, test } from 'vitest';
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

test('H70 whoever opens more than a thousand articles has their list and the first article before the work on them is counted', async () => {
  const path = `${folder.path}/many`;
  await makeProject(path);
  const { host, project } = await hostOn(path, { fileSystem: hasty });
  const { heard, stop } = listening(host, 'p1');
  const open = async () => {
    const reply = await host.call('openWorkspace', { page: 'p1' });
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value as { counted: boolean; articles: { meta: { id: string }; status: string }[]; first: { article: object } };
  };
  const [first, second] = project.importedArticles().map(({ id }) => id) as [string, string];
  await open();
  expect(await host.call('apply', { page: 'p1', gesture: doneGesture('g1', second) })).toMatchObject({ ok: true });
  const few = await open();
  expect(few.counted).toBe(true);
  expect(few.articles.map(({ status }) => status)).toEqual(['not_started', 'done']);
  expect(few.first).toEqual(((await host.call('openArticle', { article: first })) as { value: object }).value);
  for (let index = 0; index < 999; index++) {
    const text = `Article number ${index} of many.\n`;
    await project.addArticle({ originalName: `many-${index}.txt`, text, original: new TextEncoder().encode(text) });
  }
  const many = await open();
  expect(many.counted).toBe(false);
  expect(many.articles).toHaveLength(1001);
  expect(many.articles.every(({ status }) => status === 'not_started')).toBe(true);
  expect(many.first).toEqual(few.first);
  expect(await host.call('readProgress', {})).toMatchObject({
    ok: true,
    value: { articles: { [second]: { status: 'done', counts: {}, toComplete: 0 } } },
  });
  expect(heard.filter(({ event }) => event === 'notice')).toEqual([]);
  stop();
  await host.close();
});
