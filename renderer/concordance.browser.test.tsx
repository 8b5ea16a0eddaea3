import type {} from '@vitest/browser-playwright';
import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Client } from '../core/contract.ts';
import { expectSelected } from './testing/hands.ts';
import { openApp } from './testing/opened-app.tsx';

const text = 'Old hubs came. New hubs went, and hubs stay.';
const places = [...text.matchAll(/hubs/g)].map(({ index }) => index);
const lineAt = (start: number) => ({
  ...{ article: 'a', start, end: start + 4, text: 'hubs' },
  ...{ before: text.slice(0, start), after: text.slice(start + 4) },
});

async function open(most = places.length) {
  const lines = Array.from({ length: most }, (_, index) => lineAt(places[index] ?? 1000 + index));
  const concordance = vi.fn<Client['concordance']>(async ({ after }) =>
    after === null ? { lines: lines.slice(0, 1), next: 'a', indexing: null } : { lines: lines.slice(1), next: null, indexing: null },
  );
  const app = await openApp(text, { answers: { concordance } });
  app.actions.run('view.concordance');
  await page.getByRole('searchbox', { name: 'Words' }).fill('hubs');
  return { ...app, concordance };
}
const rows = () => page.getByRole('listbox', { name: 'Places' }).getByRole('option');

test('L82 places are listed with what is around them, in the order that is asked for, and open in the article', async () => {
  const { view } = await open();
  await expect.poll(() => rows().elements().length).toBe(3);
  await page.getByRole('combobox', { name: 'Order' }).selectOptions('By what is left');
  await expect
    .poll(() =>
      rows()
        .elements()
        .map((row) => row.querySelector('.concordance-before')?.textContent?.trim().slice(-3)),
    )
    .toEqual(['and', 'New', 'Old']);
  await rows().nth(1).click();
  const start = places[1] ?? -1;
  await expect.poll(() => view.store.getState().view).toBe('annotate');
  await expectSelected('hubs');
  expect(document.getSelection()?.anchorOffset).toBe(start);
});

test('L83 ticked places are tagged in one step, and ten thousand are listed by the few on screen', async () => {
  const { workspace } = await open();
  await expect.poll(() => rows().elements().length).toBe(3);
  await page.getByRole('button', { name: 'Tick all 3' }).click();
  (page.getByRole('listbox', { name: 'Places' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown} ');
  await page.getByRole('button', { name: 'Tag 2 places as quote' }).click();
  const set = () => workspace.store.getState().work.sets.get('a');
  await expect.poll(() => set()?.annotations.size).toBe(2);
  expect([...(set()?.annotations.values() ?? [])].map(({ spans }) => spans[0]?.start).sort((a = 0, b = 0) => a - b)).toEqual(
    places.slice(1),
  );
  workspace.undo();
  await expect.poll(() => set()?.annotations.size).toBe(0);
});

test('L83 ten thousand places are listed by the few on screen, and nothing is wrong for those who do not see them', async () => {
  const { place } = await open(12_000);
  await expect.element(page.getByText('The first 10,000 places of “hubs”.')).toBeVisible();
  expect(rows().elements().length).toBeLessThan(80);
  const { violations } = await axe.run(place);
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});
