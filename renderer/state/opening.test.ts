import { expect, test, vi } from 'vitest';
import type { Client, Output } from '../../core/contract.ts';
import { createSaver } from './saver.ts';
import { Disk } from './testing/page.ts';
import { createWorkspace } from './workspace-actions.ts';

/** A page that opens its project; each answer says whether it may write, the first one when `answer` is called. */
function opening() {
  const noArticles = { ...new Disk().opened(), articles: [] };
  const answers: ((opened: Output<'openWorkspace'>) => void)[] = [];
  const openWorkspace = vi.fn(() => new Promise<Output<'openWorkspace'>>((resolve) => answers.push(resolve)));
  const client = { openWorkspace } as Partial<Client> as Client;
  const workspace = createWorkspace(
    client,
    createSaver(client, 'page'),
    'page',
    () => 'id',
    () => '2026-01-01T00:00:00.000Z',
  );
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
