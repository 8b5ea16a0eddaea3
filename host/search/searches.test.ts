import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject, type Project } from '../storage/project.ts';
import { doneGesture, makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { Searches } from './searches.ts';

const input = (query: string) => ({ query, what: ['articles' as const, 'annotations' as const], skip: 0, limit: 10 });

async function sample(): Promise<{ project: Project; cache: string; remove(): Promise<void> }> {
  const { path, remove } = await temporaryFolder();
  await makeProject(join(path, 'project'));
  const project = await openProject(join(path, 'project'), { now: () => '2026-11-20T11:00:00.000Z' });
  return {
    project,
    cache: join(path, 'cache'),
    async remove() {
      await project.close();
      await remove();
    },
  };
}

test('L35 what was just done is found by the next search, and a query that is not understood finds nothing but says why', async () => {
  const { project, cache, remove } = await sample();
  const searches = new Searches(project, cache);
  expect((await searches.search(input('status:done'))).totals.articles).toBe(0);
  await project.apply(doneGesture('g', project.articles()[0]?.id ?? ''));
  expect((await searches.search(input('status:done'))).totals.articles).toBe(1);
  const wrong = await searches.search(input('speeker:x'));
  expect([wrong.problems.length, wrong.totals]).toEqual([1, { articles: 0, annotations: 0 }]);
  expect((await searches.keys('speeker:x')).problems).toHaveLength(1);
  await searches.close();
  await remove();
});

test('L35 two programs on one project do not stand in each other’s way', async () => {
  const { project, cache, remove } = await sample();
  const [one, two] = [new Searches(project, cache), new Searches(project, cache)];
  const found = await Promise.all([one, two].map(async (searches) => (await searches.search(input('troops'))).totals.articles));
  expect(found).toEqual([2, 2]);
  await one.close();
  await two.close();
  await remove();
});
