import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contract, type Output } from '../../core/contract.ts';
import { homeKey } from '../../core/project-home.ts';
import { zipExport } from '../dataset/export-zip.ts';
import type { Host } from '../host.ts';
import { type Loopback, startLoopback } from '../loopback/http.ts';
import { createTickets, deliverByTicket, type Tickets } from '../loopback/tickets.ts';
import { openSettings } from '../settings.ts';
import { openProject } from '../storage/project.ts';
import { doneGesture, makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { Home } from './home.ts';
import { projectKey } from './known-projects.ts';
import { type ServedProjects, serveProjects } from './served-projects.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let first: string;
let second: string;
let served: ServedProjects;
let tickets: Tickets;
let count: number;

beforeEach(async () => {
  folder = await temporaryFolder();
  [first, second] = [join(folder.path, 'first'), join(folder.path, 'projects', 'second')];
  await makeProject(first);
  await makeProject(second);
  served = await serving(first);
});
afterEach(async () => {
  await served.close();
  await folder.remove();
});

async function serving(start: string | null): Promise<ServedProjects> {
  tickets = createTickets();
  count = 0;
  const settings = await openSettings(join(folder.path, 'settings'));
  const shared = { settings, version: '1.2.3', account: 'anna' };
  const home = new Home({ ...shared, places: { projects: join(folder.path, 'projects') }, seeds: folder.path, kind: 'loopback' });
  const options = { ...shared, deliver: deliverByTicket(tickets, zipExport), log: () => undefined };
  return serveProjects({ home, start, options, onOpen: () => count++ });
}

async function workspace(host: Host, page: string): Promise<Output<'openWorkspace'>> {
  const reply = await host.call('openWorkspace', { page });
  return contract.openWorkspace.output.parse(reply.ok ? reply.value : reply);
}
/** Whether another program could write in the project now. */
async function isFree(path: string): Promise<boolean> {
  const project = await openProject(path);
  const { readOnly } = project;
  await project.close();
  return !readOnly;
}

test('A41 a page opens another known project beside the first one: each is opened once and has one owner, however many pages show it', async () => {
  const begin = await served.hostOf(null);
  expect((await workspace(begin, 'p1')).project.place).toBe(first);
  const key = await projectKey(second);
  expect(await begin.call('openKnown', { page: 'p1', project: key })).toEqual({ ok: true, value: { kind: 'here', project: key } });
  const hosts = await Promise.all([served.hostOf(key), served.hostOf(key)]);
  expect(hosts[0]).toBe(hosts[1]);
  expect(await served.hostOf(await projectKey(first))).toBe(begin);
  const [mine, theirs] = [await workspace(hosts[0] as Host, 'p2'), await workspace(hosts[1] as Host, 'p3')];
  expect([mine.project.place, mine.writable, theirs.writable]).toEqual([second, true, false]);
  expect([count, await isFree(first), await isFree(second)]).toEqual([2, false, false]);
});

test('A41 a project is closed when the last page that showed it has left, with all on the disk, and opens again', async () => {
  const key = await projectKey(second);
  await (await served.hostOf(null)).call('openKnown', { page: 'p0', project: key });
  const host = await served.hostOf(key);
  const { articles } = await workspace(host, 'p1');
  const stops = ['p1', 'p2'].map((page) => host.listen(page, () => undefined));
  const gesture = doneGesture('g1', articles[0]?.meta.id ?? '');
  expect(await host.call('apply', { page: 'p1', gesture })).toMatchObject({ ok: true });
  stops[0]?.();
  await host.call('leaveProject', { page: 'p1' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await served.hostOf(key)).toBe(host);
  expect(await isFree(second)).toBe(false);
  // The page leaves before the host notices that its stream has ended.
  await host.call('leaveProject', { page: 'p2' });
  await expect.poll(() => isFree(second)).toBe(true);
  const reopened = await served.hostOf(key);
  expect((await workspace(reopened, 'p3')).saved).toEqual(['g1']);
  expect(await isFree(second)).toBe(false);
});

test('A41 one that another program has open is for reading; one that is damaged is told, and the page stays where it is', async () => {
  const holder = await openProject(second);
  const key = await projectKey(second);
  const begin = await served.hostOf(null);
  await begin.call('openKnown', { page: 'p1', project: key });
  expect((await workspace(await served.hostOf(key), 'p1')).writable).toBe(false);
  await holder.close();
  const broken = join(folder.path, 'projects', 'broken');
  await makeProject(broken);
  const codebook = join(broken, 'codebook.json');
  await writeFile(codebook, '{');
  expect(await begin.call('openKnown', { page: 'p1', project: await projectKey(broken) })).toMatchObject({
    ok: false,
    error: { code: 'corrupt' },
  });
  expect(await isFree(broken).catch(() => 'damaged')).toBe('damaged');
  await expect(served.hostOf('at-000000000000000000000000')).rejects.toMatchObject({ failure: { code: 'not-found' } });
});

test('A42 over HTTP a page names its project in a header; without one it gets the first, or the home where there is none', async () => {
  await served.close();
  served = await serving(null);
  const loopback: Loopback = await startLoopback({ host: served.hostOf, tickets, pageFolder: folder.path });
  try {
    const { origin, hash } = new URL(loopback.url);
    const common = { origin, authorization: `Bearer ${hash.slice('#token='.length)}`, 'content-type': 'application/json' };
    const call = async (method: string, project: string | null, input = {}, more: Record<string, string> = {}) => {
      const headers = { ...common, ...(project === null ? {} : { 'x-pressmark-project': project }), ...more };
      const response = await fetch(`${origin}/api/${method}`, { method: 'POST', headers, body: JSON.stringify({ page: 'p1', ...input }) });
      return response.status === 200 ? response.json() : response.status;
    };
    expect(await call('openWorkspace', null)).toMatchObject({ error: { code: 'no-project' } });
    expect(await call('openWorkspace', homeKey)).toMatchObject({ error: { code: 'no-project' } });
    const key = await projectKey(second);
    expect(await call('openWorkspace', key)).toMatchObject({ value: { project: { place: second } } });
    expect(await call('openKnown', null, { project: key })).toEqual({ ok: true, value: { kind: 'here', project: key } });
    for (const project of [first, '../first', '%2e%2e', 'a b']) {
      expect(await call('openWorkspace', project)).toMatchObject({ error: { code: 'bad-request' } });
    }
    expect(await call('openWorkspace', await projectKey(first))).toMatchObject({ error: { code: 'not-found' } });
    // Whoever has not the token opens nothing, by whatever name.
    expect(await call('openKnown', null, { project: key }, { authorization: 'Bearer guess' })).toBe(401);
    expect(await call('openFolder', null, { typed: first }, { authorization: '' })).toBe(401);
    expect(await call('openFolder', null, { typed: first }, { origin: 'http://evil.example' })).toBe(403);
    expect(await call('openFolder', null, { typed: first })).toMatchObject({ value: { kind: 'here', project: await projectKey(first) } });
    expect(await call('openWorkspace', await projectKey(first))).toMatchObject({ value: { project: { place: first } } });
  } finally {
    await served.close();
    await loopback.close();
  }
});
