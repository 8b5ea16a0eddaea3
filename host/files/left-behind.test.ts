import { spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../storage/file-system.ts';
import { temporaryFolder } from '../testing/sample-host.ts';
import { cleanTemporaryFor } from './left-behind.ts';

test('H90 what a killed process left half written of a target a day ago goes before it is written again; nothing else does', async () => {
  const folder = await temporaryFolder();
  const { pid } = spawnSync(process.execPath, ['--version']);
  const left = (target: string, id: number, by = pid) => `.${target}.${by}-00000000000${id}.tmp`;
  const at = (name: string) => join(folder.path, name);
  const staying = [left('b.zip', 2), left('a.zip', 3, process.pid), left('a.zip.bak', 6), '.a.zip.tmp', `a.zip.${pid}-000000000001.tmp`];
  for (const name of [left('a.zip', 1), ...staying]) await writeFile(at(name), 'x');
  await mkdir(join(at(left('a.zip', 4)), 'inside'), { recursive: true });
  await writeFile(join(at(left('a.zip', 4)), 'inside', 'one.txt'), 'x');
  // A link under such a name goes without what it leads to.
  await mkdir(at('kept'));
  await writeFile(join(at('kept'), 'one.txt'), 'x');
  await symlink(at('kept'), at(left('a.zip', 5)));
  const all = (await readdir(folder.path)).sort();
  const day = 24 * 3_600_000;
  await cleanTemporaryFor(nodeFileSystem, at('a.zip'), Date.now() + day - 60_000);
  expect((await readdir(folder.path)).sort()).toEqual(all);
  const next = await cleanTemporaryFor(nodeFileSystem, at('a.zip'), Date.now() + day + 1000);
  expect((await readdir(folder.path)).sort()).toEqual([...staying, 'kept'].sort());
  expect(await readdir(at('kept'))).toEqual(['one.txt']);
  expect(next).toMatch(new RegExp(`\\.a\\.zip\\.${process.pid}-[0-9a-f]{12}\\.tmp$`));
  await folder.remove();
});
