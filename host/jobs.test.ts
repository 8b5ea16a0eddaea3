import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { HostEvent } from '../core/contract.ts';
import { AppError } from '../core/failure.ts';
import type { Host } from './host.ts';
import { Jobs, type Work } from './jobs.ts';
import { hostOn, listening, makeProject, temporaryFolder } from './testing/sample-host.ts';

/** Work that lasts until it is ended. */
function lasting() {
  const works: Work[] = [];
  const work = (given: Work) => {
    works.push(given);
    return new Promise<never>((_, reject) => {
      given.signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Ended.', 'Begin again.')));
    });
  };
  return { works, work };
}
const cancelled = { failure: { code: 'cancelled' } };
const progress = { step: 'writing', done: 1, total: 3 } as const;

test('X160 work is told of to the page that asked, not at once and not too often', async () => {
  const told: [string, HostEvent][] = [];
  const jobs = new Jobs((page, event) => told.push([page, event]), 30);
  const { works, work } = lasting();
  const ended = jobs.run({ page: 'p1', job: 'j1' }, work);
  await Promise.resolve();
  works[0]?.report(progress);
  expect(told).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 40));
  for (let count = 0; count < 5; count++) works[0]?.report(progress);
  expect(told).toEqual([['p1', { event: 'progress', job: 'j1', progress }]]);
  jobs.cancel('p1', 'j1');
  await expect(ended).rejects.toMatchObject(cancelled);
});

test('X160 an id is taken as long as its work lasts, and another page cannot end it', async () => {
  const jobs = new Jobs(() => undefined);
  const { work } = lasting();
  const ended = jobs.run({ page: 'p1', job: 'j1' }, work);
  await expect(jobs.run({ page: 'p2', job: 'j1' }, work)).rejects.toMatchObject({ failure: { code: 'bad-request' } });
  jobs.cancel('p2', 'j1');
  jobs.cancel('p1', 'none');
  jobs.leave('p2');
  expect(await Promise.race([ended.catch(() => 'ended'), Promise.resolve('lasts')])).toBe('lasts');
  jobs.leave('p1');
  await expect(ended).rejects.toMatchObject(cancelled);
  expect(await jobs.run({ page: 'p1', job: 'j1' }, async () => 7)).toBe(7);
});

test('X160 of what a page does one at a time, the newer ends the earlier of the same page only', async () => {
  const jobs = new Jobs(() => undefined);
  const { work } = lasting();
  const outcomes: string[] = [];
  const run = (page: string, job: string, alone?: string) =>
    jobs.run({ page, job, ...(alone ? { alone } : {}) }, work).catch(() => outcomes.push(job));
  void run('p1', 'export');
  void run('p1', 'first', 'preview');
  void run('p2', 'other', 'preview');
  void run('p1', 'second', 'preview');
  await expect.poll(() => outcomes).toEqual(['first']);
  await jobs.close();
  expect(outcomes.sort()).toEqual(['export', 'first', 'other', 'second']);
});

let host: Host;
let closeAll: () => Promise<void>;
let temporary: string;
beforeAll(async () => {
  const folder = await temporaryFolder();
  temporary = join(folder.path, 'temporary');
  await mkdir(temporary);
  await makeProject(join(folder.path, 'project'));
  const opened = await hostOn(join(folder.path, 'project'));
  host = opened.host;
  closeAll = async () => {
    opened.tickets.clear();
    await host.close();
    await folder.remove();
  };
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => closeAll());

const request = { format: 'csv' } as const;

test('X161 an export that its page cancels, or leaves, ends as cancelled and leaves nothing among the temporary files', async () => {
  vi.stubEnv('TMPDIR', temporary);
  expect(tmpdir()).toBe(temporary);
  for (const isCancelled of [true, false]) {
    const page = listening(host, 'p1');
    const exporting = host.call('exportDataset', { page: 'p1', job: 'j1', request });
    await expect.poll(() => readdir(temporary)).toHaveLength(1);
    if (isCancelled) await host.call('cancelJob', { page: 'p1', job: 'j1' });
    else page.stop();
    expect(await exporting).toMatchObject({ ok: false, error: { code: 'cancelled', safe: 'Nothing was written.' } });
    expect(await readdir(temporary)).toEqual([]);
    page.stop();
  }
});

test('X161 a preview ends when its page asks for another', async () => {
  const first = host.call('previewExport', { page: 'p1', job: 'j1', request });
  const second = host.call('previewExport', { page: 'p1', job: 'j2', request: { format: 'jsonl' } });
  expect(await first).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await second).toMatchObject({ ok: true, value: { others: { files: 0 }, counts: { documents: 2 } } });
});
