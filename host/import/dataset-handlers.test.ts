import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Input, Method, Output } from '../../core/contract.ts';
import { hostOn, makeProject, temporaryFolder } from '../testing/sample-host.ts';

const dataset = join(import.meta.dirname, '../../core/formats/baselines/seeds/jsonl');

// A host whose page p1 was given the files of the dataset.
async function withDataset() {
  const folder = await temporaryFolder();
  await makeProject(folder.path);
  let id = 0;
  const { host, project } = await hostOn(folder.path, { newId: () => `new-${++id}` });
  onTestFinished(async () => {
    await host.close();
    await folder.remove();
  });
  const asked = async <M extends Method>(method: M, input: Input<M>): Promise<Output<M>> => {
    const reply = await host.call(method, input);
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return reply.value as Output<M>;
  };
  await asked('openWorkspace', { page: 'p1' });
  for (const name of ['documents.jsonl', 'entities.jsonl', 'relations.jsonl', 'annotators.jsonl'])
    await host.call('stageFile', { page: 'p1', name: `jsonl/${name}` }, await readFile(join(dataset, name)));
  return { asked, project };
}

test('X253 who looks at a dataset in the window is told what several people have alike', async () => {
  const { asked } = await withDataset();
  const { dataset: look } = await asked('lookAtDataset', { page: 'p1', map: null });
  expect(look?.shared).toMatch(/^The work of Anna, .* becomes your own: .* --keep-annotators/);
});

test('I90 the annotators of a dataset can be kept in the window too: each has their own work, and it is found', async () => {
  const { asked, project } = await withDataset();
  const ofCleo: Input<'search'> = { query: 'annotator:cleo', what: ['annotations'], skip: 0, limit: 10 };
  expect((await asked('search', ofCleo)).totals.annotations).toBe(0);
  const { dataset: look } = await asked('lookAtDataset', { page: 'p1', map: null });
  expect(look?.annotators).toEqual(['Béla, "B"', 'Cleo']);
  const made = await asked('importDataset', { page: 'p1', map: null, gesture: 'g1', keepsAnnotators: true });
  expect([made.articles.length, made.annotators]).toEqual([3, look?.annotators]);
  const { annotator, annotators, history } = await asked('openWorkspace', { page: 'p1' });
  expect([annotator.name, annotators.map(({ name, role }) => `${name} ${role}`)]).toEqual([
    'Anna',
    ['Anna annotator', 'Béla, "B" annotator', 'Cleo adjudicator'],
  ]);
  expect(project.gestures().map(({ id }) => id)).toEqual(['g1']);
  expect(history.past.length + history.earlier).toBe(1);
  const wrote = new Map<string, number>();
  for (const { id } of project.articles())
    for (const { annotator: who, set } of await project.setsOf(id)) wrote.set(who, (wrote.get(who) ?? 0) + set.annotations.size);
  expect([...wrote.values()].every((count) => count > 0) && wrote.size).toBe(3);
  expect([...wrote.values()].reduce((sum, count) => sum + count)).toBe(made.annotations);
  expect((await asked('search', ofCleo)).totals.annotations).toBe(wrote.get(annotators[2]?.id ?? ''));
});

test('I90 without that choice all of it becomes one’s own work', async () => {
  const { asked, project } = await withDataset();
  const made = await asked('importDataset', { page: 'p1', map: null, gesture: 'g1', keepsAnnotators: false });
  expect([made.annotators, project.annotators.length, made.annotations > 0]).toEqual([[], 1, true]);
});
