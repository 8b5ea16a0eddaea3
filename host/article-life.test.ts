import { expect, test } from 'vitest';
import { changeArticle, listArticle, removeArticle } from '../core/articles/article-changes.ts';
import { resolveArticle } from '../core/model/article-record.ts';
import type { Edit, Gesture } from '../core/steps/edit.ts';
import { datasetSource } from './dataset/dataset-source.ts';
import { checkProject } from './storage/check.ts';
import type { Project } from './storage/project.ts';
import { sha256 } from './storage/strict-json.ts';
import { diskWith, openOn, textOn } from './storage/testing/bench.ts';
import { annotator, first, folder, second } from './storage/testing/scenario.ts';

const time = (second: number) => new Date(Date.UTC(2026, 4, 1) + second * 1000).toISOString();
let count = 0;
const gesture = (edits: Edit[]): Gesture => {
  count++;
  return { id: `life-${count}`, annotator, time: time(count), command: 'test', title: 'Step', edits, undoes: null, redoes: null };
};
const sceneOf = async (project: Project) => ({
  work: { articles: new Map((await project.articleRecords()).filter((r) => r.annotator === annotator).map((r) => [r.id, r])) },
  annotator,
  now: time(count),
});
const listed = (project: Project) => project.articles().map(({ id }) => id);
const exported = async (project: Project) => {
  const source = await datasetSource(project);
  const articles: string[] = [];
  for await (const { article } of source.articles()) articles.push(`${article.meta.id} ${article.meta.title}`);
  return { articles, links: source.links.length };
};

test('R8 an article imported in the page is on the disk at once, but listed, counted and exported only by the gesture that lists it', async () => {
  const { disk } = await diskWith();
  const project = await openOn(disk);
  const { meta } = await project.addArticle({ ...second, importedBy: annotator });
  expect([listed(project), project.importedArticles().length]).toEqual([[first.id], 2]);
  expect((await exported(project)).articles).toHaveLength(1);
  const edit = listArticle(await sceneOf(project), resolveArticle(meta, [])) as Edit;
  const listing = gesture([edit]);
  await project.apply(listing);
  expect(listed(project)).toEqual([first.id, second.id]);
  await project.close();
  expect(JSON.parse(textOn(disk, `${folder}/annotators/${annotator}/articles.json`) ?? '{}')).toMatchObject({
    data: { articles: [{ id: second.id, annotator, fields: { removed: { value: false } } }] },
  });
  const again = await openOn(disk);
  expect(listed(again)).toEqual([first.id, second.id]);
  const [{ before, after }] = [edit];
  const undo = { ...gesture([{ ...edit, before: after, after: before } as Edit]), undoes: listing.id };
  await again.apply(undo);
  expect(listed(again)).toEqual([first.id]);
  expect(await again.addArticle({ ...second, importedBy: annotator })).toMatchObject({ known: true, meta: { id: second.id } });
  await again.close();
  const problems: string[] = [];
  for await (const problem of checkProject(folder, disk)) problems.push(problem);
  expect(problems).toEqual([]);
});

test('R9 a removed article leaves list and dataset with its links, whatever is on it stays on the disk, and its details are kept', async () => {
  const { disk } = await diskWith(['add']);
  const project = await openOn(disk);
  await project.addArticle(second);
  const [annotation] = (await project.set(first.id)).annotations.values();
  const end = { article: first.id, annotation: annotation?.id ?? '' };
  const link = {
    ...{ id: 'l1', type: 'same', annotator, from: end, to: end, attributes: {}, note: '', origin: { kind: 'person' as const } },
    ...{ codebook: 1, created: time(0), modified: time(0) },
  };
  await project.apply(gesture([{ record: 'link', id: 'l1', before: null, after: link }]));
  await project.apply(gesture([changeArticle(await sceneOf(project), first.id, { title: 'Renamed', source: 'AFP' })]));
  expect(await exported(project)).toEqual({ articles: [`${first.id} Renamed`, `${second.id} Ana Ruiz resigned.`], links: 1 });
  expect((await project.readArticle(first.id)).meta).toMatchObject({ title: 'Renamed', source: 'AFP' });
  await project.apply(gesture([removeArticle(await sceneOf(project), first.id)]));
  expect(await exported(project)).toEqual({ articles: [`${second.id} Ana Ruiz resigned.`], links: 0 });
  expect([(await project.set(first.id)).annotations.size, (await project.links()).length]).toEqual([1, 1]);
  await project.close();
  const problems: string[] = [];
  for await (const problem of checkProject(folder, disk)) problems.push(problem);
  expect(problems).toEqual([]);
});

