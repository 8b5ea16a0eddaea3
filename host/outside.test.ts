import { copyFile, cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostEvent, Output } from '../core/contract.ts';
import type { Relation } from '../core/model/annotation.ts';
import type { Edit, Gesture } from '../core/steps/edit.ts';
import type { Host } from './host.ts';
import { importText } from './import/article-import.ts';
import { checkProject } from './storage/check.ts';
import { openProject } from './storage/project.ts';
import { Author } from './storage/testing/author.ts';
import { doneGesture, hostOn, makeProject, temporaryFolder } from './testing/sample-host.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let place: string;
let hosts: Host[] = [];
beforeEach(async () => {
  folder = await temporaryFolder();
  place = `${folder.path}/project`;
  await makeProject(place);
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  await folder.remove();
});

async function opened(at = place) {
  const made = await hostOn(at);
  hosts = [...hosts, made.host];
  await made.host.call('openWorkspace', { page: 'a' });
  return made;
}

async function called<T>(host: Host, method: string, input: object): Promise<T> {
  const reply = await host.call(method, { page: 'a', ...input });
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value as T;
}

/** Resolves to the first event that `wanted` takes. */
function heard(host: Host, wanted: (event: HostEvent) => boolean): Promise<HostEvent> {
  return new Promise((resolve) => {
    const stop = host.listen(null, (event) => {
      if (!wanted(event)) return;
      stop();
      resolve(event);
    });
  });
}

const isOutside = ({ event }: HostEvent) => event === 'outside';
const journal = (annotator: string, at = place) => `${at}/annotators/${annotator}/journal.jsonl`;
const problems = async (at = place) => {
  const found: string[] = [];
  for await (const problem of checkProject(at)) found.push(problem);
  return found;
};

/** The project as another computer of the same people has it, where `work` is done on it. */
async function elsewhere(work: (project: Awaited<ReturnType<typeof openProject>>) => Promise<void>, annotator = 'anna'): Promise<string> {
  const copy = `${folder.path}/elsewhere`;
  await rm(copy, { recursive: true, force: true });
  await cp(place, copy, { recursive: true });
  const project = await openProject(copy, { annotator });
  await work(project);
  await project.close();
  return copy;
}

async function tagged(project: Awaited<ReturnType<typeof openProject>>, author: Author, prefix: string): Promise<Gesture> {
  const [article] = project.articles();
  const { text } = await project.readArticle(article?.id ?? '');
  const made = author.gesture('add', article?.id ?? '', text) as Gesture;
  const renamed: Gesture = JSON.parse(JSON.stringify(made).replaceAll('"a1"', `"${prefix}-a1"`).replaceAll('"g1"', `"${prefix}-g1"`));
  await project.apply(renamed);
  return renamed;
}

test('O1 a project opens as its lead, as the annotator named, or as whom the person last was; nobody writes in another’s folder', async () => {
  const { host, project } = await opened();
  const before = await readdir(`${place}/annotators/anna`);
  const ben = await called<Output<'addAnnotator'>>(host, 'addAnnotator', { name: 'Ben' });
  await called(host, 'switchAnnotator', { annotator: ben.id });
  const article = project.articles()[0]?.id ?? '';
  const mine = doneGesture('g1', article);
  expect(await host.call('apply', { page: 'a', gesture: mine })).toMatchObject({ error: { code: 'bad-request' } });
  const as = (gesture: Gesture): Gesture => JSON.parse(JSON.stringify(gesture).replaceAll('"anna"', '"ben"'));
  await called(host, 'apply', { gesture: as(mine) });
  await host.close();
  expect(await readdir(`${place}/annotators/anna`)).toEqual(before);
  const again = await hostOn(place);
  expect(await again.host.call('openWorkspace', { page: 'b' })).toMatchObject({
    value: { annotator: { id: 'ben' }, history: { past: [{ id: 'g1' }] } },
  });
  await again.host.close();
  const lead = await openProject(place);
  expect(lead.annotator.id).toBe('anna');
  await lead.close();
  await expect(openProject(place, { annotator: 'nobody' })).rejects.toMatchObject({ failure: { code: 'not-found' } });
  expect(await problems()).toEqual([]);
});

