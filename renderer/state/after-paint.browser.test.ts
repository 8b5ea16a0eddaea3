import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { afterPaint } from './after-paint.ts';
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

test('F32 who needs the panels level at once gets them so', () => {
  const { view, behind } = open();
  view.setState({ active: 'a' });
  expect(behind.view.getState().active).toBeNull();
  behind.settle();
  expect(behind.view.getState().active).toBe('a');
});
