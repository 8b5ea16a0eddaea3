import { copyFile, cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Output } from '../core/contract.ts';
import { importText } from './import/article-import.ts';
import { openProject } from './storage/project.ts';
import { Author } from './storage/testing/author.ts';
import { doneGesture } from './testing/sample-host.ts';
import { called, heard, isOutside, sharedProject, tagged } from './testing/shared-project.ts';

const shared = sharedProject();

test('O3 another annotator’s work that a sync brings is told by article and shown; so are new articles and annotators', async () => {
  const { host, project } = await shared.opened();
  await called(host, 'addAnnotator', { name: 'Ben', role: 'annotator' });
  const article = project.articles()[0]?.id ?? '';
  const copy = await shared.elsewhere((other) => tagged(other, new Author('ben'), 'ben').then(() => undefined), 'ben');
  const told = heard(host, (event) => isOutside(event) && 'articles' in event && (event.articles?.length ?? 0) > 0);
  await copyFile(shared.journal('ben', copy), shared.journal('ben'));
  expect(await told).toEqual({ event: 'outside', articles: [article] });
  expect(await host.call('readOthers', { article })).toMatchObject({
    value: { others: [{ annotator: 'ben', set: { annotations: [{ id: 'ben-a1' }] } }], articles: [{}, {}] },
  });

  let added = '';
  const more = await shared.elsewhere(async (other) => {
    added = (await importText(other, 'new.txt', new TextEncoder().encode('Leaders met in Paris.\n'))).meta.id;
    await other.addAnnotator('Cleo');
  });
  const next = heard(host, (event) => isOutside(event) && 'articles' in event && (event.articles?.includes(added) ?? false));
  await cp(`${more}/articles/${added}`, `${shared.place}/articles/${added}`, { recursive: true });
  await next;
  expect(project.articles().map(({ id }) => id)).toContain(added);
});

test('O4 our own writes tell nobody, however they are noticed', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  await called(host, 'apply', { gesture: doneGesture('g1', article) });
  await project.flush();
  expect(await project.look()).toEqual({ articles: [], others: false });
  expect(project.notices.map(({ id }) => id)).not.toContain('outside:anna');
});

test('O5 a changed codebook is taken in at once, and half a file is told and waited for', async () => {
  const { host, project } = await shared.opened();
  const path = `${shared.place}/codebook.json`;
  const text = await readFile(path, 'utf8');
  const complaint = heard(host, (event) => event.event === 'notice' && event.notice.id === 'outside');
  await writeFile(path, text.slice(0, 200));
  await complaint;
  expect(project.codebook.codebook.layers.length).toBeGreaterThan(0);
  const told = heard(host, (event) => isOutside(event) && 'articles' in event && event.articles === null);
  const gone = heard(host, ({ event }) => event === 'notice-gone');
  await writeFile(path, text.replace('"title":"Quote"', '"title":"Citation"'));
  await told;
  expect(await gone).toEqual({ event: 'notice-gone', id: 'outside' });
  expect(project.codebook.codebook.layers.map(({ title }) => title)).toContain('Citation');
});

test('O6 the own journal changed by another computer is explained; read again it counts, and what was done here goes on after it', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await shared.elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  const told = heard(host, (event) => event.event === 'notice' && event.notice.id === 'outside:anna');
  await copyFile(shared.journal('anna', copy), shared.journal('anna'));
  expect(await told).toMatchObject({ notice: { command: 'project.reread', severity: 'warning' } });
  const here = doneGesture('g1', article);
  expect(await host.call('apply', { page: 'a', gesture: here })).toMatchObject({ error: { code: 'conflict' } });
  await called(host, 'reread', {});
  expect(await host.call('openWorkspace', { page: 'a' })).toMatchObject({ value: { notices: [], saved: ['there-g1'] } });
  await called(host, 'apply', { gesture: here });
  await host.close();
  const again = await openProject(shared.place);
  expect((await again.set(article)).annotations.has('there-a1')).toBe(true);
  expect((await again.set(article)).completion).not.toBeNull();
  await again.close();
  expect(await shared.problems()).toEqual([]);
});

test('O7 snapshots that tell of other steps than the journal read again do not count', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await shared.elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  await tagged(project, new Author('anna'), 'here');
  await project.flush();
  await copyFile(shared.journal('anna', copy), shared.journal('anna'));
  await called(host, 'reread', {});
  expect([...(await project.set(article)).annotations.keys()]).toEqual(['there-a1']);
});

test('J130 the notice of an article without its record is in the opening’s answer, and goes from the pages when a sync brings the record', async () => {
  const [id] = (await readdir(`${shared.place}/articles`)).sort();
  const record = `${shared.place}/articles/${id}/article.json`;
  await rename(record, `${shared.folder}/article.json`);
  const { host, project } = await shared.opened();
  const answer = await called<Output<'openWorkspace'>>(host, 'openWorkspace', {});
  expect(answer.notices).toMatchObject([{ id: 'unfinished-articles', message: expect.stringContaining(`articles/${id}`) }]);
  const gone = heard(host, ({ event }) => event === 'notice-gone');
  await rename(`${shared.folder}/article.json`, record);
  expect(await gone).toEqual({ event: 'notice-gone', id: 'unfinished-articles' });
  expect(project.articles().map((meta) => meta.id)).toContain(id);
});

test('J133 H91 where the whole folder was moved while it is open, that alone is told, and work goes on when it is back', async () => {
  const { host, project } = await shared.opened();
  const [first = '', second = ''] = project.articles().map(({ id }) => id);
  await called(host, 'apply', { gesture: doneGesture('g1', first) });
  const told: string[] = [];
  host.listen(null, (event) => {
    if (event.event === 'notice') told.push(event.notice.id);
    if (event.event === 'notice-gone') told.push(`${event.id} gone`);
  });
  await rename(shared.place, `${shared.place}-elsewhere`);
  await expect.poll(() => told).toEqual(['gone']);
  expect(await host.call('apply', { page: 'a', gesture: doneGesture('g2', second) })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('“project”, is no longer there'), next: expect.stringContaining('Put it back') },
  });
  expect(await host.call('openArticle', { article: second })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('no longer there: it was moved') },
  });
  await rename(`${shared.place}-elsewhere`, shared.place);
  await called(host, 'apply', { gesture: doneGesture('g2', second) });
  await expect.poll(() => told).toEqual(['gone', 'gone gone']);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told).toEqual(['gone', 'gone gone']);
  expect((await readFile(shared.journal('anna'), 'utf8')).trim().split('\n')).toHaveLength(2);
});