test('O2 what is under way is saved before another annotator takes over, and the pages are told', async () => {
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  await called(host, 'addAnnotator', { name: 'Ben' });
  await called(host, 'apply', { gesture: doneGesture('g1', article) });
  const told = heard(host, isOutside);
  await called(host, 'switchAnnotator', { annotator: 'ben' });
  expect(await told).toEqual({ event: 'outside', articles: null });
  expect(await readFile(`${place}/annotators/anna/articles/${article}.json`, 'utf8')).toContain('"done":true');
  const reply = await host.call('openArticle', { article });
  expect(reply).toMatchObject({
    value: { set: { completion: null }, others: [{ annotator: 'anna', set: { completion: { done: true } } }] },
  });
});

test('Q16 an article is opened with the links of others that end there, theirs by annotator', async () => {
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  await called(host, 'addAnnotator', { name: 'Ben' });
  const time = '2026-01-01T00:00:00.000Z';
  const link = (id: string, at: string): Relation => ({
    ...{ id, type: 'same_quote', annotator: 'ben', attributes: {}, note: '', origin: { kind: 'person' as const }, codebook: 1 },
    ...{ from: { article: at, annotation: 'x1' }, to: { article: 'elsewhere', annotation: 'x2' }, created: time, modified: time },
  });
  const [here, away] = [link('l1', article), link('l2', 'away')];
  const edits = [here, away].map((after): Edit => ({ record: 'link', id: after.id, before: null, after }));
  const step = { id: 'b1', annotator: 'ben', time, command: 'test', title: 'Relate', edits, undoes: null, redoes: null };
  const copy = await elsewhere((other) => other.apply(step).then(() => undefined), 'ben');
  await copyFile(journal('ben', copy), journal('ben'));
  const others = [{ annotator: 'ben', links: [here] }];
  expect(await host.call('openArticle', { article })).toMatchObject({ value: { others } });
  expect(await host.call('readOthers', { article })).toMatchObject({ value: { others } });
});

test('O3 another annotator’s work that a sync brings is told by article and shown; so are new articles and annotators', async () => {
  const { host, project } = await opened();
  await called(host, 'addAnnotator', { name: 'Ben' });
  const article = project.articles()[0]?.id ?? '';
  const copy = await elsewhere((other) => tagged(other, new Author('ben'), 'ben').then(() => undefined), 'ben');
  const told = heard(host, (event) => isOutside(event) && 'articles' in event && (event.articles?.length ?? 0) > 0);
  await copyFile(journal('ben', copy), journal('ben'));
  expect(await told).toEqual({ event: 'outside', articles: [article] });
  expect(await host.call('readOthers', { article })).toMatchObject({
    value: { others: [{ annotator: 'ben', set: { annotations: [{ id: 'ben-a1' }] } }], articles: [{}, {}] },
  });

  let added = '';
  const more = await elsewhere(async (other) => {
    added = (await importText(other, 'new.txt', new TextEncoder().encode('Leaders met in Paris.\n'))).meta.id;
    await other.addAnnotator('Cleo');
  });
  const next = heard(host, (event) => isOutside(event) && 'articles' in event && (event.articles?.includes(added) ?? false));
  await cp(`${more}/articles/${added}`, `${place}/articles/${added}`, { recursive: true });
  await next;
  expect(project.articles().map(({ id }) => id)).toContain(added);
});

test('O4 our own writes tell nobody, however they are noticed', async () => {
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  await called(host, 'apply', { gesture: doneGesture('g1', article) });
  await project.flush();
  expect(await project.look()).toEqual({ articles: [], others: false });
  expect(project.notices.map(({ id }) => id)).not.toContain('outside:anna');
});

