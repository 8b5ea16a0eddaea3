import { expect, test } from 'vitest';
import { type Annotation, type AnnotationSet, emptySet } from '../../core/model/annotation.ts';
import { type HeldSet, HeldSets } from './held-sets.ts';
import { applyStep, diskWith, journalPath, openOn, putMany, snapshotPath, textOn } from './testing/bench.ts';
import { annotator, first, folder, second } from './testing/scenario.ts';

const time = '2026-11-20T10:00:00.000Z';

const sized = (article: string, annotations: number): AnnotationSet => ({
  ...emptySet(article),
  annotations: new Map(Array.from({ length: annotations }, (_, index) => [`${index}`, {} as Annotation])),
});

test('J31 of the sets that are read those used last stay in memory, and all that are not saved', () => {
  const sets = new HeldSets<HeldSet>();
  const names = Array.from({ length: 12 }, (_, index) => `article-${index}`);
  for (const name of names) sets.use(name, { set: sized(name, 2000), isSaved: name !== 'article-1' });
  sets.use('article-0', sets.get('article-0') as HeldSet);
  sets.letGo();
  expect(names.filter((name) => sets.get(name))).toEqual(
    names.filter((name) => !['article-2', 'article-3', 'article-4', 'article-5'].includes(name)),
  );
  for (let turn = 0; turn < 12; turn++) sets.use('article-0', { set: sized('article-0', 9_000 + turn), isSaved: true });
  sets.letGo();
  expect([...sets.values()].length).toBe(8);
});

test('J32 what is told of all articles at once is read from the journal, and from a snapshot that was changed outside', async () => {
  const { disk } = await diskWith(['add', 'both']);
  const read: string[] = [];
  const project = await openOn(disk, { readOnly: true });
  disk.fault = (_, operation, path) => {
    if (operation === 'readFile') read.push(path);
    return null;
  };
  const [summary] = await project.summaries();
  expect(summary?.counts).toEqual({ QUOTE: 1, FACT: 1 });
  expect(read).toEqual([]);
  expect((await project.set(first.id)).annotations.size).toBe(2);
  disk.fault = null;
  const edited = (textOn(disk, snapshotPath) ?? '').replace('"layer":"FACT"', '"layer":"QUOTE"');
  disk.put(snapshotPath, edited);
  expect((await (await openOn(disk)).summaries())[0]?.counts).toEqual({ QUOTE: 2 });
});

test('J36 what was told of all articles ahead is not told any more once something changed', async () => {
  const { disk, author } = await diskWith(['add']);
  const project = await openOn(disk);
  await project.summariseAhead();
  await applyStep(project, author, 'both');
  expect((await project.summaries())[0]?.counts).toEqual({ QUOTE: 1, FACT: 1 });
  await project.summariseAhead();
  await project.addArticle(second);
  expect(await project.summaries()).toHaveLength(2);
  await project.summariseAhead();
  const ahead = await project.summaries();
  expect(await project.summaries()).toEqual(ahead);
});

test('J33 looking for what came from outside reads no record of an article that is known', async () => {
  const { disk, author } = await diskWith(['add']);
  const project = await openOn(disk);
  const other = await openOn(disk);
  await other.addArticle(second);
  await applyStep(project, author, 'add');
  const read: string[] = [];
  disk.fault = (_, operation, path) => {
    if (operation === 'readFile' && path.startsWith(`${folder}/articles/`)) read.push(path);
    return null;
  };
  expect((await project.look()).articles).toContain(second.id);
  await project.look();
  expect(read).toEqual([`${folder}/articles/${second.id}/article.json`]);
});

