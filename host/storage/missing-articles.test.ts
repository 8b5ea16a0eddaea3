import { expect, test } from 'vitest';
import { AppError } from '../../core/failure.ts';
import { applyStep, diskWith, openOn } from './testing/bench.ts';
import { first, folder } from './testing/scenario.ts';
import type { SimulatedFileSystem } from './testing/simulated-file-system.ts';

const article = `${folder}/articles/${first.id}`;

/** Takes the files of the first article away, as a folder that is not synced in full lacks them, and gives them back by the answer. */
function hideArticle(disk: SimulatedFileSystem): () => void {
  const files = [...disk.files()].filter(([path]) => path.startsWith(article));
  for (const [path] of files) disk.remove(path);
  return () => {
    for (const [path, bytes] of files) disk.put(path, bytes);
  };
}

test('J43 an article with work on it that is not there is told, until it is, and nothing of the work is lost', async () => {
  const { disk, author } = await diskWith(['add', 'both']);
  const giveBack = hideArticle(disk);
  const project = await openOn(disk);
  expect(project.notices).toMatchObject([{ id: 'missing-articles', severity: 'warning', message: expect.stringContaining(first.id) }]);
  expect(project.importedArticles()).toEqual([]);
  giveBack();
  await project.look();
  expect(project.notices).toEqual([]);
  expect((await project.set(first.id)).annotations.size).toBe(2);
  await applyStep(project, author, 'add');
  hideArticle(disk);
  await project.close();
  expect((await openOn(disk)).notices).toMatchObject([{ id: 'missing-articles' }]);
});

test('J43 what is in use on an article that is not there just now is in use', async () => {
  const { disk } = await diskWith(['add', 'both']);
  hideArticle(disk);
  const project = await openOn(disk);
  const remove = { change: 'remove-layer' as const, layer: 'QUOTE', into: null };
  const request = { version: 1, gesture: 'c1', what: { kind: 'change' as const, changes: [remove] } };
  await expect(project.changeCodebook(request)).rejects.toBeInstanceOf(AppError);
  expect(project.codebook.codebook.layers.map(({ id }) => id)).toContain('QUOTE');
});

test('J44 a disk that cannot be read when somebody takes over or looks for changes is told in words', async () => {
  const { disk } = await diskWith();
  const project = await openOn(disk, { newId: () => 'ben' });
  await project.addAnnotator('Ben');
  disk.fault = () => 'EIO';
  for (const work of [() => project.look(), () => project.readAgain(), () => project.switchAnnotator('ben')]) {
    await expect(work()).rejects.toMatchObject({ failure: { code: 'corrupt' } });
  }
  disk.fault = null;
  await project.switchAnnotator('ben');
  expect(project.annotator.name).toBe('Ben');
});
