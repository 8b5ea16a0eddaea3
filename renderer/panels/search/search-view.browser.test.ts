import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { hit, openSearch, results, tagged } from '../../testing/search-scene.ts';

test('L89 a query that is not understood is not kept among the last searches', async () => {
  const { actions, workspace } = await openSearch();
  const recent = () => workspace.store.getState().settings.searches['p']?.recent ?? [];
  actions.search.show('layer:quote');
  actions.search.show('speeker:ana');
  actions.search.show('say "half');
  expect(recent()).toEqual(['layer:quote']);
  await page.getByRole('combobox', { name: 'Query' }).fill('polarity:sideways');
  await userEvent.keyboard('{Enter}');
  await page.getByRole('combobox', { name: 'Query' }).fill('has:note');
  await userEvent.keyboard('{Enter}');
  expect(recent()).toEqual(['has:note', 'layer:quote']);
});

test('L44 10,000 annotations are listed by article; one opens at its place, and Back leads to the row', async () => {
  const many = Array.from({ length: 9_999 }, (_, index) => ({ ...hit(`n${index}`, 'She left'), text: `Row ${index}` }));
  const { actions, view, field: article } = await openSearch({ hits: [hit('first', 'Military hubs'), ...many] });
  actions.search.show('layer:quote');
  await expect.element(page.getByRole('radio', { name: 'Annotations · 10,000' })).toBeInTheDocument();
  await expect.poll(() => results().element().querySelector('[role="option"]')?.getAttribute('aria-setsize')).toBe('10001');
  expect(results().getByRole('option').elements().length).toBeLessThan(40);
  await results().getByRole('option', { name: /Row 3/ }).click();
  await expect.poll(() => view.store.getState()).toMatchObject({ view: 'annotate', active: 'n3' });
  expect(article.isConnected).toBe(false);
  await page.getByRole('button', { name: '‹ Results' }).click();
  await expect.poll(() => results().element().querySelector('[aria-selected="true"]')?.textContent).toContain('Row 3');
  actions.run('view.annotate');
  actions.search.set({ chosen: 'n5000' });
  actions.run('view.search');
  await expect.poll(() => results().element().querySelector('[aria-selected="true"]')?.textContent).toContain('Row 5000');
});

test('L86 the Search view asks again after an edit, and not otherwise; L87 what was ticked is ticked on the way back', async () => {
  const { hits, set } = tagged('Ana Ruiz', 'Military hubs');
  const { actions, workspace, found } = await openSearch({ hits, set });
  actions.search.show('layer:quote');
  await expect.poll(() => results().getByRole('option').elements().length).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(found.mock.calls.length).toBe(1);
  results()
    .getByRole('option', { name: /Military/ })
    .element()
    .querySelector<HTMLElement>('.box')
    ?.click();
  await results()
    .getByRole('option', { name: /Ana Ruiz/ })
    .first()
    .click();
  await page.getByRole('button', { name: '‹ Results' }).click();
  await expect.element(page.getByText('1 ticked')).toBeVisible();
  await expect.poll(() => found.mock.calls.length).toBe(2);
  const calls = found.mock.calls.length;
  await actions.search.ground(hits, () => true);
  actions.search.apply(actions.search.plan(hits, { kind: 'note', note: 'Check.' }), 'Note');
  await expect.poll(() => found.mock.calls.length).toBe(calls + 1);
  workspace.undo();
  await expect.poll(() => found.mock.calls.length).toBe(calls + 2);
});

test('L45 a search is kept under a name, asked again, renamed and deleted', async () => {
  const { actions, workspace, view } = await openSearch();
  const kept = () => workspace.store.getState().settings.searches['p']?.saved;
  actions.search.show('has:note');
  await page.getByRole('button', { name: '+ Save' }).click();
  await userEvent.keyboard('To check{Enter}');
  expect(kept()).toEqual([{ name: 'To check', query: 'has:note' }]);
  await page.getByRole('button', { name: 'Rename To check' }).click();
  await page.getByLabelText('Name of the search').fill('Notes');
  await userEvent.keyboard('{Enter}');
  expect(kept()).toEqual([{ name: 'Notes', query: 'has:note' }]);
  actions.search.set({ query: '' });
  await page.getByRole('complementary', { name: 'Kept searches' }).getByRole('button', { name: 'Notes has:note' }).click();
  expect(view.store.getState().search.query).toBe('has:note');
  await page.getByRole('button', { name: 'Delete the search Notes' }).click();
  expect(kept()).toEqual([]);
});
