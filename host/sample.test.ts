import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOrCreateSample } from './sample.ts';
import { temporaryFolder } from './testing/sample-host.ts';

const seeds = join(import.meta.dirname, '..', 'seeds');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let place: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  place = join(folder.path, 'projects', 'sample');
  await mkdir(join(folder.path, 'projects'));
});
afterEach(() => folder.remove());

test('H35 the sample project holds the seed articles, character for character', async () => {
  const project = await openOrCreateSample(place, seeds, 'Ann');
  expect([project.info.name, project.annotator.name]).toEqual(['Sample: Paris summit', 'Ann']);
  const names = await readdir(seeds);
  expect(
    project
      .articles()
      .map((meta) => meta.originalName)
      .sort(),
  ).toEqual(names.sort());
  for (const meta of project.articles()) {
    expect((await project.readArticle(meta.id)).text).toBe(await readFile(join(seeds, meta.originalName), 'utf8'));
  }
  await project.close();
});

test('H35 a sample that was made in part is made whole, and one that is whole stays as it is', async () => {
  const some = join(folder.path, 'some');
  await mkdir(some);
  const [first = ''] = await readdir(seeds);
  await writeFile(join(some, first), await readFile(join(seeds, first)));
  const partly = await openOrCreateSample(place, some, 'Ann');
  const { id } = partly.info;
  expect(partly.articles()).toHaveLength(1);
  await partly.close();
  for (const _ of [1, 2]) {
    const project = await openOrCreateSample(place, seeds, 'Somebody else');
    expect([project.info.id, project.annotator.name, project.articles().length]).toEqual([id, 'Ann', 5]);
    await project.close();
  }
});

test('H35 a sample that another program has open is opened for reading and left as it is', async () => {
  const none = join(folder.path, 'none');
  await mkdir(none);
  const holder = await openOrCreateSample(place, none, 'Ann');
  const project = await openOrCreateSample(place, seeds, 'Ann');
  expect([project.readOnly, project.articles().length]).toEqual([true, 0]);
  await project.close();
  await holder.close();
});

test('H35 when a seed cannot be imported, that is told and the project is free again', async () => {
  const bad = join(folder.path, 'bad');
  await mkdir(bad);
  await writeFile(join(bad, 'x.txt'), Uint8Array.of(0x50, 0xff, 0x00));
  await expect(openOrCreateSample(place, bad, 'Ann')).rejects.toMatchObject({ failure: { code: 'unsupported' } });
  await rm(bad, { recursive: true });
  const project = await openOrCreateSample(place, seeds, 'Ann');
  expect([project.readOnly, project.articles().length]).toEqual([false, 5]);
  await project.close();
});
