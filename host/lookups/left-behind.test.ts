import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeArticle } from '../../core/articles/article-changes.ts';
import type { Edit, Gesture } from '../../core/steps/edit.ts';
import { tag } from '../../core/steps/gestures.ts';
import type { Host } from '../host.ts';
import type { Project } from '../storage/project.ts';
import { hostOn, listening, makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { leftBehindId } from './left-behind.ts';

const time = '2026-11-20T10:00:00.000Z';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let project: Project;
let count = 0;

beforeEach(async () => {
  folder = await temporaryFolder();
  await makeProject(folder.path);
  ({ host, project } = await hostOn(folder.path));
  await host.call('openWorkspace', { page: 'p1' });
});

afterEach(async () => {
  await host.close();
  await folder.remove();
});

const told = async () => {
  const reply = await host.call('openWorkspace', { page: 'p1' });
  return (reply.ok ? (reply.value as { notices: { id: string }[] }).notices : []).filter(({ id }) => id === leftBehindId);
};
const step = (...edits: Edit[]): Gesture => {
  count++;
  const { id } = project.annotator;
  return { id: `g${count}`, annotator: id, time, command: 'test', title: 'Step', edits, undoes: null, redoes: null };
};
const apply = (...edits: Edit[]) => host.call('apply', { page: 'p1', gesture: step(...edits) });
/** Tags the first words of an article as the annotator who works now. */
const tagged = async (article: string) => {
  const { text } = await project.readArticle(article);
  const work = { sets: new Map([[article, await project.set(article)]]), entities: new Map(), links: new Map(), articles: new Map() };
  const { codebook, version } = project.codebook;
  const scene = {
    ...{ article, text, work, registry: new Map(), codebook, codebookVersion: version },
    ...{ annotator: project.annotator.id, now: time, newId: () => `${project.annotator.id}-tag` },
  };
  await apply(...tag(scene, 'FACT', [{ start: 0, end: 5 }]).edits);
};
const superseded = (article: string, by: string) =>
  changeArticle({ work: { articles: new Map() }, annotator: project.annotator.id, now: time }, article, { supersededBy: by });

test('J136 who has annotations on an article that a colleague replaced is told, until they carry them over', async () => {
  const [old, corrected] = project.articles().map(({ id }) => id) as [string, string];
  await tagged(old);
  await host.call('addAnnotator', { page: 'p1', name: 'Ben', role: 'annotator' });
  await host.call('switchAnnotator', { page: 'p1', annotator: 'ben' });
  expect(await told()).toEqual([]);
  await tagged(old);
  await apply(superseded(old, corrected));
  // Who replaced it decided what stays with the old version.
  expect(await told()).toEqual([]);
  await host.call('switchAnnotator', { page: 'p1', annotator: 'anna' });
  await expect.poll(told).toMatchObject([
    {
      ...{ severity: 'warning', command: 'article.carry' },
      message: expect.stringMatching(/^“.+” was replaced by a corrected version\. 1 annotation of yours is still on the old version/),
    },
  ]);
  const { heard, stop } = listening(host, 'p1');
  // Who has dismissed it does not get it again with every change.
  await host.call('reread', { page: 'p1' });
  await apply(superseded(old, corrected));
  await expect.poll(() => heard).toContainEqual({ event: 'notice-gone', id: leftBehindId });
  expect(heard.filter(({ event }) => event === 'notice')).toEqual([]);
  stop();
  await host.close();
  ({ host, project } = await hostOn(folder.path));
  await host.call('openWorkspace', { page: 'p1' });
  expect(await told()).toEqual([]);
});
