import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProject, openProject } from './project.ts';

let folder: string;
let project: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-opening-'));
  project = join(folder, 'summit');
  file = join(project, 'project.pressmark');
  await createProject(project, { name: 'Summit', annotator: { name: 'Ann' } });
});
afterEach(() => rm(folder, { recursive: true }));

const failureOf = (path: string): Promise<unknown> =>
  openProject(path).then(
    () => null,
    (error) => error.failure,
  );

it('D33 a project file that was sent or copied without its project is told so, and nothing is made beside it', async () => {
  await mkdir(join(folder, 'mail'));
  const alone = join(folder, 'mail', 'project.pressmark');
  await copyFile(file, alone);
  expect(await failureOf(alone)).toMatchObject({
    code: 'not-found',
    message: expect.stringContaining(`${alone} is here without its project`),
  });
});

it('D33 a project that lost its codebook alone is damaged, not absent', async () => {
  await rm(join(project, 'codebook.json'));
  expect(await failureOf(file)).toMatchObject({ code: 'corrupt', message: expect.stringContaining('codebook.json') });
});

it('D33 a project file under another name is told its right one', async () => {
  await rename(file, join(project, 'summit.pressmark'));
  expect(await failureOf(join(project, 'summit.pressmark'))).toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('Open project.pressmark in'),
  });
});
