import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, onTestFinished, test, vi } from 'vitest';
import { codebookText } from '../core/codebook/codebook-text.ts';
import { defaultCodebook } from '../core/model/default-codebook.ts';
import { openProject } from '../host/storage/project.ts';
import { addNew } from './new.ts';
import { realCommand } from './testing/real-command.ts';

const { folder, run } = realCommand();

test('C3 new makes a project with the name given, and refuses a folder that holds one', async () => {
  expect(await run('new', 'named', '--name', 'Paris summit')).toMatchObject({ code: 0, stderr: '' });
  const project = await openProject(join(folder(), 'named'), { readOnly: true });
  expect(project.info.name).toBe('Paris summit');
  await project.close();
  const again = await run('new', 'named');
  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toMatch(/^pressmark: \S/);
});

test('C4 new --sample makes the five sample articles, and is not harmed by being run again', async () => {
  for (const _ of [1, 2]) expect(await run('new', 'five', '--sample')).toMatchObject({ code: 0, stderr: '' });
  const project = await openProject(join(folder(), 'five'), { readOnly: true });
  expect(project.articles()).toHaveLength(5);
  await project.close();
});

test('C4 new --sample where a project is says that it is there already, and leaves it', async () => {
  await run('new', 'first', '--sample');
  const again = await run('new', 'first', '--sample', '--name', 'Other');
  expect(again).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^There is "Sample: Paris summit" .*already/) });
});

test('X258 new --codebook starts with the codebook of a file, and says what is wrong with one', async () => {
  const file = join(folder(), 'codebook.json');
  await writeFile(file, codebookText({ ...defaultCodebook, name: 'Ours' }));
  expect(await run('new', 'ours', '--codebook', file)).toMatchObject({ code: 0, stderr: '' });
  const project = await openProject(join(folder(), 'ours'), { readOnly: true });
  expect(project.codebook.codebook.name).toBe('Ours');
  await project.close();
  await writeFile(file, '{');
  const wrong = await run('new', 'wrong', '--codebook', file);
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(/codebook\.json is not a codebook: Line 1: this is not JSON/)]);
  expect((await run('new', 'none', '--codebook', 'none.json')).stderr).toContain('none.json: There is no such file.');
  expect((await run('new', 'both', '--sample', '--codebook', file)).code).toBe(2);
});

test('C3 new says what is in the way of a project', async () => {
  await writeFile(join(folder(), 'file.txt'), 'x');
  const { code, stderr } = await run('new', 'file.txt');
  expect(code).toBe(1);
  expect(stderr).toMatch(/file\.txt is a file or is inside one, not a folder\./);
  expect(stderr).not.toMatch(/ENO|disk/);
});

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
