import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { findings } from '../../testing/findings.ts';
import { hit, openSearch, results, tagged } from '../../testing/search-scene.ts';

test('L66 what is ticked becomes another layer after a preview, in one step that one undo takes back; others’ work is left', async () => {
  const { hits, set } = tagged('Ana Ruiz', 'Military hubs', 'She left');
  const { actions, workspace } = await openSearch({ hits: [...hits, hit('theirs', 'Paris', 'ben')], set });
  const layers = () => [...(workspace.store.getState().work.sets.get('a')?.annotations.values() ?? [])].map(({ layer }) => layer);
  actions.search.show('layer:quote');
  await page.getByRole('button', { name: 'Tick all 4' }).click();
  await results()
    .getByRole('option', { name: /She left/ })
    .element()
    .querySelector<HTMLElement>('.box')
    ?.click();
  await expect.element(page.getByText('3 ticked')).toBeInTheDocument();
  await page.getByRole('button', { name: 'Change layer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the layer' });
  await expect.element(dialog.getByText('1 annotation of others stays as it is.')).toBeInTheDocument();
  await dialog.getByRole('radio', { name: 'Fact' }).click();
  await expect.element(dialog.getByText('2 annotations in 1 article would change.')).toBeInTheDocument();
  await expect.element(dialog.getByText(/What does not fit is removed: .*Type \(2\)/)).toBeInTheDocument();
  await dialog.getByRole('button', { name: 'Change 2 annotations to fact' }).click();
  await expect.poll(layers).toEqual(['FACT', 'FACT', 'QUOTE']);
  expect(workspace.store.getState().history.past).toHaveLength(1);
  actions.run('history.undo');
  await expect.poll(layers).toEqual(['QUOTE', 'QUOTE', 'QUOTE']);
});

test('L61 an attribute is set for all that are ticked; L63 a role is linked to a new entity; L64 F109 a note is added, in a field that has the focus', async () => {
  const { hits, set } = tagged('Ana Ruiz', 'Military hubs');
  const { actions, workspace } = await openSearch({ hits, set });
  const own = () => [...(workspace.store.getState().work.sets.get('a')?.annotations.values() ?? [])];
  const change = async (button: string) => {
    await page.getByRole('button', { name: 'Tick all 2' }).click();
    await page.getByRole('button', { name: button }).click();
  };
  actions.search.show('');
  await change('Set attribute…');
  await page.getByRole('radio', { name: 'indirect' }).click();
  await page.getByRole('button', { name: 'Set type of 2 annotations' }).click();
  await expect.poll(() => own().map(({ attributes }) => attributes['type'])).toEqual(['indirect', 'indirect']);
  await change('Link role…');
  await page.getByRole('combobox', { name: 'Who or what it is' }).fill('Ana Ruiz');
  await userEvent.keyboard('{Enter}');
  await page.getByRole('button', { name: 'Link 2 annotations to Ana Ruiz' }).click();
  await expect.poll(() => own().map(({ roles }) => roles[0]?.target)).toEqual(Array(2).fill({ kind: 'entity', id: 'e1' }));
  await change('Add note…');
  await expect.poll(() => document.activeElement?.tagName).toBe('TEXTAREA');
  await page.getByLabelText(/^Note/).fill('Check.');
  await page.getByRole('button', { name: 'Add a note to 2 annotations' }).click();
  await expect.poll(() => own().map(({ note }) => note)).toEqual(['Check.', 'Check.']);
  await change('Delete…');
  await page.getByRole('button', { name: 'Delete 2 annotations' }).click();
  await expect.poll(own).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`W12 axe finds nothing serious in the Search view and changes of many, ${theme}`, async () => {
    const { hits, set } = tagged('Ana Ruiz', 'Military hubs');
    const { actions } = await openSearch({ hits, set, theme });
    actions.search.show('layer:qu');
    await page.getByRole('combobox', { name: 'Query' }).fill('layer:q');
    await expect.element(page.getByRole('option', { name: /^quoted_term/ })).toBeVisible();
    expect(await findings(), 'offered').toEqual([]);
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: 'Tick all 2' }).click();
    await page.getByRole('button', { name: 'Change layer…' }).click();
    await page.getByRole('radio', { name: 'Fact' }).click();
    await expect.element(page.getByText('For example')).toBeVisible();
    // While the preview is made the button can do nothing, and looks so.
    await expect.element(page.getByRole('button', { name: /^Change 2 annotations/ })).toBeEnabled();
    expect(await findings(), 'change').toEqual([]);
  });
}
