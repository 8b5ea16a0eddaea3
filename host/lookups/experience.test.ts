import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { emptyWork } from '../../core/steps/edit.ts';
import { tag } from '../../core/steps/gestures.ts';
import { rejectSuggestion } from '../../core/suggestions/acceptance.ts';
import { importText } from '../import/article-import.ts';
import { createProject, openProject } from '../storage/project.ts';
import { listExperience } from './experience.ts';

test('Z67 the experience of a project is told article by article, of the own work alone, since a time or from the beginning', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pressmark-experience-'));
  await createProject(join(folder, 'p'), { name: 'P', annotator: { id: 'anna', name: 'Anna' } });
  let count = 0;
  const project = await openProject(join(folder, 'p'), { newId: () => `n${++count}` });
  onTestFinished(async () => {
    await project.close();
    await rm(folder, { recursive: true });
  });
  for (const name of ['a', 'b', 'c']) await importText(project, `${name}.txt`, Buffer.from(`The “military hubs” of ${name} were late.`));
  const [a = '', b = '', c = ''] = project.articles().map(({ id }) => id);
  const sceneOf = async (article: string, now: string) => {
    const { text } = await project.readArticle(article);
    const ground = { work: emptyWork, registry: new Map(), codebook: defaultCodebook, codebookVersion: 1, newId: () => `n${++count}` };
    return { article, text, annotator: project.annotator.id, now, ...ground };
  };
  const step = async (edits: ReturnType<typeof tag>['edits'], time: string) => {
    const { id: annotator } = project.annotator;
    await project.apply({ id: `n${++count}`, annotator, time, command: 'test', title: 'Test', edits, undoes: null, redoes: null });
  };
  const early = '2026-01-01T00:00:00.000Z';
  const late = '2026-02-01T00:00:00.000Z';
  const span = { start: 4, end: 19, text: '“military hubs”' };
  const term = {
    layer: 'QUOTED_TERM',
    spans: [span],
    attributes: {},
    roles: [],
    rule: 'term.scare',
    version: '1',
    why: '',
    confidence: 0.6,
  };
  await step(rejectSuggestion(await sceneOf(a, early), term), early);
  await step(tag(await sceneOf(c, late), 'QUOTED_TERM', [span]).edits, late);
  const told = await listExperience(project, { after: null, since: null });
  expect(told).toEqual({
    articles: [
      {
        article: a,
        experience: {
          rules: { 'term.scare': { accepted: 0, edited: 0, rejected: 1 } },
          terms: { QUOTED_TERM: { 'military hubs': { kept: 0, rejected: 1 } } },
          names: {},
        },
      },
      { article: c, experience: { rules: {}, terms: { QUOTED_TERM: { 'military hubs': { kept: 1, rejected: 0 } } }, names: {} } },
    ],
    next: null,
    searched: 3,
  });
  expect((await listExperience(project, { after: a, since: null })).articles.map(({ article }) => article)).toEqual([c]);
  expect(await listExperience(project, { after: b, since: null })).toMatchObject({ searched: 1 });
  expect((await listExperience(project, { after: null, since: late })).articles.map(({ article }) => article)).toEqual([c]);
  await project.addAnnotator('Ben');
  await project.switchAnnotator(project.annotators.find(({ name }) => name === 'Ben')?.id ?? '');
  expect((await listExperience(project, { after: null, since: null })).articles).toEqual([]);
});