test('J34 articles asked for by the thousand are what they are one by one, also where a snapshot was changed outside, and nothing is asked of the disk twice', async () => {
  const { disk, author } = await diskWith(['add', 'both']);
  const writer = await openOn(disk);
  await writer.addArticle(second);
  await applyStep(writer, author, 'add', second);
  await writer.close();
  const bob = `${folder}/annotators/bob`;
  disk.putFolder(bob);
  disk.put(`${bob}/annotator.json`, '{"format":1,"id":"bob","name":"Bob","role":"annotator"}');
  disk.put(snapshotPath, (textOn(disk, snapshotPath) ?? '').replace('"layer":"FACT"', '"layer":"QUOTE"'));
  const ids = [first.id, second.id];
  const single = await openOn(disk, { readOnly: true });
  const expected = [];
  for (const id of ids) expected.push({ article: await single.readArticle(id), sets: await single.setsOf(id) });
  const project = await openOn(disk, { readOnly: true });
  const asked: string[] = [];
  disk.fault = (_, operation, path) => {
    asked.push(`${operation} ${path.slice(folder.length + 1)}`);
    return null;
  };
  const found = [];
  for await (const each of project.eachArticle(ids)) found.push(each);
  expect(found).toEqual(expected);
  expect(found[0]?.sets.map(({ annotator, set }) => [annotator, set.annotations.size])).toEqual([
    ['ann', 2],
    ['bob', 0],
  ]);
  expect(asked.filter((one) => one.startsWith('stat'))).toEqual(['stat annotators/bob/journal.jsonl']);
  expect(asked.filter((one) => one.includes(second.id))).toEqual([
    `readFile annotators/ann/articles/${second.id}.json`,
    `readFile articles/${second.id}/text.txt`,
  ]);
  asked.length = 0;
  for await (const each of project.eachArticle(ids)) expect(found).toContainEqual(each);
  expect(asked.filter((one) => one.includes('/ann/'))).toEqual([]);
});

test('J35 after a step of its own a program does not read the journal again to see that nobody else wrote it', async () => {
  const { disk, author } = await diskWith(['add']);
  const project = await openOn(disk);
  await applyStep(project, author, 'add');
  const read: string[] = [];
  disk.fault = (_, operation, path) => {
    if (operation === 'readFile') read.push(path);
    return null;
  };
  await project.lookAtJournal();
  expect([read, project.notices]).toEqual([[], []]);
  disk.clock += 1000;
  disk.put(journalPath, (textOn(disk, journalPath) ?? '').replace('"seq":1', '"seq":7'));
  await project.lookAtJournal();
  expect(read).toEqual([journalPath]);
  expect(project.notices).toMatchObject([{ id: 'outside:ann' }]);
});

test('H74 of more than a thousand articles those are read that are asked for, until all are', async () => {
  const { disk, author } = await diskWith(['add']);
  putMany(disk, 1001);
  const read: string[] = [];
  disk.fault = (_, operation, path) => {
    if (operation === 'readFile' && path.endsWith('/article.json')) read.push(path.split('/').at(-2) ?? '');
    return null;
  };
  const project = await openOn(disk, { whole: false });
  expect(read).toEqual([]);
  expect(project).toMatchObject({ hasMany: true, isWhole: false });
  expect(() => project.importedArticles()).toThrow(RangeError);
  expect(() => project.untouchedSummaries(['many-0001'])).toThrow(RangeError);
  expect(await applyStep(project, author, 'both')).toBe(2);
  expect((await project.set(first.id)).annotations.size).toBe(2);
  expect(await project.firstArticle()).toBe(first.id);
  expect(read).toEqual([first.id]);
  await project.readList();
  expect(project.importedArticles()).toHaveLength(1002);
  expect(project).toMatchObject({ hasMany: true, isWhole: false });
  await project.readEverybody();
  expect(project.isWhole).toBe(true);
  expect(read).toHaveLength(1002);
  await project.close();
});

test('H74 the first of many articles is the first that is listed, and one that cannot be read is left out', async () => {
  const { disk } = await diskWith([]);
  putMany(disk, 1001);
  const writer = await openOn(disk);
  const removal = { id: 'many-0000', annotator, fields: { removed: { value: true, time } } };
  await writer.apply({
    ...{ id: 'g1', annotator, time, command: 'article.remove', title: 'Remove', undoes: null, redoes: null },
    edits: [{ record: 'article', id: 'many-0000', before: null, after: removal }],
  });
  await writer.close();
  disk.put(`${folder}/articles/many-0001/article.json`, '{');
  disk.put(`${folder}/articles/${first.id}/article.json`, '{');
  const project = await openOn(disk, { whole: false });
  expect(await project.firstArticle()).toBe('many-0002');
  await project.readEverybody();
  expect(project.importedArticles()).toHaveLength(1000);
  expect(project.notices.map(({ id }) => id)).toEqual(expect.arrayContaining(['article:many-0001', `article:${first.id}`]));
  await project.close();
});
