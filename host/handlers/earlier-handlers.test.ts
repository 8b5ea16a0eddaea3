import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contract, type Method, type Output } from '../../core/contract.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { statesIn } from '../earlier/earlier-state.ts';
import { StateKeeping } from '../earlier/state-keeping.ts';
import type { Host } from '../host.ts';
import { checkProject } from '../storage/check.ts';
import { nodeFileSystem } from '../storage/file-system.ts';
import { Author } from '../storage/testing/author.ts';
import { hostOn, listening, makeProject, temporaryFolder } from '../testing/sample-host.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let place: string;
let opened: Awaited<ReturnType<typeof hostOn>>;
let hosts: Host[] = [];
let author: Author;
let article: string;
let text: string;

async function open() {
  opened = await hostOn(place);
  hosts = [...hosts, opened.host];
  await called('openWorkspace', { page: 'a' });
}

beforeEach(async () => {
  folder = await temporaryFolder();
  place = `${folder.path}/project`;
  await makeProject(place);
  await open();
  author = new Author('anna');
  article = opened.project.articles()[0]?.id ?? '';
  text = (await opened.project.readArticle(article)).text;
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
  await folder.remove();
});

async function called<M extends Method>(method: M, input: object): Promise<Output<M>> {
  const reply = await opened.host.call(method, input);
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), { failure: reply.error });
  return contract[method].output.parse(reply.value) as Output<M>;
}

async function work(...steps: Parameters<Author['gesture']>[0][]): Promise<void> {
  for (const step of steps) {
    const gesture = author.gesture(step, article, text) as Gesture;
    await called('apply', { page: 'a', gesture });
    author.accept(gesture);
  }
}

/** Keeps a state, `minutes` after the first of November. */
async function keep(minutes: number): Promise<string> {
  const { id, name } = opened.project.info;
  const at = { project: { id, name }, root: place, folder: `${place}-earlier/${id}`, fileSystem: nodeFileSystem };
  const time = new Date(Date.UTC(2026, 10, 1, 9) + minutes * 60_000).toISOString();
  expect(await new StateKeeping(at).keep({ time, codebook: 1 })).toBe(true);
  return time.replace(/[:.]/g, '-');
}

const annotations = async () => (await called('openArticle', { article })).set.annotations;
const problems = async () => {
  const found: string[] = [];
  // The author's links are of a type that this codebook lacks.
  for await (const problem of checkProject(place)) if (!problem.endsWith('its type same is not in the codebook')) found.push(problem);
  return found;
};

test('J85 the states are listed, the newest first, with the steps since, and what differs is counted by article and told one by one', async () => {
  await work('add', 'add');
  const first = await keep(0);
  await work('note', 'both');
  const second = await keep(5);
  await work('remove');
  expect(await called('listEarlier', { page: 'b' })).toMatchObject({
    states: [
      { id: second, steps: 1, place },
      { id: first, steps: 3 },
    ],
    damaged: 0,
  });
  expect(await called('compareEarlier', { state: first })).toMatchObject({
    articles: [{ article, layers: { FACT: { added: 1, removed: 0 }, QUOTE: { removed: 1 } } }],
    entities: { added: 1 },
    links: { added: 1 },
  });
  const { differences } = await called('differencesEarlier', { state: first, article });
  expect(
    differences
      .filter(({ record }) => record === 'annotation')
      .map(({ key, what }) => `${key} ${what}`)
      .sort(),
  ).toEqual(['annotation:a1 removed', 'annotation:a4 added']);
  const across = await called('differencesEarlier', { state: first, article: null });
  expect(across.differences.map(({ record, words }) => [record, words])).toContainEqual(['entity', 'Person 4']);
});

test('J86 a state is restored in one step through the journal: other pages hear of it, the project is whole, and one undo takes it back', async () => {
  await work('add', 'add', 'both');
  const before = await annotations();
  const state = await keep(0);
  await work('remove', 'add', 'change', 'add');
  const now = await annotations();
  const second = listening(opened.host, 'b');
  const length = opened.project.gestures().length;
  const input = { page: 'a', state, gesture: 'r1', title: 'Restore the state of yesterday', what: { kind: 'all' } };
  expect(await opened.host.call('restoreEarlier', { ...input, page: 'b' })).toMatchObject({ error: { code: 'read-only' } });
  const { gesture } = await called('restoreEarlier', input);
  expect(gesture).toMatchObject({ id: 'r1', command: 'project.earlier', title: 'Restore the state of yesterday' });
  expect(await called('restoreEarlier', input)).toEqual({ gesture });
  expect(opened.project.gestures()).toHaveLength(length + 1);
  expect(await annotations()).toEqual(before);
  expect(second.heard).toContainEqual({ event: 'outside', articles: null });
  expect(await called('restoreEarlier', { ...input, gesture: 'r2' })).toEqual({ gesture: null });
  const edits = gesture?.edits.map((edit) => ({ ...edit, before: edit.after, after: edit.before })).reverse();
  await called('apply', { page: 'a', gesture: { ...gesture, id: 'u1', edits, undoes: 'r1' } });
  expect(await annotations()).toEqual(now);
  await opened.host.close();
  expect(await problems()).toEqual([]);
});

