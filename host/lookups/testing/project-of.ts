import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { resolveRegistry } from '../../../core/model/entity.ts';
import { type Edit, emptyWork } from '../../../core/steps/edit.ts';
import type { Scene } from '../../../core/steps/gestures.ts';
import { importText } from '../../import/article-import.ts';
import { createProject, openProject, type Project } from '../../storage/project.ts';

/** The time of everything that is done in these projects. */
export const time = '2026-11-20T10:00:00.000Z';

let count = 0;
/** An id that no other record has. */
export const newId = () => `n${++count}`;

/** A project of Anna with an article for each of `texts`, in their order. It is closed and removed when the test has finished. */
export async function projectOf(texts: readonly string[]): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'pressmark-lookups-'));
  await createProject(join(folder, 'p'), { name: 'P', annotator: { id: 'anna', name: 'Anna' } });
  const project = await openProject(join(folder, 'p'), { newId });
  onTestFinished(async () => {
    await project.close();
    await rm(folder, { recursive: true });
  });
  for (const [index, text] of texts.entries()) await importText(project, `a${index}.txt`, Buffer.from(text));
  return project;
}

/** Applies `edits` as one step of whoever works on the project. */
export async function step(project: Project, edits: Edit[]): Promise<void> {
  const gesture = { id: newId(), annotator: project.annotator.id, time, command: 'test', title: 'Test', undoes: null, redoes: null };
  await project.apply({ ...gesture, edits });
}

/** What a step on an article is made from. */
export async function sceneOf(project: Project, article: string): Promise<Scene> {
  const { text } = await project.readArticle(article);
  const work = { ...emptyWork, sets: new Map([[article, await project.set(article)]]) };
  const { codebook, version } = project.codebook;
  const registry = resolveRegistry(await project.entities());
  return { article, text, work, registry, codebook, codebookVersion: version, annotator: project.annotator.id, now: time, newId };
}
