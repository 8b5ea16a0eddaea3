import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { soak, tell } from '../../core/testing/soak.ts';
import { checkProject } from './check.ts';
import { createProject, openProject } from './project.ts';
import { smallCodebook } from './testing/author.ts';
import { annotator, first } from './testing/scenario.ts';

const writer = fileURLToPath(new URL('./testing/writer-process.ts', import.meta.url));
const kills = soak(8, 200);

/** Runs the writer on `project` and kills it once it has acknowledged `count` gestures; answers the ids of all that it acknowledged. */
async function writeAndKill(project: string, count: number, cache: string): Promise<string[]> {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writer, project], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const acknowledged: string[] = [];
  for await (const id of createInterface({ input: child.stdout })) {
    acknowledged.push(id);
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  await ended;
  return acknowledged;
}

test('J21 a killed process loses no acknowledged gesture, and the next one may write at once', async () => {
  const root = await mkdtemp(join(tmpdir(), 'pressmark-kill-'));
  const folder = join(root, 'project');
  await createProject(folder, { name: 'Test', annotator: { id: annotator, name: 'Ann' }, codebook: smallCodebook });
  const project = await openProject(folder);
  await project.addArticle(first);
  await project.close();
  let killed = 0;
  let last: string[] = [];
  for (; killed < kills; killed++) {
    const acknowledged = [...last, ...(await writeAndKill(folder, 1 + ((killed * 7) % 11), join(root, 'cache')))];
    const opened = await openProject(folder);
    const found = opened.gestures().map(({ id }) => id);
    expect(opened.readOnly).toBe(false);
    expect(found.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(found.length - acknowledged.length).toBeLessThanOrEqual(1);
    await opened.close();
    last = found;
  }
  const problems = [];
  for await (const problem of checkProject(folder)) problems.push(problem);
  expect(problems).toEqual([]);
  tell('J21 kills', { kills: killed, acknowledged: last.length, lost: 0 });
  expect(killed).toBe(kills);
  expect(last.length).toBeGreaterThan(4 * kills);
  await rm(root, { recursive: true });
}, 0);
