import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listArticle } from '../../core/articles/article-changes.ts';
import { inverse } from '../../core/steps/edit.ts';
import type { Host } from '../host.ts';
import { checkProject } from '../storage/check.ts';
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
      ...{ severity: 'info', next: 'List them here, or import the same files again, which also brings the annotations of a dataset.' },
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

test('I87 the articles of an import that was broken off can be listed from where they are told, as one step, and undoing it is the end of it', async () => {
  const ids = await Promise.all(['One.', 'Two.'].map(async (text) => (await importText(project, 'a.txt', bytes(text), 'anna')).meta.id));
  await host.close();
  await open();
  expect(await told()).toMatchObject([{ command: 'article.list' }]);
  const unlisted = async () => (await host.call('unlistedArticles', {})) as unknown;
  expect(await unlisted()).toEqual({ ok: true, value: { articles: ids.toSorted() } });
  const step = listing('g1', ...ids);
  await host.call('apply', { page: 'p1', gesture: step });
  expect(project.articles().map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  expect(await unlisted()).toEqual({ ok: true, value: { articles: [] } });
  await host.call('apply', { page: 'p1', gesture: { ...listing('g2'), edits: inverse(step.edits), undoes: 'g1' } });
  expect(await unlisted()).toEqual({ ok: true, value: { articles: [] } });
  await expect.poll(told).toEqual([]);
});

test('H92 the check names each article of an import that was broken off before it listed them, and no other', async () => {
  const lines = async () => {
    const found: string[] = [];
    for await (const line of checkProject(folder.path)) found.push(line);
    return found;
  };
  expect(await lines()).toEqual([]);
  const [undone, own, strange] = await Promise.all(
    [['One.', 'anna'] as const, ['Two.', 'anna'] as const, ['Three.', 'ben'] as const].map(
      async ([text, by]) => (await importText(project, 'a.txt', bytes(text), by)).meta.id,
    ),
  );
  const step = listing('g1', undone as string);
  await project.apply(step);
  await project.apply({ ...listing('g2'), edits: inverse(step.edits), undoes: 'g1' });
  const remedy = 'import its file again, or open the project and list it from the notice there';
  expect(await lines()).toEqual([`articles/${own}: “a.txt” is not listed, since its import was broken off; ${remedy}`]);
  // Of one whose work is not here, nobody knows what it lists.
  expect(await lines()).not.toContainEqual(expect.stringContaining(strange as string));
  await project.apply(listing('g3', own as string));
  expect(await lines()).toEqual([]);
  await host.close();
  await writeFile(join(folder.path, 'annotators/anna/journal.jsonl'), '');
  // Steps that were lost may have listed it.
  expect(await lines()).toEqual([expect.stringMatching(/^annotators\/anna\/journal\.jsonl: it lost its end/)]);
});

test('I96 who works next is not told of what another was importing, and who comes back is', async () => {
  await importText(project, 'a.txt', bytes('One.'), 'anna');
  await host.close();
  await open();
  expect(await told()).toHaveLength(1);
  await host.call('addAnnotator', { page: 'p1', name: 'Ben', role: 'annotator' });
  await host.call('switchAnnotator', { page: 'p1', annotator: 'ben' });
  await expect.poll(told).toEqual([]);
  await host.call('switchAnnotator', { page: 'p1', annotator: 'anna' });
  await expect.poll(told).toHaveLength(1);
});
