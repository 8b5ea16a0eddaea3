import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProject } from '../host/storage/project.ts';

const home = join(import.meta.dirname, '..');
let folder: string;
let app: string;

// A copy of Pressmark in which the builder only notes that it ran: the real one would build under the feet of other tests.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-start-'));
  app = join(folder, 'app');
  const builder = join(app, 'node_modules', 'electron-vite', 'bin');
  await mkdir(builder, { recursive: true });
  await cp(join(home, 'package.json'), join(app, 'package.json'));
  await cp(join(home, 'cli'), join(app, 'cli'), { recursive: true });
  for (const name of ['core', 'host', 'seeds']) await symlink(join(home, name), join(app, name), 'junction');
  for (const name of await readdir(join(home, 'node_modules'))) {
    if (name === 'electron-vite' || name.startsWith('.')) continue;
    await symlink(join(home, 'node_modules', name), join(app, 'node_modules', name), 'junction');
  }
  await writeFile(
    join(builder, 'electron-vite.js'),
    `const { mkdirSync, writeFileSync } = require('node:fs');
mkdirSync('out/renderer', { recursive: true });
writeFileSync('out/renderer/index.html', '<p>built</p>');`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

// npm on Windows ends its children by force, whatever they do with signals.
test.skipIf(process.platform === 'win32')('C15 npm start builds and opens the sample, and a SIGTERM to npm ends all of it', async () => {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...environment } = process.env;
  const child = spawn('npm', ['start'], { cwd: app, env: { ...environment, PRESSMARK_HOME: join(folder, 'home'), CI: '1' } });
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/.exec(said)?.[0];
      if (found) resolve(found);
    });
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
    });
    child.once('close', () => reject(new Error(`it ended too early: ${said}`)));
  });
  expect(await (await fetch(address)).text()).toBe('<p>built</p>');
  // Its output is closed once every process that holds it has ended.
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await closed;
  await expect(fetch(address)).rejects.toThrow();
  const project = await openProject(join(folder, 'home', 'projects', 'paris-summit-sample'));
  expect(project.readOnly).toBe(false);
  await project.close();
});