test('R29 others’ links to an article lead to what went along to its corrected version, in datasets and for the check', async () => {
  const { disk } = await diskWith(['add']);
  const project = await openOn(disk);
  await project.addArticle(second);
  const set = await project.set(first.id);
  const [annotation] = set.annotations.values();
  if (!annotation) throw new RangeError('no annotation');
  const moved = { ...annotation, article: second.id, spans: [{ start: 0, end: 3, text: second.text.slice(0, 3) }] };
  await project.apply(
    gesture([
      { record: 'annotation', article: first.id, id: annotation.id, before: annotation, after: null },
      { record: 'annotation', article: second.id, id: annotation.id, before: null, after: moved },
      changeArticle(await sceneOf(project), first.id, { supersededBy: second.id }),
    ]),
  );
  await project.close();
  const at = `${folder}/annotators/bob`;
  disk.putFolder(at);
  disk.put(`${at}/annotator.json`, JSON.stringify({ format: 1, id: 'bob', name: 'Bob', role: 'annotator' }));
  const end = { article: first.id, annotation: annotation.id };
  const link = {
    ...{ id: 'l9', type: 'same', annotator: 'bob', from: end, to: end, attributes: {}, note: '', origin: { kind: 'person' as const } },
    ...{ codebook: 1, created: time(0), modified: time(0) },
  };
  const bobs = JSON.stringify({ ...gesture([{ record: 'link', id: 'l9', before: null, after: link }]), annotator: 'bob' });
  disk.put(`${at}/journal.jsonl`, `{"seq":1,"sha256":"${sha256(bobs)}","gesture":${bobs}}\n`);
  const source = await datasetSource(await openOn(disk));
  expect(source.links.map(({ from, to }) => [from.article, to.article])).toEqual([[second.id, second.id]]);
  const problems: string[] = [];
  for await (const problem of checkProject(folder, disk)) problems.push(problem);
  expect(problems).toEqual([]);
});

test('R9 what another annotator says of an article holds for everybody, the later word winning', async () => {
  const { disk } = await diskWith();
  const project = await openOn(disk);
  await project.apply(gesture([changeArticle({ work: { articles: new Map() }, annotator, now: time(5) }, first.id, { title: 'Ann’s' })]));
  await project.close();
  const at = `${folder}/annotators/bob`;
  disk.putFolder(at);
  disk.put(`${at}/annotator.json`, JSON.stringify({ format: 1, id: 'bob', name: 'Bob', role: 'annotator' }));
  const edit = changeArticle({ work: { articles: new Map() }, annotator: 'bob', now: time(6) }, first.id, { title: 'Bob’s' });
  const bobs = JSON.stringify({ ...gesture([edit]), annotator: 'bob' });
  disk.put(`${at}/journal.jsonl`, `{"seq":1,"sha256":"${sha256(bobs)}","gesture":${bobs}}\n`);
  const again = await openOn(disk);
  expect(again.articles().map(({ title }) => title)).toEqual(['Bob’s']);
  expect((await again.articleRecords()).map((record) => record.annotator)).toEqual([annotator, 'bob']);
});

test.each<[string, (project: Project) => Promise<Edit>, RegExp]>([
  ['an article that is not there', async (p) => changeArticle(await sceneOf(p), 'gone-1', { title: 'x' }), /there is no article gone-1/],
  ['an address that leads elsewhere', async (p) => changeArticle(await sceneOf(p), first.id, { url: 'javascript:x' }), /not a web address/],
  ['a date that is none', async (p) => changeArticle(await sceneOf(p), first.id, { date: 'soon' }), /not a date/],
  ['itself in its place', async (p) => changeArticle(await sceneOf(p), first.id, { supersededBy: first.id }), /its own place/],
  ['nothing in its place', async (p) => changeArticle(await sceneOf(p), first.id, { supersededBy: 'gone-1' }), /no article gone-1/],
  [
    'a record of another',
    async (p) => changeArticle({ ...(await sceneOf(p)), annotator: 'bob' }, first.id, { title: 'x' }),
    /belongs to bob/,
  ],
])('R9 a change to an article is refused before it is written when it names %s', async (_, build, message) => {
  const { disk } = await diskWith();
  const project = await openOn(disk);
  const edit = await build(project);
  await expect(project.apply(gesture([edit]))).rejects.toThrow(message);
  expect(project.gestures()).toEqual([]);
});
