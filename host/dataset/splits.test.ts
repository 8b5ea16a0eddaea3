import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { changeArticle, removeArticle } from '../../core/articles/article-changes.ts';
import type { DatasetDocument } from '../../core/formats/document.ts';
import { defaultSplitOptions, type SplitOptions } from '../../core/splits/options.ts';
import type { Edit } from '../../core/steps/edit.ts';
import type { Project } from '../storage/project.ts';
import { diskWith, openOn } from '../storage/testing/bench.ts';
import { annotator, first, second, testArticle } from '../storage/testing/scenario.ts';
import { zipExport } from './export-zip.ts';
import { SplitJobs } from './split-jobs.ts';
import { projectSplits, publishSplits } from './splits.ts';

const usual = { options: null, anew: false };
const halves: SplitOptions = { ...defaultSplitOptions, fractions: { train: 0.5, validation: 0, test: 0.5 } };
const words = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `word${from + index}`).join(' ');

let count = 0;
async function apply(project: Project, edit: Edit): Promise<void> {
  count++;
  const time = new Date(Date.UTC(2026, 4, 1) + count * 1000).toISOString();
  await project.apply({ id: `split-${count}`, annotator, time, command: 'test', title: 'Step', edits: [edit], undoes: null, redoes: null });
}
const scene = { work: { articles: new Map() }, annotator, now: '2026-05-01T00:00:00.000Z' };
const splitsOf = async (project: Project, request: Parameters<typeof projectSplits>[1] = usual) =>
  Object.fromEntries([...(await projectSplits(project, request)).plan.assignments].map(([id, { split }]) => [id, split]));

async function opened(): Promise<Project> {
  const { disk } = await diskWith();
  let second_ = 0;
  const project = await openOn(disk, { now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, second_++)).toISOString() });
  await project.addArticle(second);
  return project;
}

test('X53 published splits of a project are kept when it grows, by articles that are removed, come back or are corrected too', async () => {
  const project = await opened();
  const before = await splitsOf(project);
  const { published } = await publishSplits(project, usual, null);
  // A group that the hash alone sends elsewhere, for it is then named by its new least document.
  const copies = Array.from({ length: 12 }, (_, index) => testArticle(`A${index}.txt`, `${second.text} And ${words(0, index)}\n`));
  for (const copy of copies) await project.addArticle(copy);
  const anew = await splitsOf(project, { options: null, anew: true });
  const later = await splitsOf(project);
  expect(later).toMatchObject(before);
  const near = copies.filter(({ id }) => later[id] === later[second.id]);
  expect(near.length).toBeGreaterThan(1);
  expect(Object.keys(anew)).toEqual(Object.keys(later));

  const corrected = testArticle('Corrected.txt', `${words(0, 40)}\n`);
  await project.addArticle(corrected);
  await apply(project, changeArticle(scene, first.id, { supersededBy: corrected.id }));
  await apply(project, removeArticle(scene, second.id));
  const { assignments } = (await projectSplits(project, usual)).plan;
  expect(assignments.get(corrected.id)).toEqual({ group: first.id, split: before[first.id] });
  expect(assignments.has(first.id)).toBe(false);

  const again = await publishSplits(project, usual, published?.published ?? '');
  expect(again.published?.assignments.map(({ doc_id }) => doc_id)).toEqual(
    [first.id, second.id, corrected.id, ...copies.map(({ id }) => id)].sort(),
  );
  expect(again.published?.assignments).toEqual(expect.arrayContaining(published?.assignments ?? []));
  const replaced = await publishSplits(project, { options: halves, anew: true }, again.published?.published ?? '');
  expect(replaced.published?.assignments.map(({ doc_id }) => doc_id)).toEqual([corrected.id, ...copies.map(({ id }) => id)].sort());
  expect((await project.publishedSplits())?.options).toEqual(halves);
});

