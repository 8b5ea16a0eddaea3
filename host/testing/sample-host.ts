import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostEvent } from '../../core/contract.ts';
import { homeKey } from '../../core/project-home.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { zipExport } from '../dataset/export-zip.ts';
import { Home, type HomeWindow } from '../home/home.ts';
import { type Host, openHost } from '../host.ts';
import { importText } from '../import/article-import.ts';
import { createTickets, deliverBackupByTicket, deliverByTicket, type Tickets } from '../loopback/tickets.ts';
import { openSettings } from '../settings.ts';
import { createProject, openProject, type Project, type ProjectOptions } from '../storage/project.ts';

const time = '2026-11-20T10:00:00.000Z';
const seeds = join(import.meta.dirname, '..', '..', 'seeds');

/** A separate folder for a test, which removes it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'pressmark-host-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Creates a project with two of the sample articles in `folder`, at a fixed time and with fixed ids. */
export async function makeProject(folder: string): Promise<void> {
  let id = 0;
  const fixed = { now: () => time, newId: () => `id-${++id}` };
  await createProject(folder, { name: 'Élysée & co.', annotator: { id: 'anna', name: 'Anna' } }, fixed);
  const project = await openProject(folder, fixed);
  for (const name of ['000_2c23301dd0a18933.txt', '001_37fe686bc9046649.txt']) {
    await importText(project, name, await readFile(join(seeds, name)));
  }
  await project.close();
}

/** A host on the project in `folder`, with its settings and its earlier states next to it, and a home whose window opens nothing. */
export async function hostOn(
  folder: string,
  options: ProjectOptions = {},
): Promise<{ host: Host; project: Project; tickets: Tickets; home: Home }> {
  const project = await openProject(folder, { now: () => time, newId: () => 'ben', ...options });
  const tickets = createTickets();
  const settings = await openSettings(`${folder}-settings`);
  const log = () => undefined;
  const deliver = deliverByTicket(tickets, zipExport);
  const deliverBackup = deliverBackupByTicket(tickets);
  const home = new Home({
    ...{ settings, seeds, account: 'anna', kind: 'loopback', version: '1.2.3' },
    places: { projects: `${folder}-projects` },
    home: `${folder}-home`,
  });
  const host = openHost({
    project,
    others: { home, window: idleWindow },
    settings,
    kind: 'loopback',
    version: '1.2.3',
    deliver,
    deliverBackup,
    log,
    account: 'anna',
    earlier: `${folder}-earlier`,
    now: () => time,
  });
  return { host, project, tickets, home };
}

/** A window that claims to show every project at once, and opens nothing. */
export const idleWindow: HomeWindow = {
  open: async (_, project) => ({ kind: 'here', project }),
  showHome: async () => ({ kind: 'here', project: homeKey }),
  leave: async () => undefined,
  ask: null,
};

/** A gesture by Anna that marks `article` as done, from not done. */
export function doneGesture(id: string, article: string): Gesture {
  const after = { article, annotator: 'anna', done: true as const, marked: time };
  return {
    ...{ id, annotator: 'anna', time, command: 'article.done', title: 'Mark as done', undoes: null, redoes: null },
    edits: [{ record: 'completion', article, id: article, before: null, after }],
  };
}

/** Listens as `page` and records the events. */
export function listening(host: Host, page: string | null): { heard: HostEvent[]; stop(): void } {
  const heard: HostEvent[] = [];
  return { heard, stop: host.listen(page, (event) => heard.push(event)) };
}
