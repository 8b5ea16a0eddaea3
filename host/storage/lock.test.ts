import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { retryWhileBusy } from './file-system.ts';
import { acquireLock, addressOf } from './lock.ts';
import { createProject, openProject } from './project.ts';
import { smallCodebook } from './testing/author.ts';
import { annotator, first } from './testing/scenario.ts';

test('J12 while another process has a project open it opens read-only with a notice; once that is killed it may write', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pressmark-lock-'));
  await createProject(folder, { name: 'Test', annotator: { id: annotator, name: 'Ann' }, codebook: smallCodebook });
  const project = await openProject(folder);
  await project.addArticle(first);
  await project.close();
  const writer = fileURLToPath(new URL('./testing/writer-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writer, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  const reader = await openProject(join(folder, 'project.pressmark'));
  expect(reader.readOnly).toBe(true);
  expect(reader.notices).toEqual([expect.objectContaining({ message: expect.stringContaining('open in another window or program') })]);
  expect(reader.gestures().length).toBeGreaterThan(0);
  const gesture = reader.gestures()[0];
  if (!gesture) throw new RangeError('no gesture');
  await expect(reader.apply({ ...gesture, id: 'new' })).rejects.toMatchObject({ failure: { code: 'read-only' } });
  await reader.close();
  child.kill('SIGKILL');
  await once(child, 'close');
  const next = await openProject(folder);
  expect(next.readOnly).toBe(false);
  await next.close();
  await rm(folder, { recursive: true });
}, 120_000);

test('J12 one lock a folder, by whichever path; released it can be had again', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'pressmark-lock-')));
  const lock = await acquireLock(folder);
  expect(lock).not.toBeNull();
  expect(await acquireLock(join(folder, '.'))).toBeNull();
  await lock?.release();
  const again = await acquireLock(folder);
  expect(again).not.toBeNull();
  await again?.release();
  await rm(folder, { recursive: true });
});

test('J12 the lock lies where each system frees it, under the user and the folder', () => {
  const user = process.getuid?.();
  expect(addressOf('/a', 'linux')).toMatch(new RegExp(`^\\0pressmark-${user}-[0-9a-f]{16}$`));
  expect(addressOf('/a', 'win32')).toMatch(/^\\\\\.\\pipe\\pressmark-.+-[0-9a-f]{16}$/);
  expect(addressOf('/a', 'darwin').startsWith(tmpdir())).toBe(true);
  expect(addressOf('/a', 'linux')).not.toBe(addressOf('/b', 'linux'));
});

test('J25 a rename that another program keeps back is tried again, any other failure is not', async () => {
  let calls = 0;
  const failing = (code: string, times: number) => async () => {
    if (++calls <= times) throw Object.assign(new Error(code), { code });
  };
  await retryWhileBusy(failing('EBUSY', 2), [0, 0, 0]);
  expect(calls).toBe(3);
  calls = 0;
  await expect(retryWhileBusy(failing('EPERM', 9), [0, 0])).rejects.toThrow('EPERM');
  expect(calls).toBe(3);
  calls = 0;
  await expect(retryWhileBusy(failing('ENOSPC', 9), [0, 0])).rejects.toThrow('ENOSPC');
  expect(calls).toBe(1);
});
