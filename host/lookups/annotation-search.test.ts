import { expect, test } from 'vitest';
import { addRelation } from '../../core/annotations/relations.ts';
import type { Input } from '../../core/contract.ts';
import { fillRole, removeAnnotations, setNote, tag, tagEach } from '../../core/steps/gestures.ts';
import { previewExport } from '../dataset/dataset-export.ts';
import { checkProject } from '../storage/check.ts';
import type { Project } from '../storage/project.ts';
import { readAnnotations, searchAnnotations } from './annotation-search.ts';
import { projectOf, sceneOf, step } from './testing/project-of.ts';

/** Tags the first place of `words`, with the speaker `who` where one is given. Answers the annotation's id. */
async function tagged(project: Project, article: string, layer: string, words: string, who = ''): Promise<string> {
  const scene = await sceneOf(project, article);
  const rangeOf = (sought: string) => ({ start: scene.text.indexOf(sought), end: scene.text.indexOf(sought) + sought.length });
  const { id, edits } = tag(scene, layer, [rangeOf(words)]);
  await step(project, edits);
  if (who) await step(project, fillRole(await sceneOf(project, article), id, 'speaker', rangeOf(who), false));
  return id;
}

async function found(project: Project, query: Partial<Input<'searchAnnotations'>>): Promise<string[]> {
  const all = await searchAnnotations(project, { query: '', layers: [], annotator: null, after: null, ...query });
  expect(all.next).toBeNull();
  return all.hits.map(({ annotation }) => annotation);
}

async function checked(project: Project): Promise<string[]> {
  const problems: string[] = [];
  for await (const problem of checkProject(project.folder)) problems.push(problem);
  return problems;
}

const text = 'One “two” three, said Ana Ruiz. Four “five” six.';

test('Q11 everybody’s annotations are found by words in text, note and speaker, by layer and by annotator', async () => {
  const project = await projectOf([text, 'Another “two” here.']);
  const [first, second] = project.articles().map(({ id }) => id) as [string, string];
  const q = await tagged(project, first, 'QUOTE', '“two”', 'Ana Ruiz');
  const f = await tagged(project, first, 'FACT', 'Four “five” six');
  await step(project, setNote(await sceneOf(project, first), f, 'Check with Rome'));
  await project.switchAnnotator((await project.addAnnotator('Ben')).id);
  const other = await tagged(project, second, 'QUOTE', '“two”');
  expect(await found(project, {})).toEqual([q, f, other]);
  expect(await found(project, { query: 'TWO' })).toEqual([q, other]);
  expect(await found(project, { query: 'ruiz two' })).toEqual([q]);
  expect(await found(project, { query: 'rome' })).toEqual([f]);
  expect(await found(project, { layers: ['FACT', 'STANCE'] })).toEqual([f]);
  expect(await found(project, { annotator: project.annotator.id })).toEqual([other]);
  const { hits } = await searchAnnotations(project, { query: 'ruiz', layers: [], annotator: null, after: null });
  expect(hits).toEqual([
    { article: first, annotation: q, annotator: 'anna', layer: 'QUOTE', start: 4, text: '“two”', who: 'Ana Ruiz', note: '' },
  ]);
});

test('Q11 the answer comes in parts, in the middle of an article too, and the parts together hold every annotation once', async () => {
  const project = await projectOf(Array.from({ length: 3 }, (_, index) => `${index} ${'Ana '.repeat(600)}`));
  for (const { id } of project.articles()) {
    const ranges = Array.from({ length: 600 }, (_, index) => ({ start: 2 + index * 4, end: 5 + index * 4 }));
    await step(project, tagEach(await sceneOf(project, id), 'FACT', ranges, {}));
  }
  const all: string[] = [];
  const searched: number[] = [];
  for (let after: Input<'searchAnnotations'>['after'] = null, isFirst = true; isFirst || after; isFirst = false) {
    const part: Awaited<ReturnType<typeof searchAnnotations>> = await searchAnnotations(project, {
      ...{ query: 'ana', layers: [], annotator: null, after },
    });
    expect(part.hits.length).toBeLessThanOrEqual(500);
    all.push(...part.hits.map(({ annotation }) => annotation));
    searched.push(part.searched);
    after = part.next;
  }
  expect([all.length, new Set(all).size]).toEqual([1800, 1800]);
  expect(searched.reduce((sum, each) => sum + each, 0)).toBe(3);
});

test('Q12 an end that its owner removed: the relation stays, the check names it, an export counts it as a loss', async () => {
  const project = await projectOf([text]);
  const article = project.articles()[0]?.id ?? '';
  await project.switchAnnotator((await project.addAnnotator('Ben')).id);
  const [q, ben] = [await tagged(project, article, 'QUOTE', '“two”'), project.annotator.id];
  const theirs = { annotation: (await project.set(article)).annotations.get(q), mentions: new Map() };
  await project.switchAnnotator('anna');
  const own = await tagged(project, article, 'QUOTE', '“five”');
  const mine = { annotation: (await project.set(article)).annotations.get(own), mentions: new Map() };
  if (!theirs.annotation || !mine.annotation) throw new Error('not tagged');
  const { id, edits } = addRelation(
    await sceneOf(project, article),
    'same_quote',
    { ...mine, annotation: mine.annotation },
    { ...theirs, annotation: theirs.annotation },
  );
  await step(project, edits);
  const relationLoss = async () =>
    (await previewExport(project, { format: 'jsonl' })).losses.filter(({ kind }) => kind.startsWith('relations'));
  expect([await checked(project), await relationLoss()]).toEqual([[], []]);
  expect((await readAnnotations(project, { ends: [{ article, annotation: q }] })).found).toMatchObject([{ annotation: q, annotator: ben }]);
  await project.switchAnnotator(ben);
  await step(project, removeAnnotations(await sceneOf(project, article), [q]));
  await project.switchAnnotator('anna');
  expect((await project.set(article)).relations.has(id)).toBe(true);
  expect(await checked(project)).toEqual([`annotators/anna/articles/${article}.json: relation ${id}: its end ${q} is gone`]);
  expect(await relationLoss()).toEqual([{ kind: 'relations with an end that is not in the dataset', count: 1 }]);
  expect((await readAnnotations(project, { ends: [{ article, annotation: q }] })).found).toEqual([]);
});