test('J87 one annotation of a state is restored and the rest stays as it is', async () => {
  await work('add', 'add');
  const state = await keep(0);
  await work('remove', 'remove', 'add');
  const what = { kind: 'chosen', articles: [], records: ['annotation:a2'] };
  await called('restoreEarlier', { page: 'a', state, gesture: 'r1', title: 'Restore', what });
  expect((await annotations()).map(({ id }) => id)).toEqual(['a2', 'a5']);
  await called('restoreEarlier', {
    page: 'a',
    state,
    gesture: 'r2',
    title: 'Restore',
    what: { kind: 'chosen', articles: [article], records: [] },
  });
  expect((await annotations()).map(({ id }) => id)).toEqual(['a1', 'a2']);
});

test('J88 a journal that went back or was replaced is compared all the same, and what it lost comes back', async () => {
  await work('add');
  await opened.host.close();
  await cp(place, `${folder.path}/backup`, { recursive: true });
  await open();
  await work('add', 'both');
  const before = await annotations();
  const state = await keep(0);
  await opened.host.close();
  await rm(place, { recursive: true });
  await cp(`${folder.path}/backup`, place, { recursive: true });
  await open();
  expect((await annotations()).map(({ id }) => id)).toEqual(['a1']);
  expect((await called('listEarlier', { page: 'a' })).states).toMatchObject([{ id: state, steps: null }]);
  expect(await called('compareEarlier', { state })).toMatchObject({
    articles: [{ article, layers: { QUOTE: { removed: 1 }, FACT: { removed: 1 } } }],
  });
  await called('restoreEarlier', { page: 'a', state, gesture: 'r1', title: 'Restore', what: { kind: 'all' } });
  expect(await annotations()).toEqual(before);
  await opened.host.close();
  expect(await problems()).toEqual([]);
});

test('J88 a state from before a codebook change comes back under the codebook in force', async () => {
  await work('add');
  const state = await keep(0);
  await work('remove');
  const change = { change: 'rename-layer', layer: 'QUOTE', to: 'SAYING' };
  await called('changeCodebook', { page: 'a', version: 1, gesture: 'c1', what: { kind: 'change', changes: [change] } });
  expect(await called('compareEarlier', { state })).toMatchObject({ articles: [{ layers: { SAYING: { removed: 1 } } }] });
  await called('restoreEarlier', { page: 'a', state, gesture: 'r1', title: 'Restore', what: { kind: 'all' } });
  expect(await annotations()).toMatchObject([{ layer: 'SAYING', codebook: 2 }]);
  await opened.host.close();
  expect(await problems()).toEqual([]);
});

test('J84 a damaged state is counted, and comparing with it says so', async () => {
  await work('add');
  const first = await keep(0);
  await work('add');
  const second = await keep(5);
  const file = `${place}-earlier/${opened.project.info.id}/${first}.json`;
  await writeFile(file, (await readFile(file, 'utf8')).replace('"steps":1', '"steps":0'));
  expect(await called('listEarlier', { page: 'a' })).toMatchObject({ states: [{ id: second }], damaged: 1 });
  await expect(called('compareEarlier', { state: first })).rejects.toMatchObject({ failure: { code: 'corrupt' } });
});

// Ten real milliseconds, whatever clock a test has.
const realTimeout = setTimeout;
const pause = () => new Promise((resolve) => realTimeout(resolve, 10));

test('J80 the host that writes a project keeps its states, one that only reads it keeps none', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await opened.host.close();
    await open();
    const kept = () => statesIn(nodeFileSystem, `${place}-earlier/${opened.project.info.id}`);
    vi.advanceTimersByTime(31_000);
    for (let turn = 0; turn < 500 && (await kept()).length === 0; turn++) await pause();
    expect(await kept()).toHaveLength(1);
    await rm(`${place}-earlier`, { recursive: true });
    await opened.host.close();
    const again = await hostOn(place, { readOnly: true });
    hosts = [...hosts, again.host];
    await again.host.call('openWorkspace', { page: 'r' });
    vi.advanceTimersByTime(31_000);
    for (let turn = 0; turn < 20; turn++) await pause();
    expect(await kept()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});
