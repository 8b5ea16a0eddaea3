import { expect, test, vi } from 'vitest';
import type { ArticleSummary } from '../../core/contract/workspace.ts';
import type { Client, Output } from '../../core/contract.ts';
import { emptySet, setToRecord } from '../../core/model/annotation.ts';
import { createSaver } from './saver.ts';
import { Disk, text } from './testing/page.ts';
import { createWorkspace } from './workspace-actions.ts';

const pageOver = (client: Client) =>
  createWorkspace(
    client,
    createSaver(client, 'page'),
    'page',
    () => 'id',
    () => '2026-01-01T00:00:00.000Z',
  );

/** A page that opens its project; each answer says whether it may write, the first one when `answer` is called. */
function opening() {
  const noArticles = { ...new Disk().opened(), articles: [] };
  const answers: ((opened: Output<'openWorkspace'>) => void)[] = [];
  const openWorkspace = vi.fn(() => new Promise<Output<'openWorkspace'>>((resolve) => answers.push(resolve)));
  const client = { openWorkspace } as Partial<Client> as Client;
  const workspace = pageOver(client);
  const opened = workspace.open();
  const answer = async (writable: boolean) => {
    answers[0]?.({ ...noArticles, writable });
    await opened;
  };
  return { workspace, openWorkspace, answer };
}

test('F47 the project is asked for once, though the right to write is told before the answer comes', async () => {
  const { workspace, openWorkspace, answer } = opening();
  workspace.receive({ event: 'lease', page: 'page' });
  await answer(true);
  expect(workspace.store.getState()).toMatchObject({ phase: 'ready', writable: true });
  expect(openWorkspace).toHaveBeenCalledTimes(1);
});

test('F47 a right to write that the answer does not know of yet has the project read anew', async () => {
  const { workspace, openWorkspace, answer } = opening();
  workspace.receive({ event: 'lease', page: 'page' });
  await answer(false);
  expect(openWorkspace).toHaveBeenCalledTimes(2);
});

test('F47 what was taken by another page while the answer was on its way is not written here', async () => {
  const { workspace, openWorkspace, answer } = opening();
  workspace.receive({ event: 'lease', page: 'other' });
  await answer(true);
  expect(workspace.store.getState()).toMatchObject({ phase: 'ready', writable: false });
  expect(openWorkspace).toHaveBeenCalledTimes(1);
});

test('J130 a notice that has been put right goes from the page, and no other', async () => {
  const { workspace, answer } = opening();
  await answer(true);
  for (const id of ['one', 'two']) workspace.receive({ event: 'notice', notice: { id, severity: 'info', message: 'Look.', next: '' } });
  workspace.receive({ event: 'notice-gone', id: 'one' });
  expect(workspace.store.getState().notices.map(({ id }) => id)).toEqual(['two']);
});

function firstOf({ meta }: Output<'openWorkspace'>['articles'][number]): NonNullable<Output<'openWorkspace'>['first']> {
  const sums = { headings: [], textSha256: '0'.repeat(64), originalSha256: '0'.repeat(64) };
  return { article: { meta: { ...meta, ...sums }, text }, set: setToRecord(emptySet(meta.id)), others: [] };
}

/** A project of so many articles that only the first comes with it: `tell…` gives the list and the progress. */
function openingMany() {
  const opened = new Disk().opened();
  const [summary] = opened.articles as [ArticleSummary];
  const second = { ...summary, meta: { ...summary.meta, id: 'z' } };
  const list = Promise.withResolvers<Output<'listArticles'>>();
  const progress = Promise.withResolvers<Output<'readProgress'>>();
  const openArticle = vi.fn(async () => firstOf(second));
  const saveSettings = async () => ({});
  const answers = { openArticle, saveSettings, listArticles: () => list.promise, readProgress: () => progress.promise };
  return { opened, summary, second, openArticle, answers, tellList: list.resolve, tellProgress: progress.resolve };
}

test('F53 the article that came with the project is shown at once; list and progress follow where it came without', async () => {
  const { opened, summary, second, openArticle, answers, tellList, tellProgress } = openingMany();
  const first = firstOf(summary);
  const done = { status: 'done' as const, counts: { QUOTE: 2 }, toComplete: 1 };
  const states: (string | undefined)[] = [];
  const client = { ...answers, openWorkspace: async () => ({ ...opened, listed: false, first }) } as Partial<Client> as Client;
  const workspace = pageOver(client);
  const { getState, subscribe } = workspace.store;
  subscribe(({ phase, article: shown }) => phase === 'ready' && states.push(shown?.meta.id));
  const opening = workspace.open();
  await vi.waitFor(() => expect(getState().phase).toBe('ready'));
  expect(states[0]).toBe(summary.meta.id);
  expect(getState()).toMatchObject({ articles: [summary], opened: { listed: false } });
  tellList({ articles: [summary, second] });
  await vi.waitFor(() => expect(getState().articles).toEqual([summary, second]));
  expect(getState().opened?.listed).toBe(true);
  tellProgress({ articles: { [summary.meta.id]: done } });
  await opening;
  expect(getState().articles).toEqual([{ ...summary, ...done }, second]);
  expect(getState().imported).toEqual([{ ...summary, ...done }, second]);
  expect(openArticle).not.toHaveBeenCalled();
});

