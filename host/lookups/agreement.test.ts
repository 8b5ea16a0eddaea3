import { expect, test } from 'vitest';
import { tag } from '../../core/steps/gestures.ts';
import type { Project } from '../storage/project.ts';
import { readAgreement } from './agreement.ts';
import { projectOf, sceneOf, step } from './testing/project-of.ts';

async function tagAs(project: Project, annotator: string, article: string, layer: string, words: string): Promise<void> {
  await project.switchAnnotator(annotator);
  const scene = await sceneOf(project, article);
  const start = scene.text.indexOf(words);
  await step(project, tag(scene, layer, [{ start, end: start + words.length }]).edits);
}

test('W88 agreement is told of the articles that two have worked on, without adjudicators, whose decisions are counted', async () => {
  const project = await projectOf(['One two three.', 'Four five six.', 'Seven eight nine.']);
  const [first, second] = project.importedArticles().map(({ id }) => id) as [string, string];
  const { id: ben } = await project.addAnnotator('Ben');
  const { id: gold, role } = await project.addAnnotator('Gold', 'adjudicator');
  expect(role).toBe('adjudicator');
  await tagAs(project, 'anna', first, 'QUOTE', 'One two');
  await tagAs(project, ben, first, 'QUOTE', 'two');
  await tagAs(project, ben, second, 'QUOTE', 'Four');
  await tagAs(project, gold, second, 'QUOTE', 'Four');
  await tagAs(project, gold, first, 'QUOTE', 'One two');
  for (const own of [gold, 'anna']) {
    await project.switchAnnotator(own);
    const { articles, next, searched } = await readAgreement(project, { after: null });
    expect([next, searched]).toEqual([null, 3]);
    expect(articles).toMatchObject([{ article: first, annotators: ['anna', ben].sort(), cases: 1, agreed: 0, decided: 1 }]);
    expect(articles[0]?.pairs).toMatchObject([{ layer: 'QUOTE', ofOne: 1, ofOther: 1, same: 0, overlapping: 1 }]);
  }
  expect((await readAgreement(project, { after: first })).articles).toEqual([]);
});
