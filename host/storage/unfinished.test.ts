import { expect, test } from 'vitest';
import type { Notice } from '../../core/failure.ts';
import { diskWith, openOn, problemsOf } from './testing/bench.ts';
import { first, folder, second } from './testing/scenario.ts';
import { unfinishedId } from './unfinished.ts';

const record = `${folder}/articles/${first.id}/article.json`;

test('J130 an article without its record is told once at the opening, until it is imported again', async () => {
  const { disk } = await diskWith();
  disk.remove(record);
  const project = await openOn(disk);
  const heard: (Notice | string)[] = [];
  project.onNotice(
    (notice) => heard.push(notice.id),
    (id) => heard.push(`no ${id}`),
  );
  await project.tellConflicts();
  const [notice] = project.notices;
  expect(notice).toMatchObject({ id: unfinishedId, severity: 'info', next: expect.stringContaining('import the same file again') });
  expect(notice?.message).toMatch(`(articles/${first.id}, its text is there)`);
  await project.tellConflicts();
  await project.addArticle(first);
  await project.tellConflicts();
  await project.tellConflicts();
  expect(project.notices).toEqual([]);
  expect(heard).toEqual([unfinishedId, `no ${unfinishedId}`]);
});

test('J130 the notice goes when a sync brings the record, when the folder goes, and when the text is imported under another name', async () => {
  const { disk } = await diskWith();
  const bytes = disk.files().get(record) ?? new Uint8Array();
  const text = disk.files().get(`${folder}/articles/${first.id}/text.txt`) ?? new Uint8Array();
  const whole = async (mend: (project: Awaited<ReturnType<typeof openOn>>) => Promise<unknown>) => {
    disk.remove(record);
    const project = await openOn(disk);
    await project.tellConflicts();
    expect(project.notices).toMatchObject([{ id: unfinishedId }]);
    await mend(project);
    await project.look();
    await project.tellConflicts();
    expect(project.notices).toEqual([]);
    await project.close();
  };
  await whole(async () => disk.put(record, bytes));
  await whole(async () => disk.remove(`${folder}/articles/${first.id}/text.txt`));
  disk.put(`${folder}/articles/${first.id}/text.txt`, text);
  await whole((project) => project.addArticle({ ...first, originalName: 'other name.txt' }));
  expect(await problemsOf(disk)).toEqual([
    `articles/${first.id}: its import was broken off; its text is there as another article, so that this folder is not needed`,
  ]);
});

test('J130 what a sync is bringing while the project is open, and folders that we did not make, are not told', async () => {
  const { disk } = await diskWith();
  disk.putFolder(`${folder}/articles/drafts`);
  disk.put(`${folder}/articles/notes-0123abcd`, 'a file');
  const project = await openOn(disk);
  await project.tellConflicts();
  disk.putFolder(`${folder}/articles/${second.id}`);
  disk.put(`${folder}/articles/${second.id}/text.txt`, second.text);
  await project.look();
  await project.readAgain();
  await project.tellConflicts();
  expect(project.notices).toEqual([]);
});

test('J130 several are counted, the first three named, those without a text said to be so', async () => {
  const { disk } = await diskWith();
  for (const id of ['a-00000001', 'b-00000002', 'c-00000003', 'd-00000004']) {
    disk.putFolder(`${folder}/articles/${id}`);
    disk.put(`${folder}/articles/${id}/original.html`, 'x');
  }
  const project = await openOn(disk);
  await project.tellConflicts();
  const [{ message } = { message: '' }] = project.notices;
  expect(message).toMatch(/^4 articles were imported in part/);
  expect(message).toContain('articles/c-00000003 (its text is not there yet) …');
  expect(message).not.toContain('d-00000004');
});

test('J131 an import that fails leaves nothing behind, and takes away nothing that was there', async () => {
  const { disk } = await diskWith();
  const project = await openOn(disk);
  const inFolder = (id: string) => [...disk.files().keys()].filter((path) => path.startsWith(`${folder}/articles/${id}`));
  disk.fault = (_, operation, path) => (operation === 'rename' && path.includes('article.json') ? 'ENOSPC' : null);
  await expect(project.addArticle(second)).rejects.toMatchObject({ failure: { code: 'not-saved' } });
  expect(inFolder(second.id)).toEqual([]);
  disk.fault = (_, operation, path) => (operation === 'readdir' && path.endsWith(second.id) ? 'EIO' : null);
  await expect(project.addArticle(second)).rejects.toMatchObject({ failure: { code: 'not-saved' } });
  expect(inFolder(second.id)).toEqual([]);
  disk.fault = null;
  disk.putFolder(`${folder}/articles/${second.id}`);
  disk.put(`${folder}/articles/${second.id}/text.txt`, second.text);
  disk.fault = () => 'ENOSPC';
  await expect(project.addArticle(second)).rejects.toMatchObject({ failure: { code: 'not-saved' } });
  expect(inFolder(second.id)).toEqual([`${folder}/articles/${second.id}/text.txt`]);
  disk.fault = null;
  await project.addArticle(second);
  expect(await problemsOf(disk)).toEqual([]);
});
