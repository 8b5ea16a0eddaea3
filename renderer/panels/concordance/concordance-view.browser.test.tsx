import type {} from '@vitest/browser-playwright';
import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Client } from '../../../core/contract.ts';
import { expectSelected } from '../../testing/hands.ts';
import { openApp } from '../../testing/opened-app.tsx';

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

test('F91 a line that is read from right to left has what stands before the words on their right', async () => {
  const arabic = 'يؤيد التحالف الأخضر التحقيق، ويعارض بناء سدود جديدة.';
  const start = arabic.indexOf('التحقيق');
  const line = { article: 'a', start, end: start + 7, text: 'التحقيق', before: arabic.slice(0, start), after: arabic.slice(start + 7) };
  const concordance = vi.fn<Client['concordance']>(async () => ({ lines: [line], next: null, indexing: null }));
  const app = await openApp(arabic, { answers: { concordance } });
  app.actions.run('view.concordance');
  await page.getByRole('searchbox', { name: 'Words' }).fill('التحقيق');
  await expect.poll(() => rows().elements().length).toBe(1);
  const boxOf = (part: string) => rows().first().element().querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
  const [before, words, after] = [boxOf('.concordance-before bdi'), boxOf('mark'), boxOf('.concordance-after bdi')];
  expect(before.left).toBeGreaterThanOrEqual(words.right - 1);
  expect(before.left).toBeLessThan(words.right + 16);
  expect(after.right).toBeLessThanOrEqual(words.left + 1);
  expect(after.right).toBeGreaterThan(words.left - 16);
});

test('F92 a title that is written from right to left is cut off at its end', async () => {
  const long = `${'انهيار سد أورفل يودي بحياة كثيرين '.repeat(3)}\nThe hubs`;
  const line = { article: 'a', start: 0, end: 6, text: 'انهيار', before: '', after: '' };
  const app = await openApp(long, { answers: { concordance: async () => ({ lines: [line], next: null, indexing: null }) } });
  app.actions.run('view.concordance');
  await page.getByRole('searchbox', { name: 'Words' }).fill('انهيار');
  await expect.poll(() => rows().elements().length).toBe(1);
  const title = rows().first().element().querySelector('.concordance-told') as HTMLElement;
  expect(title.scrollWidth).toBeGreaterThan(title.clientWidth);
  const first = document.createRange();
  first.setStart(title.firstChild as Node, 0);
  first.setEnd(title.firstChild as Node, 1);
  expect(first.getBoundingClientRect().right).toBeLessThanOrEqual(title.getBoundingClientRect().right + 1);
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

test('L86 what was found is asked for again after an edit and its undo, once each, and stays on screen meanwhile', async () => {
  const { concordance, actions, workspace } = await open();
  await expect.poll(() => rows().elements().length).toBe(3);
  const quiet = async () => {
    const before = concordance.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(concordance.mock.calls.length).toBe(before);
    return before;
  };
  const first = await quiet();
  await page.getByRole('button', { name: 'Tick all 3' }).click();
  concordance.mockImplementation(async () => ({ lines: [lineAt(places[2] ?? 0)], next: null, indexing: null }));
  await page.getByRole('button', { name: 'Tag 3 places as quote' }).click();
  await expect.poll(() => concordance.mock.calls.length).toBeGreaterThan(first);
  await expect.poll(() => rows().elements().length).toBe(1);
  const second = await quiet();
  const seen: number[] = [];
  concordance.mockImplementation(async ({ after }) => {
    if (after === null) return { lines: places.slice(0, 2).map(lineAt), next: 'a', indexing: null };
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen.push(rows().elements().length);
    return { lines: places.slice(2).map(lineAt), next: null, indexing: null };
  });
  actions.run('history.undo');
  await expect.poll(() => workspace.store.getState().history.past.length).toBe(0);
  await expect.poll(() => rows().elements().length).toBe(3);
  expect([concordance.mock.calls.length, seen]).toEqual([second + 2, [1]]);
});

test('L87 a place that was opened leads back to its line, with what was ticked', async () => {
  const { view } = await open();
  await expect.poll(() => rows().elements().length).toBe(3);
  await page.getByRole('combobox', { name: 'Order' }).selectOptions('By what is left');
  await rows().nth(0).element().querySelector<HTMLElement>('.box')?.click();
  await rows().nth(1).click();
  await expect.poll(() => view.store.getState().view).toBe('annotate');
  await page.getByRole('button', { name: '‹ Concordance' }).click();
  expect(view.store.getState()).toMatchObject({ view: 'concordance', wayBack: [] });
  await expect.element(rows().nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect.element(rows().nth(0)).toHaveAttribute('aria-checked', 'true');
  await expect.element(page.getByRole('listbox', { name: 'Places' })).toHaveFocus();
});

test('L84 a word in all its forms is sought as such, and each form is told with its number', async () => {
  const { concordance } = await open();
  await expect.poll(() => rows().elements().length).toBe(3);
  await page.getByRole('combobox', { name: 'What to find' }).selectOptions('All forms of the words');
  await expect.poll(() => concordance.mock.lastCall?.[0].of).toEqual({ kind: 'lemma', words: 'hubs' });
  await expect.element(page.getByText('3 places: hubs 3.')).toBeVisible();
});

test.each([
  ['Concordance', 'Words'],
  ['Search', 'Query'],
])('W70 who opens %s from the bar types into its field at once', async (name, field) => {
  const never = () => new Promise<never>(() => undefined);
  await openApp(text, { answers: { concordance: never, search: never } });
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click();
  await userEvent.keyboard('hubs');
  await expect.poll(() => (document.activeElement as HTMLInputElement).value).toBe('hubs');
  expect(document.activeElement?.getAttribute('aria-label')).toBe(field);
});

test('W71 what follows a word in its concordance without a space stands at it there too', async () => {
  const line = (start: number, after: string) => ({ ...lineAt(start), after });
  const lines = [line(places[0] ?? 0, ', it was said'), line(places[1] ?? 0, ' went')];
  const { actions } = await openApp(text, { answers: { concordance: async () => ({ lines, next: null, indexing: null }) } });
  actions.run('view.concordance');
  await page.getByRole('searchbox', { name: 'Words' }).fill('hubs');
  await expect.poll(() => rows().elements().length).toBe(2);
  const gaps = rows()
    .elements()
    .map((row) => [row.querySelector('mark'), row.querySelector('.concordance-after')].map((part) => part?.getBoundingClientRect()))
    .map(([mark, after]) => Math.round((after?.left ?? 0) - (mark?.right ?? 0)));
  expect(gaps).toEqual([1, 8]);
});
