import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StateKeeping } from '../host/earlier/state-keeping.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { openProject } from '../host/storage/project.ts';
import { doneGesture, makeProject } from '../host/testing/sample-host.ts';
import { addEarlier } from './earlier.ts';

let folder: string;
let project: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-earlier-'));
  vi.stubEnv('PRESSMARK_HOME', folder);
  project = join(folder, 'project');
  await makeProject(project);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function run(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  const spies = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')].map((spy) =>
    spy.mockImplementation((line: string) => void lines.push(line)),
  );
  const program = new Command().exitOverride();
  addEarlier(program);
  await program.parseAsync(['node', 'pressmark', 'earlier', ...args]).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return lines;
}

/** Marks the first article as done, then keeps a state, `minutes` after nine. */
async function workAndKeep(minutes: number, done: number, root = project): Promise<string> {
  const opened = await openProject(root, { annotator: 'anna' });
  const article = opened.articles()[done]?.id ?? '';
  await opened.apply(doneGesture(`g${done}`, article));
  await opened.close();
  const place = { fileSystem: nodeFileSystem, root, folder: join(folder, 'earlier', opened.info.id), project: opened.info };
  const { id, name } = place.project;
  const time = new Date(Date.UTC(2026, 10, 1, 9, minutes)).toISOString();
  await new StateKeeping({ ...place, project: { id, name } }).keep({ time, codebook: 1 });
  return article;
}

test('J89 earlier lists the states of a project, and writes one out as a project of its own, also of one that cannot be opened', async () => {
  const [article, other] = [await workAndKeep(0, 0), await workAndKeep(5, 1)];
  const [newer, older] = await run(project);
  expect(newer).toMatch(/^ {2}1 {2}2026-11-01 \d\d:\d5:00 {2}2 steps, codebook 1$/);
  expect(older).toMatch(/^ {2}2 {2}2026-11-01 \d\d:\d\d:00 {2}1 step, codebook 1$/);
  expect(await run()).toEqual([expect.stringMatching(new RegExp(`^Élysée & co\\.  ${project}  2 states`))]);
  await writeFile(join(project, 'project.pressmark'), 'x');
  await expect(openProject(project)).rejects.toThrow();
  const said = await run(project, '--state', '2', '--out', join(folder, 'out'));
  expect(said).toEqual([expect.stringMatching(/^Wrote the state of 2026-11-01 \d\d:\d\d:00 to .*out: \d+ files$/)]);
  const restored = await openProject(join(folder, 'out'));
  expect([(await restored.set(article)).completion !== null, (await restored.set(other)).completion]).toEqual([true, null]);
  expect((await restored.readArticle(article)).text).toBe(await readFile(join(project, 'articles', article, 'text.txt'), 'utf8'));
  await restored.close();
  await expect(run(project, '--state', '9', '--out', join(folder, 'out-2'))).rejects.toMatchObject({ failure: { code: 'not-found' } });
  await expect(run(project, '--state', '1', '--out', join(folder, 'out'))).rejects.toMatchObject({ failure: { code: 'bad-request' } });
});

test('J89 states of a copy in another folder are told apart by it, and each copy is listed', async () => {
  await workAndKeep(0, 0);
  const copy = join(folder, 'copy');
  await cp(project, copy, { recursive: true });
  await workAndKeep(5, 1, copy);
  const [newer, older] = await run(project);
  expect(newer).toMatch(new RegExp(`codebook 1, of the project in ${copy}$`));
  expect(older).toMatch(/1 step, codebook 1$/);
  expect(await run()).toEqual([expect.stringContaining(`${copy}  1 state`), expect.stringContaining(`${project}  1 state`)]);
});

test('J89 of a project that is gone a state is written out with the texts of another folder; those that are not found are named', async () => {
  const article = await workAndKeep(0, 0);
  const text = join(project, 'articles', article, 'text.txt');
  await cp(text, join(folder, 'texts', 'any-name.txt'), { recursive: true });
  await rm(project, { recursive: true });
  const said = await run(project, '--state', '1', '--out', join(folder, 'out'), '--articles', join(folder, 'texts'));
  expect(said.join('\n')).toMatch(/not found.*\n.*001_37fe686bc9046649\.txt \(text\)$/);
  process.exitCode = 0;
  const restored = await openProject(join(folder, 'out'));
  expect((await restored.set(article)).completion).not.toBeNull();
  await expect(restored.readArticle(article)).resolves.toBeDefined();
  await restored.close();
});
