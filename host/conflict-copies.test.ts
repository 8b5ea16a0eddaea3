import { copyFile, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Output } from '../core/contract.ts';
import { openProject } from './storage/project.ts';
import { Author } from './storage/testing/author.ts';
import { doneGesture } from './testing/sample-host.ts';
import { called, heard, sharedProject, tagged } from './testing/shared-project.ts';

const shared = sharedProject();

test('O27 conflict copies of snapshots and journals are found, counted, merged as one step that can be undone, and kept in a folder', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await shared.elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  await tagged(project, new Author('anna'), 'here');
  await project.flush();
  const told = heard(host, (event) => event.event === 'notice' && event.notice.id === 'conflicts');
  await copyFile(`${copy}/annotators/anna/articles/${article}.json`, `${shared.place}/annotators/anna/articles/${article} 2.json`);
  await copyFile(shared.journal('anna', copy), shared.journal('anna').replace('.jsonl', '.sync-conflict-20261122-140300-ABCDEF1.jsonl'));
  await writeFile(`${shared.place}/annotators/anna/notes (1).txt`, 'no file of ours');
  expect(await told).toMatchObject({ notice: { command: 'project.conflicts' } });
  const { conflicts } = await called<Output<'listConflicts'>>(host, 'listConflicts', {});
  expect(conflicts).toMatchObject([
    { place: `annotators/anna/articles/${article} 2.json`, kind: 'copy', onlyHere: 1, onlyThere: 1, different: 0, obstacle: null },
    { kind: 'copy', steps: 1, obstacle: null },
  ]);
  const { place: kept, gesture, left } = await called<Output<'mergeConflicts'>>(host, 'mergeConflicts', {});
  expect([left, gesture?.edits.length]).toEqual([[], 1]);
  expect([...(await project.set(article)).annotations.keys()].sort()).toEqual(['here-a1', 'there-a1']);
  expect((await readdir(`${shared.place}/${kept}`)).length).toBe(2);
  expect(await called(host, 'listConflicts', {})).toEqual({ conflicts: [] });
  expect(project.notices.map(({ id }) => id)).not.toContain('conflicts');
  expect(await called(host, 'mergeConflicts', {})).toEqual({ place: null, gesture: null, left: [] });
});

test('O28 a journal with git’s conflict markers makes the project read-only until it is merged: both sides are there, in one journal', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await shared.elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  await tagged(project, new Author('anna'), 'here');
  await host.close();
  const [ours, theirs] = [await readFile(shared.journal('anna'), 'utf8'), await readFile(shared.journal('anna', copy), 'utf8')];
  await writeFile(shared.journal('anna'), `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> other\n`);
  const again = await shared.opened();
  expect(again.project.readOnly).toBe(true);
  const { conflicts } = await called<Output<'listConflicts'>>(again.host, 'listConflicts', {});
  expect(conflicts).toMatchObject([{ place: 'annotators/anna/journal.jsonl', kind: 'markers', steps: 2, obstacle: null }]);
  const damaged = again.project.notices.find(({ id }) => id === 'damaged:annotators/anna/journal.jsonl');
  expect(damaged).toMatchObject({ message: expect.stringContaining('Both are whole'), command: 'project.conflicts' });
  const { place: kept } = await called<Output<'mergeConflicts'>>(again.host, 'mergeConflicts', {});
  expect(again.project.readOnly).toBe(false);
  expect([...(await again.project.set(article)).annotations.keys()].sort()).toEqual(['here-a1', 'there-a1']);
  expect(await readFile(`${shared.place}/${kept}/journal-with-markers.jsonl`, 'utf8')).toContain('<<<<<<< HEAD');
  await again.host.close();
  expect(await shared.problems()).toEqual([]);
});

test('O35 a copy of the whole folder of an annotator is merged like copies of its files', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  const copy = await shared.elsewhere((other) => tagged(other, new Author('anna'), 'there').then(() => undefined));
  await tagged(project, new Author('anna'), 'here');
  await cp(`${copy}/annotators/anna`, `${shared.place}/annotators/anna 2`, { recursive: true });
  const { gesture } = await called<Output<'mergeConflicts'>>(host, 'mergeConflicts', {});
  expect(gesture?.edits).toHaveLength(1);
  expect([...(await project.set(article)).annotations.keys()].sort()).toEqual(['here-a1', 'there-a1']);
  expect(await called(host, 'listConflicts', {})).toEqual({ conflicts: [] });
  expect(await readdir(`${shared.place}/annotators/anna 2`)).toContain('annotator.json');
});

test('O36 git’s conflict markers in other files are explained, and an article that was imported on two sides is shown as first imported', async () => {
  const { host, project } = await shared.opened();
  const article = project.articles()[0]?.id ?? '';
  const imported = project.articles()[0]?.imported;
  await host.close();
  const mark = async (file: string, change: (text: string) => string = (text) => text.replace(/\}\s*$/, ' }\n')) => {
    const text = await readFile(`${shared.place}/${file}`, 'utf8');
    await writeFile(`${shared.place}/${file}`, `<<<<<<< HEAD\n${change(text)}=======\n${text}>>>>>>> other\n`);
    return () => writeFile(`${shared.place}/${file}`, text);
  };
  for (const file of ['project.pressmark', 'codebook.json', 'annotators/anna/annotator.json']) {
    const put = await mark(file);
    const failure = { code: 'corrupt', message: expect.stringContaining(`${file} holds two versions between git’s conflict markers`) };
    await expect(openProject(shared.place), file).rejects.toMatchObject({
      failure: { ...failure, next: expect.stringContaining('git checkout --ours') },
    });
    await put();
  }
  const meta = `articles/${article}/article.json`;
  const put = await mark(meta, (text) => text.replace(String(imported), '2027-01-01T00:00:00.000Z'));
  const again = await shared.opened();
  expect(again.project.articles().find(({ id }) => id === article)?.imported).toBe(imported);
  expect(again.project.notices.map(({ message }) => message).join()).toContain(`${meta} holds two versions`);
  await again.host.close();
  expect((await shared.problems()).join()).toContain('conflict markers');
  await put();
});

test('O27 a copy beside the very first snapshot of a project is noticed', async () => {
  const { host, project } = await shared.opened();
  await called(host, 'apply', { gesture: doneGesture('g1', project.articles()[0]?.id ?? '') });
  const snapshots = `${shared.place}/annotators/anna/articles`;
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
  const { host } = await shared.opened();
  await called(host, 'addAnnotator', { name: 'Ben', role: 'annotator' });
  const copy = await shared.elsewhere((other) => tagged(other, new Author('ben'), 'ben').then(() => undefined), 'ben');
  const foreign = shared.journal('ben').replace('.jsonl', ' (1).jsonl');
  await copyFile(shared.journal('ben', copy), foreign);
  await writeFile(`${shared.place}/annotators/anna/links (1).json`, '{"format":1');
  const { conflicts } = await called<Output<'listConflicts'>>(host, 'listConflicts', {});
  expect(conflicts.map(({ obstacle }) => obstacle)).toEqual([expect.stringContaining('cannot be read'), 'Only Ben can merge it.']);
  expect(await host.call('mergeConflicts', { page: 'a' })).toMatchObject({ error: { code: 'corrupt' } });
  expect(await readdir(`${shared.place}/annotators/anna`)).toContain('links (1).json');
  expect(await readdir(`${shared.place}/annotators/ben`)).toContain('journal (1).jsonl');
});
