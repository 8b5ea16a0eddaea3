import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOrCreateSample } from '../host/sample.ts';

const home = join(import.meta.dirname, '..');
const day = 24 * 3600;
let folder = '';
const at = (name: string) => join(folder, name);

/** Starts the real command; `ended` tells its exit code, null where it was killed. */
function start(args: readonly string[]) {
  const env = { ...process.env, PRESSMARK_HOME: at('home'), CI: '1', NO_COLOR: '1' };
  const child = spawn(process.execPath, [join(home, 'cli/pressmark.js'), ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => child.once('close', (code) => resolve({ code, said })));
  return { child, ended };
}

/** The names beside `target` under which something is half written. */
const halves = (target: string) =>
  readdirSync(join(target, '..')).filter((name) => name.startsWith(`.${target.split('/').at(-1)}.`) && name.endsWith('.tmp'));

/**
 * Runs the command until it begins to write `target`, then kills it as `kill -9` does; answers the one name that it left. It is only some milliseconds
 * at work, so it may be done sooner than it is killed, and is then run again.
 */
async function killedWhileWriting(args: readonly string[], target: string): Promise<string> {
  for (let tries = 0; tries < 40; tries++) {
    const { child, ended } = start(args);
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    while (!isOver && halves(target).length === 0) await setImmediate();
    // With the process that it may have started in its turn.
    if (!isOver && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    const { code, said } = await ended;
    expect([[null, 0].includes(code), said]).toEqual([true, '']);
    const [left, ...more] = halves(target);
    expect(more).toEqual([]);
    if (left !== undefined && !existsSync(target)) return left;
    for (const name of [target, ...halves(target).map((half) => join(target, '..', half))])
      await rm(name, { recursive: true, force: true });
  }
  throw new Error('the command was never killed while it wrote');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-killed-'));
  const project = await openOrCreateSample(at('project'), join(home, 'seeds'), 'Anna', 'Tour');
  await project.close();
  expect((await start(['backup', 'project', '--out', 'made.zip']).ended).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

test.each<[what: string, args: readonly string[], name: string]>([
  ['an export', ['export', 'project', '--format', 'jsonl', '--out'], 'dataset'],
  ['a backup', ['backup', 'project', '--out'], 'backup.zip'],
  ['a restore', ['restore', 'made.zip', '--out'], 'restored'],
])(
  'H90 what is left of %s that was killed goes at the next one to the same target once it is a day old, and not before',
  async (what, command, name) => {
    await mkdir(at(what), { recursive: true });
    const target = join(at(what), name);
    const args = [...command, target];
    const left = await killedWhileWriting(args, target);
    expect(left).toBeTruthy();
    expect(await start(args).ended).toMatchObject({ code: 0 });
    expect((await readdir(at(what))).sort()).toEqual([left, name].sort());
    await rm(target, { recursive: true });
    const old = Date.now() / 1000 - day - 60;
    await utimes(join(at(what), left), old, old);
    expect(await start(args).ended).toMatchObject({ code: 0 });
    expect(await readdir(at(what))).toEqual([name]);
  },
);
