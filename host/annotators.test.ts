import { copyFile, readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Output } from '../core/contract.ts';
import type { Relation } from '../core/model/annotation.ts';
import type { Edit, Gesture } from '../core/steps/edit.ts';
import { openProject } from './storage/project.ts';
import { doneGesture, hostOn } from './testing/sample-host.ts';
import { called, heard, isOutside, sharedProject } from './testing/shared-project.ts';

const shared = sharedProject();

test('O1 a project opens as its lead, as the annotator named, or as whom the person last was; nobody writes in another’s folder', async () => {
  const { host, project } = await shared.opened();
  const before = await readdir(`${shared.place}/annotators/anna`);
  const ben = await called<Output<'addAnnotator'>>(host, 'addAnnotator', { name: 'Ben', role: 'annotator' });
  await called(host, 'switchAnnotator', { annotator: ben.id });
  const article = project.articles()[0]?.id ?? '';
  const mine = doneGesture('g1', article);
  expect(await host.call('apply', { page: 'a', gesture: mine })).toMatchObject({ error: { code: 'bad-request' } });
  const as = (gesture: Gesture): Gesture => JSON.parse(JSON.stringify(gesture).replaceAll('"anna"', '"ben"'));
  await called(host, 'apply', { gesture: as(mine) });
  await host.close();
  expect(await readdir(`${shared.place}/annotators/anna`)).toEqual(before);
  const again = await hostOn(shared.place);
  expect(await again.host.call('openWorkspace', { page: 'b' })).toMatchObject({
    value: { annotator: { id: 'ben' }, history: { past: [{ id: 'g1' }] } },
  });
  await again.host.close();
  const lead = await openProject(shared.place);
  expect(lead.annotator.id).toBe('anna');
  await lead.close();
  await expect(openProject(shared.place, { annotator: 'nobody' })).rejects.toMatchObject({ failure: { code: 'not-found' } });
  expect(await shared.problems()).toEqual([]);
});

test('O2 what is under way is saved before another annotator takes over, and the pages are told', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  await called(host, 'addAnnotator', { name: 'Ben', role: 'annotator' });
  await called(host, 'apply', { gesture: doneGesture('g1', article) });
  const told = heard(host, isOutside);
  await called(host, 'switchAnnotator', { annotator: 'ben' });
  expect(await told).toEqual({ event: 'outside', articles: null });
  expect(await readFile(`${shared.place}/annotators/anna/articles/${article}.json`, 'utf8')).toContain('"done":true');
  const reply = await host.call('openArticle', { article });
  expect(reply).toMatchObject({
    value: { set: { completion: null }, others: [{ annotator: 'anna', set: { completion: { done: true } } }] },
  });
});

test('Q16 an article is opened with the links of others that end there, theirs by annotator', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  await called(host, 'addAnnotator', { name: 'Ben', role: 'annotator' });
  const time = '2026-01-01T00:00:00.000Z';
  const link = (id: string, at: string): Relation => ({
    ...{ id, type: 'same_quote', annotator: 'ben', attributes: {}, note: '', origin: { kind: 'person' as const }, codebook: 1 },
    ...{ from: { article: at, annotation: 'x1' }, to: { article: 'elsewhere', annotation: 'x2' }, created: time, modified: time },
  });
  const [here, away] = [link('l1', article), link('l2', 'away')];
  const edits = [here, away].map((after): Edit => ({ record: 'link', id: after.id, before: null, after }));
  const step = { id: 'b1', annotator: 'ben', time, command: 'test', title: 'Relate', edits, undoes: null, redoes: null };
  const copy = await shared.elsewhere((other) => other.apply(step).then(() => undefined), 'ben');
  await copyFile(shared.journal('ben', copy), shared.journal('ben'));
  const others = [{ annotator: 'ben', links: [here] }];
  expect(await host.call('openArticle', { article })).toMatchObject({ value: { others } });
  expect(await host.call('readOthers', { article })).toMatchObject({ value: { others } });
});

test('O2 two annotators of one name, or of none, are not made', async () => {
  const { host } = await shared.opened();
  for (const name of ['Anna', ' anna ', '', '   ', 'x'.repeat(81)]) {
    expect((await host.call('addAnnotator', { page: 'a', name, role: 'annotator' })).ok).toBe(false);
  }
  expect(await called(host, 'renameAnnotator', { name: 'ANNA' })).toMatchObject({ id: 'anna', name: 'ANNA' });
  expect(await readFile(`${shared.place}/annotators/anna/annotator.json`, 'utf8')).toContain('ANNA');
});

test('J137 names that look alike are one name, and one that nobody could see or that turns what follows is stored without that', async () => {
  const { host } = await shared.opened();
  for (const name of ['An\u200bna', '\u202eanna', 'Ａｎｎａ', 'Anna\ufeff', '\u200b\u2060', '\ud800']) {
    expect([name, (await host.call('addAnnotator', { page: 'a', name, role: 'annotator' })).ok]).toEqual([name, false]);
  }
  expect(await called(host, 'renameAnnotator', { name: '\u202eAnna\ud83d 👩🏽‍🚀' })).toMatchObject({ name: 'Anna 👩🏽‍🚀' });
});
