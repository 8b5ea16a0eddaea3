import { afterEach, beforeEach, expect, test } from 'vitest';
import { listArticle } from '../../core/articles/article-changes.ts';
import { inverse } from '../../core/steps/edit.ts';
import type { Host } from '../host.ts';
import type { Project } from '../storage/project.ts';
import { hostOn, listening, makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { importText } from './article-import.ts';
import { unlistedId } from './unlisted.ts';

const time = '2026-11-20T10:00:00.000Z';
const bytes = (text: string) => new TextEncoder().encode(text);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let project: Project;

const open = async () => {
  ({ host, project } = await hostOn(folder.path));
};
/** What a page is told once everybody's work is read. */
const told = async () => {
  await host.call('openWorkspace', { page: 'p1' });
  await host.call('readProgress', {});
  const reply = await host.call('openWorkspace', { page: 'p1' });
  return (reply.ok ? (reply.value as { notices: { id: string; message: string }[] }).notices : []).filter(({ id }) => id === unlistedId);
};
/** The step that lists these articles. */
const listing = (id: string, ...articles: string[]) => ({
  ...{ id, annotator: 'anna', time, command: 'article.import', title: 'Import', undoes: null, redoes: null },
  edits: articles.flatMap((article) => {
    const scene = { work: { articles: new Map() }, annotator: 'anna', now: time };
    return [listArticle(scene, { meta: { id: article } as never, listed: false, supersededBy: null }) ?? []].flat();
  }),
});

beforeEach(async () => {
  folder = await temporaryFolder();
  await makeProject(folder.path);
  await open();
});

afterEach(async () => {
  await host.close();
  await folder.remove();
});

test('I85 articles of an import that was broken off before it listed them are told at the next opening, until the same import lists them', async () => {
  const texts = ['One.', 'Two.', 'Three.', 'Four.'];
  for (const [index, text] of texts.entries()) await importText(project, `a${index}.txt`, bytes(text), 'anna');
  await host.close();
  await open();
  expect(await told()).toMatchObject([
    {
      ...{ severity: 'info', next: 'Import the same files again, which completes it and lists them.' },
      message: expect.stringMatching(
        /^4 articles were brought in by an import that was broken off, and are not listed: “[^”]+”.*, “[^”]+”.*, “[^”]+”.* …\.$/,
      ),
    },
  ]);
  const { heard, stop } = listening(host, 'p1');
  const ids = await Promise.all(
    texts.map(async (text, index) => (await importText(project, `a${index}.txt`, bytes(text), 'anna')).meta.id),
  );
  await host.call('apply', { page: 'p1', gesture: listing('g1', ...ids) });
  await expect.poll(() => heard).toContainEqual({ event: 'notice-gone', id: unlistedId });
  stop();
  expect(await told()).toEqual([]);
});

test('I85 an import that was undone, what others import, and what is being imported now are not told', async () => {
  const { meta } = await importText(project, 'a.txt', bytes('One.'), 'anna');
  const step = listing('g1', meta.id);
  await project.apply(step);
  await project.apply({ ...listing('g2'), edits: inverse(step.edits), undoes: 'g1' });
  await importText(project, 'b.txt', bytes('Two.'), 'ben');
  await host.close();
  await open();
  expect(project.articles().map(({ id }) => id)).not.toContain(meta.id);
  expect(await told()).toEqual([]);
});