test('F53 where no article comes with the project, the first of the list is opened once that is there', async () => {
  const { opened, summary, second, openArticle, answers, tellList, tellProgress } = openingMany();
  const gone = { ...opened, listed: false, articles: [], first: null };
  const workspace = pageOver({ ...answers, openWorkspace: async () => gone } as Partial<Client> as Client);
  const opening = workspace.open();
  tellList({ articles: [second, summary] });
  tellProgress({ articles: {} });
  await opening;
  expect(openArticle).toHaveBeenCalledWith({ article: 'z' });
  expect(workspace.store.getState().article?.meta.id).toBe('z');
});

test('F53 a list that comes with what others wrote stays, and one is shown whatever else changed while it was read', async () => {
  const { opened, summary, second, answers, tellList, tellProgress } = openingMany();
  const { annotator, annotators } = opened;
  const others = { annotator, annotators, articles: [summary, second], entities: [], articleRecords: [], others: [] };
  const openWorkspace = async () => ({ ...opened, listed: false, first: firstOf(summary) });
  const client = { ...answers, openWorkspace, readOthers: async () => others } as Partial<Client> as Client;
  const [early, changed] = [pageOver(client), pageOver(client)];
  const openings = [early.open(), changed.open()];
  await vi.waitFor(() => expect([early, changed].map(({ store }) => store.getState().phase)).toEqual(['ready', 'ready']));
  await early.refreshOthers();
  expect(early.store.getState()).toMatchObject({ articles: [summary, second], opened: { listed: true } });
  changed.store.setState({ opened: { ...opened, listed: false } });
  tellList({ articles: [second] });
  tellProgress({ articles: {} });
  await Promise.all(openings);
  expect(early.store.getState().articles).toEqual([summary, second]);
  expect(changed.store.getState()).toMatchObject({ articles: [second], opened: { listed: true } });
});

test('F53 a project that is opened anew keeps its list on screen until there is another', async () => {
  const { opened, summary, second, answers, tellList, tellProgress } = openingMany();
  const client = { ...answers, openWorkspace: async () => ({ ...opened, listed: false, first: firstOf(summary) }) };
  const workspace = pageOver(client as Partial<Client> as Client);
  tellList({ articles: [summary, second] });
  tellProgress({ articles: {} });
  await workspace.open();
  const lengths: number[] = [];
  workspace.store.subscribe(({ articles }) => lengths.push(articles.length));
  await workspace.open();
  expect(new Set(lengths)).toEqual(new Set([2]));
});

test('F54 what the others wrote on many articles, and with it the progress, follows the own work', async () => {
  const disk = new Disk();
  const opened = disk.opened();
  const [summary] = opened.articles as [Output<'openWorkspace'>['articles'][number]];
  const time = '2026-11-20T10:00:00.000Z';
  const title = { id: summary.meta.id, annotator: 'ben', fields: { title: { value: 'As Ben calls it', time } } };
  const { promise: others, resolve: tell } = Promise.withResolvers<Output<'readOthers'>>();
  const readProgress = vi.fn();
  const client = {
    openWorkspace: async () => ({ ...opened, listed: false, whole: false, first: firstOf(summary) }),
    listArticles: async () => ({ articles: [summary] }),
    readOthers: () => others,
    readProgress,
  } as Partial<Client> as Client;
  const workspace = pageOver(client);
  const opening = workspace.open();
  await vi.waitFor(() => expect(workspace.store.getState().phase).toBe('ready'));
  expect(workspace.store.getState().articles).toEqual([summary]);
  const done = { ...summary, status: 'done' as const };
  tell({ annotator: opened.annotator, annotators: opened.annotators, articles: [done], entities: [], articleRecords: [title], others: [] });
  await opening;
  expect(workspace.store.getState().articles).toEqual([{ ...done, meta: { ...summary.meta, title: 'As Ben calls it' } }]);
  expect(readProgress).not.toHaveBeenCalled();
});