test('O5 a changed codebook is taken in at once, and half a file is told and waited for', async () => {
  const { host, project } = await opened();
  const path = `${place}/codebook.json`;
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
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  const told = heard(host, (event) => event.event === 'notice' && event.notice.id === 'outside:anna');
  await copyFile(journal('anna', copy), journal('anna'));
  expect(await told).toMatchObject({ notice: { command: 'project.reread', severity: 'warning' } });
  const here = doneGesture('g1', article);
  expect(await host.call('apply', { page: 'a', gesture: here })).toMatchObject({ error: { code: 'conflict' } });
  await called(host, 'reread', {});
  expect(await host.call('openWorkspace', { page: 'a' })).toMatchObject({ value: { notices: [], saved: ['there-g1'] } });
  await called(host, 'apply', { gesture: here });
  await host.close();
  const again = await openProject(place);
  expect((await again.set(article)).annotations.has('there-a1')).toBe(true);
  expect((await again.set(article)).completion).not.toBeNull();
  await again.close();
  expect(await problems()).toEqual([]);
});

test('O7 snapshots that tell of other steps than the journal read again do not count', async () => {
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  await tagged(project, new Author('anna'), 'here');
  await project.flush();
  await copyFile(journal('anna', copy), journal('anna'));
  await called(host, 'reread', {});
  expect([...(await project.set(article)).annotations.keys()]).toEqual(['there-a1']);
});

test('O27 conflict copies of snapshots and journals are found, counted, merged as one step that can be undone, and kept in a folder', async () => {
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  await tagged(project, new Author('anna'), 'here');
  await project.flush();
  const told = heard(host, (event) => event.event === 'notice' && event.notice.id === 'conflicts');
  await copyFile(`${copy}/annotators/anna/articles/${article}.json`, `${place}/annotators/anna/articles/${article} 2.json`);
  await copyFile(journal('anna', copy), journal('anna').replace('.jsonl', '.sync-conflict-20261122-140300-ABCDEF1.jsonl'));
  await writeFile(`${place}/annotators/anna/notes (1).txt`, 'no file of ours');
  expect(await told).toMatchObject({ notice: { command: 'project.conflicts' } });
  const { conflicts } = await called<Output<'listConflicts'>>(host, 'listConflicts', {});
  expect(conflicts).toMatchObject([
    { place: `annotators/anna/articles/${article} 2.json`, kind: 'copy', onlyHere: 1, onlyThere: 1, different: 0, obstacle: null },
    { kind: 'copy', steps: 1, obstacle: null },
  ]);
  const { place: kept, gesture, left } = await called<Output<'mergeConflicts'>>(host, 'mergeConflicts', {});
  expect([left, gesture?.edits.length]).toEqual([[], 1]);
  expect([...(await project.set(article)).annotations.keys()].sort()).toEqual(['here-a1', 'there-a1']);
  expect((await readdir(`${place}/${kept}`)).length).toBe(2);
  expect(await called(host, 'listConflicts', {})).toEqual({ conflicts: [] });
  expect(project.notices.map(({ id }) => id)).not.toContain('conflicts');
  expect(await called(host, 'mergeConflicts', {})).toEqual({ place: null, gesture: null, left: [] });
});

test('O28 a journal with git’s conflict markers makes the project read-only until it is merged: both sides are there, in one journal', async () => {
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  await tagged(project, new Author('anna'), 'here');
  await host.close();
  const [ours, theirs] = [await readFile(journal('anna'), 'utf8'), await readFile(journal('anna', copy), 'utf8')];
  await writeFile(journal('anna'), `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`);
  const again = await opened();
  expect(again.project.readOnly).toBe(true);
  const { conflicts } = await called<Output<'listConflicts'>>(again.host, 'listConflicts', {});
  expect(conflicts).toMatchObject([{ place: 'annotators/anna/journal.jsonl', kind: 'markers', steps: 2, obstacle: null }]);
  const damaged = again.project.notices.find(({ id }) => id === 'damaged:annotators/anna/journal.jsonl');
  expect(damaged).toMatchObject({ message: expect.stringContaining('Both are whole'), command: 'project.conflicts' });
  const { place: kept } = await called<Output<'mergeConflicts'>>(again.host, 'mergeConflicts', {});
  expect(again.project.readOnly).toBe(false);
  expect([...(await again.project.set(article)).annotations.keys()].sort()).toEqual(['here-a1', 'there-a1']);
  expect(await readFile(`${place}/${kept}/journal-with-markers.jsonl`, 'utf8')).toContain('<<<<<<< HEAD');
  await again.host.close();
  expect(await problems()).toEqual([]);
});

