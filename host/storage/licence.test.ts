import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFileSystem } from './file-system.ts';
import { createProject, openProject } from './project.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'pressmark-licence-')), 'project');
  await createProject(folder, { name: 'Summit', annotator: { id: 'anna', name: 'Anna' } });
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

test('X213 the licence is in the project’s file and there when it is opened again, and it can be taken back', async () => {
  const project = await openProject(folder);
  expect(project.info).not.toHaveProperty('licence');
  await project.stateLicence('CC-BY-4.0');
  expect(project.info.licence).toBe('CC-BY-4.0');
  await project.close();
  const again = await openProject(folder);
  expect(again.info).toMatchObject({ name: 'Summit', lead: 'anna', licence: 'CC-BY-4.0' });
  await again.stateLicence(null);
  await again.close();
  expect(JSON.parse(await readFile(join(folder, 'project.pressmark'), 'utf8'))).not.toHaveProperty('licence');
});

test('X213 only the lead states it, and a disk that refuses leaves it as it was', async () => {
  let isFull = false;
  const open: typeof nodeFileSystem.open = (path, flags) =>
    isFull && path.includes('project.pressmark')
      ? Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }))
      : nodeFileSystem.open(path, flags);
  const project = await openProject(folder, { fileSystem: { ...nodeFileSystem, open } });
  isFull = true;
  await expect(project.stateLicence('MIT')).rejects.toMatchObject({ failure: { code: 'not-saved' } });
  expect(project.info).not.toHaveProperty('licence');
  isFull = false;
  const ben = await project.addAnnotator('Ben');
  await project.switchAnnotator(ben.id);
  await expect(project.stateLicence('MIT')).rejects.toMatchObject({ failure: { code: 'read-only' } });
  await project.close();
});
