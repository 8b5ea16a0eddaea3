import { expect, test } from 'vitest';
import { addRelation } from '../../core/annotations/relations.ts';
import { removeAnnotations, setAttribute, tag, tagEach } from '../../core/steps/gestures.ts';
import { checkProject } from '../storage/check.ts';
import type { Project } from '../storage/project.ts';
import { projectOf, sceneOf, step } from './testing/project-of.ts';
import { listToComplete } from './to-complete.ts';

async function articlesOf(texts: readonly string[]): Promise<{ project: Project; articles: string[] }> {
  const project = await projectOf(texts);
  return { project, articles: project.importedArticles().map(({ id }) => id) };
}

async function tagged(project: Project, article: string, layer: string, words: string): Promise<string> {
  const scene = await sceneOf(project, article);
  const start = scene.text.indexOf(words);
  const { id, edits } = tag(scene, layer, [{ start, end: start + words.length }]);
  await step(project, edits);
  return id;
}

const text = 'One “two” three, said Ana Ruiz. Four “five” six.';

test('V7 summaries count the annotations to complete, and the list names each with its words and problems', async () => {
  const { project, articles } = await articlesOf([text, `Another: ${text}`, 'Nothing here.']);
  const [a, b] = articles as [string, string];
  const stance = await tagged(project, a, 'STANCE', 'three');
  const quote = await tagged(project, b, 'QUOTE', 'three');
  await tagged(project, b, 'QUOTE', '“two”');
  expect((await project.summaries()).map(({ toComplete }) => toComplete)).toEqual([1, 1, 0]);
  const { articles: listed, next, searched } = await listToComplete(project, { after: null });
  expect([next, searched]).toEqual([null, 3]);
  expect(listed.map(({ article, incomplete }) => [article, incomplete.map(({ annotation, text }) => [annotation, text])])).toEqual([
    [a, [[stance, 'three']]],
    [b, [[quote, 'three']]],
  ]);
  expect(listed[0]?.incomplete[0]?.problems.map(({ code }) => code)).toEqual(['role-open', 'role-open', 'stance-undirected']);
  expect((await listToComplete(project, { after: a })).articles.map(({ article }) => article)).toEqual([b]);
  await step(project, setAttribute(await sceneOf(project, b), quote, 'type', 'indirect'));
  expect((await project.summary(b)).toComplete).toBe(0);
});

test('V7 the list comes in parts of whole articles that together hold everything once', async () => {
  const { project, articles } = await articlesOf(Array.from({ length: 3 }, (_, index) => `${index} ${'Ana '.repeat(700)}`));
  for (const id of articles) {
    const ranges = Array.from({ length: 700 }, (_, index) => ({ start: 2 + index * 4, end: 5 + index * 4 }));
    await step(project, tagEach(await sceneOf(project, id), 'STANCE', ranges, {}));
  }
  const sizes: number[] = [];
  let after: string | null = null;
  do {
    const part: Awaited<ReturnType<typeof listToComplete>> = await listToComplete(project, { after });
    sizes.push(...part.articles.map(({ incomplete }) => incomplete.length));
    after = part.next;
  } while (after);
  expect(sizes).toEqual([700, 700, 700]);
});

test('V7 an end that another annotator removed is to be looked at, one that is still there is not', async () => {
  const { project, articles } = await articlesOf([text]);
  const article = articles[0] as string;
  const end = async (id: string) => {
    const holder = (await project.setsOf(article)).find(({ set }) => set.annotations.has(id));
    const annotation = holder?.set.annotations.get(id);
    if (!holder || !annotation) throw new Error('not tagged');
    return { annotation, mentions: holder.set.mentions };
  };
  await project.switchAnnotator((await project.addAnnotator('Ben')).id);
  const ben = project.annotator.id;
  const theirs = await tagged(project, article, 'QUOTE', '“two”');
  await project.switchAnnotator('anna');
  const own = await tagged(project, article, 'QUOTE', '“five”');
  await step(project, addRelation(await sceneOf(project, article), 'same_quote', await end(own), await end(theirs)).edits);
  expect((await project.summary(article)).toComplete).toBe(0);
  await project.switchAnnotator(ben);
  await step(project, removeAnnotations(await sceneOf(project, article), [theirs]));
  await project.switchAnnotator('anna');
  expect((await project.summary(article)).toComplete).toBe(1);
});

test('V8 the check names what is to complete when asked, and calls it no problem', async () => {
  const { project, articles } = await articlesOf([text]);
  const id = await tagged(project, articles[0] as string, 'STANCE', 'three');
  const [problems, incomplete]: [string[], string[]] = [[], []];
  for await (const problem of checkProject(project.folder, undefined, (line) => incomplete.push(line))) problems.push(problem);
  expect(problems).toEqual([]);
  expect(incomplete).toEqual([
    `annotators/anna/articles/${articles[0]}.json: STANCE ${id} “three”: Holder is needed; Target is needed; Polarity is needed: favor, against, mixed or neutral`,
  ]);
});
