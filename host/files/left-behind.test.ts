import { spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../storage/file-system.ts';
import { temporaryFolder } from '../testing/sample-host.ts';
import { cleanTemporaryFor } from './left-behind.ts';

test('H90 what killed processes left beside a target goes before the next is written there; nothing else does', async () => {
  const folder = await temporaryFolder();
  const { pid } = spawnSync(process.execPath, ['--version']);
  const dead = (target: string, id = 1) => `.${target}.${pid}-00000000000${id}.tmp`;
  const at = (name: string) => join(folder.path, name);
  const staying = [dead('c.zip', 3), `.a.zip.${process.pid}-000000000001.tmp`, '.a.zip.tmp', `a.zip.${pid}-000000000001.tmp`];
  for (const name of [dead('a.zip'), dead('b.zip', 2), ...staying]) await writeFile(at(name), 'x');
  await mkdir(join(at(dead('a.zip', 4)), 'inside'), { recursive: true });
  await writeFile(join(at(dead('a.zip', 4)), 'inside', 'one.txt'), 'x');
  // A link under such a name goes without what it leads to.
  await mkdir(at('kept'));
  await writeFile(join(at('kept'), 'one.txt'), 'x');
  await symlink(at('kept'), at(dead('a.zip', 5)));
  const hourAgo = Date.now() / 1000 - 3600;
  await utimes(at(dead('b.zip', 2)), hourAgo, hourAgo);
  const next = await cleanTemporaryFor(nodeFileSystem, at('a.zip'), Date.now() + 1000);
  expect((await readdir(folder.path)).sort()).toEqual([...staying, 'kept'].sort());
  expect(await readdir(at('kept'))).toEqual(['one.txt']);
  expect(next).toMatch(new RegExp(`\\.a\\.zip\\.${process.pid}-[0-9a-f]{12}\\.tmp$`));
  await folder.remove();
});
