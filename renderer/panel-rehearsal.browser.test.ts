import { expect, test, vi } from 'vitest';
import type { Client } from '../core/contract.ts';
import { rehearsePanels } from './panel-rehearsal.tsx';
import { createSession } from './session.tsx';
import { createSaver } from './state/saver.ts';
import { openApp } from './testing/opened-app.tsx';

test('F59 the inspector of each layer is drawn once ahead where nobody sees it, and changes nothing', async () => {
  const apply = vi.fn();
  const { actions, view, workspace } = await openApp('The council met.', { answers: { apply } });
  const session = createSession({ actions, view, workspace, saver: createSaver({} as Client, 'page') });
  await expect.poll(() => document.querySelector('.annotation-list')).not.toBeNull();
  // What the page itself puts off has come by then.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const before = [document.querySelector('.workbench')?.outerHTML, workspace.store.getState(), view.store.getState()];
  const drawn: number[] = [];
  rehearsePanels(session, (elements) => drawn.push(elements));
  await expect.poll(() => drawn.length, { timeout: 5000 }).toBe(4);
  expect(Math.min(...drawn)).toBeGreaterThan(20);
  expect([document.querySelector('.workbench')?.outerHTML, workspace.store.getState(), view.store.getState()]).toEqual(before);
  expect(apply).not.toHaveBeenCalled();
  // Given up, nothing more is drawn.
  drawn.length = 0;
  rehearsePanels(session, (elements) => drawn.push(elements))();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(drawn).toEqual([]);
});
