import { expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Client } from '../../core/contract.ts';
import type { Article } from '../../core/model/article.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { afterPaint, whenIdle, whenPainted } from './after-paint.ts';
import { createSaver } from './saver.ts';
import { createView, type ViewState } from './view-store.ts';
import { unopened, type Workspace } from './workspace.ts';

function open() {
  const workspace = createStore<Workspace>(() => unopened);
  const view = createView().store;
  return { workspace, view, behind: afterPaint({ workspace, view }) };
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

test('F32 panels read what was before until the frame with the change is painted, and then all of it at once', async () => {
  const { workspace, view, behind } = open();
  const seen: [boolean, ViewState['active']][] = [];
  behind.view.subscribe(() => seen.push([behind.workspace.getState().writable, behind.view.getState().active]));
  workspace.setState({ writable: true });
  view.setState({ active: 'a' });
  view.setState({ active: 'b' });
  await nextFrame();
  expect(seen).toEqual([]);
  await expect.poll(() => seen).toEqual([[true, 'b']]);
});

test('F45 another article is read by the panels once, without a frame between, with what is still said about it', async () => {
  const { workspace, behind } = open();
  const seen: unknown[] = [];
  behind.workspace.subscribe(({ article, writable }) => seen.push([article?.meta.id, writable]));
  workspace.setState({ article: { meta: { id: 'b' } } as Article });
  workspace.setState({ writable: true });
  await Promise.resolve();
  expect(seen).toEqual([['b', true]]);
});

test('F32 who needs the panels level at once gets them so', () => {
  const { view, behind } = open();
  view.setState({ active: 'a' });
  expect(behind.view.getState().active).toBeNull();
  behind.settle();
  expect(behind.view.getState().active).toBe('a');
});

test('F45 what nobody sees yet comes once the window rests, unless it is given up', async () => {
  const [run, givenUp] = [vi.fn(), vi.fn()];
  whenIdle(givenUp)();
  whenIdle(run);
  await nextFrame();
  expect(run).not.toHaveBeenCalled();
  await expect.poll(() => run.mock.calls.length).toBe(1);
  expect(givenUp).not.toHaveBeenCalled();
});

test('F45 a change of the view that changes nothing is told to nobody', () => {
  const view = createView();
  const told = vi.fn();
  view.store.subscribe(told);
  view.set({ active: null, hovered: null });
  expect(told).not.toHaveBeenCalled();
  view.set({ active: 'a', hovered: null });
  expect(told).toHaveBeenCalledTimes(1);
});

test('F44 what waits for the frame comes soon where no frame is painted, and once', async () => {
  const frames = vi.spyOn(window, 'requestAnimationFrame').mockImplementation(() => 0);
  const run = vi.fn();
  const later = whenPainted(run);
  later();
  later();
  expect(run).not.toHaveBeenCalled();
  await expect.poll(() => run.mock.calls.length).toBe(1);
  frames.mockRestore();
  later();
  await expect.poll(() => run.mock.calls.length).toBe(2);
});

test('F44 an edit is sent once the frame that shows it is painted, and every edit made until then in its order', async () => {
  const sent: string[] = [];
  const client = { apply: async ({ gesture }: { gesture: Gesture }) => ({ sequence: sent.push(gesture.id) }) } as Partial<Client> as Client;
  let begin = () => {};
  const saver = createSaver(client, 'page', (send) => () => {
    begin = send;
  });
  const gesture = (id: string) => ({ id, edits: [] }) as Partial<Gesture> as Gesture;
  saver.enqueue(gesture('1'));
  saver.enqueue(gesture('2'));
  expect([sent, saver.store.getState()]).toEqual([[], expect.objectContaining({ state: 'saving', waiting: 2 })]);
  begin();
  await saver.idle();
  expect(sent).toEqual(['1', '2']);
});
