import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openProject } from '../host/storage/project.ts';
import { addNew } from './new.ts';

test('C25 new states the licence of the project’s datasets, and leaves that of a project that is there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pressmark-new-'));
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(async () => {
    said.mockRestore();
    await rm(folder, { recursive: true });
  });
  const program = new Command();
  addNew(program);
  const licences: unknown[] = [];
  for (const licence of [' CC-BY-4.0 ', 'MIT']) {
    await program.parseAsync(['node', 'pressmark', 'new', join(folder, 'five'), '--sample', '--licence', licence]);
    const project = await openProject(join(folder, 'five'), { readOnly: true });
    licences.push(project.info.licence);
    await project.close();
  }
  expect(licences).toEqual(['CC-BY-4.0', 'CC-BY-4.0']);
});