test('O35 a copy of the whole folder of an annotator is merged like copies of its files', async () => {
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  await tagged(project, new Author('anna'), 'here');
  await cp(`${copy}/annotators/anna`, `${place}/annotators/anna 2`, { recursive: true });
  const { gesture } = await called<Output<'mergeConflicts'>>(host, 'mergeConflicts', {});
  expect(gesture?.edits).toHaveLength(1);
  expect([...(await project.set(article)).annotations.keys()].sort()).toEqual(['here-a1', 'there-a1']);
  expect(await called(host, 'listConflicts', {})).toEqual({ conflicts: [] });
  expect(await readdir(`${place}/annotators/anna 2`)).toContain('annotator.json');
});

test('O36 git’s conflict markers in other files are explained, and an article that was imported on two sides is shown as first imported', async () => {
  const { host, project } = await opened();
  const article = project.articles()[0]?.id ?? '';
  const imported = project.articles()[0]?.imported;
  await host.close();
  const mark = async (file: string, change: (text: string) => string = (text) => text.replace(/\}\s*$/, ' }\n')) => {
    const text = await readFile(`${place}/${file}`, 'utf8');
    await writeFile(`${place}/${file}`, `<<<<<<< HEAD\n${change(text)}=======\n${text}>>>>>>> other\n`);
    return () => writeFile(`${place}/${file}`, text);
  };
  for (const file of ['project.pressmark', 'codebook.json', 'annotators/anna/annotator.json']) {
    const put = await mark(file);
    const failure = { code: 'corrupt', message: expect.stringContaining(`${file} holds two versions between git’s conflict markers`) };
    await expect(openProject(place), file).rejects.toMatchObject({
      failure: { ...failure, next: expect.stringContaining('git checkout --ours') },
    });
    await put();
  }
  const meta = `articles/${article}/article.json`;
  const put = await mark(meta, (text) => text.replace(String(imported), '2027-01-01T00:00:00.000Z'));
  const again = await opened();
  expect(again.project.articles().find(({ id }) => id === article)?.imported).toBe(imported);
  expect(again.project.notices.map(({ message }) => message).join()).toContain(`${meta} holds two versions`);
  await again.host.close();
  expect((await problems()).join()).toContain('conflict markers');
  await put();
});

test('O27 a copy beside the very first snapshot of a project is noticed', async () => {
  const { host, project } = await opened();
  await called(host, 'apply', { gesture: doneGesture('g1', project.articles()[0]?.id ?? '') });
  const snapshots = `${place}/annotators/anna/articles`;
  // Not the temporary file that becomes it.
  const written = async () =>
    (await readdir(snapshots).catch(() => [])).filter((name) => name.startsWith(project.articles()[0]?.id ?? '') && name.endsWith('.json'));
  await expect.poll(written, { timeout: 5000 }).toHaveLength(1);
  const [name = ''] = await written();
  const noticed = heard(host, (event) => event.event === 'notice' && event.notice.message.includes('second version'));
  await copyFile(`${snapshots}/${name}`, `${snapshots}/${name.replace('.json', ' (Ann’s conflicted copy 2026-11-22).json')}`);
  await noticed;
});

