import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openProject } from '../host/storage/project.ts';
import { addressLine, callAt, realCommand } from './testing/real-command.ts';

const { folder, sample, start } = realCommand();

test.each(['SIGTERM', 'SIGINT'] as const)(
  'C9 serve prints the address, answers there, and on %s ends with 0 and frees the project',
  async (signal) => {
    const place = await sample(`served-${signal}`);
    const { child, ended, said } = start(['serve', place, '--no-open']);
    const address = await said(addressLine);
    expect((await fetch(address)).status).toBe(200);
    expect(await callAt(address, 'openWorkspace', { page: 'p1' })).toMatchObject({ ok: true, value: { writable: true, host: 'loopback' } });
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(address)).rejects.toThrow();
    const project = await openProject(place);
    expect(project.readOnly).toBe(false);
    await project.close();
  },
);

test('A48 serve without a project shows the Project home, which knows the projects of the folder', async () => {
  await sample(join('home', 'projects', 'known'));
  const { child, ended, said } = start(['serve', '--no-open']);
  const reply = await callAt(await said(addressLine), 'openHome', { page: 'p1' });
  expect(reply).toMatchObject({ ok: true, value: { others: expect.arrayContaining([expect.objectContaining({ articles: 5 })]) } });
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Pressmark shows your projects at') });
});

test('C10 a project that another program has open is served for reading only, and that is said', async () => {
  const place = await sample('locked');
  const holder = await openProject(place);
  const { child, ended, said } = start(['serve', place, '--no-open']);
  const address = await said(addressLine);
  expect(await callAt(address, 'openWorkspace', { page: 'p1' })).toMatchObject({ value: { writable: false } });
  expect(await callAt(address, 'takeOver', { page: 'p1' })).toMatchObject({ ok: false, error: { code: 'read-only' } });
  child.kill('SIGTERM');
  expect((await ended).stderr).toMatch(/open in another.*read-only/);
  await holder.close();
});

test('C11 open --sample, where there can be no window, says why in a sentence and serves the sample', async () => {
  const { child, ended, said } = start(['open', '--sample']);
  const address = await said(addressLine);
  const { value } = await callAt(address, 'openWorkspace', { page: 'p1' });
  expect(value).toMatchObject({
    project: { name: 'Sample: Paris summit', place: join(folder(), 'home', 'projects', 'paris-summit-sample') },
    writable: true,
  });
  expect(value['articles']).toHaveLength(5);
  child.kill('SIGTERM');
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/^[^\n]*browser[^\n]*\n$/);
});

test.skipIf(process.platform === 'win32')(
  'C21 serve prints the address before a project that takes long to read is open, and ends with the reason where it cannot be opened',
  async () => {
    const place = await sample('slow');
    const file = join(place, 'codebook.json');
    const codebook = await readFile(file, 'utf8');
    // Reading it waits until somebody writes.
    const served = async (content: string) => {
      await rm(file);
      execFileSync('mkfifo', [file]);
      const { child, ended, said } = start(['serve', place, '--no-open']);
      const address = await said(addressLine);
      const reply = callAt(address, 'openWorkspace', { page: 'p1' });
      await writeFile(file, content);
      return { child, ended, reply };
    };
    const bad = await served('no codebook');
    expect(await bad.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('codebook.json'),
      stdout: expect.stringContaining('opens'),
    });
    await bad.reply.catch(() => undefined);
    const good = await served(codebook);
    expect(await good.reply).toMatchObject({ ok: true, value: { writable: true } });
    good.child.kill('SIGTERM');
    expect(await good.ended).toMatchObject({ code: 0, stderr: '' });
  },
);