test('X56 a dataset has the splits that are asked for or published; others than the published ones are refused', async () => {
  const project = await opened();
  const documents = async (splits?: SplitOptions) => {
    const folder = await mkdtemp(join(tmpdir(), 'pressmark-splits-'));
    const { path } = await zipExport(project, { format: 'jsonl', splits }, folder);
    const files = unzipSync(await readFile(path));
    await rm(folder, { recursive: true });
    const lines = strFromU8(files['documents.jsonl'] as Uint8Array)
      .trim()
      .split('\n');
    const { split: method } = JSON.parse(strFromU8(files['manifest.json'] as Uint8Array));
    return { documents: lines.map((line): DatasetDocument => JSON.parse(line)), method };
  };
  const plain = await documents();
  expect([plain.documents.map(({ split, group_id }) => [split, group_id]), plain.method]).toEqual([
    [
      [null, null],
      [null, null],
    ],
    null,
  ]);
  const { plan } = await projectSplits(project, { options: halves, anew: false });
  const expected = [...plan.assignments.values()].map(({ split, group }) => [split, group]);
  const asked = await documents(halves);
  expect(asked.documents.map(({ split, group_id }) => [split, group_id])).toEqual(expected);
  expect(asked.method).toEqual({
    ...{ method: 'sha256 of qds-split-v1 and the group', ...halves.fractions, grouped_by: 'near-duplicate' },
  });
  const { published } = await publishSplits(project, { options: halves, anew: false }, null);
  const carried = await documents();
  expect(carried.documents).toEqual(asked.documents);
  expect(carried.method).toMatchObject({ published: published?.published });
  await expect(documents(defaultSplitOptions)).rejects.toMatchObject({ failure: { code: 'conflict' } });
});

/** `project` whose articles take as long to read as `wait` says. Counts in `read`. */
function slowly(project: Project, wait: () => Promise<void>): { project: Project; read: () => number } {
  let read = 0;
  const slow = new Proxy(project, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (name !== 'readArticle') return typeof member === 'function' ? member.bind(target) : member;
      return async (id: string) => {
        read++;
        await wait();
        return target.readArticle(id);
      };
    },
  });
  return { project: slow, read: () => read };
}

/** A project with `more` further articles, no two alike. */
async function withMore(more: number): Promise<Project> {
  const project = await opened();
  for (let index = 0; index < more; index++) {
    await project.addArticle(testArticle(`B${index}.txt`, `${words(index * 50, index * 50 + 40)}\n`));
  }
  return project;
}

const rest = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

async function planned(jobs: SplitJobs, request: Parameters<SplitJobs['preview']>[1]) {
  for (;;) {
    const { plan } = await jobs.preview('p1', request);
    if (plan) return plan;
  }
}

test('X58 a plan that takes long tells how far it is, and ends when something else is asked for; a failure is told', async () => {
  let wait = () => rest(20);
  const { project, read } = slowly(await withMore(4), () => wait());
  const jobs = new SplitJobs(project, 10);
  const answers = [await jobs.preview('p1', usual), await jobs.preview('p1', usual), await jobs.preview('p1', usual)];
  expect(answers.every(({ of, plan }) => of === 6 && plan === null)).toBe(true);
  expect(Math.max(...answers.map(({ searched }) => searched))).toBeLessThan(read());
  expect(await planned(jobs, { options: halves, anew: false })).toMatchObject({
    options: halves,
    published: null,
    report: { documents: 6 },
  });
  // The first was ended on its way.
  expect(read()).toBeLessThan(12);
  const before = read();
  expect(await planned(jobs, usual)).toMatchObject({ options: defaultSplitOptions });
  expect(read()).toBe(before + 6);
  wait = () => Promise.reject(new RangeError('damaged'));
  await expect(planned(jobs, usual)).rejects.toThrow('damaged');
});

test('X58 a plan that nobody asks for any more ends, and is made when it is asked for again', async () => {
  const { project, read } = slowly(await withMore(10), () => rest(15));
  const jobs = new SplitJobs(project, 5, 20);
  expect(await jobs.preview('p1', usual)).toMatchObject({ of: 12, plan: null });
  await rest(80);
  const ended = read();
  await rest(60);
  expect(read()).toBe(ended);
  expect(ended).toBeLessThan(12);
  expect(await planned(jobs, usual)).toMatchObject({ report: { documents: 12 } });
});