test('O29 a copy in another’s folder is told and left to them, and one that is damaged is left where it is', async () => {
  const { host } = await opened();
  await called(host, 'addAnnotator', { name: 'Ben' });
  const copy = await elsewhere((other) => tagged(other, new Author('ben'), 'ben').then(() => undefined), 'ben');
  const foreign = journal('ben').replace('.jsonl', ' (1).jsonl');
  await copyFile(journal('ben', copy), foreign);
  await writeFile(`${place}/annotators/anna/links (1).json`, '{"format":1');
  const { conflicts } = await called<Output<'listConflicts'>>(host, 'listConflicts', {});
  expect(conflicts.map(({ obstacle }) => obstacle)).toEqual([expect.stringContaining('cannot be read'), 'Only Ben can merge it.']);
  expect(await host.call('mergeConflicts', { page: 'a' })).toMatchObject({ error: { code: 'corrupt' } });
  expect(await readdir(`${place}/annotators/anna`)).toContain('links (1).json');
  expect(await readdir(`${place}/annotators/ben`)).toContain('journal (1).jsonl');
});

test('O30 the projects opened last are remembered, ten at most, the newest first, whatever a page sends', async () => {
  const { host, project } = await opened();
  const at = { id: project.info.id, name: 'Élysée & co.', folder: place };
  const reply = await host.call('openWorkspace', { page: 'a' });
  expect(reply).toMatchObject({ value: { settings: { recent: [at], annotator: {} } } });
  await host.call('saveSettings', { settings: { theme: 'dark', recent: [], annotator: { x: 'y' } } });
  expect(await host.call('openWorkspace', { page: 'a' })).toMatchObject({
    value: { settings: { theme: 'dark', recent: [at], annotator: {} } },
  });
  expect(await host.call('openKnown', { page: 'a', project: project.info.id })).toMatchObject({ ok: true, value: { kind: 'here' } });
});

test('O2 two annotators of one name, or of none, are not made', async () => {
  const { host } = await opened();
  for (const name of ['Anna', ' anna ', '', '   ', 'x'.repeat(81)]) {
    expect((await host.call('addAnnotator', { page: 'a', name })).ok).toBe(false);
  }
  expect(await called(host, 'renameAnnotator', { name: 'ANNA' })).toMatchObject({ id: 'anna', name: 'ANNA' });
  expect(await readFile(`${place}/annotators/anna/annotator.json`, 'utf8')).toContain('ANNA');
});

test('J130 the notice of an article without its record is in the opening’s answer, and goes from the pages when a sync brings the record', async () => {
  const [id] = (await readdir(`${place}/articles`)).sort();
  const record = `${place}/articles/${id}/article.json`;
  await rename(record, `${folder.path}/article.json`);
  const { host, project } = await opened();
  const answer = await called<Output<'openWorkspace'>>(host, 'openWorkspace', {});
  expect(answer.notices).toMatchObject([{ id: 'unfinished-articles', message: expect.stringContaining(`articles/${id}`) }]);
  const gone = heard(host, ({ event }) => event === 'notice-gone');
  await rename(`${folder.path}/article.json`, record);
  expect(await gone).toEqual({ event: 'notice-gone', id: 'unfinished-articles' });
  expect(project.articles().map((meta) => meta.id)).toContain(id);
});

test('J133 H91 where the whole folder was moved while it is open, that alone is told, and work goes on when it is back', async () => {
  const { host, project } = await opened();
  const [first = '', second = ''] = project.articles().map(({ id }) => id);
  await called(host, 'apply', { gesture: doneGesture('g1', first) });
  const told: string[] = [];
  host.listen(null, (event) => {
    if (event.event === 'notice') told.push(event.notice.id);
    if (event.event === 'notice-gone') told.push(`${event.id} gone`);
  });
  await rename(place, `${place}-elsewhere`);
  await expect.poll(() => told).toEqual(['gone']);
  expect(await host.call('apply', { page: 'a', gesture: doneGesture('g2', second) })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('“project”, is no longer there'), next: expect.stringContaining('Put it back') },
  });
  expect(await host.call('openArticle', { article: second })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('no longer there: it was moved') },
  });
  await rename(`${place}-elsewhere`, place);
  await called(host, 'apply', { gesture: doneGesture('g2', second) });
  await expect.poll(() => told).toEqual(['gone', 'gone gone']);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told).toEqual(['gone', 'gone gone']);
  expect((await readFile(journal('anna'), 'utf8')).trim().split('\n')).toHaveLength(2);
});
